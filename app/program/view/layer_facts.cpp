#include "app/program/view/layer_facts.h"

#include "engine/core/number_text.h"
#include "engine/explain/explain_text.h"
#include "engine/explain/layer_count.h"

namespace convscope::program {
namespace {

std::string product(std::initializer_list<Index> factors) {
  std::string text;
  for (const Index factor : factors)
    text += (text.empty() ? "" : "·") + std::to_string(factor);
  return text;
}

// Returns the shape of the learned weights. A kernel that all channels share has only one plane of
// them.
Shape counted_weight(const KernelScene& kernel, const Shape& weight) {
  return kernel.layer ? weight : Shape{1, 1, weight.h, weight.w};
}

Index biases_of(const KernelScene& kernel, const Shape& output) {
  return kernel.layer ? output.c : 1;
}

void count_convolution(const LayerResults& layer, const KernelScene& kernel, LayerFacts& facts) {
  const Shape& x = layer.input->shape();
  const Shape& y = layer.output->shape();
  const Shape& k = layer.weight.shape();
  facts.parameters = parameter_formula(counted_weight(kernel, k), biases_of(kernel, y));
  if (!kernel.layer && x.c > 1)
    facts.parameters += ", shared by " + std::to_string(x.c) + " channels";
  const Shape& each = layer.options.transposed ? x : y;
  facts.multiply_adds = product({each.n, each.c, each.h, each.w}) + " · " +
                        product({k.c, k.h, k.w}) + " = " +
                        count_text(conv2d_multiply_adds(x, k, layer.options));
  const Index outputs = y.c * y.h * y.w;
  facts.linear = count_text(x.c * x.h * x.w) + "·" + count_text(outputs) + " + " +
                 count_text(outputs) + " = " +
                 count_text(equivalent_linear_parameters(x, y).total());
}

Index chain_parameters(const Results& results, std::size_t last) {
  Index sum = 0;
  for (std::size_t i = 0; i <= last; ++i) {
    const LayerResults& layer = results.layers[i];
    const KernelScene& kernel = convolution(results.scene.layers[i]).kernel;
    sum += counted_weight(kernel, layer.weight.shape()).numel() +
           biases_of(kernel, layer.output->shape());
  }
  return sum;
}

}  // namespace

LayerFacts layer_facts(const StageView& view) {
  const LayerResults& layer = view.layer();
  const LayerStage& stage = view.request.stage;
  LayerFacts facts;
  const Shape& from =
      stage.part == StagePart::kOutput ? layer.input->shape() : layer.output->shape();
  facts.shapes = to_string(from) + " → " + to_string(stage_tensor(layer, stage.part)->shape());
  if (stage.part == StagePart::kOutput) {
    count_convolution(layer, view.computed().kernel, facts);
  } else {
    facts.parameters =
        "none: " + std::string(stage.part == StagePart::kPooled ? "pooling" : "ReLU") +
        " learns nothing";
  }
  if (stage.layer > 0) {
    facts.chain = count_text(chain_parameters(*view.request.results, stage.layer)) + " parameters";
  }
  return facts;
}

}  // namespace convscope::program
