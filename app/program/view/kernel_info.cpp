#include "app/program/view/kernel_info.h"

#include <algorithm>
#include <cmath>

#include "app/program/view/names.h"
#include "engine/core/as_plane.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"
#include "engine/explain/explain_sum.h"
#include "engine/kernel_info/kernel_text.h"
#include "engine/ops/cell_links.h"

namespace convscope::program {
namespace {

std::string number(double value) {
  return number_text(value, 4);
}

void analyse_kernel(KernelInfo& info) {
  info.error.clear();
  try {
    info.facts = kernel_facts(info.kernel);
    info.svd = kernel_svd(info.kernel);
    const SeparablePair pair = separable_pair(info.kernel, info.svd);
    info.column = as_plane(pair.column, {info.svd.size.y, 1});
    info.row = as_plane(pair.row, {1, info.svd.size.x});
    info.product = product_of(pair);
    info.frequencies = summarize_frequencies(info.kernel, info.dilation);
    info.response = std::make_shared<const Tensor>(
        frequency_picture(info.kernel, kFrequencySteps, info.dilation));
  } catch (const Error& error) {
    info.error = error.what();
  }
}

// Selects the part of the row that is drawn, and finds the largest |value| of the whole row, which
// gives the range of colours.
void take_part(KernelInfo& info) {
  const Index plane = info.input.h * info.input.w;
  info.part.clear();
  info.largest = 0.0;
  for (const MatrixEntry& entry : info.matrix.entries) {
    info.largest = std::max(info.largest, std::abs(entry.value));
    if (entry.column / plane == info.channel) info.part.push_back(entry);
  }
  std::ranges::sort(info.part, {}, [](const MatrixEntry& e) { return std::abs(e.value); });
}

// Computes the cell's row of both matrices: the whole row of M, and the shown input channel's part
// of the row of P.
void find_row(const LayerResults& results, KernelInfo& info) {
  const Tensor& input = *results.input;
  const Shape& k = results.weight.shape();
  const ShownPlanes& shown = info.planes;
  info.input = input.shape();
  info.matrix = matrix_row(info.input, results.weight, results.options, shown.output, info.cell);
  const std::vector<float> patches =
      patch_row(input, k, results.options, shown.sample, shown.output, info.cell);
  const Index first = first_input_channel(k, results.options, shown.output);
  const Index count = std::ssize(patches) / (k.h * k.w);
  const Index i = std::clamp<Index>(shown.input - first, 0, count - 1);
  info.channel = first + i;
  take_part(info);
  const auto begin = patches.begin() + i * k.h * k.w;
  info.patch.assign(begin, begin + k.h * k.w);
  info.weights = results.options.transposed
                     ? weight_plane(results.weight, info.channel, shown.output % k.c)
                     : weight_plane(results.weight, shown.output, i);
}

void update_row(const KernelInfoSubject& subject, KernelInfo& info) {
  const LayerResults* results =
      subject.results != nullptr ? &subject.results->layers.front() : nullptr;
  if (results == nullptr || !results->output) {
    info.matrix = {};
    return;
  }
  const Shape& out = results->output->shape();
  Yx cell = subject.pointed.value_or(info.cell);
  cell = {std::min(cell.y, out.h - 1), std::min(cell.x, out.w - 1)};
  const ShownPlanes planes = shown_planes(subject.results->scene, 0, subject.wanted);
  const bool same = info.matrix.rows > 0 && cell == info.cell && planes == info.planes &&
                    info.output == results->output.revision();
  if (same) return;
  info.cell = cell;
  info.planes = planes;
  info.output = results->output.revision();
  find_row(*results, info);
}

}  // namespace

void update(const KernelInfoSubject& subject, KernelInfo& info) {
  if (subject.kernel != info.kernel || subject.dilation != info.dilation) {
    info.kernel = subject.kernel;
    info.dilation = subject.dilation;
    analyse_kernel(info);
  }
  update_row(subject, info);
}

std::string singular_values_text(const KernelSvd& svd) {
  std::string text;
  for (std::size_t k = 0; k < svd.values.size(); ++k) {
    const bool counts = static_cast<Index>(k) < svd.rank;
    text += (k == 0 ? "" : ", ") + (counts ? number(svd.values[k]) : "0");
  }
  return text;
}

std::string nonzeros_text(const MatrixRow& row, std::size_t max_count) {
  std::string text;
  std::size_t count = 0;
  for (const MatrixEntry& entry : row.entries) {
    if (entry.value == 0.0) continue;
    if (count == max_count) return text + " …";
    text +=
        (count++ == 0 ? "column " : ", ") + count_text(entry.column) + ": " + number(entry.value);
  }
  return text;
}

std::vector<std::string> kernel_info_lines(const KernelInfo& info) {
  if (!info.error.empty()) return {"Kernel:  " + info.error};
  const KernelFacts& facts = info.facts;
  std::vector<std::string> lines;
  lines.push_back("Kernel:  sum " + number(facts.sum) + ", sum of |w| " +
                  number(facts.absolute_sum) + ", norm " + number(facts.norm));
  lines.push_back(std::string("    left–right ") + name(facts.left_right) + ", up–down " +
                  name(facts.up_down) + ", under 180° " + name(facts.half_turn));
  lines.push_back("    singular values " + singular_values_text(info.svd));
  lines.push_back("    " + separability_text(info.svd));
  lines.push_back("    " + frequency_text(info.frequencies));
  if (info.matrix.rows > 0) {
    lines.push_back("    " + cell_name("Y", info.cell) + " is " + matrix_row_text(info.matrix) +
                    ": " + nonzeros_text(info.matrix, 16));
  }
  return lines;
}

}  // namespace convscope::program
