#pragma once

#include "engine/core/tensor.h"

// Computes the frequency response of a kernel: the factor by which it multiplies the amplitude of a
// wave cos(2π(fy·y + fx·x) + phase), away from the border. fy and fx are in cycles per pixel and
// range from -1/2 to 1/2. The response is the magnitude of
//
//   F(fy, fx) = Σ_{v,u} W[v, u] · exp(2πi (fy·v + fx·u))
//
// for cross-correlation; a convolution has the complex conjugate and so the same magnitude. With
// dilation d the response is F at (d.y·fy, d.x·fx), a repeating pattern. With a stride it describes
// the output before cells are left out.
namespace convscope::engine {

// Returns |F| as [1, 1, size.y, size.x], with zero frequency in the centre: numpy's
// fftshift(abs(fft2(W, size))) of a kernel [1, 1, kh, kw]. Row i is fy = (i - size.y / 2) / size.y,
// with integer division in the bracket; columns likewise. Computed in double, in O(kh · kw · size.x
// + kh · size.y · size.x).
Tensor frequency_response(const Tensor& kernel, Yx size);

// Returns |F| for a picture that includes both ends of the range, as [1, 1, 2 half + 1, 2 half +
// 1]: row i is fy = (i - half) / (2 half), and columns likewise.
Tensor frequency_picture(const Tensor& kernel, Index half, Yx dilation = {1, 1});
// The steps on each side of frequency 0 in the program's pictures.
inline constexpr Index kFrequencySteps = 32;

// The frequencies that a kernel passes.
enum class Band {
  kNothing,  // |F| is 0 everywhere
  kAll,      // |F| is the same everywhere, to 1 %: a shift, or a single weight
  kLow,      // |F| is largest at frequency 0
  kMiddle,   // |F| is largest between 0 and 1/2 on both axes
  kHigh,     // |F| is largest where an axis has 1/2: cells of alternating sign
};

// The main facts about |F|, over the frequencies fy = 0 to 1/2 and fx = -1/2 to 1/2.
struct FrequencySummary {
  double at_zero = 0.0;  // |F(0, 0)|, the absolute sum of the weights
  double at_half = 0.0;  // |F(1/2, 1/2)|, where the cells' signs alternate
  double largest = 0.0;  // over all frequencies that are multiples of 1/64
  double smallest = 0.0;
  // The frequency where |F| is largest, the lowest if there are several; peak_y is 0 to 1/2.
  double peak_y = 0.0, peak_x = 0.0;
  Band band = Band::kNothing;
  bool repeats = false;  // whether a dilation repeats the pattern
};

// Returns the summary of a kernel [1, 1, kh, kw] that is applied with this dilation.
FrequencySummary summarize_frequencies(const Tensor& kernel, Yx dilation = {1, 1});

}  // namespace convscope::engine
