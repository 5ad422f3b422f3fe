// The window that slides over the input: its arithmetic, and the controls by mouse and keyboard.
#include "app/program/view/sweep.h"

#include <gtest/gtest.h>

#include "engine/core/shape_text.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/app/app_harness.h"

namespace convscope::program {
namespace {

using ui::Key;

constexpr Shape kPlane{1, 1, 6, 7};

SweepState playing(int speed) {
  SweepState sweep;
  begin(sweep, SweptPlane::kOutput);
  sweep.speed = speed;
  return sweep;
}

TEST(Sweep, TheSlowestSpeedTakesTwoSecondsForACell) {
  SweepState sweep = playing(0);
  for (int i = 0; i < 99; ++i)
    advance(sweep, 0.02, kPlane);
  EXPECT_EQ(sweep.cell, 0);
  for (int i = 0; i < 2; ++i)
    advance(sweep, 0.02, kPlane);
  EXPECT_EQ(sweep.cell, 1);
}

TEST(Sweep, EverySpeedGoesAsFarInManyShortFramesAsInFewLongOnes) {
  const Shape large{1, 1, 1000, 1000};
  for (int speed = 0; speed < kRowAFrame; ++speed) {
    SweepState fine = playing(speed);
    SweepState coarse = playing(speed);
    for (int i = 0; i < 1024; ++i)
      advance(fine, 1.0 / 128.0, large);
    for (int i = 0; i < 128; ++i)
      advance(coarse, 1.0 / 16.0, large);
    EXPECT_EQ(fine.cell, coarse.cell) << speed;
    EXPECT_EQ(fine.cell, static_cast<Index>(8.0 * kSweepSpeeds[static_cast<std::size_t>(speed)]))
        << speed;
  }
}

TEST(Sweep, TheFastestSpeedIsARowInEachFrameHoweverShort) {
  SweepState sweep = playing(kRowAFrame);
  for (Index row = 1; row < kPlane.h; ++row) {
    advance(sweep, 1e-6, kPlane);
    EXPECT_EQ(sweep.cell, row * kPlane.w);
  }
}

TEST(Sweep, StopsAtTheLastCellAndBeginsAgainFromThere) {
  SweepState sweep = playing(kRowAFrame);
  for (int i = 0; i < 10; ++i)
    advance(sweep, 0.01, kPlane);
  EXPECT_EQ(sweep.cell, 41);
  EXPECT_FALSE(sweep.playing);
  toggle_playing(sweep, kPlane);
  EXPECT_TRUE(sweep.playing);
  EXPECT_EQ(sweep.cell, 0);
}

TEST(Sweep, DoesNotJumpAfterALongFrame) {
  SweepState sweep = playing(2);  // two cells a second
  advance(sweep, 3600.0, kPlane);
  EXPECT_LE(sweep.cell, 1);
}

TEST(Sweep, StepsPauseAndStayInside) {
  SweepState sweep = playing(3);
  step(sweep, 1, kPlane);
  EXPECT_FALSE(sweep.playing);
  EXPECT_EQ(swept_cell(sweep, kPlane), (Yx{0, 1}));
  step(sweep, kPlane.w, kPlane);
  EXPECT_EQ(swept_cell(sweep, kPlane), (Yx{1, 1}));
  step(sweep, -100, kPlane);
  EXPECT_EQ(sweep.cell, 0);
  step(sweep, 100, kPlane);
  EXPECT_EQ(swept_cell(sweep, kPlane), (Yx{5, 6}));
}

TEST(Sweep, ASmallerPlaneKeepsThePositionInside) {
  SweepState sweep;
  scrub(sweep, 41, kPlane);
  fit(sweep, Shape{1, 1, 2, 3});
  EXPECT_EQ(sweep.cell, 5);
}

// The definition: a pooled cell is made when all cells of its window are.
TEST(Sweep, WhatIsPooledFollowsTheOutput) {
  for (const Index kernel : {1, 2, 3}) {
    for (const Index stride : {1, 2, 3}) {
      for (const Padding& padding :
           {Padding{}, Padding{kernel / 2, kernel / 2, kernel / 2, kernel / 2}, Padding{0, 1, 2, 4},
            Padding{4, 3, 0, 1}}) {
        Pool2dOptions pool;
        pool.kernel = {kernel, kernel};
        pool.stride = {stride, stride};
        pool.padding = padding;
        pool.allow_large_padding = true;
        pool.dilation = {kernel == 3 ? 2 : 1, 1};
        const Tensor output(kPlane);
        const Tensor pooled = reference::pool2d(output, pool).output;
        for (Index reached = 0; reached <= output.numel(); ++reached) {
          Index expected = 0;
          bool whole = true;
          for (Index i = 0; i < pooled.numel() && whole; ++i) {
            const CellGrid window = pool_window({i / pooled.shape().w, i % pooled.shape().w}, pool);
            for (Index v = 0; v < window.count.y; ++v) {
              for (Index u = 0; u < window.count.x; ++u) {
                const Index y = window.first.y + v * window.step.y;
                const Index x = window.first.x + u * window.step.x;
                const bool inside = y >= 0 && x >= 0 && y < kPlane.h && x < kPlane.w;
                if (inside && y * kPlane.w + x >= reached) whole = false;
              }
            }
            if (whole) ++expected;
          }
          EXPECT_EQ(pooled_by(reached, kPlane, pool, pooled.shape()), expected)
              << kernel << " " << stride << " " << padding_text(padding) << " " << reached;
        }
      }
    }
  }
}

class SweptWindow : public testing::Test {
 protected:
  SweptWindow() { h.move({5, 5}); }
  const SweepState& sweep() { return h.app().view().explore.sweep; }
  // Of the heatmap's picture in the last frame.
  ui::HeatmapReveal reveal(const Tensor& tensor) { return h.painted(tensor).reveal; }
  AppHarness h;
};

TEST_F(SweptWindow, TheButtonPlaysItAndTheCellIsLinked) {
  h.click("output/sweep");
  h.move({5, 5});
  EXPECT_TRUE(sweep().playing);
  EXPECT_TRUE(h.app().animating());
  h.frame(60);
  EXPECT_GT(sweep().cell, 2);
  EXPECT_EQ(h.app().view().links.output, swept_cell(sweep(), kPlane));
  EXPECT_EQ(reveal(*h.app().live().results()->layers[0].output).count, sweep().cell + 1);
  h.click("output/sweep");
  EXPECT_FALSE(sweep().on);
  EXPECT_EQ(reveal(*h.app().live().results()->layers[0].output).count, ui::HeatmapReveal::kAll);
}

TEST_F(SweptWindow, HoveringPausesAndLeavingGoesOn) {
  h.key(Key::kW);
  h.move(h.input_cell(2, 3));
  const Index there = sweep().cell;
  h.frame(60);
  EXPECT_EQ(sweep().cell, there);
  EXPECT_EQ(h.app().view().links.input, (Yx{2, 3}));
  h.move({5, 5});
  h.frame(60);
  EXPECT_GT(sweep().cell, there);
  EXPECT_EQ(h.app().view().links.output, swept_cell(sweep(), kPlane));
}

TEST_F(SweptWindow, TheKeysPlayPauseStepAndEndIt) {
  h.key(Key::kW);
  EXPECT_TRUE(sweep().playing);
  h.key(Key::kW);
  EXPECT_FALSE(sweep().playing);
  const Index there = sweep().cell;
  h.key(Key::kRight);
  EXPECT_EQ(sweep().cell, there + 1);
  h.key(Key::kDown);
  EXPECT_EQ(sweep().cell, there + 1 + kPlane.w);
  h.key(Key::kUp);
  h.key(Key::kLeft);
  EXPECT_EQ(sweep().cell, there);
  h.key(Key::kEscape);
  EXPECT_FALSE(sweep().on);
  EXPECT_EQ(h.app().view().links, Links{});
}

TEST_F(SweptWindow, TheTrackScrubsToItsEnds) {
  h.key(Key::kW);
  const auto track = h.rect("output/sweep/position");
  h.drag(track.center(), {track.max.x + 20, track.center().y});
  EXPECT_EQ(sweep().cell, 41);
  EXPECT_FALSE(sweep().playing);
  h.drag(track.center(), {track.min.x - 20, track.center().y});
  EXPECT_EQ(sweep().cell, 0);
}

TEST_F(SweptWindow, AClickOnACellGoesThere) {
  h.key(Key::kW);
  h.key(Key::kW);
  h.click(h.cell("output", 3, 2, 6, 7));
  EXPECT_EQ(swept_cell(sweep(), kPlane), (Yx{3, 2}));
  EXPECT_FALSE(sweep().playing);
}

TEST_F(SweptWindow, TheSpeedIsChosen) {
  h.key(Key::kW);
  h.key(Key::kW);  // pause
  h.click("output/sweep/speed");
  h.click("output/sweep/speed/11");
  EXPECT_EQ(sweep().speed, kRowAFrame);
  h.move({5, 5});
  h.key(Key::kW);
  h.frame(8);
  EXPECT_EQ(sweep().cell, 41);
}

TEST_F(SweptWindow, ThePooledPlaneIsSweptAlike) {
  h.click("pool/sweep");
  h.move({5, 5});
  h.frame(60);
  EXPECT_EQ(sweep().plane, SweptPlane::kPooled);
  EXPECT_GT(sweep().cell, 2);
  EXPECT_EQ(h.app().view().links.pooled, swept_cell(sweep(), Shape{1, 1, 3, 3}));
  EXPECT_EQ(reveal(h.app().live().results()->layers[0].pooled->output).count, sweep().cell + 1);
  EXPECT_EQ(reveal(*h.app().live().results()->layers[0].output).count, ui::HeatmapReveal::kAll);
}

TEST_F(SweptWindow, TheGhostIsThePlaneItself) {
  h.key(Key::kW);
  const Tensor& output = *h.app().live().results()->layers[0].output;
  EXPECT_EQ(reveal(output).ghost.tensor, nullptr);
  h.click("output/sweep/ghost");
  EXPECT_EQ(reveal(output).ghost.tensor, &output);
}

TEST_F(SweptWindow, ASmallerOutputKeepsThePositionInside) {
  h.key(Key::kW);
  const auto track = h.rect("output/sweep/position");
  h.drag(track.center(), {track.max.x + 20, track.center().y});
  ConvScene conv;
  conv.stride = {3, 3};
  h.app().perform(Edit{LayerEdit{0, conv}});
  h.settle();
  EXPECT_EQ(h.app().live().results()->layers[0].output->shape(), (Shape{1, 1, 2, 3}));
  EXPECT_EQ(sweep().cell, 5);
}

TEST_F(SweptWindow, ALowCardKeepsItsSettingsWithinReach) {
  AppHarness window({1280, 720});
  window.click("output/sweep");
  window.frame(4);
  ASSERT_FALSE(window.has("conv/padding"));
  window.click("output/settings");
  window.frame(2);
  window.enter("conv/padding/y", "1");
  EXPECT_EQ(first_layer(window.app().document().scene()).conv.padding, (Padding{1, 0, 1, 0}));
  EXPECT_TRUE(window.app().view().explore.sweep.on);
  window.key(Key::kEscape);
  window.frame(2);
  window.click("pool/sweep");
  window.frame(4);
  window.click("pool/settings");
  window.frame(2);
  window.click("pool/kind/1");
  window.settle();
  EXPECT_EQ(first_layer(window.app().document().scene()).pool.options.kind, PoolKind::kAverage);
}

TEST_F(SweptWindow, NothingIsCutOffWhileItIsShown) {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1920, 1080}, ImVec2{1600, 900}}) {
    AppHarness window(size);
    window.click("output/sweep");
    window.frame(4);
    const auto check = [&](const std::string& card, const std::string& prefix) {
      const auto outer = window.rect(card);
      for (const auto& [name, rect] : window.app().surface().items().all()) {
        if (name.rfind(prefix, 0) != 0) continue;
        EXPECT_GE(rect.min.x, outer.min.x) << name;
        EXPECT_LE(rect.max.x, outer.max.x) << name;
        EXPECT_LE(rect.max.y, outer.max.y) << name;
      }
    };
    check("inspector", "output/sweep");
    EXPECT_TRUE(window.has("output/sweep/ghost"));
    EXPECT_TRUE(window.has("output/settings") || window.has("conv/padding"));
    check("inspector", "output/settings");
    window.click("pool/sweep");
    window.frame(4);
    check("inspector", "pool/sweep");
    EXPECT_TRUE(window.has("pool/sweep/ghost"));
  }
}

}  // namespace
}  // namespace convscope::program
