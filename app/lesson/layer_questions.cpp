#include "app/lesson/layer_questions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include "engine/core/shape_text.h"
#include "engine/explain/explain_sum.h"
#include "engine/explain/layer_count.h"
#include "engine/ops/conv2d_shape.h"

namespace convscope::lesson {
namespace {

constexpr std::size_t kMostTerms = 16;  // that are summed in the head

// Returns "" for the first layer and "layer2." for the second.
std::string layer_prefix(std::size_t layer) {
  return layer == 0 ? "" : "layer" + std::to_string(layer + 1) + ".";
}

std::string layer_name(const AskedScene& asked, std::size_t layer) {
  return asked.scene.layers.size() == 1 ? "the layer" : "layer " + std::to_string(layer + 1);
}

bool on_layers_page(const Scene& scene) {
  return scene.layers.size() > 1 || first_layer(scene).kernel.layer;
}

// One axis of a convolution.
struct Axis {
  Index n = 0, before = 0, after = 0, kernel = 1, stride = 1, dilation = 1, added = 0;
};

Index size_of(const Axis& a) {
  return conv_output_size(a.n, a.before, a.after, a.kernel, a.stride, a.dilation);
}
Index transposed_size_of(const Axis& a) {
  return (a.n - 1) * a.stride - a.before - a.after + a.dilation * (a.kernel - 1) + 1 + a.added;
}

std::array<Axis, 2> axes_of(const LayerResults& layer) {
  const Shape& in = layer.input->shape();
  const Shape& k = layer.weight.shape();
  const Conv2dOptions& o = layer.options;
  return {Axis{in.h, o.padding.top, o.padding.bottom, k.h, o.stride.y, o.dilation.y,
               o.output_padding.y},
          Axis{in.w, o.padding.left, o.padding.right, k.w, o.stride.x, o.dilation.x,
               o.output_padding.x}};
}

using AxisRule = std::function<Index(Axis)>;

// What is easily done wrong along an axis, the likeliest first.
std::vector<AxisRule> size_mistakes(bool transposed) {
  const auto rule = [transposed](const Axis& a) {
    return transposed ? transposed_size_of(a) : size_of(a);
  };
  const auto changed = [rule](auto change) -> AxisRule {
    return [rule, change](Axis a) {
      change(a);
      return rule(a);
    };
  };
  std::vector<AxisRule> rules{
      changed([](Axis& a) { a.before = a.after = 0; }),  // the padding forgotten
      changed([](Axis& a) { a.dilation = 1; }),
      changed([](Axis& a) { a.stride = 1; }),
      [rule](const Axis& a) { return rule(a) - 1; },  // the + 1 forgotten
      changed([](Axis& a) { a.after = 0; }),          // the padding counted on one side
  };
  if (transposed) {
    rules.emplace_back(size_of);
    rules.emplace_back([](const Axis& a) { return a.n * a.stride; });
    rules.push_back(changed([](Axis& a) { a.added = 0; }));
  } else {
    rules.emplace_back([](const Axis& a) { return a.n; });  // − k + 1 forgotten
    rules.emplace_back([rule](const Axis& a) { return rule(a) / a.stride; });
    rules.emplace_back([rule](const Axis& a) {  // rounded up
      const bool rest =
          (a.n + a.before + a.after - a.dilation * (a.kernel - 1) - 1) % a.stride != 0;
      return rule(a) + (rest ? 1 : 0);
    });
  }
  rules.emplace_back([rule](const Axis& a) { return rule(a) + 1; });
  return rules;
}

std::vector<Value> wrong_shapes(const LayerResults& layer) {
  const std::array<Axis, 2> axes = axes_of(layer);
  const Shape& out = layer.output->shape();
  std::vector<Value> wrong;
  for (const AxisRule& rule : size_mistakes(layer.options.transposed)) {
    const Shape shape{out.n, out.c, rule(axes[0]), rule(axes[1])};
    if (shape.h > 0 && shape.w > 0 && shape != out) wrong.push_back(shape_value(shape));
  }
  // The channels of the input instead of those of the filters.
  const Index channels = layer.input->shape().c;
  if (channels != out.c && !wrong.empty())
    wrong.insert(wrong.begin() + 1, shape_value({out.n, channels, out.h, out.w}));
  return wrong;
}

// Returns what a reader needs of the options that aren't the usual ones.
std::string options_text(const LayerResults& layer, const std::string& prefix) {
  const auto& o = layer.options;
  std::string text = "stride {" + prefix + "stride}, padding {" + prefix + "padding}";
  if (o.dilation != Yx{1, 1}) text += ", dilation {" + prefix + "dilation}";
  if (o.transposed) text = "transposed, " + text;
  if (o.output_padding != Yx{0, 0}) text += ", output padding {" + prefix + "output_padding}";
  return text;
}

// Returns a layer with an output, or nullopt.
std::optional<std::size_t> any_layer(const AskedScene& asked, Random& random) {
  const auto& layers = asked.start.results->layers;
  const auto begin =
      static_cast<std::size_t>(random_below(random, static_cast<Index>(layers.size())));
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::size_t layer = (begin + i) % layers.size();
    if (layers[layer].output) return layer;
  }
  return std::nullopt;
}

// Parameters as mistakes count them.
std::vector<Value> wrong_parameters(const LayerResults* layer, const KernelScene& kernel,
                                    Index groups) {
  const Shape& w = kernel.weight.shape();
  const Index biases = std::ssize(kernel.bias);
  std::vector<Index> counts{w.numel()};  // the biases forgotten
  if (kernel.layer && groups > 1) counts.push_back(w.numel() * groups + biases);  // as if dense
  if (layer != nullptr && !kernel.layer) {
    counts.push_back(layer->weight.numel() + layer->input->shape().c);  // a kernel for each channel
    counts.push_back(layer->input->numel() + biases);
  }
  counts.push_back(w.n * w.h * w.w + biases);  // the input's channels forgotten
  counts.push_back(w.c * w.h * w.w + 1);       // the output's channels forgotten
  counts.push_back(w.numel() + w.numel());     // a bias for each weight
  counts.push_back(w.numel() + biases + 1);
  std::vector<Value> wrong;
  wrong.reserve(counts.size());
  for (const Index count : counts)
    wrong.push_back(count_value(count));
  return wrong;
}

double cell_value(const LayerResults& layer, Yx cell) {
  return static_cast<double>(layer.output->row(0, 0, cell.y)[cell.x]);
}

std::vector<Value> wrong_sums(const LayerResults& layer, const CellSum& sum, Yx cell) {
  double turned = 0.0;
  double inputs = 0.0;
  double positive = 0.0;
  for (std::size_t i = 0; i < sum.terms.size(); ++i) {
    const Term& term = sum.terms[i];
    turned +=
        static_cast<double>(term.x) * static_cast<double>(sum.terms[sum.terms.size() - 1 - i].w);
    inputs += static_cast<double>(term.x);
    positive += std::abs(term.product());
  }
  const auto bias = static_cast<double>(sum.bias);
  const Shape& shape = layer.output->shape();
  return {number_value(sum.value - bias),
          number_value(turned + bias),
          number_value(positive + bias),
          number_value(cell_value(layer, {cell.y, (cell.x + 1) % shape.w})),
          number_value(inputs + bias),
          number_value(-sum.value),
          number_value(sum.value + 1.0)};
}

// What is outlined of the input: the cells of the sum that are no padding.
std::string point_of(const CellSum& sum) {
  Index top = -1, left = -1, bottom = -1, right = -1;
  for (const Term& term : sum.terms) {
    if (term.padded) continue;
    top = top < 0 ? term.input.y : std::min(top, term.input.y);
    left = left < 0 ? term.input.x : std::min(left, term.input.x);
    bottom = std::max(bottom, term.input.y);
    right = std::max(right, term.input.x);
  }
  if (top < 0) return "";
  return "input[" + span_text(top, bottom) + ", " + span_text(left, right) + "]";
}

}  // namespace

