#include "app/export/kernel_figures.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "app/export/plane_block.h"
#include "app/look/range.h"
#include "engine/core/as_plane.h"
#include "engine/core/error.h"
#include "engine/core/plane_text.h"
#include "engine/kernel_info/frequency_response.h"
#include "engine/kernel_info/im2col.h"
#include "engine/kernel_info/kernel_analysis.h"
#include "engine/kernel_info/kernel_text.h"

namespace convscope::exports {
namespace {

// Returns the sentences of a text, a line for each.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  for (std::size_t end = text.find(". "); end != std::string::npos; end = text.find(". ", from)) {
    lines.push_back(text.substr(from, end + 1 - from));
    from = end + 2;
  }
  lines.push_back(text.substr(from));
  return lines;
}

// A plane that the kernel is made of, in its colours.
HeatmapBlock part(const Source& source, Tensor values, const char* title) {
  HeatmapBlock block;
  block.title = title;
  const Shape& s = values.shape();
  block.subtitle = size_text({s.h, s.w});
  block.style = kernel_style(source, values);
  block.data = finite_range(values.values());
  block.tensor = std::make_shared<const Tensor>(std::move(values));
  block.group = HeatmapBlock::Group::kKernels;
  return block;
}

// The frequencies −1/2, 0 and 1/2 on an axis with `cells` cells.
std::vector<FieldTick> frequency_ticks(Index cells, bool down) {
  const double half = 0.5 / static_cast<double>(cells);
  const double lo = down ? 1.0 - half : half;
  return {{lo, "−½"}, {0.5, "0"}, {1.0 - lo, "½"}};
}

}  // namespace

Figure frequency_figure(const Source& source) {
  const Tensor kernel = *kernel_block(source).tensor;
  const Yx dilation = source.shown_layer().conv.dilation;
  FieldBlock block;
  block.title = "Frequency response";
  block.subtitle = "|F| · cycles per pixel";
  block.tensor =
      std::make_shared<const Tensor>(frequency_picture(kernel, kFrequencySteps, dilation));
  block.style = style_for(*block.tensor, 0, source.dark, MapChoice::kViridis, Signs::kUnsigned);
  block.bar = true;
  const Shape& s = block.tensor->shape();
  block.x = {"fx", frequency_ticks(s.w, false)};
  block.y = {"fy", frequency_ticks(s.h, true), true};
  Figure figure;
  figure.blocks.emplace_back(std::move(block));
  figure.caption = lines_of(frequency_text(summarize_frequencies(kernel, dilation)));
  return figure;
}

Figure separable_figure(const Source& source) {
  HeatmapBlock kernel = kernel_block(source);
  const KernelSvd svd = kernel_svd(*kernel.tensor);
  Figure figure;
  figure.caption = lines_of(separability_text(svd));
  const SeparablePair pair = separable_pair(*kernel.tensor, svd);
  figure.blocks.emplace_back(std::move(kernel));
  if (svd.rank == 0) return figure;
  figure.blocks.emplace_back(SignBlock{svd.separable() ? "=" : "≈", ""});
  figure.blocks.emplace_back(part(source, as_plane(pair.column, {svd.size.y, 1}), "v"));
  figure.blocks.emplace_back(SignBlock{"·", ""});
  figure.blocks.emplace_back(part(source, as_plane(pair.row, {1, svd.size.x}), "h"));
  if (svd.separable()) return figure;
  figure.blocks.emplace_back(SignBlock{"=", ""});
  figure.blocks.emplace_back(part(source, product_of(pair), "v · h"));
  return figure;
}

Figure matrix_row_figure(const Source& source) {
  if (!source.cell) throw Error("no cell of the output is chosen");
  const HeatmapBlock output = stage_block(source, StagePart::kOutput);
  const LayerResults& layer = source.layer_results();
  const Shape& in = layer.input->shape();
  const MatrixRow row = matrix_row(in, layer.weight, layer.options, output.channel, *source.cell);
  Tensor values(Shape{1, in.c, in.h, in.w});
  for (const MatrixEntry& entry : row.entries)
    values.values()[static_cast<std::size_t>(entry.column)] = static_cast<float>(entry.value);
  HeatmapBlock block;
  block.title = "Row " + std::to_string(row.row) + " of M";
  block.subtitle = "wrapped into X · " + plane_text(values.shape());
  block.channel = std::clamp<Index>(source.input_channel, 0, in.c - 1);
  block.style = style_for(finite_range(values.values()), source.dark, MapChoice::kDiverging);
  block.tensor = std::make_shared<const Tensor>(std::move(values));
  Figure figure;
  figure.blocks.emplace_back(std::move(block));
  figure.caption = {"Y" + place_text(*source.cell) + " is " + matrix_row_text(row) + "."};
  return figure;
}

}  // namespace convscope::exports
