#include "app/export/snippet/list_functions.h"

#include <algorithm>

namespace convscope::exports {
namespace {

constexpr const char* kPadWithZeros =
    "\n\ndef pad2d(x, top, left, bottom, right, value=0.0):\n"
    "    width = left + len(x[0]) + right\n"
    "    above = [[value] * width for _ in range(top)]\n"
    "    below = [[value] * width for _ in range(bottom)]\n"
    "    return above + [[value] * left + row + [value] * right for row in x] + below\n";

// The function that says which cell stands at position i of n.
std::string pad_by(const std::string& name, const std::string& source) {
  return "\n\ndef " + name + "(x, top, left, bottom, right):\n" +
         "    def source(i, n):  # the cell that stands at position i of n\n" + "        return " +
         source + "\n\n    h, w = len(x), len(x[0])\n" +
         "    rows = [source(i, h) for i in range(-top, h + bottom)]\n" +
         "    columns = [source(j, w) for j in range(-left, w + right)]\n" +
         "    return [[x[i][j] for j in columns] for i in rows]\n";
}

std::string padding_function(PaddingMode mode) {
  switch (mode) {
    case PaddingMode::kZeros:
      return kPadWithZeros;
    case PaddingMode::kReflect:
      return pad_by(pad_function(mode), "-i if i < 0 else min(i, 2 * (n - 1) - i)");
    case PaddingMode::kReplicate:
      return pad_by(pad_function(mode), "min(max(i, 0), n - 1)");
    case PaddingMode::kCircular:
      return pad_by(pad_function(mode), "i % n");
  }
  return "";
}

constexpr const char* kCorr2d =
    "\n\ndef corr2d(x, k):\n"
    "    h, w = len(k), len(k[0])\n"
    "    y = [[0.0] * (len(x[0]) - w + 1) for _ in range(len(x) - h + 1)]\n"
    "    for i in range(len(y)):\n"
    "        for j in range(len(y[0])):\n"
    "            y[i][j] = sum(x[i + v][j + u] * k[v][u] for v in range(h) for u in range(w))\n"
    "    return y\n";

constexpr const char* kCorr2dWithSteps =
    "\n\ndef corr2d(x, k, stride=(1, 1), dilation=(1, 1)):\n"
    "    (sy, sx), (dy, dx) = stride, dilation\n"
    "    h, w = len(k), len(k[0])\n"
    "    rows = (len(x) - dy * (h - 1) - 1) // sy + 1\n"
    "    columns = (len(x[0]) - dx * (w - 1) - 1) // sx + 1\n"
    "    y = [[0.0] * columns for _ in range(rows)]\n"
    "    for i in range(rows):\n"
    "        for j in range(columns):\n"
    "            for v in range(h):\n"
    "                for u in range(w):\n"
    "                    y[i][j] += x[i * sy + v * dy][j * sx + u * dx] * k[v][u]\n"
    "    return y\n";

constexpr const char* kSpread2d =
    "\n\ndef spread2d(x, k, stride=(1, 1), dilation=(1, 1), output_padding=(0, 0)):\n"
    "    (sy, sx), (dy, dx) = stride, dilation\n"
    "    h, w = len(k), len(k[0])\n"
    "    rows = (len(x) - 1) * sy + dy * (h - 1) + 1 + output_padding[0]\n"
    "    columns = (len(x[0]) - 1) * sx + dx * (w - 1) + 1 + output_padding[1]\n"
    "    y = [[0.0] * columns for _ in range(rows)]\n"
    "    for i in range(len(x)):\n"
    "        for j in range(len(x[0])):\n"
    "            for v in range(h):\n"
    "                for u in range(w):\n"
    "                    y[i * sy + v * dy][j * sx + u * dx] += x[i][j] * k[v][u]\n"
    "    return y\n";

constexpr const char* kPool2d =
    "\n\ndef pool2d(x, size, stride, how, dilation=(1, 1)):\n"
    "    (h, w), (sy, sx), (dy, dx) = size, stride, dilation\n"
    "    rows = (len(x) - dy * (h - 1) - 1) // sy + 1\n"
    "    columns = (len(x[0]) - dx * (w - 1) - 1) // sx + 1\n"
    "    y = [[0.0] * columns for _ in range(rows)]\n"
    "    for i in range(rows):\n"
    "        for j in range(columns):\n"
    "            y[i][j] = how(\n"
    "                [x[i * sy + v * dy][j * sx + u * dx] for v in range(h) for u in range(w)]\n"
    "            )\n"
    "    return y\n";

constexpr const char* kEach =
    "\n\ndef each(f, *lists):\n"
    "    \"\"\"Returns f of the numbers that stand at the same place of nested lists.\"\"\"\n"
    "    if isinstance(lists[0], list):\n"
    "        return [each(f, *parts) for parts in zip(*lists)]\n"
    "    return f(*lists)\n";

constexpr const char* kFlat =
    "\n\ndef flat(a):\n"
    "    \"\"\"Returns the numbers of nested lists in one list.\"\"\"\n"
    "    return [v for part in a for v in flat(part)] if isinstance(a, list) else [a]\n";

constexpr const char* kTotal =
    "\n\ndef total(parts):\n"
    "    \"\"\"Adds nested lists of one shape.\"\"\"\n"
    "    return each(lambda *values: sum(values), *parts)\n";

constexpr const char* kClose =
    "\n\ndef close(a, b, tolerance):\n"
    "    if isinstance(b, list):\n"
    "        return len(a) == len(b) and all(close(p, q, tolerance) for p, q in zip(a, b))\n"
    "    return a == b or abs(a - b) <= tolerance\n";

constexpr const char* kConv2d =
    "\n\ndef conv2d(x, weight, bias, groups=1, **options):\n"
    "    \"\"\"x [N, C, H, W], weight [C_out, C / groups, kh, kw]; each output sums its "
    "group.\"\"\"\n"
    "    y = []\n"
    "    for picture in x:\n"
    "        planes = []\n"
    "        for o, kernel in enumerate(weight):\n"
    "            first = o * groups // len(weight) * len(kernel)\n"
    "            group = zip(picture[first:], kernel)\n"
    "            sums = [corr2d(plane, k, **options) for plane, k in group]\n"
    "            planes.append(each(lambda *values: bias[o] + sum(values), *sums))\n"
    "        y.append(planes)\n"
    "    return y\n";

constexpr const char* kConvTranspose2d =
    "\n\ndef conv_transpose2d(x, weight, bias, groups=1, **options):\n"
    "    \"\"\"x [N, C, H, W], weight [C, C_out / groups, kh, kw]; each input is spread.\"\"\"\n"
    "    y = []\n"
    "    for picture in x:\n"
    "        planes = []\n"
    "        for o in range(len(bias)):\n"
    "            group, own = divmod(o, len(weight[0]))\n"
    "            inputs = range(group * len(x[0]) // groups, (group + 1) * len(x[0]) // groups)\n"
    "            parts = [spread2d(picture[i], weight[i][own], **options) for i in inputs]\n"
    "            planes.append(each(lambda *values: bias[o] + sum(values), *parts))\n"
    "        y.append(planes)\n"
    "    return y\n";

// What of these functions the steps call.
struct Calls {
  bool stepped = false;  // whether a correlation has a stride or a dilation
  bool correlated = false, transposed = false, pooled = false;
  bool zeros = false, reflect = false, replicate = false, circular = false;
  bool large = false;  // whether only some values are compared
};

void add(const SnippetLayer& layer, Calls& calls) {
  const Conv2dOptions& o = layer.results->options;
  const bool padded = o.padding != Padding{} && !o.transposed;
  calls.transposed = calls.transposed || o.transposed;
  calls.correlated = calls.correlated || !o.transposed;
  calls.stepped =
      calls.stepped || (!o.transposed && (o.stride != Yx{1, 1} || o.dilation != Yx{1, 1}));
  calls.zeros = calls.zeros || (padded && o.padding_mode == PaddingMode::kZeros);
  calls.reflect = calls.reflect || (padded && o.padding_mode == PaddingMode::kReflect);
  calls.replicate = calls.replicate || (padded && o.padding_mode == PaddingMode::kReplicate);
  calls.circular = calls.circular || (padded && o.padding_mode == PaddingMode::kCircular);
  calls.large = calls.large || is_sampled(*layer.results->output);
  if (!layer.pooled) return;
  calls.pooled = true;
  const Shape& input = layer.results->output->shape();
  if (pool_reads(input, layer.results->pool) != Padding{}) calls.zeros = true;
}

}  // namespace

std::string list_planes(const std::string& function, const std::string& of, const std::string& more,
                        bool plane) {
  if (plane) return function + "(" + of + ", " + more + ")";
  return "[[" + function + "(plane, " + more + ") for plane in picture] for picture in " + of + "]";
}

std::string list_sides(const Padding& p) {
  return std::to_string(p.top) + ", " + std::to_string(p.left) + ", " + std::to_string(p.bottom) +
         ", " + std::to_string(p.right);
}

std::string pad_function(PaddingMode mode) {
  return mode == PaddingMode::kZeros ? "pad2d" : std::string("pad2d_") + name(mode);
}

std::string list_functions(const SnippetSteps& steps) {
  Calls calls;
  for (const SnippetLayer& layer : steps.layers)
    add(layer, calls);
  std::string text;
  const Conv2dOptions& first = steps.layers.front().results->options;
  // The gradient takes the cells back that padding took off.
  if (steps.learns && first.transposed && first.padding != Padding{}) calls.zeros = true;
  if (calls.zeros) text += padding_function(PaddingMode::kZeros);
  if (calls.reflect) text += padding_function(PaddingMode::kReflect);
  if (calls.replicate) text += padding_function(PaddingMode::kReplicate);
  if (calls.circular) text += padding_function(PaddingMode::kCircular);
  if (calls.correlated) text += calls.stepped ? kCorr2dWithSteps : kCorr2d;
  if (calls.transposed) text += kSpread2d;
  if (calls.pooled) text += kPool2d;
  text += kEach;
  if (!steps.plane && calls.correlated) text += kConv2d;
  if (!steps.plane && calls.transposed) text += kConvTranspose2d;
  if (calls.large || steps.learns) text += kFlat;
  if (steps.learns && !steps.plane) text += kTotal;
  text += kClose;
  // Two empty lines stand between functions, and none before the first.
  return text.substr(2);
}

}  // namespace convscope::exports
