// Input, kernel and output stay in view together with the sentence below them: in every window from
// 800 x 600, in every size of type, whatever else is unfolded or open.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "app/program/surface.h"
#include "tests/app/hall.h"
#include "tests/app/lesson_window.h"
#include "tests/random_tensor.h"

namespace convscope::program {
namespace {

using ui::Key;

const std::vector<std::pair<int, int>> kSizes = {
    {800, 600}, {1024, 768}, {1280, 720}, {1920, 1080}};

class EverySize : public testing::TestWithParam<std::tuple<std::pair<int, int>, float>> {
 protected:
  static ImVec2 size() {
    const auto& [width, height] = std::get<0>(GetParam());
    return {static_cast<float>(width), static_cast<float>(height)};
  }
  static float font_scale() { return std::get<1>(GetParam()); }

  // Expects the planes in their cards, of a size in which they can be looked at.
  static void expect_planes(const AppHarness& h, const std::vector<std::string>& planes,
                            float share = 1.0f) {
    for (const std::string& plane : planes) {
      ASSERT_TRUE(h.has(plane)) << plane;
      const auto at = h.rect(plane);
      const float longer = std::max(at.max.x - at.min.x, at.max.y - at.min.y);
      EXPECT_GE(longer, share * 0.11f * size().y) << plane;
      EXPECT_GE(longer, share * 40.0f * h.app().surface().theme().scale) << plane;
    }
  }

  // Expects the cards and the explanation in the window, none over another.
  static void expect_apart(const AppHarness& h, const std::vector<std::string>& cards) {
    std::vector<std::string> parts = {"explanation"};
    for (const auto& [name, rect] : h.app().surface().items().all()) {
      if (name.starts_with("card/") || name == "inspector" || name == "top-bar" ||
          name == "lower/handle")
        parts.push_back(name);
    }
    for (const std::string& card : cards)
      EXPECT_TRUE(h.has(card)) << card;
    const bool scrolls = h.app().view().cards().lower_open;
    const float bottom = scrolls ? h.rect("lower/handle").max.y : size().y;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto a = h.rect(parts[i]);
      if (a.min.y > bottom) continue;  // of the row that scrolls
      EXPECT_TRUE(inside(a, {{0, 0}, size()})) << parts[i];
      for (std::size_t j = i + 1; j < parts.size(); ++j)
        EXPECT_TRUE(apart(a, h.rect(parts[j]))) << parts[i] << " and " << parts[j];
    }
  }

  static void expect_equation(AppHarness& h) {
    expect_apart(h, {"card/input", "card/kernel"});
    expect_planes(h, {"input/plane", "kernel/weight"});
    for (const Card card : {Card::kOutput, Card::kPooled}) {
      h.app().perform(SelectCard{card});
      h.frame(3);
      const std::string name = card == Card::kOutput ? "output" : "pooled";
      expect_apart(h, {"card/" + name});
      expect_planes(h, {name + "/plane"});
    }
  }
};

TEST_P(EverySize, KeepsTheEquationInView) {
  Hall h(size(), font_scale());
  expect_equation(h);
}

TEST_P(EverySize, KeepsItBesideTheLearning) {
  Hall h(size(), font_scale());
  h.key(Key::kS);
  h.settle();
  ASSERT_TRUE(h.app().view().cards().lower_open);
  expect_equation(h);
}

TEST_P(EverySize, KeepsAPhotograph) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 96, 128}, 3));
  Hall h(size(), font_scale(), scene);
  expect_equation(h);
  h.key(Key::kT);
  h.frame(3);
  expect_equation(h);
}

TEST_P(EverySize, KeepsTheLayers) {
  Hall h(size(), font_scale());
  h.key(Key::kL);
  h.settle();
  for (const bool open : {false, true}) {
    if (open) {
      h.key(Key::kT);
      h.frame(3);
    }
    expect_apart(h, {"card/layer-input", "card/layer-filters", "card/layer-maps"});
    expect_planes(h, {"maps/0"}, 0.7f);  // a label stands below a map
  }
}

