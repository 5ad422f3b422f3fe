#include "app/export/snippet/numpy_writer.h"

#include <algorithm>

#include "app/export/snippet/hand_learning.h"
#include "app/export/snippet/numpy_functions.h"
#include "engine/core/error.h"

namespace convscope::exports {
namespace {

std::string slice(Index step) {
  return step == 1 ? ":" : "::" + std::to_string(step);
}

// "[::2, ::2]" on the last two axes; "" for steps of 1.
std::string every(Yx step, bool plane) {
  if (step == Yx{1, 1}) return "";
  return std::string("[") + (plane ? "" : ":, :, ") + slice(step.y) + ", " + slice(step.x) + "]";
}

std::string no_bias(const SnippetLayer& layer) {
  return "np.zeros(" + std::to_string(layer.results->bias.size()) + ")";
}

std::string named_pair(const char* name, Yx value) {
  return value == Yx{1, 1} ? "" : std::string(name) + "=" + python::tuple(value);
}

}  // namespace

NumpyWriter::NumpyWriter(const SnippetSteps& steps) : SnippetWriter(steps) {
  const auto spreads = [](const SnippetLayer& layer) {
    const LayerResults& r = *layer.results;
    const bool finite = python::finite(r.input->values()) && python::finite(r.weight.values());
    return !finite && (r.options.transposed || r.options.dilation != Yx{1, 1});
  };
  if (std::ranges::any_of(steps.layers, spreads))
    throw Error(
        "there are values that are not finite numbers, and SciPy would multiply them with the "
        "zeros between the weights: take PyTorch");
}

std::string NumpyWriter::head() const {
  return numpy_head(steps());
}

std::string NumpyWriter::tensor(const std::string& name, const Tensor& tensor,
                                Index repeats) const {
  if (is_loaded(tensor))
    return name + " = tensors[\"" + name + "\"]" + (steps().plane ? "[0, 0]" : "") + "\n";
  const std::string begin = name + " = np.array(";
  std::string text =
      begin + python::list(tensor, steps().plane, begin.size()) + ", dtype=np.float32)\n";
  if (repeats > 1)
    text += name + " = np.repeat(" + name + ", " + std::to_string(repeats) +
            ", axis=0)  # one kernel for every channel\n";
  return text;
}

std::string NumpyWriter::bias(const std::string& name, const std::vector<float>& bias,
                              bool shared) const {
  const std::string value =
      python::number(static_cast<double>(bias.front()), python::Precision::kFloat32);
  if (steps().plane) return name + " = np.float32(" + value + ")\n";
  if (shared)
    return name + " = np.full(" + std::to_string(bias.size()) + ", " + value +
           ", dtype=np.float32)\n";
  const std::string begin = name + " = np.array(";
  return begin + python::list(bias, begin.size()) + ", dtype=np.float32)\n";
}

std::string NumpyWriter::padded(const std::string& of, const Padding& padding,
                                const std::string& how) const {
  return numpy_pad(of, padding, how, steps().plane);
}

std::string NumpyWriter::convolution(const SnippetLayer& layer) const {
  const Conv2dOptions& o = layer.results->options;
  const std::string y = "y" + layer.end;
  const std::string weight = "weight" + layer.end;
  const std::string added = layer.biased ? " + bias" + layer.end : "";
  std::string text;
  std::string input = layer.input;
  if (!o.transposed && o.padding != Padding{}) {
    input = "padded" + layer.end;
    text = input + " = " + padded(layer.input, o.padding, numpy_mode(o.padding_mode)) + "\n";
  }
  if (steps().plane && o.transposed) {
    text += y + " = spread2d(" + input + ", " + weight + ", " + python::tuple(o.stride) + ", " +
            python::tuple(o.dilation) + ", " + python::tuple(o.output_padding) + ")" + added + "\n";
  } else if (steps().plane) {
    const std::string kernel =
        o.dilation == Yx{1, 1} ? weight
                               : "zeros_between(" + weight + ", " + python::tuple(o.dilation) + ")";
    text += y + " = correlate(" + input + ", " + kernel + ", mode=\"valid\", method=\"direct\")" +
            every(o.stride, true) + added + "\n";
  } else {
    const std::string groups = o.groups == 1 ? "" : "groups=" + std::to_string(o.groups);
    text +=
        y + " = " + (o.transposed ? "conv_transpose2d" : "conv2d") + "(" +
        python::arguments(
            {input, weight, layer.biased ? "bias" + layer.end : no_bias(layer), groups,
             named_pair("stride", o.stride), named_pair("dilation", o.dilation),
             o.output_padding == Yx{0, 0} ? ""
                                          : "output_padding=" + python::tuple(o.output_padding)}) +
        ")\n";
  }
  if (!o.transposed) return text;
  if (o.padding != Padding{})
    text +=
        y + " = " + y + python::cropped(o.padding, steps().plane) + "  # padding takes cells off\n";
  return text;
}

std::string NumpyWriter::relu(const SnippetLayer& layer) const {
  return "activated" + layer.end + " = np.maximum(y" + layer.end + ", 0)\n";
}

std::string NumpyWriter::pooling(const SnippetLayer& layer) const {
  const std::string from = (layer.scene->relu ? "activated" : "y") + layer.end;
  const std::string to = "pooled" + layer.end;
  const Shape& input = layer.results->output->shape();
  const Pool2dOptions& pool = layer.results->pool;
  const Padding reads = pool_reads(input, pool);
  const bool max = pool.kind == PoolKind::kMax;
  const Yx window{pool.dilation.y * (pool.kernel.y - 1) + 1,
                  pool.dilation.x * (pool.kernel.x - 1) + 1};
  const std::string axes = steps().plane ? "" : ", axis=(2, 3)";
  const auto windows = [&](const std::string& of) {
    std::string text = "sliding_window_view(" + of + ", " + python::tuple(window) + axes + ")" +
                       every(pool.stride, steps().plane);
    if (pool.dilation != Yx{1, 1})
      text += "[..., " + slice(pool.dilation.y) + ", " + slice(pool.dilation.x) + "]";
    return text;
  };
  const std::string read =
      reads == Padding{} ? from : padded(from, reads, max ? ", constant_values=-np.inf" : "");
  std::string text = "windows = " + windows(read) + "\n";
  if (max) return text + to + " = windows.max(axis=(-2, -1))\n";
  switch (divisor_of(input, pool)) {
    case AverageDivisor::kWindow:
      return text + to + " = windows.mean(axis=(-2, -1))\n";
    case AverageDivisor::kGiven:
      return text + to + " = windows.sum(axis=(-2, -1)) / np.float32(" +
             std::to_string(pool.divisor_override) + ")\n";
    case AverageDivisor::kCounted:
      break;
  }
  std::string counted = "np.ones_like(" + from + ")";
  const Padding& p = pool.padding;
  if (pool.count_include_pad) {
    counted = padded(
        counted, {p.top, p.left, std::min(p.bottom, reads.bottom), std::min(p.right, reads.right)},
        ", constant_values=1");
    counted = padded(counted,
                     {0, 0, std::max<Index>(0, reads.bottom - p.bottom),
                      std::max<Index>(0, reads.right - p.right)},
                     "");
  } else {
    counted = padded(counted, reads, "");
  }
  return text + "counted = " + counted + "  # the cells that an average is over\n" +
         "divisors = " + windows("counted") + ".sum(axis=(-2, -1))\n" + to +
         " = windows.sum(axis=(-2, -1)) / np.maximum(divisors, 1)\n";
}

std::string NumpyWriter::learning(const SnippetLearning& run) const {
  SnippetLayer layer = run.layer;
  layer.biased = run.has_bias();
  return hand_learning(Dialect::kNumpy, run, steps().plane, convolution(layer));
}

std::string NumpyWriter::check(const std::string& name, const Tensor& shown,
                               const std::string& tolerance) const {
  const std::string begin = "expected = ";
  const std::string end = ", expected, rtol=0, atol=" + tolerance + ")\n";
  if (!is_sampled(shown))
    return begin + python::list(shown, steps().plane, begin.size()) +
           "\nnp.testing.assert_allclose(" + name + end;
  const Shape& s = shown.shape();
  const std::string shape =
      (steps().plane ? "" : std::to_string(s.n) + ", " + std::to_string(s.c) + ", ") +
      std::to_string(s.h) + ", " + std::to_string(s.w);
  return "assert " + name + ".shape == (" + shape + ")\n" + begin +
         python::list(checked_values(shown), begin.size()) + "\nnp.testing.assert_allclose(" +
         name + ".ravel()[::" + std::to_string(checked_step(shown)) + "]" + end;
}

}  // namespace convscope::exports
