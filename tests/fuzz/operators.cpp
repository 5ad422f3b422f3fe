#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/error.h"
#include "engine/ops/conv2d_reference.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/target.h"
#include "tests/random_tensor.h"

// Combinations of the options of conv2d and pool2d on small inputs: each is refused, or the result
// and its gradients are those of the plain loops.
namespace convscope::fuzz {
namespace {

constexpr double kTolerance = 1e-5;

bool same_value(float a, float b, double scale) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (std::isinf(a) || std::isinf(b)) return a == b;
  return std::abs(double{a} - double{b}) <= kTolerance * scale;
}

// Sums of products of values from -1 to 1, so that 1 is a scale of what was summed.
bool close(const Tensor& actual, const Tensor& expected) {
  if (actual.shape() != expected.shape()) return false;
  double scale = 1.0;
  for (const float value : expected.values())
    if (std::isfinite(value)) scale = std::max(scale, std::abs(double{value}));
  return std::equal(actual.values().begin(), actual.values().end(), expected.values().begin(),
                    [&](float a, float e) { return same_value(a, e, scale); });
}

Conv2dOptions conv_options(Bytes& bytes) {
  Conv2dOptions o;
  o.groups = bytes.number(1, 3);
  o.stride = bytes.pair(1, 4);
  o.dilation = bytes.pair(1, 3);
  o.padding_mode = static_cast<PaddingMode>(bytes.number(0, 3));
  o.padding.top = bytes.number(0, 6);
  o.padding.left = bytes.number(0, 6);
  o.padding.bottom = bytes.number(0, 6);
  o.padding.right = bytes.number(0, 6);
  o.transposed = bytes.flag();
  if (o.transposed) o.output_padding = bytes.pair(0, 3);
  return o;
}

void convolve(Bytes& bytes) {
  const Conv2dOptions options = conv_options(bytes);
  const Index channels = options.groups * bytes.number(1, 2);
  const Index filters = options.groups * bytes.number(1, 3);
  const Yx kernel = bytes.pair(1, 5);
  const Index first = options.transposed ? channels : filters;
  const Index second = (options.transposed ? filters : channels) / options.groups;
  const Shape weight_shape{first, second, kernel.y, kernel.x};
  const Index pictures = bytes.number(1, 2);
  const Index rows = bytes.number(1, 10);
  const Shape input_shape{pictures, channels, rows, bytes.number(1, 40)};
  const bool with_bias = bytes.flag();
  const auto seed = static_cast<std::uint64_t>(bytes.number(0, 255));

  const Shape output_shape = conv2d_output_shape(input_shape, weight_shape, options);
  const Tensor input = random_tensor(input_shape, seed);
  const Tensor weight = random_tensor(weight_shape, seed + 1);
  const Tensor bias = random_tensor({1, 1, 1, with_bias ? filters : 0}, seed + 2);
  const Tensor output = conv2d(input, weight, bias.values(), options);
  require(close(output, reference::conv2d(input, weight, bias.values(), options)), "conv2d");
  require(output.shape() == output_shape, "conv2d_output_shape");

  const Tensor grad = random_tensor(output_shape, seed + 3);
  require(close(conv2d_grad_input(grad, weight, input_shape, options),
                reference::conv2d_grad_input(grad, weight, input_shape, options)),
          "conv2d_grad_input");
  require(close(conv2d_grad_weight(input, grad, weight_shape, options),
                reference::conv2d_grad_weight(input, grad, weight_shape, options)),
          "conv2d_grad_weight");
}

Pool2dOptions pool_options(Bytes& bytes) {
  Pool2dOptions o;
  o.kind = bytes.flag() ? PoolKind::kMax : PoolKind::kAverage;
  o.kernel = bytes.pair(1, 6);
  o.stride = bytes.pair(1, 5);
  o.padding.top = bytes.number(0, 6);
  o.padding.left = bytes.number(0, 6);
  o.padding.bottom = bytes.number(0, 6);
  o.padding.right = bytes.number(0, 6);
  o.allow_large_padding = bytes.flag();
  o.dilation = bytes.pair(1, 3);
  o.ceil_mode = bytes.flag();
  o.count_include_pad = bytes.flag();
  o.divisor_override = bytes.number(0, 3);
  return o;
}

// Whole numbers with many ties, and where they are `special` NaN and infinities among them.
Tensor with_ties(const Shape& shape, std::uint64_t seed, bool special) {
  Tensor tensor = random_tensor(shape, seed, -3.5f, 3.5f);
  for (float& value : tensor.values()) {
    value = std::round(value);
    if (special && value == 3.0f) value = std::numeric_limits<float>::quiet_NaN();
    if (special && value == -3.0f) value = -std::numeric_limits<float>::infinity();
  }
  return tensor;
}

void pool(Bytes& bytes) {
  const Pool2dOptions options = pool_options(bytes);
  const bool max = options.kind == PoolKind::kMax;
  const Index channels = bytes.number(1, 2);
  const Index rows = bytes.number(1, 12);
  const Shape input_shape{1, channels, rows, bytes.number(1, 60)};
  const bool special = max && bytes.flag();
  const auto seed = static_cast<std::uint64_t>(bytes.number(0, 255));

  const Shape output_shape = pool2d_output_shape(input_shape, options);
  const Tensor input = with_ties(input_shape, seed, special);
  const Pool2dResult result = pool2d(input, options);
  const Pool2dResult expected = reference::pool2d(input, options);
  require(result.output.shape() == output_shape, "pool2d_output_shape");
  require(close(result.output, expected.output), "pool2d");
  require(result.indices == expected.indices, "the places of the maxima");

  const Tensor grad = random_tensor(output_shape, seed + 1);
  const Tensor actual = max ? max_pool2d_grad(grad, result.indices, input_shape, options)
                            : avg_pool2d_grad(grad, input_shape, options);
  require(close(actual, max ? reference::max_pool2d_grad(grad, expected.indices, input_shape)
                            : reference::avg_pool2d_grad(grad, input_shape, options)),
          "the gradient of pool2d");
}

}  // namespace

void prepare() {}

void fuzz_one(std::string_view input) {
  Bytes bytes(input);
  try {
    if (bytes.flag())
      pool(bytes);
    else
      convolve(bytes);
  } catch (const Error&) {
  }
}

}  // namespace convscope::fuzz
