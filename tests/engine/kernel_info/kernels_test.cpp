#include "engine/kernel_info/kernels.h"

#include "engine/core/error.h"
#include "engine/core/patterns.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

double sum(const Tensor& t) {
  double result = 0.0;
  for (const float v : t.values())
    result += double{v};
  return result;
}

TEST(Kernels, EveryPresetIsMadeInTheSizeAskedFor) {
  for (const KernelPreset& preset : kernel_presets()) {
    const Tensor kernel = make_kernel(preset.name, {4, 7}, 3);
    EXPECT_GT(kernel.numel(), 0) << preset.name;
    if (preset.any_size) {
      EXPECT_EQ(kernel.shape(), (Shape{1, 1, 4, 7})) << preset.name;
    }
  }
  EXPECT_THROW(make_kernel("sobel", {3, 3}, 0), Error);
}

TEST(Kernels, BlursSumToOneAndSlopesToZero) {
  for (const char* name : {"identity", "box", "gaussian", "sharpen"}) {
    EXPECT_NEAR(sum(make_kernel(name, {5, 4}, 0)), 1.0, 1e-6) << name;
  }
  for (const char* name : {"edge [1, -1]", "sobel-x", "sobel-y", "prewitt-x", "prewitt-y",
                           "scharr-x", "scharr-y", "laplacian"}) {
    EXPECT_EQ(sum(make_kernel(name, {3, 3}, 0)), 0.0) << name;
  }
}

TEST(Kernels, SobelXIsSobelYTransposed) {
  EXPECT_EQ(transposed(make_kernel("sobel-x", {3, 3}, 0)), make_kernel("sobel-y", {3, 3}, 0));
}

TEST(Kernels, NotebooksTwo) {
  EXPECT_EQ(make_kernel("edge [1, -1]", {3, 3}, 0), Tensor::from_rows({{1, -1}}));
  EXPECT_EQ(make_kernel("0 1 2 3", {3, 3}, 0), Tensor::from_rows({{0, 1}, {2, 3}}));
}

TEST(Kernels, SlopesArePositiveFromDarkToLight) {
  const Tensor rising_x = Tensor::from_rows({{0, 1, 2}, {0, 1, 2}, {0, 1, 2}});
  for (const char* name : {"sobel-x", "prewitt-x", "scharr-x"})
    EXPECT_GT(conv2d(rising_x, make_kernel(name, {3, 3}, 0)).at(0, 0), 0.0f) << name;
  for (const char* name : {"sobel-y", "prewitt-y", "scharr-y"})
    EXPECT_GT(conv2d(transposed(rising_x), make_kernel(name, {3, 3}, 0)).at(0, 0), 0.0f) << name;
}

TEST(Kernels, GaussianOfAGivenWidth) {
  // exp(-(x² + y²) / 2) over its sum.
  const Tensor kernel = gaussian_kernel({3, 3}, 1.0);
  EXPECT_NEAR(kernel.at(0, 0), 0.07511361, 1e-7);
  EXPECT_NEAR(kernel.at(0, 1), 0.12384140, 1e-7);
  EXPECT_NEAR(kernel.at(1, 1), 0.20417996, 1e-7);
  const Tensor even = gaussian_kernel({2, 4}, 5.0);
  EXPECT_EQ(even.at(0, 1), even.at(1, 2));
  EXPECT_GT(even.at(0, 1), even.at(0, 0));
  EXPECT_EQ(gaussian_kernel({1, 1}), Tensor::from_rows({{1}}));
  EXPECT_THROW(gaussian_kernel({3, 3}, -1.0), Error);
}

TEST(Kernels, RefuseSizesOutOfRange) {
  for (const char* name : {"identity", "box", "gaussian", "random"}) {
    EXPECT_THROW(make_kernel(name, {0, 3}, 0), Error) << name;
    EXPECT_THROW(make_kernel(name, {3, 32}, 0), Error) << name;
    EXPECT_EQ(make_kernel(name, {31, 1}, 0).shape(), (Shape{1, 1, 31, 1})) << name;
  }
}

TEST(Kernels, IdentityLeavesThePictureAsItIs) {
  const Tensor picture = random_tensor({1, 1, 5, 6}, 3);
  for (const Yx size : {Yx{3, 3}, Yx{2, 4}, Yx{1, 5}}) {
    Conv2dOptions options;
    options.padding = same_padding(size, {1, 1});
    EXPECT_EQ(conv2d(picture, make_kernel("identity", size, 0), {}, options), picture);
  }
}

// The generator's published test vector for this seed.
TEST(Random, IsSplitMix64) {
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317u);
  EXPECT_EQ(random.next(), 3203168211198807973u);
  EXPECT_EQ(random.next(), 9817491932198370423u);
}

