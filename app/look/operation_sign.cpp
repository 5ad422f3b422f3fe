#include "app/look/operation_sign.h"

namespace convscope::look {

const char* operation_sign(const KernelScene& kernel, const ConvScene& conv) {
  if (conv.transposed) return kernel.turned ? "∗ᵀ" : "⋆ᵀ";
  return kernel.turned ? "∗" : "⋆";
}

}  // namespace convscope::look
