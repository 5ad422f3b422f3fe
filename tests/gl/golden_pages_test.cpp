// Both pages and a lesson as a whole against stored pictures, in the sizes and the sizes of type
// that a lecture has. The stored ones are half as large, and compared in squares that are larger
// than what another version of Dear ImGui, Mesa or the font moves: what is missing, has another
// colour or stands elsewhere differs by more. CONVSCOPE_WRITE_GOLDEN=1 makes them anew, as in
// golden_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "app/files/scene_file.h"
#include "app/gl/frame.h"
#include "app/gl/heatmap_painter.h"
#include "app/lesson/find_lesson.h"
#include "app/platform/offscreen.h"
#include "app/program/app.h"
#include "app/ui/imgui_shim.h"
#include "tests/gl/golden.h"
#include "tests/gl/names.h"
#include "tests/test_folder.h"

namespace convscope::testing {
namespace {

// Of a stored picture, in pixels of the window.
constexpr int kStored = 2;
// The side of the squares that are compared, in pixels of a stored picture.
constexpr int kSquare = 4;
constexpr int kColorStep = 8;  // of 255, in which colours are stored

// Text that stands a pixel lower everywhere differs by 32 and 0.8 on average, a label that is
// missing by 90.
constexpr Tolerance kLooksTheSame{.maximum = 48, .mean = 1.0};
// Where both pictures have one colour in a whole square, it may differ by a step.
constexpr int kSameColor = kColorStep;

// The page, whether the room is dark, the window's size and the size of type.
using Look = std::tuple<Page, bool, std::pair<int, int>, float>;

std::string name_of(const Look& look) {
  const auto& [page, dark, size, font_scale] = look;
  return std::string(page == Page::kKernel ? "kernel" : "layers") + (dark ? "_dark_" : "_light_") +
         std::to_string(size.first) + "x" + std::to_string(size.second) + "_" +
         std::to_string(static_cast<int>(font_scale * 100.0f));
}

// A run whose numbers are exact in every processor's arithmetic.
Scene kernel_scene() {
  Scene scene = default_scene();
  first_layer(scene).conv.padding = {1, 1, 1, 1};
  scene.learning.start = Tensor::from_rows({{0.25f, 0.5f}});
  scene.learning.rate = 1.0f / 64.0f;
  return scene;
}

Scene layers_scene() {
  return load_scene(std::filesystem::path(test_folder()) / "../../assets/scenes/two-layers.json");
}

ViewSettings settings_of(const Look& look) {
  const auto& [page, dark, size, font_scale] = look;
  ViewSettings settings{.theme = dark ? SceneTheme::kDark : SceneTheme::kLight,
                        .font_scale = font_scale,
                        .page = page,
                        .reduced_motion = true};
  // Where the type is large, the row would take the place of the others.
  settings.kernel_cards.lower_open = settings.layers_cards.lower_open = font_scale < 1.5f;
  return settings;
}

// Draws the page after three steps of learning, with a cell of the output selected.
Picture drawn(const Look& look) {
  const auto& [page, dark, size, font_scale] = look;
  platform::Offscreen surface{{size.first, size.second}};
  gl::HeatmapPainter painter;
  const bool kernel = page == Page::kKernel;
  App app(
      painter, [] {}, kernel ? kernel_scene() : layers_scene(), settings_of(look));
  const auto frames = [&](int count) {
    for (int i = 0; i < count; ++i)
      surface.frame(app);
  };
  const auto point_at = [&](ImVec2 at) {
    ui::inject_mouse_pos(ImGui::GetIO(), at);
    frames(2);
  };
  app.settle();
  frames(4);
  if (kernel) {
    const auto plane = app.surface().items().find("output/plane");
    for (int step = 0; step < 3 && settings_of(look).kernel_cards.lower_open; ++step)
      app.perform(TrainingCommand::kStep);
    app.settle();
    frames(4);
    if (const auto now = app.surface().items().find("output/plane"); plane && now) {
      point_at({now->min.x + (now->max.x - now->min.x) * 2.5f / 9.0f,
                now->min.y + (now->max.y - now->min.y) * 3.5f / 8.0f});
      for (const bool down : {true, false}) {
        ui::inject_mouse_button(ImGui::GetIO(), 0, down);
        frames(2);
      }
    }
  }
  point_at({2.0f, static_cast<float>(size.second) - 2.0f});
  app.settle();
  frames(6);
  return {gl::read_pixels(size.first, size.second), size.first, size.second};
}

// Rounds colours to a few steps, in which pictures are stored in half as many bytes.
Picture in_steps(Picture picture) {
  for (std::uint8_t& value : picture.pixels)
    value = static_cast<std::uint8_t>(
        std::min(255, (value + kColorStep / 2) / kColorStep * kColorStep));
  return picture;
}

// Returns the colour of a square if all of it has one.
std::optional<std::array<int, 3>> flat_color(const Picture& picture, int row, int column) {
  std::array<int, 3> color{};
  for (int i = 0; i < kSquare * kSquare; ++i) {
    const int y = row * kSquare + i / kSquare;
    const int x = column * kSquare + i % kSquare;
    const auto at = static_cast<std::size_t>((y * picture.width + x) * 4);
    const std::array<int, 3> here{picture.pixels[at], picture.pixels[at + 1],
                                  picture.pixels[at + 2]};
    if (i > 0 && here != color) return std::nullopt;
    color = here;
  }
  return color;
}

// Returns a square that has one colour in each picture, but not the same; empty if there is none.
std::string differing_color(const Picture& actual, const Picture& expected) {
  for (int row = 0; row < expected.height / kSquare; ++row) {
    for (int column = 0; column < expected.width / kSquare; ++column) {
      const auto a = flat_color(actual, row, column);
      const auto b = flat_color(expected, row, column);
      if (!a || !b) continue;
      for (std::size_t c = 0; c < 3; ++c) {
        if (std::abs((*a)[c] - (*b)[c]) > kSameColor)
          return "the colour in row " + std::to_string(row) + ", column " + std::to_string(column) +
                 ": " + std::to_string((*a)[c]) + " instead of " + std::to_string((*b)[c]) +
                 " in channel " + std::to_string(c);
      }
    }
  }
  return "";
}

void expect_as_stored(const Picture& picture, const std::string& name) {
  const Picture actual = in_steps(reduced(picture, kStored));
  if (writes_golden()) {
    store_picture(actual, name);
    return;
  }
  const Picture expected = stored_picture(name);
  ASSERT_EQ(actual.width, expected.width);
  ASSERT_EQ(actual.height, expected.height);
  EXPECT_EQ(differing_color(actual, expected), "") << name;
  const Picture squares = reduced(actual, kSquare);
  EXPECT_TRUE(
      similar(squares.pixels, reduced(expected, kSquare).pixels, squares.width, kLooksTheSame))
      << name << ", in squares of " << kStored * kSquare << " pixels of the window";
}

class GoldenPage : public ::testing::TestWithParam<Look> {};

TEST_P(GoldenPage, LooksAsStored) {
  expect_as_stored(drawn(GetParam()), "page_" + name_of(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(
    Window, GoldenPage,
    ::testing::Combine(::testing::Values(Page::kKernel, Page::kLayers), ::testing::Bool(),
                       ::testing::Values(std::pair{1024, 768}, std::pair{1280, 720},
                                         std::pair{1920, 1080}),
                       ::testing::Values(1.0f, 1.5f, 2.0f)),
    [](const ::testing::TestParamInfo<Look>& look) { return name_of(look.param); });

// A lesson in a window, or presented in a hall: the look and the window's size.
struct LessonLookCase {
  const char* name;
  SceneTheme theme;
  std::pair<int, int> size;
  bool presenting = false;
};

// Draws the lesson's second step, with its question open.
Picture drawn_lesson(const LessonLookCase& look) {
  platform::Offscreen surface{{look.size.first, look.size.second}};
  gl::HeatmapPainter painter;
  App app(painter, [] {}, default_scene(), {.theme = look.theme, .reduced_motion = true});
  app.perform(ShowLesson{std::make_shared<const lesson::Lesson>(
                             lesson::read_shipped(lesson::find_shipped("cross-correlation"))),
                         1});
  if (look.presenting) app.perform(ViewCommand::kTogglePresentation);
  ui::inject_mouse_pos(ImGui::GetIO(), {2.0f, 2.0f});
  app.settle();
  for (int i = 0; i < 8; ++i)
    surface.frame(app);
  return {gl::read_pixels(look.size.first, look.size.second), look.size.first, look.size.second};
}

class GoldenLesson : public ::testing::TestWithParam<LessonLookCase> {};

TEST_P(GoldenLesson, LooksAsStored) {
  expect_as_stored(drawn_lesson(GetParam()), std::string("lesson_") + GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Window, GoldenLesson,
    ::testing::Values(LessonLookCase{"light_1024x768", SceneTheme::kLight, {1024, 768}},
                      LessonLookCase{"light_1280x720", SceneTheme::kLight, {1280, 720}},
                      LessonLookCase{"light_1920x1080", SceneTheme::kLight, {1920, 1080}},
                      LessonLookCase{"dark_1024x768", SceneTheme::kDark, {1024, 768}},
                      LessonLookCase{"dark_1280x720", SceneTheme::kDark, {1280, 720}},
                      LessonLookCase{"dark_1920x1080", SceneTheme::kDark, {1920, 1080}},
                      LessonLookCase{"hall_1280x720", SceneTheme::kProjector, {1280, 720}, true}),
    [](const ::testing::TestParamInfo<LessonLookCase>& look) {
      return std::string(look.param.name);
    });

// A scene that shows its gradients.
struct BackwardCase {
  const char* scene;
  SceneTheme theme;
};

Picture drawn_backward(const BackwardCase& look) {
  constexpr std::pair kSize{1280, 720};
  platform::Offscreen surface{{kSize.first, kSize.second}};
  gl::HeatmapPainter painter;
  const std::filesystem::path scenes = std::filesystem::path(test_folder()) / "../../assets/scenes";
  App app(painter, [] {}, load_scene(scenes / (std::string(look.scene) + ".json")),
          {.theme = look.theme, .reduced_motion = true, .backward = true});
  ui::inject_mouse_pos(ImGui::GetIO(), {2.0f, 2.0f});
  app.settle();
  for (int i = 0; i < 8; ++i)
    surface.frame(app);
  return {gl::read_pixels(kSize.first, kSize.second), kSize.first, kSize.second};
}

class GoldenBackward : public ::testing::TestWithParam<BackwardCase> {};

TEST_P(GoldenBackward, LooksAsStored) {
  const bool dark = GetParam().theme == SceneTheme::kDark;
  expect_as_stored(drawn_backward(GetParam()),
                   std::string("backward_") + GetParam().scene + (dark ? "_dark" : "_light"));
}

INSTANTIATE_TEST_SUITE_P(Window, GoldenBackward,
                         ::testing::Values(BackwardCase{"spread-gradient", SceneTheme::kLight},
                                           BackwardCase{"spread-gradient", SceneTheme::kDark},
                                           BackwardCase{"relu-mask", SceneTheme::kLight},
                                           BackwardCase{"relu-mask", SceneTheme::kDark}),
                         [](const ::testing::TestParamInfo<BackwardCase>& look) {
                           std::string name = look.param.scene;
                           name[name.find('-')] = '_';
                           return name +
                                  (look.param.theme == SceneTheme::kDark ? "_dark" : "_light");
                         });

}  // namespace
}  // namespace convscope::testing
