#include "app/ui/rate_slider.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "app/ui/theme.h"
#include "ui_harness.h"

namespace convscope::ui {
namespace {

TEST(RateSlider, TwoMarksNeverReadTheSame) {
  const auto same = rate_texts(6.1e-8, 6.1e-8);
  EXPECT_EQ(same.first, same.second);
  const auto close = rate_texts(6.1e-8, 6.1003e-8);
  EXPECT_EQ(close.first, "6.1×10⁻⁸");
  EXPECT_EQ(close.second, "6.1003×10⁻⁸");
  EXPECT_EQ(rate_texts(1.0 / 36, 1.0 / 30).first, "1/36");
}

TEST(RateText, IsAFractionOfOneWhereItIsOne) {
  EXPECT_EQ(rate_text(1.0 / 36), "1/36");
  EXPECT_EQ(rate_text(0.5), "1/2");
  EXPECT_EQ(rate_text(1.0 / 3), "1/3");
  EXPECT_EQ(rate_text(1.0), "1");
  EXPECT_EQ(rate_text(0.0345), "0.0345");
  EXPECT_EQ(rate_text(2.0), "2");
  EXPECT_EQ(rate_text(0.0277), "0.0277");
}

TEST(RoundedRate, HasThreeDigits) {
  EXPECT_EQ(rounded_rate(0.0123456), 0.0123);
  EXPECT_EQ(rounded_rate(9.996), 10.0);
  EXPECT_EQ(rounded_rate(1e-5), 1e-5);
}

struct SliderFixture {
  UiHarness harness;
  float rate = 0.01f;
  RateSliderArgs args;
  std::vector<EditEvent> events;
  std::vector<ImU32> colors;  // of the vertices

  explicit SliderFixture(float scale = 1.0f) : harness({1280, 720}, scale) {
    args.id = "rate";
    args.width = 300 * scale;
    args.lo = 1e-4;
    args.hi = 1.0;
    args.zones = {1.0 / 60, 1.0 / 30, 1.0 / 36};
    harness.draw = [this](Ui& ui) {
      ImGui::SetCursorScreenPos({100, 100});
      ImDrawList* list = ImGui::GetWindowDrawList();
      const int before = list->VtxBuffer.Size;
      const EditEvent event = rate_slider(ui, args, rate);
      if (event) events.push_back(event);
      colors.clear();
      for (int i = before; i < list->VtxBuffer.Size; ++i)
        colors.push_back(list->VtxBuffer[i].col);
    };
    harness.frame(2);
  }
  float middle() { return harness.rect("rate").center().y; }
  bool drawn(ImU32 color) const {
    return std::find(colors.begin(), colors.end(), color) != colors.end();
  }
};

TEST(RateSlider, KnobIsAtTheLogarithm) {
  SliderFixture f;
  EXPECT_NEAR(f.harness.rect("rate/knob").center().x, 100 + 150, 1);
  f.rate = 1.0f;
  f.harness.frame();
  EXPECT_LE(f.harness.rect("rate/knob").max.x, 400.5f);
  f.rate = 500.0f;
  f.harness.frame();
  EXPECT_LE(f.harness.rect("rate/knob").max.x, 400.5f);
  for (const float odd : {0.0f, -1.0f, std::numeric_limits<float>::quiet_NaN()}) {
    f.rate = odd;
    f.harness.frame();
    EXPECT_NEAR(f.harness.rect("rate/knob").min.x, 100, 0.5);
  }
}

TEST(RateSlider, ADragIsOneGestureAndGivesRoundNumbers) {
  SliderFixture f;
  const ImVec2 knob = f.harness.rect("rate/knob").center();
  f.harness.drag(knob, {knob.x + 70.5f, knob.y});  // a quarter of the track: one decade
  EXPECT_NEAR(f.rate, 0.1f, 0.003f);
  EXPECT_EQ(static_cast<double>(f.rate),
            static_cast<double>(static_cast<float>(rounded_rate(static_cast<double>(f.rate)))));
  ASSERT_GE(f.events.size(), 2u);
  for (std::size_t i = 0; i < f.events.size(); ++i)
    EXPECT_EQ(f.events[i].continues, i > 0);
  f.harness.drag(f.harness.rect("rate/knob").center(), {2000, knob.y});
  EXPECT_EQ(f.rate, 1.0f);
  f.harness.drag(f.harness.rect("rate/knob").center(), {-500, knob.y});
  EXPECT_EQ(f.rate, 1e-4f);
}

TEST(RateSlider, AClickOnTheKnobChangesNothing) {
  SliderFixture f;
  f.rate = 1.0f / 36;
  f.harness.frame();
  const ImVec2 knob = f.harness.rect("rate/knob").center();
  f.harness.click(ImVec2{knob.x + 5, knob.y});
  EXPECT_TRUE(f.events.empty());
}

TEST(RateSlider, AClickOnTheTrackMovesTheKnobThere) {
  SliderFixture f;
  f.harness.click(ImVec2{330, f.middle()});
  EXPECT_NEAR(f.harness.rect("rate/knob").center().x, 330, 1);
  ASSERT_EQ(f.events.size(), 1u);
  EXPECT_FALSE(f.events[0].continues);
}

TEST(RateSlider, TwentyNotchesAreADecade) {
  SliderFixture f;
  f.harness.wheel("rate", 1.0f);
  EXPECT_EQ(f.rate, 0.01f) << "it was not selected";
  f.harness.click("rate/knob");
  f.harness.wheel("rate", 1.0f);
  EXPECT_EQ(f.rate, 0.0112f) << "three digits";
  for (int i = 1; i < 20; ++i)
    f.harness.wheel("rate", 1.0f);
  EXPECT_EQ(f.rate, 0.1f);
  EXPECT_FALSE(f.events.front().continues);
  EXPECT_TRUE(f.events.back().continues);
  f.harness.wheel("rate", 100.0f);
  EXPECT_EQ(f.rate, 1.0f);
}

TEST(RateSlider, TypesExactly) {
  SliderFixture f;
  f.harness.double_click("rate/knob");
  f.harness.type("1/36");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.rate, static_cast<float>(1.0 / 36));
  EXPECT_EQ(f.events.size(), 1u);
  f.harness.hold(true, false);
  f.harness.click("rate/knob");
  f.harness.hold(false, false);
  f.harness.type("0.0123456");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.rate, 0.0123456f);
  f.harness.double_click("rate/knob");
  f.harness.type("0");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.rate, 1e-4f) << "not below the track";
}