std::optional<QuestionDraft> shape_question(const AskedScene& asked, Random& random) {
  const std::optional<std::size_t> number = any_layer(asked, random);
  if (!number) return std::nullopt;
  const LayerResults& layer = asked.start.results->layers[*number];
  const std::string prefix = layer_prefix(*number);
  const Shape& in = layer.input->shape();
  const Shape& out = layer.output->shape();
  QuestionDraft draft;
  draft.title = "The shape of an output";
  draft.layers_page = *number > 0 || on_layers_page(asked.scene);
  draft.text = "What goes into " + layer_name(asked, *number) + " is {" + prefix +
               "input.shape}, and its kernel is {" + prefix +
               "kernel.size}: " + options_text(layer, prefix) + ".";
  if (in.c > 1 || out.c > 1)
    draft.text += " It has " + std::to_string(out.c) +
                  (out.c == 1 ? " output channel." : " output channels.");
  draft.question = "What shape does its output have?";
  draft.answer = prefix + "output.shape";
  draft.wrong = wrong_shapes(layer);
  draft.explanation =
      "Rows: {" + prefix + "output.rows_formula}. Columns: {" + prefix + "output.columns_formula}.";
  if (out.n > 1 || out.c > 1)
    draft.explanation += " Each picture keeps its place, and there is a channel for each filter.";
  return draft;
}

