// A repeated evaluation of the same shape allocates nothing, the first one little, and a stopped
// one says so.
#include <atomic>
#include <new>

#include "engine/learning/learning.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/memory_need.h"
#include "engine/ops/pool2d.h"
#include "engine/ops/region_update.h"
#include "engine/ops/weight_update.h"
#include "tests/engine/ops/fast/cases.h"
#include "tests/watched_new.h"

namespace {
std::atomic<long> allocations{0};
std::atomic<long> allocated_bytes{0};

}  // namespace

void convscope::before_allocation(std::size_t size) {
  ++allocations;
  allocated_bytes += static_cast<long>(size);
}

namespace convscope::engine {
namespace {

constexpr Conv2dPath kFastPaths[] = {Conv2dPath::kPlane, Conv2dPath::kLayer, Conv2dPath::kFft,
                                     Conv2dPath::kLowRank};

template <typename Work>
long allocations_of(const Work& work) {
  const long before = allocations;
  work();
  return allocations - before;
}

// Twice before it counts: which worker takes which task, and so needs scratch, is up to the
// threads.
template <typename Work>
void expect_none(const char* what, const Work& work) {
  work();
  work();
  EXPECT_EQ(allocations_of(work), 0) << what;
}

TEST(Allocation, NoneInARepeatedConvolution) {
  const Tensor input = random_tensor({1, 1, 200, 300}, 1);
  const Tensor weight = random_kernel({1, 1, 15, 15}, 1, 2);
  Tensor output(Shape{1, 1, 186, 286});
  for (const Conv2dPath path : kFastPaths) {
    Conv2dWorkspace workspace;
    expect_none(name(path), [&] {
      ASSERT_TRUE(correlate(input, weight, {}, {}, output, workspace, {}, path));
    });
  }
}

TEST(Allocation, NoneInRepeatedGradients) {
  const Tensor input = random_tensor({1, 3, 60, 80}, 1);
  const Tensor weight = random_tensor({5, 3, 3, 3}, 2);
  const Tensor grad_output = random_tensor({1, 5, 58, 78}, 3);
  Tensor grad_input(input.shape());
  Tensor grad_weight(weight.shape());
  Conv2dWorkspace workspace;
  expect_none("input gradient", [&] {
    ASSERT_TRUE(conv2d_grad_input_into(grad_output, weight, {}, grad_input, workspace));
  });
  expect_none("weight gradient", [&] {
    ASSERT_TRUE(conv2d_grad_weight_into(input, grad_output, {}, grad_weight, workspace));
  });
  const Tensor wide = random_tensor({1, 1, 60, 200}, 4);
  const Tensor grad_wide = random_tensor({1, 1, 54, 194}, 5);
  Tensor grad_kernel(Shape{1, 1, 7, 7});
  expect_none("kernel gradient", [&] {
    ASSERT_TRUE(conv2d_grad_weight_into(wide, grad_wide, {}, grad_kernel, workspace));
  });
  for (const PaddingMode mode : {PaddingMode::kZeros, PaddingMode::kReflect}) {
    Conv2dOptions options;
    options.stride = {2, 2};
    options.padding = {1, 1, 1, 1};
    options.padding_mode = mode;
    const Tensor grad = random_tensor({1, 5, 30, 40}, 4);
    expect_none("input gradient with a stride", [&] {
      ASSERT_TRUE(conv2d_grad_input_into(grad, weight, options, grad_input, workspace));
    });
  }
  Conv2dOptions copies;
  copies.padding = {1, 1, 1, 1};
  copies.padding_mode = PaddingMode::kReplicate;
  const Tensor plane = random_tensor({1, 1, 60, 80}, 5);
  const Tensor kernel = random_tensor({1, 1, 3, 3}, 6);
  Tensor grad_plane(plane.shape());
  expect_none("input gradient with padding of copies", [&] {
    ASSERT_TRUE(conv2d_grad_input_into(plane, kernel, copies, grad_plane, workspace));
  });
}

TEST(Allocation, NoneInRepeatedUpdates) {
  const CellRect rect{20, 30, 40, 55};
  for (const Shape& kernel : {Shape{1, 1, 5, 5}, Shape{4, 3, 3, 3}, Shape{1, 1, 21, 21}}) {
    const Tensor input = random_tensor({1, kernel.c, 200, 300}, 1);
    const Tensor weight = random_tensor(kernel, 2);
    Conv2dOptions options;
    options.padding = same_padding({kernel.h, kernel.w}, {1, 1});
    options.padding_mode = PaddingMode::kCircular;
    Tensor output = conv2d(input, weight, {}, options);
    Pool2dResult pooled = pool2d(output, {});
    Conv2dWorkspace workspace;
    expect_none("a stroke", [&] {
      ASSERT_TRUE(conv2d_update_input(input, rect, weight, {}, options, output, workspace));
    });
    expect_none("a stroke, pooled",
                [&] { ASSERT_TRUE(pool2d_update(output, rect, {}, pooled, workspace)); });
  }
}

TEST(Allocation, NoneInRepeatedStepsOfLearning) {
  const Tensor input = random_tensor({1, 1, 200, 300}, 1);
  const LearningProblem problem{
      input, conv2d(input, random_tensor({1, 1, 7, 7}, 2)), {}, Reduction::kMean};
  KernelLearner learner(problem, Parameters{random_tensor({1, 1, 7, 7}, 3), {0.0f}}, {},
                        LearningPath::kTiles);
  expect_none("a step", [&] { ASSERT_EQ(learner.step(0.01f), StepOutcome::kStepped); });
}

TEST(Allocation, NoneInRepeatedPooling) {
  const Tensor input = random_tensor({1, 3, 60, 80}, 1);
  Conv2dWorkspace workspace;
  Pool2dResult pooled;
  Tensor grad_input(input.shape());
  for (const Index kernel : {2, 3}) {
    Pool2dOptions options;
    options.kernel = {kernel, kernel};
    expect_none("pooling", [&] { ASSERT_TRUE(pool2d_into(input, options, pooled, workspace)); });
    expect_none("gradient", [&] {
      ASSERT_TRUE(max_pool2d_grad_into(pooled.output, pooled.indices, grad_input, workspace));
    });
    options.kind = PoolKind::kAverage;
    expect_none("gradient of the average", [&] {
      ASSERT_TRUE(avg_pool2d_grad_into(pooled.output, options, grad_input, workspace));
    });
  }
}

// Beside input and output. All that is allocated counts, whether it is given back or not.
TEST(Memory, AnEvaluationAt4KTakesLittle) {
  constexpr long kMebi = 1 << 20;
  struct Size {
    Index channels, outputs, kernel;
  };
  for (const Size& size : {Size{1, 1, 3}, {1, 1, 15}, {3, 4, 5}}) {
    const Shape kernel{size.outputs, size.channels, size.kernel, size.kernel};
    const Tensor input = random_tensor({1, size.channels, 2160, 3840}, 1);
    const Tensor weight = random_tensor(kernel, 2);
    Conv2dOptions options;
    options.padding = same_padding({size.kernel, size.kernel}, {1, 1});
    Tensor output(Shape{1, size.outputs, 2160, 3840});
    const auto bytes_of = [&](const auto& evaluate) {
      Conv2dWorkspace workspace;
      const long before = allocated_bytes;
      EXPECT_TRUE(evaluate(workspace));
      return allocated_bytes - before;
    };
    for (const Conv2dPath path : kFastPaths) {
      if (!path_fits(path, input.shape(), kernel, options)) continue;
      const long bytes = bytes_of([&](Conv2dWorkspace& workspace) {
        return correlate(input, weight, {}, options, output, workspace, {}, path);
      });
      EXPECT_LE(bytes, (path == Conv2dPath::kFft ? 64 : 16) * kMebi) << name(path) << size.kernel;
    }
    Tensor grad_input(input.shape());
    Tensor grad_weight(kernel);
    EXPECT_LE(bytes_of([&](Conv2dWorkspace& workspace) {
                return conv2d_grad_input_into(output, weight, options, grad_input, workspace);
              }),
              64 * kMebi);
    EXPECT_LE(bytes_of([&](Conv2dWorkspace& workspace) {
                return conv2d_grad_weight_into(input, output, options, grad_weight, workspace);
              }),
              16 * kMebi);
  }
}

template <typename Work>
double bytes_of(const Work& work) {
  const long before = allocated_bytes;
  work();
  return static_cast<double>(allocated_bytes - before);
}

void expect_pool_gradients_take_no_more_than_said(const Shape& input, Pool2dOptions pooling) {
  for (const PoolKind kind : {PoolKind::kMax, PoolKind::kAverage}) {
    pooling.kind = kind;
    const Tensor grad = random_tensor(pool2d_output_shape(input, pooling), 3);
    const std::vector<Index> indices(static_cast<std::size_t>(grad.numel()));
    Tensor grad_input(input);
    Conv2dWorkspace workspace;
    EXPECT_LE(
        bytes_of([&] {
          ASSERT_TRUE(kind == PoolKind::kMax
                          ? max_pool2d_grad_into(grad, indices, grad_input, workspace, {}, pooling)
                          : avg_pool2d_grad_into(grad, pooling, grad_input, workspace));
        }),
        pool2d_grad_scratch_bytes(input, pooling));
  }
}

// What memory_need.h says of a convolution, its gradients and the pooling of its output.
void expect_no_more_than_said(const Shape& input_shape, const Shape& weight_shape,
                              const Conv2dOptions& options) {
  const Tensor input = random_tensor(input_shape, 1);
  const Tensor weight = random_tensor(weight_shape, 2);
  const Shape output_shape = conv2d_output_shape(input_shape, weight_shape, options);
  Tensor output;
  Conv2dWorkspace workspaces[4];
  EXPECT_LE(bytes_of([&] {
              ASSERT_TRUE(conv2d_into(input, weight, {}, options, output, workspaces[0]));
            }),
            tensor_bytes(output_shape) + conv2d_scratch_bytes(input_shape, weight_shape, options));
  Tensor grad_input(input_shape);
  Tensor grad_weight(weight_shape);
  EXPECT_LE(
      bytes_of([&] {
        ASSERT_TRUE(conv2d_grad_input_into(output, weight, options, grad_input, workspaces[1]));
      }),
      conv2d_grad_input_scratch_bytes(input_shape, weight_shape, options));
  EXPECT_LE(
      bytes_of([&] {
        ASSERT_TRUE(conv2d_grad_weight_into(input, output, options, grad_weight, workspaces[2]));
      }),
      conv2d_grad_weight_scratch_bytes(input_shape, weight_shape, options));
  Pool2dOptions pooling;
  pooling.kernel = {std::min<Index>(3, output_shape.h), std::min<Index>(3, output_shape.w)};
  pooling.stride = {1, 2};
  const Shape pooled_shape = pool2d_output_shape(output_shape, pooling);
  Pool2dResult pooled;
  EXPECT_LE(bytes_of([&] { ASSERT_TRUE(pool2d_into(output, pooling, pooled, workspaces[3])); }),
            pool2d_bytes(pooled_shape, pooling.kind) + pool2d_scratch_bytes(output_shape, pooling));
  expect_pool_gradients_take_no_more_than_said(output_shape, pooling);
}

RC_GTEST_PROP(Memory, ComputationsTakeNoMoreThanWasSaid, ()) {
  const ConvCase c = draw_case({.size = 80, .kernel = 20, .channels = 3, .strides = true});
  expect_no_more_than_said(c.input, c.weight, c.options);
}

TEST(Memory, ComputationsAtTheLimitsOfTheirOptionsTakeNoMoreThanWasSaid) {
  Conv2dOptions padded;  // 17 x 17 cells, and thousands of padded ones under four rows of them
  padded.padding = {512, 512, 512, 512};
  padded.stride = {64, 64};
  expect_no_more_than_said({1, 1, 1, 1}, {1, 1, 1, 1}, padded);
  Conv2dOptions dilated;
  dilated.dilation = {32, 32};
  expect_no_more_than_said({1, 2, 400, 500}, {2, 2, 9, 9}, dilated);
  expect_no_more_than_said({1, 1, 400, 500}, {1, 1, 9, 9}, dilated);
  Conv2dOptions transposed;
  transposed.transposed = true;
  transposed.stride = {64, 64};
  expect_no_more_than_said({1, 2, 20, 30}, {2, 3, 5, 7}, transposed);
  transposed.stride = {300, 2};  // as many phases as their product
  expect_no_more_than_said({1, 1, 2, 3}, {1, 1, 3, 3}, transposed);
  expect_no_more_than_said({1, 1, 300, 400}, {1, 1, 31, 31}, {});
  expect_no_more_than_said({1, 1, 300, 400}, {64, 1, 15, 15}, {});
  Conv2dOptions copies;  // the ring of one kernel's padding, computed on its own
  copies.padding = {15, 15, 15, 15};
  copies.padding_mode = PaddingMode::kReflect;
  expect_no_more_than_said({1, 1, 700, 900}, {1, 1, 31, 31}, copies);
}

// Four rows of an output of 6 x 6 have 60,000 padded rows of 100,000 cells under them: 24 GB for
// each thread, which no test can take.
TEST(Memory, PaddedRowsOfALargeStrideAreCountedThoughTheOutputIsSmall) {
  Conv2dOptions options;
  options.padding = {50'000, 50'000, 50'000, 50'000};
  options.stride = {20'000, 20'000};
  EXPECT_EQ(conv2d_output_shape({1, 1, 1, 1}, {1, 1, 1, 1}, options), (Shape{1, 1, 6, 6}));
  EXPECT_GT(conv2d_scratch_bytes({1, 1, 1, 1}, {1, 1, 1, 1}, options), 20e9);
  options = {};
  options.transposed = true;
  options.stride = {Index{1} << 24, Index{1} << 24};
  EXPECT_GT(conv2d_scratch_bytes({1, 1, 1, 1}, {1, 1, 1, 1}, options), 1e15);
}

TEST(Stop, EveryPathSaysThatItWasStopped) {
  std::stop_source stop;
  stop.request_stop();
  const Tensor input = random_tensor({1, 1, 100, 100}, 1);
  const Tensor weight = random_tensor({1, 1, 9, 9}, 2);
  Tensor output(Shape{1, 1, 92, 92});
  Conv2dWorkspace workspace;
  for (const Conv2dPath path : kFastPaths)
    EXPECT_FALSE(correlate(input, weight, {}, {}, output, workspace, stop.get_token(), path))
        << name(path);
  Tensor grad_weight(weight.shape());
  EXPECT_FALSE(
      conv2d_grad_weight_into(input, output, {}, grad_weight, workspace, stop.get_token()));
  EXPECT_FALSE(conv2d_update_weight(input, Yx{0, 0}, 1.0f, {}, output, stop.get_token()));
}

}  // namespace
}  // namespace convscope::engine
