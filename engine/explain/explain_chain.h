#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/ops/cell_links.h"

// Receptive fields across several layers.
namespace convscope {

// One convolution or pooling of a chain.
struct ChainStep {
  Yx kernel{1, 1};
  Conv2dOptions options;  // a pooling has the stride, padding and dilation of its window
  Shape input, output;    // what it takes and gives
};

ChainStep conv_step(const Shape& weight, const Conv2dOptions& options, const Shape& input);
ChainStep pool_step(const Pool2dOptions& options, const Shape& input);

// The cells of some rows in some columns; both rise.
struct CellCross {
  std::vector<Index> rows, columns;
  bool empty() const { return rows.empty() || columns.empty(); }
  // The smallest rectangle around them; empty where there are none.
  CellGrid bounds() const;
};

// Cells of the first step's input that cell `output` of the last step depends on, without the zeros
// of any padding; `output` itself for no steps. A max pooling depends on all of its window.
CellCross chained_receptive_field(std::span<const ChainStep> steps, Yx output);

// Start, jump and size of all receptive fields along both axes, padding included. Nothing where a
// transposed convolution is among the steps: its fields differ from cell to cell.
struct ChainFields {
  ChainField y, x;
  friend bool operator==(const ChainFields&, const ChainFields&) = default;
};
std::optional<ChainFields> chain_fields(std::span<const ChainStep> steps);

}  // namespace convscope
