// The frequency response against numpy's FFT, against waves that are convolved, and known kernels.
#include "engine/kernel_info/frequency_response.h"

#include <numbers>

#include "engine/kernel_info/kernel_analysis.h"
#include "engine/kernel_info/kernels.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/fixture.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

class RecordedResponse : public testing::TestWithParam<FixtureCase> {};

TEST_P(RecordedResponse, IsNumpysFft) {
  const nlohmann::json& json = GetParam().json;
  const Yx size = fixture_yx(json.at("size"));
  const Tensor actual = frequency_response(fixture_tensor(json.at("weight")), size);
  std::vector<float> expected;
  for (const nlohmann::json& value : json.at("response"))
    expected.push_back(value.get<float>());
  EXPECT_LT(difference(actual, Tensor({1, 1, size.y, size.x}, expected), 1e-9), 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Numpy, RecordedResponse, testing::ValuesIn(load_fixture("kernels.json")),
                         [](const auto& kernel) { return kernel.param.name; });

Tensor arbitrary_kernel() {
  return random_tensor({1, 1, pick(1, 9), pick(1, 9)}, static_cast<std::uint64_t>(pick(0, 1000)));
}

RC_GTEST_PROP(FrequencyProperty, AtZeroItIsTheSum, ()) {
  const Tensor kernel = arbitrary_kernel();
  const double sum = std::abs(kernel_facts(kernel).sum);
  const Yx size{pick(1, 20), pick(1, 20)};
  const Tensor response = frequency_response(kernel, size);
  RC_ASSERT(std::abs(static_cast<double>(response.at(size.y / 2, size.x / 2)) - sum) < 1e-6);
  const Tensor picture = frequency_picture(kernel, 8);
  RC_ASSERT(std::abs(static_cast<double>(picture.at(8, 8)) - sum) < 1e-6);
  RC_ASSERT(std::abs(summarize_frequencies(kernel).at_zero - sum) < 1e-6);
}

RC_GTEST_PROP(FrequencyProperty, AFlippedKernelHasTheSameAndOppositeFrequenciesAreAlike, ()) {
  Tensor kernel = arbitrary_kernel();
  const Tensor picture = frequency_picture(kernel, 6);
  for (Index y = 0; y < 13; ++y)
    for (Index x = 0; x < 13; ++x)
      RC_ASSERT(std::abs(picture.at(y, x) - picture.at(12 - y, 12 - x)) < 1e-5f);
  flip_both(kernel);
  RC_ASSERT(difference_of_units(frequency_picture(kernel, 6), picture) < 1e-6);
}

// What the picture of frequencies says is what conv2d does to a wave: its amplitude, found from two
// phases a quarter of a period apart.
RC_GTEST_PROP(FrequencyProperty, IsWhatAWaveIsMultipliedBy, ()) {
  const Tensor kernel = arbitrary_kernel();
  Conv2dOptions options;
  options.dilation = {pick(1, 3), pick(1, 3)};
  const Index half = 8;
  const Yx place{pick(0, 2 * half), pick(0, 2 * half)};
  const double fy = static_cast<double>(place.y - half) / (2.0 * half);
  const double fx = static_cast<double>(place.x - half) / (2.0 * half);
  const auto wave = [&](double phase) {
    Tensor input(Shape{1, 1, 30, 30});
    for (Index y = 0; y < 30; ++y)
      for (Index x = 0; x < 30; ++x)
        input.at(y, x) = static_cast<float>(std::cos(
            2.0 * std::numbers::pi * (fy * static_cast<double>(y) + fx * static_cast<double>(x)) +
            phase));
    return static_cast<double>(conv2d(input, kernel, {}, options).at(0, 0));
  };
  const double amplitude = std::hypot(wave(0.0), wave(std::numbers::pi / 2.0));
  const auto response =
      static_cast<double>(frequency_picture(kernel, half, options.dilation).at(place.y, place.x));
  RC_ASSERT(std::abs(response - amplitude) < 1e-5);
}

TEST(Frequencies, ThePictureIsTheTransformWithItsLastRowAndColumn) {
  const Tensor kernel = make_kernel("emboss", {3, 3}, 0);
  const Tensor response = frequency_response(kernel, {16, 16});
  const Tensor picture = frequency_picture(kernel, 8);
  for (Index y = 0; y <= 16; ++y)
    for (Index x = 0; x <= 16; ++x)
      EXPECT_NEAR(picture.at(y, x), response.at(y % 16, x % 16), 1e-6) << y << ' ' << x;
}

TEST(Frequencies, ABoxPassesLowOnesAndNoneThatFitsInto) {
  const Tensor box = make_kernel("box", {4, 4}, 0);
  const FrequencySummary s = summarize_frequencies(box);
  EXPECT_EQ(s.band, Band::kLow);
  EXPECT_DOUBLE_EQ(s.at_zero, 1.0);
  EXPECT_DOUBLE_EQ(s.largest, 1.0);
  EXPECT_EQ(s.at_half, 0.0);
  EXPECT_EQ(s.smallest, 0.0) << "a period of four cells sums to 0 in it, exactly";
  EXPECT_EQ(s.peak_y, 0.0);
  EXPECT_EQ(s.peak_x, 0.0);
}

TEST(Frequencies, SobelPassesABandAndNoConstantAreas) {
  // 4 (of 1 2 1 at 0) times 2 sin(2π fx) (of -1 0 1), largest at a quarter.
  const FrequencySummary s = summarize_frequencies(make_kernel("sobel-x", {3, 3}, 0));
  EXPECT_EQ(s.band, Band::kMiddle);
  EXPECT_EQ(s.at_zero, 0.0);
  EXPECT_DOUBLE_EQ(s.largest, 8.0);
  EXPECT_EQ(s.peak_y, 0.0);
  EXPECT_EQ(s.peak_x, 0.25);
}

TEST(Frequencies, TheNotebooksEdgePassesHighOnes) {
  const FrequencySummary s = summarize_frequencies(Tensor::from_rows({{1, -1}}));
  EXPECT_EQ(s.band, Band::kHigh);
  EXPECT_EQ(s.at_zero, 0.0);
  EXPECT_DOUBLE_EQ(s.largest, 2.0);
  EXPECT_EQ(s.peak_y, 0.0);
  EXPECT_EQ(s.peak_x, 0.5);
}

TEST(Frequencies, SharpeningAmplifiesTheHighestByNine) {
  const FrequencySummary s = summarize_frequencies(make_kernel("sharpen", {3, 3}, 0));
  EXPECT_EQ(s.band, Band::kHigh);
  EXPECT_DOUBLE_EQ(s.at_zero, 1.0);
  EXPECT_DOUBLE_EQ(s.at_half, 9.0);
  EXPECT_DOUBLE_EQ(s.largest, 9.0);
  EXPECT_EQ(s.peak_y, 0.5);
  EXPECT_EQ(s.peak_x, 0.5);
}

TEST(Frequencies, ADilationBringsTheBandDownAndRepeatsIt) {
  const FrequencySummary s = summarize_frequencies(make_kernel("sobel-x", {3, 3}, 0), {1, 2});
  EXPECT_EQ(s.band, Band::kMiddle);
  EXPECT_DOUBLE_EQ(s.largest, 8.0);
  EXPECT_EQ(s.peak_x, 0.125);
  EXPECT_TRUE(s.repeats);
  const FrequencySummary box = summarize_frequencies(make_kernel("box", {3, 3}, 0), {2, 2});
  EXPECT_NEAR(box.at_half, 1.0, 1e-6) << "cells of alternating sign look constant to it";
}

TEST(Frequencies, AShiftPassesAllAndZerosNone) {
  EXPECT_EQ(summarize_frequencies(Tensor::from_rows({{0, 0}, {0, -2}})).band, Band::kAll);
  EXPECT_EQ(summarize_frequencies(Tensor(Shape{1, 1, 3, 3})).band, Band::kNothing);
}

}  // namespace
}  // namespace convscope::engine