// Beside the page, or where that has no room in its place: then F2 shows the page.
TEST_P(EverySize, KeepsALessonsPage) {
  ViewSettings view;
  view.font_scale = font_scale();
  LessonWindow h(lesson_from(kThreeSteps), 0, size(), view);
  if (!h.has("card/output")) h.key(Key::kF2);
  h.settle();
  if (h.app().view().cards().lower_open) h.key(Key::kT);
  h.frame(3);
  expect_apart(h, {"card/output"});
  expect_planes(h, {"output/plane"});
}

INSTANTIATE_TEST_SUITE_P(Window, EverySize,
                         testing::Combine(testing::ValuesIn(kSizes),
                                          testing::Values(0.6f, 1.0f, 1.5f, 2.0f, 2.5f, 3.0f)));

// Pressing it once more changes nothing that would have to be gone back.
TEST(TypeSize, EndsWhereTheWindowHasNoRoomAndSaysSo) {
  Hall h({800, 600});
  for (int i = 0; i < 12; ++i)
    h.key(Key::kPlus, true);
  h.frame(2);
  EXPECT_EQ(h.app().view().toast.text, "Larger type needs a larger window.");
  const float most = h.app().surface().theme().scale;
  EXPECT_NEAR(most, 1.8f, 0.03f);
  h.key(Key::kMinus, true);
  h.frame(2);
  EXPECT_NEAR(h.app().surface().theme().scale, most / 1.1f, 0.001f);
}

TEST(TypeSize, WaitsForALargerWindow) {
  ViewSettings view;
  view.font_scale = 2.5f;
  AppHarness h({800, 600}, default_scene(), view);
  EXPECT_LT(h.app().surface().theme().scale, 1.85f);
  h.key(Key::kPlus, true);
  EXPECT_FLOAT_EQ(h.app().view().settings.font_scale, 2.5f);
  ImGui::GetIO().DisplaySize = {1920, 1080};
  h.frame(2);
  EXPECT_NEAR(h.app().surface().theme().scale, 3.26f, 0.02f) << "what this window holds";
  h.key(Key::kZero, true);
  h.frame(2);
  for (int i = 0; i < 6; ++i)
    h.key(Key::kPlus, true);
  h.frame(2);
  EXPECT_NEAR(h.app().surface().theme().scale, 1.6f * 1.7716f, 0.02f) << "there is room for it";
}

TEST(InterfaceScale, FollowsTheWindowsHeightAndTheDisplay) {
  EXPECT_NEAR(interface_scale(1.0f, 1280, 720, 1.0f), 1.06f, 0.021f);
  EXPECT_NEAR(interface_scale(1.0f, 3840, 2160, 1.0f), 3.18f, 0.021f);
  EXPECT_FLOAT_EQ(interface_scale(2.0f, 1280, 720, 1.0f), 2.0f);
  EXPECT_FLOAT_EQ(interface_scale(1.0f, 1280, 500, 1.5f), 1.5f);
  EXPECT_LE(interface_scale(2.0f, 3840, 2160, 3.0f), 6.4f);
}

TEST(InterfaceScale, LeavesRoomForThePage) {
  EXPECT_LE(interface_scale(1.0f, 800, 2000, 3.0f), 800.0f / 440.0f);
  EXPECT_LE(interface_scale(1.0f, 2000, 600, 3.0f), 600.0f / 330.0f);
  EXPECT_LE(interface_scale(2.0f, 320, 240, 1.0f), 240.0f / 330.0f) << "also the display's scale";
  EXPECT_FLOAT_EQ(interface_scale(1.0f, 800, 600, 3.0f),
                  interface_scale(1.0f, 800, 600, largest_font_scale(1.0f, 800, 600)));
}

}  // namespace
}  // namespace convscope::program
