#include "app/export/snippet/numpy_writer.h"

#include <algorithm>

#include "engine/core/error.h"

namespace convscope::exports {
namespace {

constexpr const char* kZerosBetween =
    "\n\ndef zeros_between(a, step):\n"
    "    \"\"\"Spreads the values of a plane: each is `step` cells from the next.\"\"\"\n"
    "    wide = np.zeros([s * (n - 1) + 1 for s, n in zip(step, a.shape)], a.dtype)\n"
    "    wide[:: step[0], :: step[1]] = a\n"
    "    return wide\n";

constexpr const char* kConv2d =
    "\n\ndef conv2d(x, weight, bias, groups=1, stride=(1, 1), dilation=(1, 1)):\n"
    "    \"\"\"x [N, C, H, W], weight [C_out, C / groups, kh, kw]; each output sums its "
    "group.\"\"\"\n"
    "    y = []\n"
    "    for picture in x:\n"
    "        for o, kernel in enumerate(weight):\n"
    "            first = o * groups // len(weight) * len(kernel)\n"
    "            group = zip(picture[first:], kernel)\n"
    "            y.append(bias[o] + sum(corr2d(plane, k, stride, dilation) for plane, k in "
    "group))\n"
    "    return np.reshape(y, (len(x), len(weight), *y[0].shape))\n";

constexpr const char* kConvTranspose2d =
    "\n\ndef conv_transpose2d(\n"
    "    x, weight, bias, groups=1, stride=(1, 1), dilation=(1, 1), output_padding=(0, 0)\n"
    "):\n"
    "    \"\"\"x [N, C, H, W], weight [C, C_out / groups, kh, kw]; each input is spread.\"\"\"\n"
    "    y = []\n"
    "    for picture in x:\n"
    "        for o in range(len(bias)):\n"
    "            group, own = divmod(o, weight.shape[1])\n"
    "            inputs = range(group * len(weight) // groups, (group + 1) * len(weight) // "
    "groups)\n"
    "            options = stride, dilation, output_padding\n"
    "            y.append(bias[o] + sum(spread2d(picture[i], weight[i, own], *options) for i in "
    "inputs))\n"
    "    return np.reshape(y, (len(x), len(bias), *y[0].shape))\n";

std::string corr2d(bool stretched) {
  const std::string kernel = stretched ? "zeros_between(k, dilation)" : "k";
  return std::string("\n\ndef corr2d(x, k, stride, dilation):\n") + "    y = correlate(x, " +
         kernel + ", mode=\"valid\", method=\"direct\")\n" +
         "    return y[:: stride[0], :: stride[1]]  # SciPy has no stride\n";
}

constexpr const char* kSpread2d =
    "\n\ndef spread2d(x, k, stride, dilation, output_padding):\n"
    "    \"\"\"Adds the kernel, times each value of x, at the places that are a stride "
    "apart.\"\"\"\n"
    "    wide, kernel = zeros_between(x, stride), zeros_between(k, dilation)\n"
    "    y = convolve(wide, kernel, mode=\"full\", method=\"direct\")\n"
    "    return np.pad(y, ((0, output_padding[0]), (0, output_padding[1])))\n";

const char* mode_of(PaddingMode mode) {
  switch (mode) {
    case PaddingMode::kZeros:
      return "";
    case PaddingMode::kReflect:
      return ", mode=\"reflect\"";
    case PaddingMode::kReplicate:
      return ", mode=\"edge\"";
    case PaddingMode::kCircular:
      return ", mode=\"wrap\"";
  }
  return "";
}

std::string slice(Index step) {
  return step == 1 ? ":" : "::" + std::to_string(step);
}

// "[::2, ::2]" on the last two axes; "" for steps of 1.
std::string every(Yx step, bool plane) {
  if (step == Yx{1, 1}) return "";
  return std::string("[") + (plane ? "" : ":, :, ") + slice(step.y) + ", " + slice(step.x) + "]";
}

bool has(const SnippetSteps& steps, auto what) {
  return std::ranges::any_of(steps.layers,
                             [&](const SnippetLayer& layer) { return what(*layer.results); });
}

bool is_dilated(const LayerResults& r) {
  return r.options.dilation != Yx{1, 1};
}
bool is_transposed(const LayerResults& r) {
  return r.options.transposed;
}
bool is_correlated(const LayerResults& r) {
  return !r.options.transposed;
}

std::string named_pair(const char* name, Yx value) {
  return value == Yx{1, 1} ? "" : std::string(name) + "=" + python::tuple(value);
}

}  // namespace

NumpyWriter::NumpyWriter(const SnippetSteps& steps) : SnippetWriter(steps) {
  if (!steps.finite && (has(steps, is_dilated) || has(steps, is_transposed)))
    throw Error(
        "there are values that are not finite numbers, and SciPy would multiply them with the "
        "zeros between the weights: take PyTorch");
}

std::string NumpyWriter::head() const {
  const bool transposed = has(steps(), is_transposed);
  const bool correlated = has(steps(), is_correlated);
  std::string text = "import numpy as np\n";
  if (std::ranges::any_of(steps().layers, &SnippetLayer::pooled))
    text += "from numpy.lib.stride_tricks import sliding_window_view\n";
  text += std::string("from scipy.signal import ") + (transposed ? "convolve" : "") +
          (transposed && correlated ? ", " : "") + (correlated ? "correlate" : "") + "\n";
  if (!steps().finite) text += "\nnan, inf = np.nan, np.inf\n";
  const bool dilated = has(steps(), is_dilated);
  if (dilated || transposed) text += kZerosBetween;
  if (transposed) text += kSpread2d;
  if (correlated && !steps().plane) text += corr2d(dilated) + kConv2d;
  if (transposed && !steps().plane) text += kConvTranspose2d;
  return text + (dilated || transposed || !steps().plane ? "\n" : "");
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

std::string NumpyWriter::padded(const std::string& of, const Padding& p,
                                const std::string& how) const {
  return "np.pad(" + of + ", (" + (steps().plane ? "" : "(0, 0), (0, 0), ") +
         python::tuple({p.top, p.bottom}) + ", " + python::tuple({p.left, p.right}) + ")" + how +
         ")";
}

std::string NumpyWriter::convolution(const SnippetLayer& layer) const {
  const Conv2dOptions& o = layer.results->options;
  const std::string y = "y" + layer.end;
  const std::string weight = "weight" + layer.end;
  const std::string bias = "bias" + layer.end;
  std::string text;
  std::string input = layer.input;
  if (!o.transposed && o.padding != Padding{}) {
    input = "padded" + layer.end;
    text = input + " = " + padded(layer.input, o.padding, mode_of(o.padding_mode)) + "\n";
  }
  if (steps().plane && o.transposed) {
    text += y + " = spread2d(" + input + ", " + weight + ", " + python::tuple(o.stride) + ", " +
            python::tuple(o.dilation) + ", " + python::tuple(o.output_padding) + ") + " + bias +
            "\n";
  } else if (steps().plane) {
    const std::string kernel =
        o.dilation == Yx{1, 1} ? weight
                               : "zeros_between(" + weight + ", " + python::tuple(o.dilation) + ")";
    text += y + " = correlate(" + input + ", " + kernel + ", mode=\"valid\", method=\"direct\")" +
            every(o.stride, true) + " + " + bias + "\n";
  } else {
    const std::string groups = o.groups == 1 ? "" : "groups=" + std::to_string(o.groups);
    text += y + " = " + (o.transposed ? "conv_transpose2d" : "conv2d") + "(" +
            python::arguments({input, weight, bias, groups, named_pair("stride", o.stride),
                               named_pair("dilation", o.dilation),
                               o.output_padding == Yx{0, 0}
                                   ? ""
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

std::string NumpyWriter::check(const std::string& name, const Tensor& shown,
                               const std::string& tolerance) const {
  const std::string begin = "expected = ";
  const std::string end = ", expected, rtol=0, atol=" + tolerance + ")\n";
  if (!is_loaded(shown))
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
