// Parts of the window, drawn off screen by the software renderer, against stored pictures. They are
// there beside the comparisons with the CPU's pictures to show what a person would see: the ring
// with its values, the hatching with its numbers, the sweep with its window. After a change of the
// looks that is wanted, CONVSCOPE_WRITE_GOLDEN=1 build/test/tests/gl/gl_tests
// --gtest_filter='*Golden*' makes them anew; look at them before they are kept.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "app/gl/frame.h"
#include "app/gl/heatmap_painter.h"
#include "app/platform/offscreen.h"
#include "app/program/app.h"
#include "app/ui/imgui_shim.h"
#include "tests/gl/golden.h"
#include "tests/gl/names.h"

namespace convscope::testing {
namespace {

// As the program's --screenshot draws it.
class GoldenWindow {
 public:
  explicit GoldenWindow(const Scene& scene, bool dark = false)
      : app_(
            painter_, [] {}, scene, settings_of(scene, dark)) {
    app_.settle();
    frames(6);
  }
  void settle() {
    app_.settle();
    frames(6);
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i)
      surface_.frame(app_);
  }
  void key(ui::Key key) {
    for (const bool down : {true, false}) {
      ui::inject_key(ImGui::GetIO(), key, down);
      frames(2);
    }
  }
  // The part of the window that an item takes.
  Picture part(const std::string& item) const {
    const auto found = app_.surface().items().find(item);
    if (!found) {
      ADD_FAILURE() << "no item \"" << item << "\" was drawn";
      return {};
    }
    const Pixels all = gl::read_pixels(kSize.width, kSize.height);
    const int left = static_cast<int>(std::floor(found->min.x));
    const int top = static_cast<int>(std::floor(found->min.y));
    Picture part;
    part.width = static_cast<int>(std::ceil(found->max.x)) - left;
    part.height = static_cast<int>(std::ceil(found->max.y)) - top;
    for (int y = top; y < top + part.height; ++y) {
      const auto from = all.begin() + (std::ptrdiff_t{y} * kSize.width + left) * 4;
      part.pixels.insert(part.pixels.end(), from, from + std::ptrdiff_t{part.width} * 4);
    }
    return part;
  }

 private:
  static ViewSettings settings_of(const Scene& scene, bool dark) {
    ViewSettings settings{.theme = dark ? SceneTheme::kDark : SceneTheme::kLight,
                          .reduced_motion = true};
    if (scene.look.tab) {
      settings.learning_tab = *scene.look.tab;
      settings.kernel_cards.lower_open = true;
    }
    return settings;
  }

  static constexpr platform::PixelSize kSize{1280, 720};
  platform::Offscreen surface_{kSize};  // first: the painter needs its context
  gl::HeatmapPainter painter_;
  App app_;
};

// Texts may be a little bolder or finer with another rasterizer or version of the font (68 with
// Inter 4); what is missing or elsewhere differs by more, or in many pixels.
constexpr Tolerance kLooksTheSame{.maximum = 96, .mean = 0.5};

// Another version of Dear ImGui may leave the plane, which is in the middle, a little more room.
constexpr int kOtherSize = 2;

std::vector<std::uint8_t> middle(const Picture& picture, int width, int height) {
  std::vector<std::uint8_t> pixels;
  const int left = (picture.width - width) / 2, top = (picture.height - height) / 2;
  for (int y = top; y < top + height; ++y) {
    const auto from = picture.pixels.begin() + (std::ptrdiff_t{y} * picture.width + left) * 4;
    pixels.insert(pixels.end(), from, from + std::ptrdiff_t{width} * 4);
  }
  return pixels;
}

void expect_golden(const Picture& actual, const std::string& name) {
  if (writes_golden()) {
    store_picture(actual, name);
    return;
  }
  const Picture expected = stored_picture(name);
  ASSERT_NEAR(actual.width, expected.width, kOtherSize) << name;
  ASSERT_NEAR(actual.height, expected.height, kOtherSize) << name;
  const int width = std::min(actual.width, expected.width);
  const int height = std::min(actual.height, expected.height);
  EXPECT_TRUE(
      similar(middle(actual, width, height), middle(expected, width, height), width, kLooksTheSame))
      << name;
}

Scene padded_scene() {
  Scene scene = default_scene();
  first_layer(scene).conv.padding = {1, 2, 1, 2};
  return scene;
}

TEST(Golden, PaddingRing) {
  Scene scene = padded_scene();
  scene.input.tensor =
      std::make_shared<const Tensor>(Tensor::from_rows({{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 0, 1, 2}}));
  scene.input.name = "drawn";
  expect_golden(GoldenWindow(scene).part("input"), "ring-zeros");
  first_layer(scene).conv.padding_mode = PaddingMode::kReflect;
  expect_golden(GoldenWindow(scene, true).part("input"), "ring-reflect-dark");
}

Scene momentum_scene(LearningTab tab) {
  Scene scene = default_scene();
  scene.learning.start = Tensor::from_rows({{0.25f, 0.5f}});
  scene.learning.optimizer = OptimizerKind::kMomentum;
  scene.learning.rate = 1.0f / 128.0f;
  scene.look.tab = tab;
  return scene;
}

TEST(Golden, MomentumMap) {
  expect_golden(GoldenWindow(momentum_scene(LearningTab::kMomentum)).part("card/error"),
                "momentum-map");
  expect_golden(GoldenWindow(momentum_scene(LearningTab::kMomentum), true).part("card/error"),
                "momentum-map-dark");
}

TEST(Golden, DirectionsOfARun) {
  GoldenWindow window(momentum_scene(LearningTab::kDirections));
  for (int i = 0; i < 6; ++i)
    window.key(ui::Key::kS);
  window.settle();
  expect_golden(window.part("card/error"), "directions");
}

TEST(Golden, Hatching) {
  Scene scene = padded_scene();
  first_layer(scene).conv.stride = {2, 3};
  expect_golden(GoldenWindow(scene).part("input"), "hatching");
}

TEST(Golden, SweepHalfWay) {
  GoldenWindow window(default_scene());
  window.key(ui::Key::kW);  // begins
  window.key(ui::Key::kW);  // rests
  for (int row = 0; row < 3; ++row)
    window.key(ui::Key::kDown);
  expect_golden(window.part("input"), "sweep-input");
  expect_golden(window.part("output"), "sweep-output");
}

}  // namespace
}  // namespace convscope::testing
