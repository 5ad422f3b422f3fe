#include "app/export/snippet/numpy_functions.h"

#include <algorithm>

#include "app/export/snippet/python.h"

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

}  // namespace

std::string numpy_head(const SnippetSteps& steps) {
  const bool transposed = has(steps, is_transposed);
  const bool correlated = has(steps, is_correlated);
  const bool dilated = has(steps, is_dilated);
  // The gradient of a stride puts zeros between the slopes.
  const LayerResults& first = *steps.layers.front().results;
  const bool strided = steps.learns && first.options.stride != Yx{1, 1};
  const bool correlates = correlated || steps.learns;
  std::string text = "import numpy as np\n";
  if (std::ranges::any_of(steps.layers, &SnippetLayer::pooled))
    text += "from numpy.lib.stride_tricks import sliding_window_view\n";
  text += std::string("from scipy.signal import ") + (transposed ? "convolve" : "") +
          (transposed && correlates ? ", " : "") + (correlates ? "correlate" : "") + "\n";
  if (!steps.finite) text += "\nnan, inf = np.nan, np.inf\n";
  if (dilated || transposed || strided) text += kZerosBetween;
  if (transposed) text += kSpread2d;
  if (correlated && !steps.plane) text += corr2d(dilated) + kConv2d;
  if (transposed && !steps.plane) text += kConvTranspose2d;
  return text + (dilated || transposed || strided || !steps.plane ? "\n" : "");
}

std::string numpy_pad(const std::string& of, const Padding& p, const std::string& how, bool plane) {
  return "np.pad(" + of + ", (" + (plane ? "" : "(0, 0), (0, 0), ") +
         python::tuple({p.top, p.bottom}) + ", " + python::tuple({p.left, p.right}) + ")" + how +
         ")";
}

const char* numpy_mode(PaddingMode mode) {
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

}  // namespace convscope::exports
