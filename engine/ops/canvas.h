#pragma once

#include <vector>

#include "engine/ops/conv2d.h"

// A convolution as windows over a canvas, whatever its kind: output cell Y of an axis meets the
// canvas at Y * stride + t * dilation for the taps t = 0 ... kernel - 1.
//
//   ordinary     the canvas is the padded input; tap t is weight t
//   transposed   the canvas is the input with stride - 1 zeros between its cells and a ring of
//                zeros, the canvas' own stride is 1; tap t is weight kernel - 1 - t
namespace convscope {

struct CanvasAxis {
  Index input = 0;    // cells of the input
  Index outputs = 0;  // cells of the output
  Index kernel = 1;
  Index dilation = 1;
  Index stride = 1;  // from one output's window to the next
  Index spread = 1;  // from one input cell to the next on the canvas
  Index before = 0;  // the canvas' place of input cell 0; negative where it is cut off
  bool flipped = false;
  PaddingMode mode = PaddingMode::kZeros;

  Index size() const { return (outputs - 1) * stride + (kernel - 1) * dilation + 1; }
  Index weight_of_tap(Index tap) const { return flipped ? kernel - 1 - tap : tap; }
  // The input cell that stands at a place of the canvas; -1 for a zero.
  Index source(Index place) const;
};

struct Canvas {
  CanvasAxis y;
  CanvasAxis x;
};

// `weight` and the options must fit the input (conv2d_output_shape).
Canvas make_canvas(const Shape& input, const Shape& weight, const Conv2dOptions& options);

// Some rows of one plane of the canvas, widened to double. For a column stride s the columns are
// sorted by their remainder, so that every tap's values lie side by side:
//
//   row(y, t)[X] == canvas[y][X * s + t * dilation]
class CanvasBand {
 public:
  explicit CanvasBand(const Canvas& canvas);

  // Rows [begin, end) of a plane of the input.
  void load(const Tensor& input, Index n, Index channel, Index begin, Index end);

  // The phase and the offset in its row at which a tap's values begin.
  Index phase(Index tap) const { return phase_of_tap_[static_cast<std::size_t>(tap)]; }
  Index offset(Index tap) const;
  Index phases() const { return static_cast<Index>(remainders_.size()); }
  Index largest_offset() const { return largest_offset_; }

  bool is_zero(Index y) const { return zero_[static_cast<std::size_t>(y - begin_)]; }
  const double* phase_row(Index y, Index phase) const {
    return values_.data() + ((y - begin_) * phases() + phase) * length_;
  }
  const double* row(Index y, Index tap) const { return phase_row(y, phase(tap)) + offset(tap); }

 private:
  void load_row(const float* from, double* to) const;

  Canvas canvas_;
  std::vector<Index> remainders_;    // of the phases
  std::vector<Index> phase_of_tap_;  // a phase for each tap of a row
  std::vector<Index> source_;        // [phases, length]: the input's column, -1 for a zero
  Index largest_offset_ = 0;
  Index length_ = 0;  // of a phase's row
  Index begin_ = 0;
  std::vector<double> values_;  // [rows, phases, length]
  std::vector<char> zero_;      // rows without values
};

}  // namespace convscope
