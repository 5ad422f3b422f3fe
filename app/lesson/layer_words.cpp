#include "app/lesson/layer_words.h"

#include <array>
#include <string>

#include "app/files/scene_fields.h"
#include "app/lesson/layer_place.h"
#include "app/lesson/operation_names.h"
#include "app/lesson/vocabulary.h"
#include "engine/explain/explain_chain.h"
#include "engine/explain/layer_count.h"
#include "engine/explain/size_formula.h"

namespace convscope::lesson {
namespace {

template <typename Names, typename Choice>
Value choice_value(const Names& names, Choice choice) {
  return text_value(std::string(names[static_cast<std::size_t>(choice)]));
}

Value pair_value(Yx pair) {
  return tuple_value({static_cast<double>(pair.y), static_cast<double>(pair.x)});
}

Value padding_value(const Padding& p) {
  return tuple_value({static_cast<double>(p.top), static_cast<double>(p.left),
                      static_cast<double>(p.bottom), static_cast<double>(p.right)});
}

// Calls `value` with the layer's results, its output included, or returns why there are none.
template <typename Make>
Value of_output(const WordQuery& query, const Make& value) {
  std::string why;
  const LayerResults* layer = layer_of(query, why);
  if (layer != nullptr && !layer->output) why = layer->output_error;
  return layer != nullptr && layer->output ? value(*layer) : no_value(why);
}

template <typename Make>
Value of_pooled(const WordQuery& query, const Make& value) {
  std::string why;
  const LayerResults* layer = layer_of(query, why);
  if (layer != nullptr && !layer->pooled)
    why = layer->pooled_error.empty() ? "this layer has no pooling" : layer->pooled_error;
  return layer != nullptr && layer->pooled ? value(*layer) : no_value(why);
}

template <typename Make>
Value of_scene(const WordQuery& query, const Make& value) {
  std::string why;
  return layer_of(query, why) != nullptr ? value(layer_scene(query)) : no_value(why);
}

Index kernel_parameters(const KernelScene& kernel) {
  return kernel.weight.numel() + std::ssize(kernel.bias);
}

Value padding_of(const WordQuery& query) {
  return of_output(query, [](const LayerResults& r) { return padding_value(r.options.padding); });
}
Value padding_mode_of(const WordQuery& query) {
  return of_scene(query, [](const ConvolutionLayer& layer) {
    return choice_value(kPaddingModeNames, layer.conv.padding_mode);
  });
}
Value stride_of(const WordQuery& query) {
  return of_scene(query,
                  [](const ConvolutionLayer& layer) { return pair_value(layer.conv.stride); });
}
Value dilation_of(const WordQuery& query) {
  return of_scene(query,
                  [](const ConvolutionLayer& layer) { return pair_value(layer.conv.dilation); });
}
Value groups_of(const WordQuery& query) {
  return of_output(query, [](const LayerResults& r) { return count_value(r.options.groups); });
}
Value output_padding_of(const WordQuery& query) {
  return of_scene(
      query, [](const ConvolutionLayer& layer) { return pair_value(layer.conv.output_padding); });
}
Value pool_size_of(const WordQuery& query) {
  return of_scene(
      query, [](const ConvolutionLayer& layer) { return pair_value(layer.pool.options.kernel); });
}
Value pool_stride_of(const WordQuery& query) {
  return of_scene(
      query, [](const ConvolutionLayer& layer) { return pair_value(layer.pool.options.stride); });
}
Value pool_padding_of(const WordQuery& query) {
  return of_pooled(query, [](const LayerResults& r) { return padding_value(r.pool.padding); });
}
Value pool_kind_of(const WordQuery& query) {
  return of_scene(query, [](const ConvolutionLayer& layer) {
    return choice_value(kPoolKindNames, layer.pool.options.kind);
  });
}

Value pool_ceil_of(const WordQuery& query) {
  return of_scene(query, [](const ConvolutionLayer& layer) {
    return text_value(std::string(kSwitchNames[layer.pool.options.ceil_mode ? 1 : 0]));
  });
}

// A kernel that all channels share counts once.
Value parameters_of(const WordQuery& query) {
  return of_scene(query, [](const ConvolutionLayer& layer) {
    return count_value(kernel_parameters(layer.kernel));
  });
}
Value weights_of(const WordQuery& query) {
  return of_scene(query, [](const ConvolutionLayer& layer) {
    return count_value(layer.kernel.weight.numel());
  });
}
Value biases_of(const WordQuery& query) {
  return of_scene(query, [](const ConvolutionLayer& layer) {
    return count_value(std::ssize(layer.kernel.bias));
  });
}
Value macs_of(const WordQuery& query) {
  return of_output(query, [](const LayerResults& r) {
    return count_value(conv2d_multiply_adds(r.input->shape(), r.weight.shape(), r.options));
  });
}
Value linear_of(const WordQuery& query) {
  return of_output(query, [](const LayerResults& r) {
    return count_value(equivalent_linear_parameters(r.input->shape(), r.output->shape()).total());
  });
}
Value dropped_rows_of(const WordQuery& query) {
  return of_output(query, [](const LayerResults& r) {
    const Shape& k = r.weight.shape();
    return count_value(uncovered(r.input->shape(), {k.h, k.w}, r.options).y);
  });
}
Value dropped_columns_of(const WordQuery& query) {
  return of_output(query, [](const LayerResults& r) {
    const Shape& k = r.weight.shape();
    return count_value(uncovered(r.input->shape(), {k.h, k.w}, r.options).x);
  });
}

std::string axis_formula(const Conv2dOptions& o, Index n, Index before, Index after, Index kernel,
                         Index stride, Index dilation, Index output_padding) {
  return o.transposed
             ? transposed_size_formula(n, before, after, kernel, stride, dilation, output_padding)
             : size_formula(n, before, after, kernel, stride, dilation);
}
Value rows_formula_of(const WordQuery& query) {
  return of_output(query, [](const LayerResults& r) {
    const Conv2dOptions& o = r.options;
    return text_value(axis_formula(o, r.input->shape().h, o.padding.top, o.padding.bottom,
                                   r.weight.shape().h, o.stride.y, o.dilation.y,
                                   o.output_padding.y));
  });
}
Value columns_formula_of(const WordQuery& query) {
  return of_output(query, [](const LayerResults& r) {
    const Conv2dOptions& o = r.options;
    return text_value(axis_formula(o, r.input->shape().w, o.padding.left, o.padding.right,
                                   r.weight.shape().w, o.stride.x, o.dilation.x,
                                   o.output_padding.x));
  });
}
Value pooled_rows_formula_of(const WordQuery& query) {
  return of_pooled(query, [](const LayerResults& r) {
    const Pool2dOptions& o = r.pool;
    return text_value(pool_size_formula(r.activated->shape().h, o.padding.top, o.padding.bottom,
                                        o.kernel.y, o.stride.y, o.dilation.y, o.ceil_mode));
  });
}
Value pooled_columns_formula_of(const WordQuery& query) {
  return of_pooled(query, [](const LayerResults& r) {
    const Pool2dOptions& o = r.pool;
    return text_value(pool_size_formula(r.activated->shape().w, o.padding.left, o.padding.right,
                                        o.kernel.x, o.stride.x, o.dilation.x, o.ceil_mode));
  });
}

// Returns the steps from the scene's input to a layer's output, or to what its pooling gives.
std::vector<ChainStep> steps_to(const WordQuery& query, bool pooled) {
  const Results& results = *query.values.results;
  std::vector<ChainStep> steps;
  for (std::size_t i = 0; i <= query.layer; ++i) {
    const LayerResults& r = results.layers[i];
    if (!r.output) break;
    steps.push_back(conv_step(r.weight.shape(), r.options, r.input->shape()));
    if (r.pooled && (pooled || i < query.layer))
      steps.push_back(pool_step(r.pool, r.output->shape()));
  }
  return steps;
}
Value field_of(const WordQuery& query, bool pooled, bool jump) {
  const std::optional<ChainFields> fields = chain_fields(steps_to(query, pooled));
  if (!fields) return no_value("the fields of a transposed convolution differ");
  return jump ? tuple_value(
                    {static_cast<double>(fields->y.jump), static_cast<double>(fields->x.jump)})
              : shape_value({1, 1, fields->y.size, fields->x.size});
}
Value output_field_of(const WordQuery& query) {
  return of_output(query, [&](const LayerResults&) { return field_of(query, false, false); });
}
Value output_jump_of(const WordQuery& query) {
  return of_output(query, [&](const LayerResults&) { return field_of(query, false, true); });
}
Value pooled_field_of(const WordQuery& query) {
  return of_pooled(query, [&](const LayerResults&) { return field_of(query, true, false); });
}

// Adds up what `of` gives for each layer.
template <typename Count>
Value network_sum(const WordQuery& query, const Count& of) {
  Index sum = 0;
  std::string why;
  if (layer_of(query, why) == nullptr) return no_value(why);
  const std::size_t layers = query.values.results->layers.size();
  for (std::size_t i = 0; i < layers; ++i) {
    Value value = of(WordQuery{query.values, i, {}});
    if (!value.missing.empty()) return value;
    sum += static_cast<Index>(value.numbers[0]);
  }
  return count_value(sum);
}
Value network_parameters_of(const WordQuery& query) {
  return network_sum(query, parameters_of);
}
Value network_macs_of(const WordQuery& query) {
  return network_sum(query, macs_of);
}
Value network_layers_of(const WordQuery& query) {
  std::string why;
  if (layer_of(query, why) == nullptr) return no_value(why);
  return count_value(std::ssize(query.values.results->layers));
}

constexpr auto kLayer = WordScope::kLayer;
constexpr auto kScene = WordScope::kScene;
constexpr auto kCount = ValueKind::kCount;
constexpr auto kTuple = ValueKind::kTuple;
constexpr auto kShape = ValueKind::kShape;
constexpr auto kText = ValueKind::kText;

constexpr std::array kWords = {
    ValueWord{"padding",
              "the cells added on each side: one number, (y, x), or (top, left, bottom, right)",
              kTuple, kLayer, padding_of},
    ValueWord{"padding_mode", "what these cells hold: zeros, reflect, replicate or circular", kText,
              kLayer, padding_mode_of},
    ValueWord{"stride", "the step of the kernel", kTuple, kLayer, stride_of},
    ValueWord{"dilation", "the distance between neighbouring weights", kTuple, kLayer, dilation_of},
    ValueWord{"groups", "into how many groups the channels are split", kCount, kLayer, groups_of},
    ValueWord{"output_padding", "rows and columns that a transposed convolution adds", kTuple,
              kLayer, output_padding_of},
    ValueWord{"pool.kernel", "the size of the pooling's window", kTuple, kLayer, pool_size_of},
    ValueWord{"pool.stride", "the step of the pooling's window", kTuple, kLayer, pool_stride_of},
    ValueWord{"pool.padding", "the cells added on each side for the pooling", kTuple, kLayer,
              pool_padding_of},
    ValueWord{"pool.kind", "max or avg", kText, kLayer, pool_kind_of},
    ValueWord{"pool.ceil_mode", "whether sizes are rounded up: on or off", kText, kLayer,
              pool_ceil_of},
    ValueWord{"output.rows_formula", "the output's height with the numbers put in", kText, kLayer,
              rows_formula_of},
    ValueWord{"output.columns_formula", "the output's width with the numbers put in", kText, kLayer,
              columns_formula_of},
    ValueWord{"pooled.rows_formula", "the pooled height with the numbers put in", kText, kLayer,
              pooled_rows_formula_of},
    ValueWord{"pooled.columns_formula", "the pooled width with the numbers put in", kText, kLayer,
              pooled_columns_formula_of},
    ValueWord{"dropped.rows", "the rows of the padded input that no window covers", kCount, kLayer,
              dropped_rows_of},
    ValueWord{"dropped.columns", "the columns of the padded input that no window covers", kCount,
              kLayer, dropped_columns_of},
    ValueWord{"output.receptive_field", "the cells of the scene's input that one output cell sees",
              kShape, kLayer, output_field_of},
    ValueWord{"output.jump", "how far these cells move from one output cell to the next", kTuple,
              kLayer, output_jump_of},
    ValueWord{"pooled.receptive_field", "the cells of the scene's input that one pooled cell sees",
              kShape, kLayer, pooled_field_of},
    ValueWord{"layer.parameters", "weights and biases of the layer", kCount, kLayer, parameters_of},
    ValueWord{"layer.weights", "the weights of the layer", kCount, kLayer, weights_of},
    ValueWord{"layer.biases", "the biases of the layer", kCount, kLayer, biases_of},
    ValueWord{"layer.macs", "the multiply-adds of its convolution", kCount, kLayer, macs_of},
    ValueWord{"layer.linear_parameters",
              "the parameters of a fully connected layer between the same planes", kCount, kLayer,
              linear_of},
    ValueWord{"network.parameters", "weights and biases of all layers", kCount, kScene,
              network_parameters_of},
    ValueWord{"network.macs", "the multiply-adds of all convolutions", kCount, kScene,
              network_macs_of},
    ValueWord{"network.layers", "how many layers the scene has", kCount, kScene, network_layers_of},
};

}  // namespace

std::span<const ValueWord> layer_words() {
  return kWords;
}

}  // namespace convscope::lesson
