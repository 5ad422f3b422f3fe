#include "engine/ops/input_edits.h"

#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/kernel_info/kernels.h"
#include "engine/ops/conv2d.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

const Tensor kRows = Tensor::from_rows({{1, 2, 3}, {4, 5, 6}});

TEST(Shifted, FillsWithZerosTheEdgeOrWhatGoesOut) {
  EXPECT_EQ(shifted(kRows, {0, 1}, ShiftFill::kZero), Tensor::from_rows({{0, 1, 2}, {0, 4, 5}}));
  EXPECT_EQ(shifted(kRows, {0, 1}, ShiftFill::kEdge), Tensor::from_rows({{1, 1, 2}, {4, 4, 5}}));
  EXPECT_EQ(shifted(kRows, {0, 1}, ShiftFill::kWrap), Tensor::from_rows({{3, 1, 2}, {6, 4, 5}}));
  EXPECT_EQ(shifted(kRows, {-1, 0}, ShiftFill::kZero), Tensor::from_rows({{4, 5, 6}, {0, 0, 0}}));
  EXPECT_EQ(shifted(kRows, {-1, 0}, ShiftFill::kEdge), Tensor::from_rows({{4, 5, 6}, {4, 5, 6}}));
  EXPECT_EQ(shifted(kRows, {9, -9}, ShiftFill::kZero), Tensor(kRows.shape()));
  EXPECT_EQ(shifted(kRows, {1, -1}, ShiftFill::kWrap), Tensor::from_rows({{5, 6, 4}, {2, 3, 1}}));
}

// The definition, cell by cell: the result at (y, x) is the input at (y - by.y, x - by.x).
Tensor shifted_reference(const Tensor& x, Yx by, ShiftFill fill) {
  const Shape& s = x.shape();
  Tensor result(s);
  for (Index n = 0; n < s.n; ++n)
    for (Index c = 0; c < s.c; ++c)
      for (Index v = 0; v < s.h; ++v)
        for (Index u = 0; u < s.w; ++u) {
          Index y = v - by.y;
          Index z = u - by.x;
          if (fill == ShiftFill::kEdge) {
            y = std::clamp<Index>(y, 0, s.h - 1);
            z = std::clamp<Index>(z, 0, s.w - 1);
          }
          while (fill == ShiftFill::kWrap && y < 0)
            y += s.h;
          while (fill == ShiftFill::kWrap && z < 0)
            z += s.w;
          while (fill == ShiftFill::kWrap && y >= s.h)
            y -= s.h;
          while (fill == ShiftFill::kWrap && z >= s.w)
            z -= s.w;
          const bool inside = y >= 0 && y < s.h && z >= 0 && z < s.w;
          result.at(n, c, v, u) = inside ? x.at(n, c, y, z) : 0.0f;
        }
  return result;
}

RC_GTEST_PROP(Shifted, IsItsDefinition, ()) {
  const Tensor x = random_tensor({pick(1, 2), pick(1, 3), pick(1, 7), pick(1, 9)}, 1);
  const Yx by{pick(-12, 12), pick(-20, 20)};
  const auto fill = static_cast<ShiftFill>(pick(0, 2));
  RC_ASSERT(shifted(x, by, fill) == shifted_reference(x, by, fill));
}

RC_GTEST_PROP(Shifted, BackAgainWithWrapIsTheSame, ()) {
  const Tensor x = random_tensor({1, pick(1, 3), pick(1, 7), pick(1, 9)}, 2);
  const Yx by{pick(-12, 12), pick(-20, 20)};
  RC_ASSERT(shifted(shifted(x, by, ShiftFill::kWrap), {-by.y, -by.x}, ShiftFill::kWrap) == x);
}

