#include "app/export/snippet/list_writer.h"

#include <algorithm>
#include <cmath>

#include "app/export/snippet/hand_learning.h"
#include "app/export/snippet/list_functions.h"
#include "engine/core/error.h"

namespace convscope::exports {
namespace {

bool has_nan(std::span<const float> values) {
  return std::ranges::any_of(values, [](float v) { return std::isnan(v); });
}

void require_small(const Tensor& tensor, const std::string& what) {
  if (!is_loaded(tensor)) return;
  throw Error(what + " has " + std::to_string(tensor.numel()) +
              " values, and plain lists take at most " + std::to_string(kMaxSnippetValues) +
              ": take PyTorch or NumPy");
}

std::string named_pair(const char* name, Yx value, Yx usual) {
  return value == usual ? "" : std::string(name) + "=" + python::tuple(value);
}

}  // namespace

ListWriter::ListWriter(const SnippetSteps& steps) : SnippetWriter(steps) {
  for (const SnippetLayer& layer : steps.layers) {
    const LayerResults& r = *layer.results;
    if (&layer == &steps.layers.front()) require_small(*r.input, "the input");
    require_small(r.weight, "the kernel");
    if (has_nan(r.output->values()) || has_nan(r.input->values()))
      throw Error(
          "there are values that are no number (NaN), which max() and the comparisons of plain "
          "lists don't carry on: take PyTorch");
    if (!python::finite(r.output->values()))
      throw Error(
          "the output has values beyond float32, and the numbers of plain lists are doubles: take "
          "PyTorch or NumPy");
  }
}

std::string ListWriter::head() const {
  std::string text = list_functions(steps());
  if (!steps().finite) text += "\n\ninf = float(\"inf\")\n";
  return text + "\n";
}

std::string ListWriter::tensor(const std::string& name, const Tensor& tensor, Index repeats) const {
  const std::string begin = name + " = ";
  const std::string list = python::list(tensor, steps().plane, begin.size(), precision());
  if (repeats > 1)
    return begin + list + " * " + std::to_string(repeats) + "  # one kernel for every channel\n";
  return begin + list + "\n";
}

std::string ListWriter::bias(const std::string& name, const std::vector<float>& bias,
                             bool shared) const {
  const std::string value = python::number(static_cast<double>(bias.front()), precision());
  if (steps().plane) return name + " = " + value + "\n";
  if (shared) return name + " = [" + value + "] * " + std::to_string(bias.size()) + "\n";
  const std::string begin = name + " = ";
  return begin + python::list(bias, begin.size(), precision()) + "\n";
}

std::string ListWriter::of_planes(const std::string& function, const std::string& of,
                                  const std::string& more) const {
  return list_planes(function, of, more, steps().plane);
}

std::string ListWriter::convolution(const SnippetLayer& layer) const {
  const Conv2dOptions& o = layer.results->options;
  const std::string y = "y" + layer.end;
  const std::string weight = "weight" + layer.end;
  std::string text;
  std::string input = layer.input;
  if (!o.transposed && o.padding != Padding{}) {
    input = "padded" + layer.end;
    text = input + " = " +
           of_planes(pad_function(o.padding_mode), layer.input, list_sides(o.padding)) + "\n";
  }
  const std::string options = python::arguments(
      {named_pair("stride", o.stride, {1, 1}), named_pair("dilation", o.dilation, {1, 1}),
       named_pair("output_padding", o.transposed ? o.output_padding : Yx{}, {0, 0})});
  if (steps().plane) {
    const std::string call = std::string(o.transposed ? "spread2d" : "corr2d") + "(" +
                             python::arguments({input, weight, options}) + ")";
    text += y + " = " +
            (layer.biased ? "each(lambda v: v + bias" + layer.end + ", " + call + ")" : call) +
            "\n";
  } else {
    text +=
        y + " = " + (o.transposed ? "conv_transpose2d" : "conv2d") + "(" +
        python::arguments({input, weight,
                           layer.biased ? "bias" + layer.end
                                        : "[0.0] * " + std::to_string(layer.results->bias.size()),
                           o.groups == 1 ? "" : "groups=" + std::to_string(o.groups), options}) +
        ")\n";
  }
  if (!o.transposed || o.padding == Padding{}) return text;
  // A list has no slices of its columns.
  const Shape& s = layer.results->output->shape();
  const auto range = [](Index from, Index size) {
    return std::to_string(from) + ":" + std::to_string(from + size);
  };
  const std::string rows = range(o.padding.top, s.h);
  const std::string columns = range(o.padding.left, s.w);
  const std::string cut =
      "[row[" + columns + "] for row in " + (steps().plane ? y : "plane") + "[" + rows + "]]";
  return text + y + " = " +
         (steps().plane ? cut : "[[" + cut + " for plane in picture] for picture in " + y + "]") +
         "  # padding takes cells off\n";
}

std::string ListWriter::relu(const SnippetLayer& layer) const {
  return "activated" + layer.end + " = each(lambda v: max(v, 0.0), y" + layer.end + ")\n";
}

std::string ListWriter::pooling(const SnippetLayer& layer) const {
  const std::string from = (layer.scene->relu ? "activated" : "y") + layer.end;
  const std::string to = "pooled" + layer.end;
  const Shape& input = layer.results->output->shape();
  const Pool2dOptions& pool = layer.results->pool;
  const Padding reads = pool_reads(input, pool);
  const bool max = pool.kind == PoolKind::kMax;
  std::string text;
  std::string of = from;
  if (reads != Padding{}) {
    of = "around" + layer.end;
    text = of + " = " +
           of_planes("pad2d", from, list_sides(reads) + (max ? ", float(\"-inf\")" : "")) + "\n";
  }
  const auto pooled = [&](const std::string& what, const std::string& how) {
    return of_planes("pool2d", what,
                     python::arguments({python::tuple(pool.kernel), python::tuple(pool.stride), how,
                                        named_pair("dilation", pool.dilation, {1, 1})}));
  };
  if (max) return text + to + " = " + pooled(of, "max") + "\n";
  const AverageDivisor divisor = divisor_of(input, pool);
  if (divisor != AverageDivisor::kCounted) {
    const Index by =
        divisor == AverageDivisor::kGiven ? pool.divisor_override : pool.kernel.y * pool.kernel.x;
    return text + to + " = " + pooled(of, "lambda window: sum(window) / " + std::to_string(by)) +
           "\n";
  }
  const Padding& p = pool.padding;
  const std::string ones = "each(lambda v: 1, " + from + ")";
  std::string counted = of_planes("pad2d", ones, list_sides(reads));
  if (pool.count_include_pad) {
    const Padding inner{p.top, p.left, std::min(p.bottom, reads.bottom),
                        std::min(p.right, reads.right)};
    text += "counted = " + of_planes("pad2d", ones, list_sides(inner) + ", 1") + "\n";
    counted = of_planes("pad2d", "counted",
                        list_sides({0, 0, reads.bottom - inner.bottom, reads.right - inner.right}));
  }
  return text + "counted = " + counted + "  # the cells that an average is over\n" +
         "sums = " + pooled(of, "sum") + "\ndivisors = " + pooled("counted", "sum") + "\n" + to +
         " = each(lambda s, d: s / max(d, 1), sums, divisors)\n";
}

std::string ListWriter::learning(const SnippetLearning& run) const {
  require_small(run.problem->target, "the target");
  SnippetLayer layer = run.layer;
  layer.biased = run.has_bias();
  return hand_learning(Dialect::kLists, run, steps().plane, convolution(layer));
}

std::string ListWriter::check(const std::string& name, const Tensor& shown,
                              const std::string& tolerance) const {
  const std::string begin = "expected = ";
  if (!is_sampled(shown))
    return begin + python::list(shown, steps().plane, begin.size()) + "\nassert close(" + name +
           ", expected, " + tolerance + ")\n";
  return begin + python::list(checked_values(shown), begin.size()) + "\nassert len(flat(" + name +
         ")) == " + std::to_string(shown.numel()) + "\nassert close(flat(" + name +
         ")[::" + std::to_string(checked_step(shown)) + "], expected, " + tolerance + ")\n";
}

}  // namespace convscope::exports
