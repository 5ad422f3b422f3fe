#include "app/export/explanation_figure.h"

#include <algorithm>
#include <utility>

#include "app/export/plane_block.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"
#include "engine/explain/explain_sum.h"
#include "engine/explain/explain_text.h"

namespace convscope::exports {
namespace {

constexpr Index kMostChannels = 4;
constexpr std::size_t kMostTerms = 12;

// The values and weights of one input channel in the shape of the kernel.
struct Products {
  Tensor values, weights;
};

Products products_of(const CellSum& sum, Index channel, const Shape& kernel) {
  const Shape shape{1, 1, kernel.h, kernel.w};
  Products products{Tensor(shape), Tensor(shape)};
  for (const Term& term : sum.terms) {
    if (term.channel != channel) continue;
    products.values.at(term.weight.y, term.weight.x) = term.x;
    products.weights.at(term.weight.y, term.weight.x) = term.w;
  }
  return products;
}

HeatmapBlock block_of(Tensor tensor, const HeatmapStyle& style) {
  HeatmapBlock block;
  block.tensor = std::make_shared<const Tensor>(std::move(tensor));
  block.style = style;
  block.data = finite_range(block.tensor->values());
  block.group = HeatmapBlock::Group::kKernels;
  return block;
}

}  // namespace

Figure explanation_figure(const Source& source) {
  if (!source.cell) throw Error("no cell of the output is chosen");
  const HeatmapBlock output = stage_block(source, StagePart::kOutput);
  HeatmapBlock input = input_block(source);
  input.style.rgb = false;
  const LayerResults& layer = source.layer_results();
  const CellSum sum = explain_output(*layer.input, layer.weight, layer.bias, layer.options,
                                     output.sample, output.channel, *source.cell);
  std::vector<Index> channels;
  for (const Term& term : sum.terms) {
    if (std::ranges::find(channels, term.channel) == channels.end())
      channels.push_back(term.channel);
  }
  if (std::ssize(channels) > kMostChannels)
    throw Error("the sum goes over " + std::to_string(channels.size()) +
                " input channels; a figure explains at most " + std::to_string(kMostChannels));
  Figure figure;
  for (const Index channel : channels) {
    const bool last = channel == channels.back();
    Products products = products_of(sum, channel, layer.weight.shape());
    const std::string index = channels.size() > 1 ? "[" + std::to_string(channel) + "]" : "";
    const HeatmapStyle weights = kernel_style(source, products.weights);
    HeatmapBlock values = block_of(std::move(products.values), input.style);
    values.title = "X" + index;
    values.subtitle = "under the kernel";
    HeatmapBlock kernel = block_of(std::move(products.weights), weights);
    kernel.title = "W" + index;
    figure.blocks.emplace_back(std::move(values));
    figure.blocks.emplace_back(SignBlock{"⊙", "sum of products"});
    figure.blocks.emplace_back(std::move(kernel));
    figure.blocks.emplace_back(SignBlock{last ? "=" : "+", ""});
  }
  const Yx at = *source.cell;
  const float value = output.tensor->at(output.sample, output.channel, at.y, at.x);
  HeatmapBlock result = block_of(Tensor(Shape{1, 1, 1, 1}, value), output.style);
  result.title = "Y" + place_text(at);
  figure.blocks.emplace_back(std::move(result));
  figure.caption.push_back("Y" + place_text(at) + " = " + sum_formula(sum, kMostTerms));
  return figure;
}

}  // namespace convscope::exports
