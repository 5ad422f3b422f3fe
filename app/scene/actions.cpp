#include "app/scene/actions.h"

namespace convscope {

void Actions::push(Action action) {
  queue_.push_back(std::move(action));
}

std::vector<Action> Actions::take() {
  return std::exchange(queue_, {});
}

}  // namespace convscope
