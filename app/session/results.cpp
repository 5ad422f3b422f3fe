#include "app/session/results.h"

namespace convscope::session {

std::span<const Index> pooled_winners(const LayerResults& results, Index sample, Index channel) {
  const Pool2dResult& pooled = *results.pooled;
  if (pooled.indices.empty()) return {};
  const Shape& s = pooled.output.shape();
  const auto plane = static_cast<std::size_t>(s.h * s.w);
  const auto first = static_cast<std::size_t>(sample * s.c + channel) * plane;
  return std::span(pooled.indices).subspan(first, plane);
}

}  // namespace convscope::session
