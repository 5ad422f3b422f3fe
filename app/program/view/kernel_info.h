#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/program/names.h"
#include "app/program/view/shown_planes.h"
#include "app/session/results.h"
#include "engine/kernel_info/frequency_response.h"
#include "engine/kernel_info/im2col.h"
#include "engine/kernel_info/kernel_analysis.h"

// The contents of "About this kernel". They are kept between frames, and computed again when the
// kernel, the output or the cell under the pointer changes.
namespace convscope::program {

// The facts that the card shows. It has many data members in two groups, which are computed at
// different times.
struct KernelInfo {
  // The facts about the shown plane of the kernel, with the dilation it is used with.
  Tensor kernel;
  Yx dilation{1, 1};
  std::string error;  // why the kernel can't be analysed; empty on success
  KernelFacts facts;
  KernelSvd svd;
  Tensor column, row;  // the separable pair, [1, 1, kh, 1] and [1, 1, 1, kw]
  Tensor product;      // column times row, [1, 1, kh, kw]
  FrequencySummary frequencies;
  TensorPtr response;  // the frequency response, made by frequency_picture()

  // The matrix row of the output cell that the pointer was over last.
  Yx cell;
  MatrixRow matrix;               // without rows if there is no output
  double largest = 0.0;           // the largest |value| of the row's entries
  Index channel = 0;              // the input channel whose part of the row is drawn
  std::vector<MatrixEntry> part;  // the entries of that channel, in ascending order of |value|
  std::vector<float> patch;       // the kh · kw values of that channel under the kernel
  Tensor weights;                 // the weights that multiply the patch, [1, 1, kh, kw]
  Shape input;                    // the shape of the layer's input
  Revision output;                // the revision of the output that the row belongs to
  ShownPlanes planes;             // the planes that were shown then
};

// The subject of the card in this frame.
struct KernelInfoSubject {
  const Tensor& kernel;  // the shown plane of the kernel, [1, 1, kh, kw]
  Yx dilation{1, 1};
  const Results* results = nullptr;  // the scene's results; null before the first
  ShowPlanes wanted;                 // the requested planes of the first layer
  std::optional<Yx> pointed;         // the output cell under the pointer
};

// Brings `info` up to date, computing only what has changed since the last frame.
void update(const KernelInfoSubject& subject, KernelInfo& info);

// Returns the same facts as lines of text, one for each figure.
std::vector<std::string> kernel_info_lines(const KernelInfo& info);

// Returns the singular values, such as "3.464, 0, 0". Values that only rounding keeps from 0 are
// written as 0.
std::string singular_values_text(const KernelSvd& svd);
// Returns the first `max_count` numbers of the row that are not 0, such as "column 17: 1, 18: −1".
std::string nonzeros_text(const MatrixRow& row, std::size_t max_count);

}  // namespace convscope::program
