#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Divides output channels into equal blocks of at most `most` channels.
struct OutputRange {
  Index begin, end;
};
inline Index block_count(Index outputs, Index most) {
  return (outputs + most - 1) / most;
}
inline OutputRange block_range(Index outputs, Index most, Index block) {
  const Index blocks = block_count(outputs, most);
  return {outputs * block / blocks, outputs * (block + 1) / blocks};
}

}  // namespace convscope::engine::fast