std::optional<QuestionDraft> parameters_question(const AskedScene& asked, Random& random) {
  const std::size_t count = asked.scene.layers.size();
  const auto number = static_cast<std::size_t>(random_below(random, static_cast<Index>(count)));
  const ConvolutionLayer& layer = convolution(asked.scene.layers[number]);
  const LayerResults& results = asked.start.results->layers[number];
  const Shape& w = layer.kernel.weight.shape();
  const std::string prefix = layer_prefix(number);
  const std::string of = number == 0 ? "layer." : prefix;
  QuestionDraft draft;
  draft.title = "The parameters of a layer";
  draft.layers_page = number > 0 || on_layers_page(asked.scene);
  const std::string size = std::to_string(w.h) + " · " + std::to_string(w.w);
  const std::string filters = layer.conv.transposed ? "input channels" : "filters";
  draft.text = layer.kernel.layer
                   ? "The weights of " + layer_name(asked, number) + ": " + std::to_string(w.n) +
                         " " + filters + ", each with " + std::to_string(w.c) +
                         (w.c == 1 ? " plane" : " planes") + " of {" + prefix +
                         "kernel.size} cells. Groups: " + std::to_string(layer.conv.groups) +
                         ". Biases: " + std::to_string(layer.kernel.bias.size()) + "."
                   : "One kernel of {" + prefix +
                         "kernel.size} cells is shared by all channels, and so is its bias.";
  draft.question = "How many parameters are learned in " + layer_name(asked, number) +
                   ", weights and biases together?";
  draft.hide = "facts";
  draft.answer = of + "parameters";
  draft.wrong =
      wrong_parameters(results.output ? &results : nullptr, layer.kernel, layer.conv.groups);
  draft.explanation =
      (layer.kernel.layer ? std::to_string(w.n) + " · " + std::to_string(w.c) + " · " + size
                          : size) +
      " = {" + of + "weights} weights, and {" + of + "biases} more for the bias.";
  return draft;
}

std::optional<QuestionDraft> cell_question(const AskedScene& asked, Random& random) {
  const LayerResults& layer = asked.start.results->layers.front();
  if (!layer.output || layer.options.transposed || layer.weight.shape().c != 1) return std::nullopt;
  const Shape& shape = layer.output->shape();
  const Shape& w = layer.weight.shape();
  if (w.h * w.w > static_cast<Index>(kMostTerms)) return std::nullopt;
  const Index cells = shape.h * shape.w;
  const Index begin = random_below(random, cells);
  // A sum of zeros teaches little: the first cell that is more than its bias, or the first of all.
  Yx cell = plane_cell(begin, shape);
  for (Index i = 0; i < std::min(cells, kTriedCells); ++i) {
    const Yx next = plane_cell((begin + i) % cells, shape);
    if (cell_value(layer, next) == static_cast<double>(layer.bias.front())) continue;
    cell = next;
    break;
  }
  const CellSum sum =
      explain_output(*layer.input, layer.weight, layer.bias, layer.options, 0, 0, cell);
  std::vector<double> inputs, weights;
  for (const Term& term : sum.terms) {
    inputs.push_back(static_cast<double>(term.x));
    weights.push_back(static_cast<double>(term.w));
  }
  const auto columns = static_cast<std::size_t>(w.w);
  QuestionDraft draft;
  draft.title = "A number of the output";
  draft.point = point_of(sum);
  draft.text = "The kernel " + plain_rows(weights, columns) +
               " lies on these cells of the input: " + plain_rows(inputs, columns) +
               ". The bias is " + plain(static_cast<double>(sum.bias)) + ".";
  draft.question = "What stands in " + plane_prefix(shape) + "the output at " + pair_text(cell) +
                   ", row before column?";
  draft.answer = "output" + cell_index(cell, shape);
  draft.wrong = wrong_sums(layer, sum, cell);
  draft.explanation =
      "Each cell times the weight on it, all added up: {" + draft.answer + ".terms}";
  return draft;
}

}  // namespace convscope::lesson
