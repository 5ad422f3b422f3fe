#include "engine/kernel_info/im2col.h"

#include <algorithm>
#include <utility>

#include "engine/ops/cell_links.h"

namespace convscope::engine {
namespace {

struct OutputCell {
  Shape out;
  std::vector<Link> links;  // of one plane
  Index first_channel = 0;  // the first input channel that is summed
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
  OutputCell cell = output_cell(input, k, options, channel, output);
  MatrixRow result;
  result.row = (channel * cell.out.h + output.y) * cell.out.w + output.x;
  result.rows = cell.out.c * cell.out.h * cell.out.w;
  result.columns = input.c * input.h * input.w;
  std::erase_if(cell.links, [](const Link& link) { return link.source.y < 0; });
  // Sorts links to the same input cell next to each other.
  std::ranges::stable_sort(
      cell.links, {}, [](const Link& link) { return std::pair(link.source.y, link.source.x); });
  for (Index i = 0; i < cell.channels; ++i) {
    const Index from = cell.first_channel + i;
    const std::span<const float> plane =
        options.transposed ? weight.plane(from, channel % k.c) : weight.plane(channel, i);
    for (const Link& link : cell.links) {
      const Index column = (from * input.h + link.source.y) * input.w + link.source.x;
      const auto place = static_cast<std::size_t>(link.weight.y * k.w + link.weight.x);
      const auto w = static_cast<double>(plane[place]);
      if (!result.entries.empty() && result.entries.back().column == column) {
        result.entries.back().value += w;
        ++result.entries.back().weights;
      } else {
        result.entries.push_back({column, w, 1});
      }
    }
  }
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

}  // namespace convscope::engine
