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

// What "About this kernel" tells: computed when the kernel, the output or the pointer's cell
// changes, and kept between frames.
namespace convscope::program {

// Many data members in two groups, which are renewed at different times: all of it is what one card
// shows.
struct KernelInfo {
  // Of the kernel plane that is shown, and its dilation.
  Tensor kernel;
  Yx dilation{1, 1};
  std::string error;  // why there is nothing to tell; empty otherwise
  KernelFacts facts;
  KernelSvd svd;
  Tensor column, row, product;  // the separable pair [1, 1, kh, 1] and [1, 1, 1, kw], multiplied
  FrequencySummary frequencies;
  TensorPtr response;  // its frequency_picture

  // Of the output cell that the pointer was over last.
  Yx cell;
  MatrixRow matrix;               // no rows where there is no output
  double largest = 0.0;           // |value| of its entries
  Index channel = 0;              // of the input, whose part of the row is drawn
  std::vector<MatrixEntry> part;  // of the row, that of the channel: the largest |value| comes last
  std::vector<float> patch;       // kh · kw cells of that channel
  Tensor weights;                 // that they are multiplied with, [1, 1, kh, kw]
  Shape input;                    //
  Revision output;                // that the row is of
  ShownPlanes planes;
};

// Steps on each side of frequency 0 in `response`.
inline constexpr Index kFrequencySteps = 32;

// What there is to tell of.
struct KernelInfoSubject {
  const Tensor& kernel;  // the plane that is shown
  Yx dilation{1, 1};
  const Results* results = nullptr;  // whose first layer it is; null at the start
  ShowPlanes wanted;                 // of the results
  std::optional<Yx> pointed;         // the output cell under the pointer
};

// Computes what has changed since the last frame.
void update(const KernelInfoSubject& subject, KernelInfo& info);

// The same as lines of text: one for each figure.
std::vector<std::string> kernel_info_lines(const KernelInfo& info);

// "3.464, 0, 0": those that count as 0 are written so.
std::string singular_values_text(const KernelSvd& svd);
// "column 17: 1, column 18: −1": the numbers of the row that are not 0, `most` at most.
std::string nonzeros_text(const MatrixRow& row, std::size_t most);

}  // namespace convscope::program
