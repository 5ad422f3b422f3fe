#include "app/program/view/pen.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/program/view/spotlight.h"

namespace convscope::program {
namespace {

// Draws a line of many points, as a mouse moves.
void draw_line(Pen& pen, WindowPoint from, WindowPoint to, int points) {
  pen.begin(from);
  for (int i = 1; i <= points; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(points);
    pen.go_on({from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t}, 16.0f / 9.0f);
  }
  pen.end();
}

TEST(Pen, KeepsPointsThatArePixelsApart) {
  Pen pen;
  pen.begin({0.5f, 0.5f});
  pen.go_on({0.5001f, 0.5f}, 1.0f);
  EXPECT_EQ(pen.points(), 1u) << "a tenth of a pixel";
  pen.go_on({0.51f, 0.5f}, 1.0f);
  EXPECT_EQ(pen.points(), 2u);
  pen.end();
  pen.go_on({0.9f, 0.9f}, 1.0f);
  EXPECT_EQ(pen.points(), 2u) << "the button is up";
}

TEST(Pen, UndoTakesTheLastStroke) {
  Pen pen;
  pen.color = 1;
  draw_line(pen, {0.1f, 0.1f}, {0.2f, 0.2f}, 10);
  pen.color = 2;
  draw_line(pen, {0.3f, 0.1f}, {0.4f, 0.2f}, 10);
  ASSERT_EQ(pen.strokes().size(), 2u);
  pen.undo();
  ASSERT_EQ(pen.strokes().size(), 1u);
  EXPECT_EQ(pen.strokes()[0].color, 1u);
  EXPECT_EQ(pen.points(), pen.strokes()[0].points.size());
  pen.undo();
  pen.undo();
  EXPECT_TRUE(pen.strokes().empty());
  EXPECT_EQ(pen.points(), 0u);
}

TEST(Pen, HasBoundedPointsAndKeepsTheEndsOfItsStrokes) {
  Pen pen;
  for (int i = 0; i < 60; ++i) {
    const float y = static_cast<float>(i) / 60.0f;
    draw_line(pen, {0.0f, y}, {1.0f, y}, 400);
    EXPECT_LE(pen.points(), kMaxPenPoints);
  }
  ASSERT_EQ(pen.strokes().size(), 60u);
  for (const PenStroke& stroke : pen.strokes()) {
    EXPECT_EQ(stroke.points.front().x, 0.0f);
    EXPECT_NEAR(stroke.points.back().x, 1.0f, 0.01f);
    EXPECT_GE(stroke.points.size(), 2u);
  }
}

TEST(Pen, HasBoundedStrokes) {
  Pen pen;
  for (std::size_t i = 0; i < kMaxPenStrokes + 5; ++i)
    draw_line(pen, {0.0f, 0.0f}, {0.01f, 0.0f}, 2);
  EXPECT_EQ(pen.strokes().size(), kMaxPenStrokes);
  std::size_t points = 0;
  for (const PenStroke& stroke : pen.strokes())
    points += stroke.points.size();
  EXPECT_EQ(pen.points(), points);
}

TEST(Spotlight, StaysWithinItsSizes) {
  Spotlight spotlight;
  for (int i = 0; i < 100; ++i)
    spotlight.grow(Spotlight::kNotch);
  EXPECT_EQ(spotlight.radius, Spotlight::kMost);
  for (int i = 0; i < 100; ++i)
    spotlight.grow(1.0f / Spotlight::kNotch);
  EXPECT_EQ(spotlight.radius, Spotlight::kLeast);
}

}  // namespace
}  // namespace convscope::program
