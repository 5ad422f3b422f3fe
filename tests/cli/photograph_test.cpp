// The main job on a real photograph: from the command line to the picture of the window.
#include <gmock/gmock.h>

#include <cmath>

#include "app/cli/names.h"
#include "app/files/picture.h"
#include "app/look/range.h"
#include "app/session/evaluator.h"
#include "engine/core/number_text.h"
#include "engine/kernel_info/kernels.h"
#include "engine/ops/conv2d_reference.h"
#include "tests/cli/process.h"

namespace convscope::cli {
namespace {

using ::testing::HasSubstr;

// test.sh fetches them.
std::string photo(const std::string& name) {
  const std::string path = std::string(CONVSCOPE_PHOTOS) + "/" + name;
  EXPECT_TRUE(std::filesystem::exists(path)) << path << " is missing; ./test.sh fetches it";
  return path;
}

Tensor sobel_reference(const Tensor& picture) {
  const Index channels = picture.shape().c;
  const Tensor weight = per_channel_weight(make_kernel("sobel-x", {3, 3}, 0), channels);
  Conv2dOptions options;
  options.groups = channels;
  return reference::conv2d(picture, weight, {}, options);
}

// As the program prints it.
std::string range_text(const Tensor& tensor) {
  const look::ValueRange range = look::finite_range(tensor.values());
  return number_text(static_cast<double>(range.lo), 5) + " to " +
         number_text(static_cast<double>(range.hi), 5);
}

// How well the colours of a square of the window (blue is negative, red positive) follow the values
// of `plane`: their correlation, at 20 x 20 places.
double correlation(const Tensor& window, const Tensor& plane, Index top, Index left, Index side) {
  constexpr Index kPlaces = 20;
  double n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (Index i = 0; i < kPlaces * kPlaces; ++i) {
    const Index y = (2 * (i / kPlaces) + 1) * side / (2 * kPlaces);
    const Index x = (2 * (i % kPlaces) + 1) * side / (2 * kPlaces);
    const double a = static_cast<double>(window.at(0, 0, top + y, left + x)) -
                     static_cast<double>(window.at(0, 2, top + y, left + x));
    const double b = static_cast<double>(plane.at(y, x));
    n += 1, sa += a, sb += b, saa += a * a, sbb += b * b, sab += a * b;
  }
  const double spread = (n * saa - sa * sa) * (n * sbb - sb * sb);
  return spread > 0.0 ? (n * sab - sa * sb) / std::sqrt(spread) : 0.0;
}

// The best of all squares in the window, right of its middle.
double best_correlation(const Tensor& window, const Tensor& output) {
  double best = 0.0;
  for (Index side = 310; side <= 345; ++side) {
    const Tensor plane = scaled(output, {side, side});
    for (Index top = 140; top <= 280; ++top) {
      for (Index left = 630; left <= 670; ++left)
        best = std::max(best, correlation(window, plane, top, left, side));
    }
  }
  return best;
}

TEST(Photograph, IsFilteredAsTheReferenceFiltersIt) {
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = make_kernel("sobel-x", {3, 3}, 0);
  for (const PictureColor color : {PictureColor::kGrey, PictureColor::kRgb}) {
    const Tensor picture = load_picture(photo("astronaut.png"), color);
    scene.input.tensor = std::make_shared<const Tensor>(picture);
    scene.input.color = color == PictureColor::kRgb;
    const Results results = evaluate(scene);
    ASSERT_NE(results.layers[0].output, nullptr) << results.layers[0].output_error;
    const Tensor expected = sobel_reference(picture);
    ASSERT_EQ(results.layers[0].output->shape(), expected.shape());
    for (std::size_t i = 0; i < expected.values().size(); ++i)
      ASSERT_NEAR(results.layers[0].output->values()[i], expected.values()[i], 1e-5f) << i;
  }
}

TEST(Photograph, IsShownWithItsFigures) {
  const TempFolder folder;
  const Ended ended = run_program(
      folder, {photo("camera.png"), "--kernel", "sobel-x", "--screenshot", "window.png"});
  ASSERT_EQ(ended.exit_code, 0) << ended.error;
  EXPECT_EQ(ended.error, "");
  const Tensor picture = load_picture(photo("camera.png"), PictureColor::kGrey);
  const Tensor output = sobel_reference(picture);
  EXPECT_THAT(ended.out, HasSubstr("Input:   512 × 512, values " + range_text(picture)));
  EXPECT_THAT(ended.out, HasSubstr("Output:  510 × 510, values " + range_text(output)));
  EXPECT_THAT(ended.out, HasSubstr("sobel-x"));
  EXPECT_THAT(ended.out, HasSubstr((folder.path() / "window.png").string()));

  const Tensor window = load_picture(folder / "window.png", PictureColor::kRgb);
  ASSERT_EQ(window.shape(), (Shape{1, 3, 720, 1280}));
  EXPECT_GT(best_correlation(window, output), 0.8);
  EXPECT_LT(best_correlation(window, transposed(output)), 0.5);  // and not by chance
}

TEST(Photograph, IsKeptInItsColors) {
  const TempFolder folder;
  const Ended ended = run_program(folder, {photo("astronaut.png"), "--rgb", "--kernel", "sobel-x",
                                           "--screenshot", "window.png"});
  ASSERT_EQ(ended.exit_code, 0) << ended.error;
  const Tensor picture = load_picture(photo("astronaut.png"), PictureColor::kRgb);
  EXPECT_THAT(ended.out, HasSubstr("values " + range_text(sobel_reference(picture))));
  EXPECT_THAT(ended.out, HasSubstr("Input:   3 × 512 × 512"));
}

struct WrongCall {
  std::vector<std::string> arguments;
  int exit_code;
  std::string message;
  std::vector<std::string> environment{};
};

TEST(Program, EndsWithACodeAndASentenceWhereItCannotStart) {
  const std::vector<WrongCall> calls = {
      {{"missing.png", "--screenshot", "w.png"}, 1, "missing.png"},
      {{"--kernel", "sobel-z", "--screenshot", "w.png"}, 2, "sobel-z"},
      {{"--no-such-option"}, 2, "--no-such-option"},
      {{"--size", "1x1", "--screenshot", "w.png"}, 2, "--size is \"1x1\""},
      {{"--screenshot", "none/w.png"}, 1, "none/w.png"},
      {{}, 3, "DISPLAY", {"DISPLAY=:4242"}},  // nobody listens there
      {{"--screenshot", "w.png"}, 3, "EGL", {"__EGL_VENDOR_LIBRARY_FILENAMES=/dev/null"}},
  };
  for (const WrongCall& call : calls) {
    SCOPED_TRACE(::testing::PrintToString(call.arguments));
    const TempFolder folder;
    const Ended ended = run_program(folder, call.arguments, call.environment);
    EXPECT_EQ(ended.exit_code, call.exit_code);
    EXPECT_THAT(ended.error, HasSubstr(call.message));
    EXPECT_TRUE(folder.names().empty());
  }
}

}  // namespace
}  // namespace convscope::cli
