#include "app/export/snippet/torch_writer.h"

#include "app/export/snippet/torch_learning.h"
#include "engine/ops/pool2d_shape.h"

namespace convscope::exports {
namespace {

using python::arguments;

bool is_even(const Padding& p) {
  return p.top == p.bottom && p.left == p.right;
}

// The four sides as F.pad has them, the last axis first.
std::string sides(const Padding& p) {
  return "(" + std::to_string(p.left) + ", " + std::to_string(p.right) + ", " +
         std::to_string(p.top) + ", " + std::to_string(p.bottom) + ")";
}

std::string option(const char* name, Yx value, Yx usual) {
  return value == usual ? "" : std::string(name) + "=" + python::pair(value);
}

// F.max_pool2d of what is padded by nothing that could win.
std::string max_pooling(const std::string& from, const Shape& input, const Pool2dOptions& pool) {
  std::vector<std::string> given{from, python::pair(pool.kernel)};
  given.push_back(option("stride", pool.stride, pool.kernel));
  const bool as_torch = is_even(pool.padding) && !has_large_padding(pool);
  if (as_torch)
    given.push_back(option("padding", {pool.padding.top, pool.padding.left}, {0, 0}));
  else
    given[0] = "F.pad(" + from + ", " + sides(pool_reads(input, pool)) + ", value=-torch.inf)";
  given.push_back(option("dilation", pool.dilation, {1, 1}));
  if (as_torch && pool.ceil_mode) given.push_back("ceil_mode=True");
  return "F.max_pool2d(" + arguments(given) + ")";
}

std::string average_pooling(const std::string& name, const std::string& from, const Shape& input,
                            const Pool2dOptions& pool) {
  const std::string window = python::pair(pool.kernel);
  const std::string stride = option("stride", pool.stride, pool.kernel);
  const std::string given_divisor =
      pool.divisor_override == 0 ? "" : "divisor_override=" + std::to_string(pool.divisor_override);
  const auto average = [&](const std::string& of, const std::string& divisor) {
    return "F.avg_pool2d(" + arguments({of, window, stride, divisor}) + ")";
  };
  if (is_even(pool.padding) && !has_large_padding(pool)) {
    const bool padded = pool.padding != Padding{};
    return name + " = F.avg_pool2d(" +
           arguments({from, window, stride,
                      option("padding", {pool.padding.top, pool.padding.left}, {0, 0}),
                      pool.ceil_mode ? "ceil_mode=True" : "",
                      padded && !pool.count_include_pad ? "count_include_pad=False" : "",
                      given_divisor}) +
           ")\n";
  }
  const Padding reads = pool_reads(input, pool);
  const std::string padded = "F.pad(" + from + ", " + sides(reads) + ")";
  if (divisor_of(input, pool) != AverageDivisor::kCounted)
    return name + " = " + average(padded, given_divisor) + "\n";
  // The sum of each window, divided by how many of its cells count.
  std::string counted = "torch.ones_like(" + from + ")";
  if (pool.count_include_pad) {
    const Padding& p = pool.padding;
    counted = "F.pad(" + counted + ", " + sides(p) + ", value=1.0)";
    counted = "F.pad(" + counted + ", " +
              sides({0, 0, reads.bottom - p.bottom, reads.right - p.right}) + ")";
  } else {
    counted = "F.pad(" + counted + ", " + sides(reads) + ")";
  }
  return "counted = " + counted + "  # the cells that an average is over\n" +
         "sums = " + average(padded, "divisor_override=1") + "\n" + name + " = sums / " +
         average("counted", "divisor_override=1") + ".clamp(min=1.0)\n";
}

}  // namespace

std::string TorchWriter::head() const {
  std::string text = "import torch\nimport torch.nn.functional as F\n";
  if (steps().loads) text = "import numpy as np\n" + text;
  if (!steps().finite) text += "\nnan, inf = float(\"nan\"), float(\"inf\")\n";
  return text;
}

std::string TorchWriter::tensor(const std::string& name, const Tensor& tensor,
                                Index repeats) const {
  if (is_loaded(tensor)) return name + " = torch.from_numpy(tensors[\"" + name + "\"])\n";
  const std::string begin = name + " = torch.tensor(";
  std::string text = begin + python::list(tensor, false, begin.size()) + ")";
  if (repeats > 1)
    text += ".repeat(" + std::to_string(repeats) + ", 1, 1, 1)  # one kernel for every channel";
  return text + "\n";
}

std::string TorchWriter::bias(const std::string& name, const std::vector<float>& bias,
                              bool shared) const {
  const std::string begin = name + " = torch.tensor(";
  if (!shared) return begin + python::list(bias, begin.size()) + ")\n";
  return begin + python::list(std::span(bias).first(1), begin.size()) + ").repeat(" +
         std::to_string(bias.size()) + ")\n";
}

std::string TorchWriter::convolution(const SnippetLayer& layer) const {
  const Conv2dOptions& o = layer.results->options;
  const std::string y = "y" + layer.end;
  std::vector<std::string> given{layer.input, "weight" + layer.end,
                                 layer.biased ? "bias" + layer.end : ""};
  given.push_back(option("stride", o.stride, {1, 1}));
  const bool padded = o.padding != Padding{};
  const bool by_torch = padded && o.padding_mode == PaddingMode::kZeros && is_even(o.padding);
  const bool same = !o.transposed && padded && o.padding_mode == PaddingMode::kZeros &&
                    layer.scene->conv.padding_choice == PaddingChoice::kSame;
  std::string before, after;
  if (same) {
    given.push_back("padding=\"same\"");
  } else if (by_torch) {
    given.push_back(option("padding", {o.padding.top, o.padding.left}, {0, 0}));
  } else if (padded && o.transposed) {
    after = y + " = " + y + python::cropped(o.padding, false) + "  # padding takes cells off\n";
  } else if (padded) {
    given[0] = "padded" + layer.end;
    before = given[0] + " = F.pad(" + layer.input + ", " + sides(o.padding) +
             (o.padding_mode == PaddingMode::kZeros
                  ? ""
                  : ", mode=\"" + std::string(name(o.padding_mode)) + "\"") +
             ")\n";
  }
  if (o.transposed) given.push_back(option("output_padding", o.output_padding, {0, 0}));
  if (o.groups != 1) given.push_back("groups=" + std::to_string(o.groups));
  given.push_back(option("dilation", o.dilation, {1, 1}));
  return before + y + " = F." + (o.transposed ? "conv_transpose2d" : "conv2d") + "(" +
         arguments(given) + ")\n" + after;
}

std::string TorchWriter::relu(const SnippetLayer& layer) const {
  return "activated" + layer.end + " = F.relu(y" + layer.end + ")\n";
}

std::string TorchWriter::pooling(const SnippetLayer& layer) const {
  const std::string from = (layer.scene->relu ? "activated" : "y") + layer.end;
  const std::string to = "pooled" + layer.end;
  const Shape& input = layer.results->output->shape();
  const Pool2dOptions& pool = layer.results->pool;
  if (pool.kind == PoolKind::kMax) return to + " = " + max_pooling(from, input, pool) + "\n";
  return average_pooling(to, from, input, pool);
}

std::string TorchWriter::learning(const SnippetLearning& run) const {
  SnippetLayer layer = run.layer;
  layer.biased = run.has_bias();
  return torch_learning(run, convolution(layer));
}

std::string TorchWriter::check(const std::string& name, const Tensor& shown,
                               const std::string& tolerance) const {
  const std::string nan = steps().finite ? "" : ", equal_nan=True";
  const std::string end = "rtol=0, atol=" + tolerance + nan + ")\n";
  if (is_sampled(shown)) {
    const std::string expected = "expected = torch.tensor(";
    const Shape& s = shown.shape();
    return "assert " + name + ".shape == (" + std::to_string(s.n) + ", " + std::to_string(s.c) +
           ", " + std::to_string(s.h) + ", " + std::to_string(s.w) + ")\n" + expected +
           python::list(checked_values(shown), expected.size()) + ")\n" +
           "torch.testing.assert_close(" + name +
           ".flatten()[::" + std::to_string(checked_step(shown)) + "], expected, " + end;
  }
  const std::string expected = "expected = torch.tensor(";
  return expected + python::list(shown, false, expected.size()) + ")\n" +
         "torch.testing.assert_close(" + name + ", expected, " + end;
}

}  // namespace convscope::exports