TEST(RateSlider, MarksNeverOverlapNorGetCut) {
  for (const float scale : {1.0f, 2.0f, 3.0f}) {
    SliderFixture f(scale);
    for (const double lambda : {1.2, 2.1, 60.0, 900.0, 9000.0}) {
      f.args.zones = {1 / lambda, 2 / lambda, 2 / (lambda * 1.2)};
      f.harness.frame();
      const auto best = f.harness.items.find("rate/best");
      const auto cliff = f.harness.items.find("rate/cliff");
      for (const auto& mark : {best, cliff}) {
        if (!mark) continue;
        EXPECT_GE(mark->min.x, 100);
        EXPECT_LE(mark->max.x, 100 + f.args.width + 0.5f);
        EXPECT_GE(mark->min.y, f.harness.rect("rate").max.y);
      }
      if (best && cliff) {
        EXPECT_TRUE(best->max.x <= cliff->min.x || best->max.y <= cliff->min.y + 1);
      }
    }
  }
}

TEST(RateSlider, MarksBeyondTheTrackAreNotShown) {
  SliderFixture f;
  f.args.zones = {1.0, 2.0, 1.5};
  f.harness.frame();
  EXPECT_FALSE(f.harness.items.find("rate/cliff").has_value());
  EXPECT_FALSE(f.harness.items.find("rate/best").has_value());
}

TEST(RateSlider, AnyRateAndRangeCanBeShown) {
  SliderFixture f;
  constexpr float kInf = std::numeric_limits<float>::infinity();
  for (const float rate : {0.0f, -1.0f, 1e-45f, 3.4e38f, kInf, std::nanf("")}) {
    for (const auto& [lo, hi] : {std::pair{0.0, 1.0},
                                 {1.0, 1.0},
                                 {2.0, 1.0},
                                 {-1.0, -0.5},
                                 {1e-45, 1e300},
                                 {1e-5, HUGE_VAL},
                                 {std::nan(""), 1.0}}) {
      f.rate = rate;
      f.args.lo = lo;
      f.args.hi = hi;
      f.harness.frame();
      f.harness.hold(false, false, true);
      f.harness.wheel("rate", 1.0f);
      f.harness.hold(false, false);
      const auto knob = f.harness.rect("rate/knob");
      EXPECT_TRUE(knob.min.x >= 99.0f && knob.max.x <= 401.0f) << rate << " " << lo << " " << hi;
      EXPECT_TRUE(rate > 0.0f || f.rate > 0.0f || !std::isfinite(rate)) << rate;
    }
  }
}

TEST(RateSlider, ZonesHaveTheirColours) {
  SliderFixture f;
  const Palette c = light_palette();
  EXPECT_TRUE(f.drawn(c.good) && f.drawn(c.warn) && f.drawn(c.bad));
  f.args.zones = {2.0, 4.0, 3.0};  // all of the track converges
  f.harness.frame();
  EXPECT_TRUE(f.drawn(c.good));
  EXPECT_FALSE(f.drawn(c.warn) || f.drawn(c.bad));
  f.args.zones = {1e-6, 2e-6, 0.0};
  f.harness.frame();
  EXPECT_TRUE(f.drawn(c.bad));
  EXPECT_FALSE(f.drawn(c.warn) || f.drawn(c.good));
  f.args.zones = {};
  f.harness.frame();
  EXPECT_TRUE(f.drawn(c.outline));
  EXPECT_FALSE(f.drawn(c.warn) || f.drawn(c.good) || f.drawn(c.bad));
}

}  // namespace
}  // namespace convscope::ui