// Equivariance: away from the border the convolution of the shifted input is the shifted
// convolution. All numbers are small and whole, so that no rounding differs.
RC_GTEST_PROP(Shifted, CommutesWithConvolutionAwayFromTheBorders, ()) {
  const Index h = pick(6, 9);
  const Index w = pick(6, 12);
  Tensor x = random_tensor({1, 1, h, w}, 3, -9.0f, 9.0f);
  Tensor k = random_tensor({1, 1, pick(1, 3), pick(1, 3)}, 4, -9.0f, 9.0f);
  for (Tensor* tensor : {&x, &k})
    for (float& value : tensor->values())
      value = std::round(value);
  const Yx by{pick(-2, 2), pick(-2, 2)};
  const auto fill = static_cast<ShiftFill>(pick(0, 2));
  const Tensor before = conv2d(x, k);
  const Tensor now = conv2d(shifted(x, by, fill), k);
  const Shape& s = before.shape();
  for (Index y = 0; y < s.h; ++y) {
    for (Index z = 0; z < s.w; ++z) {
      const Yx to{y + by.y, z + by.x};
      if (to.y < 0 || to.y >= s.h || to.x < 0 || to.x >= s.w) continue;
      RC_ASSERT(now.at(to.y, to.x) == before.at(y, z));
    }
  }
}

RC_GTEST_PROP(Rotated, FourTimesIsTheSame, ()) {
  const Tensor x = random_tensor({1, pick(1, 3), pick(1, 7), pick(1, 9)}, 5);
  RC_ASSERT(rotated(rotated(rotated(rotated(x)))) == x);
}

TEST(Scale, MultipliesAndAdds) {
  Tensor x = kRows;
  scale(x, -2.0f, 1.0f);
  EXPECT_EQ(x, Tensor::from_rows({{-1, -3, -5}, {-7, -9, -11}}));
}

TEST(Scale, RefusesWhatIsNoLongerFinite) {
  Tensor x = Tensor::from_rows({{1, 1e20f}});
  EXPECT_THROW(scale(x, 1e30f, 0.0f), Error);
  Tensor infinite = Tensor::from_rows({{std::numeric_limits<float>::infinity(), 1}});
  scale(infinite, 2.0f, 0.0f);
  EXPECT_EQ(infinite, Tensor::from_rows({{std::numeric_limits<float>::infinity(), 2}}))
      << "what was infinite before is no error";
}

TEST(AddNoise, IsTheSameForASeed) {
  Tensor zeros({1, 1, 1, 3});
  add_noise(zeros, 1.0, 7);
  // Computed in Python from SplitMix64 and the formula of Box and Muller.
  const Tensor expected = Tensor::from_rows({{-0.773230314f, -1.76424837f, -1.66893601f}});
  for (Index x = 0; x < 3; ++x)
    EXPECT_FLOAT_EQ(zeros.at(0, x), expected.at(0, x));
  Tensor a = kRows;
  Tensor b = kRows;
  add_noise(a, 0.5, 7);
  add_noise(b, 0.5, 7);
  EXPECT_EQ(a, b);
  Tensor other = kRows;
  add_noise(other, 0.5, 8);
  EXPECT_NE(a, other);
  EXPECT_NE(a, kRows);
}

TEST(AddNoise, HasItsMeanAndDeviation) {
  Tensor x({1, 1, 200, 200});
  add_noise(x, 2.0, 1);
  double sum = 0.0;
  double squares = 0.0;
  for (const float value : x.values()) {
    sum += static_cast<double>(value);
    squares += static_cast<double>(value) * static_cast<double>(value);
  }
  EXPECT_NEAR(sum / 40000, 0.0, 0.05);
  EXPECT_NEAR(std::sqrt(squares / 40000), 2.0, 0.05);
}

TEST(AddNoise, RefusesWhatIsNoLongerFinite) {
  Tensor x({1, 1, 8, 8}, 3.4e38f);
  EXPECT_THROW(add_noise(x, 1e38, 1), Error);
}

TEST(Threshold, GivesOneFromTheLimitOn) {
  Tensor x = Tensor::from_rows({{-1, 0.4999f, 0.5f, 7, std::numeric_limits<float>::quiet_NaN()}});
  threshold(x, 0.5f);
  EXPECT_EQ(x.at(0, 0), 0.0f);
  EXPECT_EQ(x.at(0, 1), 0.0f);
  EXPECT_EQ(x.at(0, 2), 1.0f);
  EXPECT_EQ(x.at(0, 3), 1.0f);
  EXPECT_TRUE(std::isnan(x.at(0, 4)));
}

}  // namespace
}  // namespace convscope::engine
