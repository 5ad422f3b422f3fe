#include "engine/im2col.h"

#include <algorithm>
#include <map>

#include "engine/explain.h"
#include "engine/explain_sum.h"

namespace convscope {
namespace {

struct OutputCell {
  Shape out;
  std::vector<Link> links;  // of one plane
  Index first_channel = 0;  // of the input channels that are summed
  Index channels = 0;
};

OutputCell output_cell(const Shape& input, const Shape& weight, const Conv2dOptions& options,
                       Index channel, Yx output) {
  OutputCell cell;
  cell.out = conv2d_output_shape(input, weight, options);
  assert(channel < cell.out.c && output.y < cell.out.h && output.x < cell.out.w);
  cell.links = links_of_output(output, {weight.h, weight.w}, options, input, cell.out);
  cell.first_channel = first_input_channel(weight, options, channel);
  cell.channels = options.transposed ? weight.n / options.groups : weight.c;
  return cell;
}

}  // namespace

Index MatrixRow::nonzeros() const {
  return std::ranges::count_if(entries, [](const MatrixEntry& e) { return e.value != 0.0; });
}

MatrixRow matrix_row(const Shape& input, const Tensor& weight, const Conv2dOptions& options,
                     Index channel, Yx output) {
  const Shape& k = weight.shape();
  const OutputCell cell = output_cell(input, k, options, channel, output);
  MatrixRow result;
  result.row = (channel * cell.out.h + output.y) * cell.out.w + output.x;
  result.rows = cell.out.c * cell.out.h * cell.out.w;
  result.columns = input.c * input.h * input.w;
  std::map<Index, MatrixEntry> by_column;
  for (Index i = 0; i < cell.channels; ++i) {
    const Index from = cell.first_channel + i;
    for (const Link& link : cell.links) {
      if (link.source.y < 0) continue;
      const Index column = (from * input.h + link.source.y) * input.w + link.source.x;
      const float w = options.transposed
                          ? weight.at(from, channel % k.c, link.weight.y, link.weight.x)
                          : weight.at(channel, i, link.weight.y, link.weight.x);
      MatrixEntry& entry = by_column.try_emplace(column, MatrixEntry{column, 0.0, 0}).first->second;
      entry.value += static_cast<double>(w);
      ++entry.weights;
    }
  }
  for (const auto& [column, entry] : by_column)
    result.entries.push_back(entry);
  return result;
}

std::vector<float> patch_row(const Tensor& input, const Shape& weight, const Conv2dOptions& options,
                             Index n, Index channel, Yx output) {
  const OutputCell cell = output_cell(input.shape(), weight, options, channel, output);
  std::vector<float> row(static_cast<std::size_t>(cell.channels * weight.h * weight.w), 0.0f);
  for (Index i = 0; i < cell.channels; ++i) {
    for (const Link& link : cell.links) {
      if (link.source.y < 0) continue;
      const Index place = (i * weight.h + link.weight.y) * weight.w + link.weight.x;
      row[static_cast<std::size_t>(place)] =
          input.at(n, cell.first_channel + i, link.source.y, link.source.x);
    }
  }
  return row;
}

}  // namespace convscope
