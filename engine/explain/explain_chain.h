#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/ops/cell_links.h"

// Receptive fields across several layers.
namespace convscope::engine {

// One convolution or pooling of a chain.
struct ChainStep {
  Yx kernel{1, 1};
  Conv2dOptions options;  // for a pooling: the stride, padding and dilation of its window
  Shape input, output;    // [N, C, H, W] before and after the step
};

// Returns the step of a convolution or pooling on an input of shape `input`.
ChainStep conv_step(const Shape& weight, const Conv2dOptions& options, const Shape& input);
ChainStep pool_step(const Pool2dOptions& options, const Shape& input);

// The cells where some rows cross some columns; both lists are ascending.
struct CellCross {
  std::vector<Index> rows, columns;
  bool empty() const { return rows.empty() || columns.empty(); }
  // Returns the smallest rectangle around the cells; empty where there are none.
  CellGrid bounds() const;
};

// Returns the cells of the first step's input that cell `output` of the last step depends on,
// without padding zeros; for no steps, `output` itself. A max pooling depends on its whole window.
CellCross chained_receptive_field(std::span<const ChainStep> steps, Yx output);

// Returns the cells of the last step's output that depend on cell `input` of the first step's
// input: the receptive field read the other way. For no steps, `input` itself.
CellCross chained_reach(std::span<const ChainStep> steps, Yx input);

// The start, jump and size of all receptive fields along both axes, padding included.
struct ChainFields {
  ChainField y, x;
  friend bool operator==(const ChainFields&, const ChainFields&) = default;
};
// Returns these numbers; nullopt if one of the steps is a transposed convolution, whose fields
// differ from cell to cell.
std::optional<ChainFields> chain_fields(std::span<const ChainStep> steps);

}  // namespace convscope::engine