TEST(Random, UniformTakesTheUpperBits) {
  Random random(1234567);
  EXPECT_EQ(random.uniform(0.0f, 1.0f), 0.3500795364379883f);  // 5873360 / 2^24
  EXPECT_EQ(random.uniform(-1.0f, 1.0f), 2.0f * 0.1736440658569336f - 1.0f);
}

TEST(Kernels, RandomIsTheSameForASeedAndWithinPyTorchsRange) {
  const Tensor a = make_kernel("random", {3, 3}, 9);
  EXPECT_EQ(a, make_kernel("random", {3, 3}, 9));
  EXPECT_NE(a, make_kernel("random", {3, 3}, 10));
  for (const float v : a.values())
    EXPECT_LE(std::abs(v), 1.0f / 3.0f);
}

TEST(Kernels, TurnsAndFlips) {
  Tensor k = Tensor::from_rows({{1, 2, 3}, {4, 5, 6}});
  EXPECT_EQ(rotated(k), Tensor::from_rows({{4, 1}, {5, 2}, {6, 3}}));
  flip_both(k);
  EXPECT_EQ(k, Tensor::from_rows({{6, 5, 4}, {3, 2, 1}}));
  flip_horizontal(k);
  EXPECT_EQ(k, Tensor::from_rows({{4, 5, 6}, {1, 2, 3}}));
  flip_vertical(k);
  EXPECT_EQ(k, Tensor::from_rows({{1, 2, 3}, {4, 5, 6}}));
  negate(k);
  EXPECT_EQ(k, Tensor::from_rows({{-1, -2, -3}, {-4, -5, -6}}));
}

TEST(Kernels, NormaliseDividesByTheSumOrByTheMagnitudes) {
  Tensor blur = Tensor::from_rows({{1, 3}});
  normalise(blur);
  EXPECT_EQ(blur, Tensor::from_rows({{0.25f, 0.75f}}));
  Tensor slope = Tensor::from_rows({{1, -1}});
  normalise(slope);
  EXPECT_EQ(slope, Tensor::from_rows({{0.5f, -0.5f}}));
  Tensor zero = Tensor::from_rows({{0, 0}});
  normalise(zero);
  EXPECT_EQ(zero, Tensor::from_rows({{0, 0}}));
}

TEST(Kernels, ResizingKeepsTheCentre) {
  const Tensor k = Tensor::from_rows({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
  EXPECT_EQ(resized(k, {1, 1}), Tensor::from_rows({{5}}));
  EXPECT_EQ(resized(k, {1, 5}), Tensor::from_rows({{0, 4, 5, 6, 0}}));
  EXPECT_EQ(resized(resized(k, {5, 5}), {3, 3}), k);
  EXPECT_EQ(resized(k, {2, 2}), Tensor::from_rows({{5, 6}, {8, 9}}));
}

TEST(Patterns, AreOfTheSizeAskedForFromOneCellOn) {
  for (const std::string_view name : pattern_names()) {
    for (const Yx size : {Yx{1, 1}, Yx{1, 9}, Yx{64, 64}}) {
      EXPECT_EQ(make_pattern(name, size, 1).shape(), (Shape{1, 1, size.y, size.x})) << name;
    }
  }
  EXPECT_EQ(make_pattern("gradient", {1, 3}, 0), Tensor::from_rows({{0, 0.5f, 1}}));
  EXPECT_EQ(make_pattern("checkerboard", {2, 2}, 0), Tensor::from_rows({{1, 0}, {0, 1}}));
  EXPECT_EQ(make_pattern("noise", {3, 3}, 5), make_pattern("noise", {3, 3}, 5));
  EXPECT_THROW(make_pattern("plaid", {3, 3}, 0), Error);
  EXPECT_THROW(make_pattern("edge", {0, 3}, 0), Error);
}

TEST(Patterns, CircleIsRoundAndInTheMiddle) {
  const Tensor circle = make_pattern("circle", {16, 16}, 0);
  EXPECT_EQ(circle, transposed(circle));
  EXPECT_EQ(circle.at(8, 8), 1.0f);
  EXPECT_EQ(circle.at(0, 8), 0.0f);
  EXPECT_EQ(circle.at(3, 3), 0.0f);
  EXPECT_NEAR(sum(circle), 3.14159 * 6 * 6, 6.0);  // radius 3/8 of 16
}

TEST(Patterns, BarIsUprightInTheMiddle) {
  EXPECT_EQ(make_pattern("bar", {2, 8}, 0),
            Tensor::from_rows({{0, 0, 0, 1, 1, 0, 0, 0}, {0, 0, 0, 1, 1, 0, 0, 0}}));
}

}  // namespace
}  // namespace convscope::engine
