#pragma once

#include <vector>

#include "engine/ops/conv2d.h"

// Describes every kind of convolution as windows over a canvas: output cell Y of an axis reads the
// canvas at Y * stride + t * dilation for the taps t = 0 ... kernel - 1.
//
//   ordinary     the canvas is the padded input; tap t is weight t
//   transposed   the canvas is the input with stride - 1 zeros between its cells and zeros around
//                it, and the canvas' own stride is 1; tap t is weight kernel - 1 - t
namespace convscope::engine {

// One axis of a canvas.
struct CanvasAxis {
  Index input = 0;    // cells of the input
  Index outputs = 0;  // cells of the output
  Index kernel = 1;
  Index dilation = 1;
  Index stride = 1;  // canvas cells from one output's window to the next
  Index spread = 1;  // canvas cells from one input cell to the next
  Index before = 0;  // canvas position of input cell 0; negative where padding crops the input
  bool flipped = false;
  PaddingMode mode = PaddingMode::kZeros;

  Index size() const { return (outputs - 1) * stride + (kernel - 1) * dilation + 1; }
  Index weight_of_tap(Index tap) const { return flipped ? kernel - 1 - tap : tap; }
  // Returns the input cell that stands at a position of the canvas, or -1 for a zero.
  Index source(Index place) const;
};

// The canvas of a plane.
struct Canvas {
  CanvasAxis y;
  CanvasAxis x;
};

// Returns the canvas of a convolution. `weight` and the options must fit the input
// (conv2d_output_shape).
Canvas make_canvas(const Shape& input, const Shape& weight, const Conv2dOptions& options);

// Holds some rows of one plane of the canvas, widened to double. The columns are sorted by their
// remainder modulo the column stride s, so that the values of every tap lie next to each other:
//
//   row(y, t)[X] == canvas[y][X * s + t * dilation]
class CanvasBand {
 public:
  explicit CanvasBand(const Canvas& canvas);

  // Loads rows [begin, end) of a plane of the canvas from channel `channel` of picture `n`.
  void load(const Tensor& input, Index n, Index channel, Index begin, Index end);

  // The values of a tap begin at offset(tap) in the row of phase(tap).
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
  std::vector<Index> remainders_;    // remainder of each phase modulo the stride
  std::vector<Index> phase_of_tap_;  // phase of each tap in a row
  std::vector<Index> source_;        // [phases, length]: the input's column, or -1 for a zero.
  Index largest_offset_ = 0;
  Index length_ = 0;  // values in the row of a phase
  Index begin_ = 0;
  std::vector<double> values_;  // [rows, phases, length]
  std::vector<char> zero_;      // for each row, whether all its values are 0
};

}  // namespace convscope::engine
