// Every path of pooling against the reference, on every instruction set of the machine.
#include <algorithm>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/shape_text.h"
#include "engine/ops/pool2d_plan.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/engine/ops/fast/cases.h"

namespace convscope::engine {
namespace {

struct PoolCase {
  Shape input;
  Pool2dOptions options;
};

std::ostream& operator<<(std::ostream& os, const PoolCase& c) {
  const Pool2dOptions& o = c.options;
  return os << to_string(c.input) << (o.kind == PoolKind::kMax ? " max " : " average ")
            << o.kernel.y << "x" << o.kernel.x << " stride " << o.stride.y << "," << o.stride.x
            << " padding " << padding_text(o.padding) << " dilation " << o.dilation.y << ","
            << o.dilation.x << " ceil " << o.ceil_mode << " divisor " << o.divisor_override;
}

PoolCase draw_pool() {
  PoolCase c;
  Pool2dOptions& o = c.options;
  o.kind = draw(0, 1) == 0 ? PoolKind::kMax : PoolKind::kAverage;
  if (draw(0, 1) == 0) {
    o.kernel = {draw(1, 5), draw(1, 5)};
    o.stride = {draw(1, 5), draw(1, 5)};
    o.allow_large_padding = draw(0, 1) == 0;
    const Yx k = o.kernel;
    const Yx most = o.allow_large_padding ? Yx{k.y + 9, k.x + 9} : Yx{k.y / 2, k.x / 2};
    o.padding = {draw(0, most.y), draw(0, most.x), draw(0, most.y), draw(0, most.x)};
    if (o.kind == PoolKind::kMax) o.dilation = {draw(1, 3), draw(1, 3)};
  }
  o.ceil_mode = draw(0, 1) == 1;
  o.count_include_pad = draw(0, 1) == 1;
  if (o.kind == PoolKind::kAverage) o.divisor_override = draw(0, 2);
  // Down to inputs that are smaller than the window, with padding around them.
  const auto size = [](Index k, Index d, Index before, Index after, Index more) {
    const Index least = std::max<Index>(1, d * (k - 1) + 1 - before - after);
    return least + draw(0, draw(0, 1) == 0 ? 3 : more);
  };
  const Padding& p = o.padding;
  c.input = {draw(1, 2), draw(1, 3), size(o.kernel.y, o.dilation.y, p.top, p.bottom, 20),
             size(o.kernel.x, o.dilation.x, p.left, p.right, 120)};
  return c;
}

// Values with many ties, and now and then a NaN or an infinity.
Tensor ties(const Shape& shape, std::uint64_t seed, bool special) {
  Tensor result = random_tensor(shape, seed, -3.0f, 3.0f);
  for (float& value : result.values()) {
    value = std::round(value);
    if (special && value == 3.0f) value = std::numeric_limits<float>::quiet_NaN();
    if (special && value == -3.0f) value = -std::numeric_limits<float>::infinity();
  }
  return result;
}

void expect_pool_paths(const PoolCase& c, const Tensor& input) {
  const Pool2dResult expected = reference::pool2d(input, c.options);
  const bool max = c.options.kind == PoolKind::kMax;
  for (const Pool2dPath path : {Pool2dPath::kPlain, Pool2dPath::kPairs, Pool2dPath::kTaps}) {
    if (!path_fits(path, c.input, expected.output.shape(), c.options)) continue;
    for_each_target([&](const char* target) {
      RC_LOG() << c << " path " << static_cast<int>(path) << " on " << target << '\n';
      Conv2dWorkspace workspace;
      Tensor output(expected.output.shape(), 1e30f);
      std::vector<Index> indices(expected.indices.size(), -7);
      RC_ASSERT(pool2d_on(path, input, c.options, output, max ? indices.data() : nullptr,
                          whole(output.shape()), workspace, {}));
      RC_ASSERT(indices == expected.indices);
      Tensor values(expected.output.shape(), 1e30f);
      RC_ASSERT(
          pool2d_on(path, input, c.options, values, nullptr, whole(output.shape()), workspace, {}));
      for (Index i = 0; i < output.numel(); ++i) {
        const float e = expected.output.data()[i];
        const auto same = [&](float v) {
          return v == e || (std::isnan(v) && std::isnan(e)) || std::abs(v - e) <= 1e-5f;
        };
        RC_ASSERT(same(output.data()[i]) && same(values.data()[i]));
      }
    });
  }
}

RC_GTEST_PROP(PoolPaths, AreTheReference, ()) {
  const PoolCase c = draw_pool();
  expect_pool_paths(c, random_tensor(c.input, static_cast<std::uint64_t>(draw(1, 1000))));
}

RC_GTEST_PROP(PoolPaths, BreakTiesAndKeepNaNAsTheReference, ()) {
  const PoolCase c = draw_pool();
  expect_pool_paths(c, ties(c.input, static_cast<std::uint64_t>(draw(1, 1000)),
                            c.options.kind == PoolKind::kMax));
}

void expect_close(const Tensor& actual, const Tensor& expected, const char* target) {
  const double error = difference_of_units(actual, expected);
  if (!(error <= 1e-5)) RC_LOG() << "on " << target << ": " << error << '\n';
  RC_ASSERT(error <= 1e-5);
}

RC_GTEST_PROP(PoolGradients, AreTheReference, ()) {
  const PoolCase c = draw_pool();
  RC_LOG() << c << '\n';
  const Tensor input = random_tensor(c.input, static_cast<std::uint64_t>(draw(1, 1000)));
  const Pool2dResult pooled = reference::pool2d(input, c.options);
  const Tensor grad = random_tensor(pooled.output.shape(), 7);
  for_each_target([&](const char* target) {
    Conv2dWorkspace workspace;
    Tensor actual(c.input, 1e30f);
    if (c.options.kind == PoolKind::kMax) {
      RC_ASSERT(max_pool2d_grad_into(grad, pooled.indices, actual, workspace, {}, c.options));
      expect_close(actual, reference::max_pool2d_grad(grad, pooled.indices, c.input), target);
    } else {
      RC_ASSERT(avg_pool2d_grad_into(grad, c.options, actual, workspace));
      expect_close(actual, reference::avg_pool2d_grad(grad, c.input, c.options), target);
    }
  });
}

// Adjacent 2x2 windows, with and without an odd row and column; several tasks for each plane.
TEST(PoolGradients, OfPairsAreTheReference) {
  for (const Shape& shape : {Shape{1, 1, 64, 98}, Shape{2, 2, 33, 65}, Shape{1, 2, 601, 402}}) {
    const Tensor input = random_tensor(shape, 1);
    const Pool2dResult pooled = reference::pool2d(input, {});
    const Tensor grad = random_tensor(pooled.output.shape(), 2);
    const Tensor expected = reference::max_pool2d_grad(grad, pooled.indices, shape);
    // Some indices that no pooling of pairs gives, and one that is right but for its upper bits.
    std::vector<Index> others = pooled.indices;
    others[3] = 0;
    others[others.size() - 1] = -1;
    const Tensor of_others = reference::max_pool2d_grad(grad, others, shape);
    std::vector<Index> invalid = pooled.indices;
    invalid[1] += Index{1} << 32;
    for_each_target([&](const char* target) {
      Conv2dWorkspace workspace;
      Tensor actual(shape, 1e30f);
      ASSERT_TRUE(max_pool2d_grad_into(grad, pooled.indices, actual, workspace));
      EXPECT_EQ(actual, expected) << target;
      ASSERT_TRUE(max_pool2d_grad_into(grad, others, actual, workspace));
      EXPECT_LE(difference_of_units(actual, of_others), 1e-5) << target;
      EXPECT_THROW((void)max_pool2d_grad_into(grad, invalid, actual, workspace), Error) << target;
    });
    Pool2dOptions average;
    average.kind = PoolKind::kAverage;
    EXPECT_LE(difference_of_units(avg_pool2d_grad(grad, shape, average),
                                  reference::avg_pool2d_grad(grad, shape, average)),
              1e-5);
  }
}

// So large that a plane is several tasks.
TEST(PoolGradients, OfLargePlanesAreTheReference) {
  Pool2dOptions options;
  options.kernel = {3, 3};
  options.stride = {1, 1};
  options.padding = {1, 1, 1, 1};
  const Tensor input = random_tensor({1, 2, 300, 401}, 1);
  const Tensor grad = random_tensor(input.shape(), 2);
  std::vector<Index> indices = reference::pool2d(input, options).indices;
  EXPECT_LE(difference_of_units(max_pool2d_grad(grad, indices, input.shape()),
                                reference::max_pool2d_grad(grad, indices, input.shape())),
            1e-5);
  // Indices that no pooling gives: rows far apart go to the same cells.
  std::reverse(indices.begin(), indices.end());
  for (std::size_t i = 0; i < indices.size(); i += 3)
    indices[i] = static_cast<Index>(i % 1000) - 1;
  EXPECT_LE(difference_of_units(max_pool2d_grad(grad, indices, input.shape()),
                                reference::max_pool2d_grad(grad, indices, input.shape())),
            1e-5);
  options.kind = PoolKind::kAverage;
  EXPECT_LE(difference_of_units(avg_pool2d_grad(grad, input.shape(), options),
                                reference::avg_pool2d_grad(grad, input.shape(), options)),
            1e-5);
}

TEST(PoolPaths, StopWhereAskedTo) {
  std::stop_source stop;
  stop.request_stop();
  const Tensor input = random_tensor({1, 1, 64, 64}, 1);
  Conv2dWorkspace workspace;
  Tensor output;
  EXPECT_FALSE(pool2d_values_into(input, {}, output, workspace, stop.get_token()));
  EXPECT_TRUE(pool2d_values_into(input, {}, output, workspace));
  Tensor grad_input(input.shape());
  const std::vector<Index> indices(static_cast<std::size_t>(output.numel()), 5);
  EXPECT_FALSE(max_pool2d_grad_into(output, indices, grad_input, workspace, stop.get_token()));
  Pool2dOptions average;
  average.kind = PoolKind::kAverage;
  EXPECT_FALSE(avg_pool2d_grad_into(output, average, grad_input, workspace, stop.get_token()));
}

}  // namespace
}  // namespace convscope::engine
