#include "app/session/results.h"

#include "engine/ops/backward_links.h"

namespace convscope::session {

std::span<const Index> pooled_winners(const LayerResults& results, Index sample, Index channel) {
  const Pool2dResult& pooled = *results.pooled;
  return indices_of_plane(pooled.indices, pooled.output.shape(), sample, channel);
}

}  // namespace convscope::session
