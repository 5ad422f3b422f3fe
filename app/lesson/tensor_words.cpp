#include "app/lesson/tensor_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "app/lesson/layer_place.h"
#include "engine/core/shape_text.h"
#include "engine/core/value_range.h"
#include "engine/explain/channel_sum.h"
#include "engine/explain/explain_text.h"

namespace convscope::lesson {
namespace {

using Held = std::shared_ptr<const Tensor>;

// Returns a tensor that lives as long as its owner.
template <typename Owner>
Held part_of(const Owner& owner, const Tensor& tensor) {
  return {owner, &tensor};
}

Held held(const TensorPtr& tensor) {
  return tensor.shared();
}

Held input_of(const WordQuery& query, std::string& why) {
  const LayerResults* layer = layer_of(query, why);
  return layer != nullptr ? held(layer->input) : nullptr;
}

Held kernel_of(const WordQuery& query, std::string& why) {
  if (layer_of(query, why) == nullptr) return nullptr;
  return part_of(query.values.results, layer_scene(query).kernel.weight);
}

Held bias_of(const WordQuery& query, std::string& why) {
  if (layer_of(query, why) == nullptr) return nullptr;
  const std::vector<float>& bias = layer_scene(query).kernel.bias;
  return std::make_shared<const Tensor>(Shape{1, 1, 1, std::ssize(bias)}, bias);
}

Held output_of(const WordQuery& query, std::string& why) {
  const LayerResults* layer = layer_of(query, why);
  if (layer == nullptr) return nullptr;
  why = layer->output_error;
  return held(layer->output);
}

Held activated_of(const WordQuery& query, std::string& why) {
  const LayerResults* layer = layer_of(query, why);
  if (layer == nullptr) return nullptr;
  why = layer->output_error;
  return held(layer->activated);
}

Held pooled_of(const WordQuery& query, std::string& why) {
  const LayerResults* layer = layer_of(query, why);
  if (layer == nullptr) return nullptr;
  why = layer->pooled                 ? ""
        : layer->pooled_error.empty() ? "this layer has no pooling"
                                      : layer->pooled_error;
  return layer->pooled ? held(pooled_values(*layer)) : nullptr;
}

// Returns the snapshot where there is something to learn, or null and why there is nothing.
const TrainingSnapshot* learning_of(const WordQuery& query, std::string& why) {
  const TrainingSnapshot* training = query.values.training.get();
  why = training == nullptr ? "nothing is learned yet" : training->message;
  return training != nullptr && !training->weight.empty() ? training : nullptr;
}

Held learned_of(const WordQuery& query, std::string& why) {
  const TrainingSnapshot* training = learning_of(query, why);
  return training != nullptr ? part_of(query.values.training, training->weight) : nullptr;
}

Held start_of(const WordQuery& query, std::string& why) {
  const TrainingSnapshot* training = learning_of(query, why);
  return training != nullptr ? part_of(query.values.training, training->start) : nullptr;
}

Held gradient_of(const WordQuery& query, std::string& why) {
  const TrainingSnapshot* training = learning_of(query, why);
  return training != nullptr ? part_of(query.values.training, training->gradient) : nullptr;
}

// Of the exact answers, where there are several, that of the least norm.
Held exact_of(const WordQuery& query, std::string& why) {
  const TrainingSnapshot* training = learning_of(query, why);
  if (training == nullptr) return nullptr;
  why = "the exact answer is not known yet";
  if (!training->analysis) return nullptr;
  const TrainingAnalysis& analysis = *training->analysis;
  return std::make_shared<const Tensor>(
      analysis.loss->unflattened(analysis.spectrum.optimum).weight);
}

Held learned_bias_of(const WordQuery& query, std::string& why) {
  const TrainingSnapshot* training = learning_of(query, why);
  if (training == nullptr) return nullptr;
  why = "no bias is learned";
  if (training->bias.empty()) return nullptr;
  return std::make_shared<const Tensor>(Shape{1, 1, 1, std::ssize(training->bias)}, training->bias);
}

Held target_of(const WordQuery& query, std::string& why) {
  const TrainingSnapshot* training = learning_of(query, why);
  return training != nullptr ? held(training->target) : nullptr;
}

Held error_of(const WordQuery& query, std::string& why) {
  const TrainingSnapshot* training = learning_of(query, why);
  return training != nullptr ? held(training->error) : nullptr;
}

constexpr std::array kTensors = {
    TensorWord{"input", "the input X of the layer", WordScope::kLayer, input_of},
    TensorWord{"kernel", "the weights W of the layer, as the scene has them", WordScope::kLayer,
               kernel_of},
    TensorWord{"weight", "the same as kernel", WordScope::kLayer, kernel_of},
    TensorWord{"bias", "the biases of the layer, one for each output channel", WordScope::kLayer,
               bias_of},
    TensorWord{"output", "the output Y of the layer's convolution", WordScope::kLayer, output_of},
    TensorWord{"activated", "the output after the ReLU, or the output itself without one",
               WordScope::kLayer, activated_of},
    TensorWord{"pooled", "what the layer's pooling gives, P", WordScope::kLayer, pooled_of},
    TensorWord{"learned", "the weights Ŵ that are learned", WordScope::kLearning, learned_of},
    TensorWord{"learned_bias", "the biases that are learned", WordScope::kLearning,
               learned_bias_of},
    TensorWord{"exact", "the weights with the least loss", WordScope::kLearning, exact_of},
    TensorWord{"start", "the weights with which the learning began", WordScope::kLearning,
               start_of},
    TensorWord{"gradient", "the gradient of the loss by the learned weights", WordScope::kLearning,
               gradient_of},
    TensorWord{"target", "the output that the learning is to reach", WordScope::kLearning,
               target_of},
    TensorWord{"error", "the learned kernel's output minus the target", WordScope::kLearning,
               error_of},
};

// The sums are in double, as those of kernel_facts.
double sum_of(const Tensor& tensor) {
  return std::accumulate(tensor.values().begin(), tensor.values().end(), 0.0,
                         [](double sum, float v) { return sum + static_cast<double>(v); });
}

Value range_end(const Tensor& tensor, bool upper) {
  const std::optional<ValueRange> range = finite_bounds(tensor.values());
  if (!range) return no_value("none of its values is finite");
  return number_value(static_cast<double>(upper ? range->hi : range->lo));
}

Value shape_of(const Tensor& t) {
  return shape_value(t.shape());
}
Value size_of(const Tensor& t) {
  return shape_value({1, 1, t.shape().h, t.shape().w});
}
Value list_of(const Tensor& t) {
  return text_value(to_string(t.shape()));
}
Value pictures_of(const Tensor& t) {
  return count_value(t.shape().n);
}
Value channels_of(const Tensor& t) {
  return count_value(t.shape().c);
}
Value rows_of(const Tensor& t) {
  return count_value(t.shape().h);
}
Value columns_of(const Tensor& t) {
  return count_value(t.shape().w);
}
Value values_of(const Tensor& t) {
  return count_value(t.numel());
}
Value sum_value(const Tensor& t) {
  return number_value(sum_of(t));
}
Value mean_of(const Tensor& t) {
  return number_value(sum_of(t) / static_cast<double>(t.numel()));
}
Value least_of(const Tensor& t) {
  return range_end(t, false);
}
Value most_of(const Tensor& t) {
  return range_end(t, true);
}
Value absolute_sum_of(const Tensor& t) {
  double sum = 0.0;
  for (const float v : t.values())
    sum += std::abs(static_cast<double>(v));
  return number_value(sum);
}

constexpr std::array kProperties = {
    TensorProperty{"shape", "its sizes: rows × columns, before them channels and pictures",
                   ValueKind::kShape, shape_of},
    TensorProperty{"nchw", "its sizes as PyTorch prints them, [N, C, H, W]", ValueKind::kText,
                   list_of},
    TensorProperty{"size", "rows × columns alone", ValueKind::kShape, size_of},
    TensorProperty{"pictures", "the first size: pictures, of weights output channels",
                   ValueKind::kCount, pictures_of},
    TensorProperty{"channels", "the second size: channels, of weights input channels",
                   ValueKind::kCount, channels_of},
    TensorProperty{"rows", "the third size, the height", ValueKind::kCount, rows_of},
    TensorProperty{"columns", "the fourth size, the width", ValueKind::kCount, columns_of},
    TensorProperty{"count", "how many values it has", ValueKind::kCount, values_of},
    TensorProperty{"sum", "the sum of its values", ValueKind::kNumber, sum_value},
    TensorProperty{"absolute_sum", "the sum of its values without their signs", ValueKind::kNumber,
                   absolute_sum_of},
    TensorProperty{"mean", "the mean of its values", ValueKind::kNumber, mean_of},
    TensorProperty{"min", "the smallest of its values", ValueKind::kNumber, least_of},
    TensorProperty{"max", "the largest of its values", ValueKind::kNumber, most_of},
};

// Returns the four indices of a cell, of which the leading ones may be left out; nullopt where they
// lie beyond the tensor.
std::optional<std::array<Index, 4>> cell_of(const WordQuery& query, const Shape& shape) {
  const std::array<Index, 4> sizes{shape.n, shape.c, shape.h, shape.w};
  std::array<Index, 4> cell{};
  const std::size_t missing = cell.size() - query.indices.size();
  for (std::size_t i = missing; i < cell.size(); ++i) {
    cell[i] = query.indices[i - missing];
    if (cell[i] < 0 || cell[i] >= sizes[i]) return std::nullopt;
  }
  return cell;
}

Value output_terms(const WordQuery& query, const Shape& shape) {
  std::string why;
  const LayerResults* layer = layer_of(query, why);
  const std::optional<std::array<Index, 4>> cell = cell_of(query, shape);
  if (layer == nullptr || !cell) return no_value("there is no such cell");
  const auto [n, c, y, x] = *cell;
  return text_value(sum_formula(
      explain_output(*layer->input, layer->weight, layer->bias, layer->options, n, c, {y, x})));
}

Value output_channel_terms(const WordQuery& query, const Shape& shape) {
  std::string why;
  const LayerResults* layer = layer_of(query, why);
  const std::optional<std::array<Index, 4>> cell = cell_of(query, shape);
  if (layer == nullptr || !cell) return no_value("there is no such cell");
  const auto [n, c, y, x] = *cell;
  return text_value(channel_formula(
      explain_output(*layer->input, layer->weight, layer->bias, layer->options, n, c, {y, x})));
}

Value pooled_winner(const WordQuery& query, const Shape& shape) {
  std::string why;
  const LayerResults* layer = layer_of(query, why);
  const std::optional<std::array<Index, 4>> cell = cell_of(query, shape);
  if (layer == nullptr || !layer->activated || !cell) return no_value("there is no such cell");
  const auto [n, c, y, x] = *cell;
  const PooledSum sum = explain_pooled(*layer->activated, layer->pool, n, c, {y, x});
  return sum.winner ? text_value(pair_text(*sum.winner))
                    : no_value("an average has no winner, and padding wins nothing");
}

Value pooled_terms(const WordQuery& query, const Shape& shape) {
  std::string why;
  const LayerResults* layer = layer_of(query, why);
  const std::optional<std::array<Index, 4>> cell = cell_of(query, shape);
  if (layer == nullptr || !layer->activated || !cell) return no_value("there is no such cell");
  const auto [n, c, y, x] = *cell;
  return text_value(pooled_formula(explain_pooled(*layer->activated, layer->pool, n, c, {y, x})));
}

constexpr std::array kCellProperties = {
    CellProperty{"terms", "the products whose sum the cell is, as in the strip below the cards",
                 "output", output_terms},
    CellProperty{"channel_terms", "the same, added up for each input channel", "output",
                 output_channel_terms},
    CellProperty{"winner", "the cell (y, x) whose value a max pooling takes", "pooled",
                 pooled_winner},
    CellProperty{"terms", "the cells under the window, and what the pooling makes of them",
                 "pooled", pooled_terms},
};

}  // namespace

std::span<const TensorWord> tensor_words() {
  return kTensors;
}

std::span<const TensorProperty> tensor_properties() {
  return kProperties;
}

std::span<const CellProperty> cell_properties() {
  return kCellProperties;
}

}  // namespace convscope::lesson
