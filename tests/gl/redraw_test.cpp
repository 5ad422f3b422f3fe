// Which frames are drawn: those that look different from the one before.
#include <gtest/gtest.h>

#include <memory>

#include "app/gl/frame.h"
#include "app/gl/heatmap_painter.h"
#include "app/platform/offscreen.h"
#include "app/program/app.h"
#include "app/ui/imgui_shim.h"
#include "engine/core/patterns.h"
#include "tests/gl/cpu_heatmap.h"
#include "tests/gl/names.h"

namespace convscope::testing {
namespace {

class Redraw : public ::testing::Test {
 protected:
  static constexpr platform::PixelSize kSize{800, 600};

  static Scene scene() {
    Scene scene = default_scene();
    // Without numbers in its cells: only a texture changes with them.
    scene.input.tensor = std::make_shared<const Tensor>(make_pattern("noise", {150, 200}, 1));
    scene.input.name = "noise";
    return scene;
  }
  // How many of some frames are drawn.
  int drawn(int frames = 6) {
    int count = 0;
    for (int i = 0; i < frames; ++i)
      count += surface_.frame(app_) ? 1 : 0;
    return count;
  }
  Pixels pixels() { return gl::read_pixels(kSize.width, kSize.height); }
  void settle() {
    app_.settle();
    drawn(10);
    app_.settle();
    drawn(10);
  }

  platform::Offscreen surface_{kSize};
  gl::HeatmapPainter painter_;
  App app_{painter_, [] {}, scene(), {.reduced_motion = true}};
};

TEST_F(Redraw, NothingIsDrawnWhereNothingHappens) {
  settle();
  const Pixels before = pixels();
  EXPECT_EQ(drawn(), 0);
  EXPECT_EQ(pixels(), before);
}

TEST_F(Redraw, ThePointersWayIsDrawnAsFarAsItIsSeen) {
  settle();
  const auto plane = app_.surface().items().find("input/plane");
  ASSERT_TRUE(plane.has_value());
  ui::inject_mouse_pos(ImGui::GetIO(), plane->center());
  EXPECT_GE(drawn(), 1);
  EXPECT_EQ(drawn(), 0);
  const float edge = static_cast<float>(kSize.height) - 2.0f;  // between the cards
  ui::inject_mouse_pos(ImGui::GetIO(), {1.0f, edge});
  drawn();
  const Pixels before = pixels();
  ui::inject_mouse_pos(ImGui::GetIO(), {2.0f, edge});
  EXPECT_EQ(drawn(), 0);
  EXPECT_EQ(pixels(), before);
}

TEST_F(Redraw, ACellThatChangesItsColourIsDrawn) {
  settle();
  const Pixels before = pixels();
  InputScene input = app_.document().scene().input;
  Tensor after = *input.tensor;
  for (Index i = 0; i < 9; ++i)
    after.at(60 + i / 3, 80 + i % 3) = i % 2 == 0 ? 0.9f : 0.1f;  // within the range
  input.tensor = std::make_shared<const Tensor>(std::move(after));
  app_.perform(Edit{input});
  EXPECT_GE(drawn(), 1);
  EXPECT_NE(pixels(), before);
  settle();
  EXPECT_EQ(drawn(), 0);
}

TEST_F(Redraw, AnotherThemeOrFontIsDrawn) {
  settle();
  app_.perform(ViewCommand::kNextTheme);
  EXPECT_GE(drawn(), 1);
  EXPECT_EQ(drawn(), 0);
  app_.perform(ViewCommand::kLargerFont);
  EXPECT_GE(drawn(), 1);
  settle();
  EXPECT_EQ(drawn(), 0);
}

}  // namespace
}  // namespace convscope::testing
