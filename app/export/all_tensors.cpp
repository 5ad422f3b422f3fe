#include "app/export/all_tensors.h"

#include <string>

namespace convscope::exports {
namespace {

void add(const std::string& name, const Tensor& tensor, AllTensors& all) {
  const Shape& s = tensor.shape();
  if (s.numel() > 0) all.arrays.push_back({name, {s.n, s.c, s.h, s.w}, tensor.values()});
}

void add(const std::string& name, const TensorPtr& tensor, AllTensors& all) {
  if (!tensor) return;
  all.kept.push_back(tensor.shared());
  add(name, *tensor, all);
}

void add(const std::string& name, const std::vector<float>& values, AllTensors& all) {
  if (!values.empty()) all.arrays.push_back({name, {std::ssize(values)}, values});
}

void add_layer(const LayerResults& layer, bool relu, const std::string& end, AllTensors& all) {
  add("weight" + end, layer.weight, all);
  add("bias" + end, layer.bias, all);
  add("y" + end, layer.output, all);
  if (relu) add("activated" + end, layer.activated, all);
  if (layer.pooled) add("pooled" + end, layer.pooled->output, all);
}

void add_learning(const TrainingSnapshot& training, AllTensors& all) {
  if (training.problem) add("target", training.problem->target, all);
  add("learned", training.weight, all);
  add("learned_bias", training.bias, all);
  add("error", training.error, all);
  add("gradient", training.gradient, all);
}

}  // namespace

AllTensors all_tensors(const Source& source) {
  AllTensors all;
  const Results& results = *source.results;
  add("x", results.layers.front().input, all);
  for (std::size_t i = 0; i < results.layers.size(); ++i)
    add_layer(results.layers[i], convolution(results.scene.layers[i]).relu,
              i == 0 ? "" : "_" + std::to_string(i + 1), all);
  if (source.training) add_learning(*source.training, all);
  if (source.backward && !source.backward->layers.empty()) {
    const LayerGradients& first = source.backward->layers.front();
    add("grad_x", first.input, all);
    add("grad_weight", first.kernel, all);
    add("grad_y", first.output, all);
  }
  return all;
}

}  // namespace convscope::exports
