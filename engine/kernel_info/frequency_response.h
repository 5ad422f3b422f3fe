#pragma once

#include "engine/core/tensor.h"

// By how much a kernel multiplies each frequency: what a wave cos(2π(fy·y + fx·x) + phase) is
// multiplied by, in amplitude, where no border is near. fy and fx are in cycles per pixel; all
// there are lie from -1/2 to 1/2. This is the magnitude of
//
//   F(fy, fx) = Σ_{v,u} W[v, u] · exp(2πi (fy·v + fx·u))
//
// for the cross-correlation; a convolution has the complex conjugate, so the same magnitude. A
// dilation d takes F at (d.y·fy, d.x·fx): the pattern repeats. With a stride the response is that
// before cells are left out.
namespace convscope {

// |F| as the discrete Fourier transform of the kernel [1, 1, kh, kw] padded with zeros to `size`
// samples it, zero frequency in the centre: numpy's fftshift(abs(fft2(W, size))). [1, 1, size.y,
// size.x]; row i is fy = (i - size.y / 2) / size.y, whole division in the bracket. Computed in
// double in O(kh · kw · size.x + kh · size.y · size.x).
Tensor frequency_response(const Tensor& kernel, Yx size);

// The same for drawing, both ends included: [1, 1, 2 half + 1, 2 half + 1], row i is
// fy = (i - half) / (2 half).
Tensor frequency_picture(const Tensor& kernel, Index half, Yx dilation = {1, 1});

// What a frequency response amounts to.
enum class Band {
  kNothing,  // |F| is 0 everywhere
  kAll,      // the same everywhere (to 1 %): a shift, or a single weight
  kLow,      // most at 0
  kMiddle,   // most between 0 and 1/2 on both axes
  kHigh,     // most where an axis has 1/2: cells of alternating sign
};

struct FrequencySummary {
  double at_zero = 0.0;  // |sum of the weights|
  double at_half = 0.0;  // at fy = fx = 1/2: where the signs of the cells alternate
  double largest = 0.0;  // of all frequencies that are multiples of 1/64
  double smallest = 0.0;
  double peak_y = 0.0, peak_x = 0.0;  // where it is largest, the lowest of several; 0 to 1/2 and
                                      // -1/2 to 1/2
  Band band = Band::kNothing;
  bool repeats = false;  // by a dilation
};

FrequencySummary summarize_frequencies(const Tensor& kernel, Yx dilation = {1, 1});

}  // namespace convscope
