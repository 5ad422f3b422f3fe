#include "app/look/optimizer_label.h"

namespace convscope::look {

const char* optimizer_label(OptimizerKind kind) {
  switch (kind) {
    case OptimizerKind::kSgd:
      return "SGD";
    case OptimizerKind::kMomentum:
      return "momentum";
    case OptimizerKind::kNesterov:
      return "Nesterov";
    case OptimizerKind::kAdam:
      break;
  }
  return "Adam";
}

}  // namespace convscope::look
