#include "app/ui/heatmap_geometry.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

namespace convscope::ui {
namespace {

PlaneExtent extent(Index h, Index w, double area_w = 400, double area_h = 300, Padding ring = {}) {
  return {h, w, ring, area_w, area_h, 1.0};
}

TEST(FittedPlane, IsCentredInWholePixels) {
  const PlaneLayout layout = layout_plane(extent(6, 8), {});
  EXPECT_EQ(layout.cell, 50);
  EXPECT_EQ(layout.x, 0);
  EXPECT_EQ(layout.y, 0);
  const PlaneLayout narrow = layout_plane(extent(7, 2), {});
  EXPECT_EQ(narrow.cell, 42);
  EXPECT_EQ(narrow.x, (400 - 84) / 2);
  EXPECT_EQ(narrow.y, 3);
}

TEST(FittedPlane, OneCellIsNotLargerThanTheLargest) {
  const PlaneLayout layout = layout_plane(extent(1, 1, 900, 900), {});
  EXPECT_EQ(layout.cell, 160);
  EXPECT_EQ(layout.x, 370);
}

TEST(FittedPlane, ALongOneKeepsSomeHeightAndStartsAtItsFirstCell) {
  const PlaneExtent e = extent(1, 1000);
  const PlaneLayout layout = layout_plane(e, {});
  EXPECT_EQ(layout.cell, 24);
  EXPECT_EQ(layout.x, 0);
  EXPECT_EQ(layout.y, 138);
  EXPECT_TRUE(can_pan(e, {}));
  EXPECT_EQ(visible_cells(e, layout, false).w, 17);
}

TEST(FittedPlane, ALargeOneIsShownWhole) {
  const PlaneExtent e = extent(3000, 4000);
  const PlaneLayout layout = layout_plane(e, {});
  EXPECT_DOUBLE_EQ(layout.cell, 0.1);
  EXPECT_FALSE(can_pan(e, {}));
  EXPECT_EQ(plane_cell_at(e, layout, {399.95, 299.95}), (Yx{2999, 3999}));
  EXPECT_EQ(plane_cell_at(e, layout, {400, 10}), std::nullopt);
}

TEST(FittedPlane, TheRingIsAround) {
  const PlaneExtent e = extent(4, 4, 300, 300, {1, 1, 1, 1});
  const PlaneLayout layout = layout_plane(e, {});
  EXPECT_EQ(layout.cell, 50);
  EXPECT_EQ(layout.x, 50);
  EXPECT_EQ(plane_cell_at(e, layout, {20, 20}), std::nullopt);
  EXPECT_EQ(plane_cell_at(e, layout, {60, 60}), (Yx{0, 0}));
  EXPECT_EQ(visible_cells(e, layout, true).y, -1);
  EXPECT_EQ(visible_cells(e, layout, true).h, 6);
}

TEST(Zoom, SurvivesAnotherSizeOfTheArea) {
  PlaneView view = zoomed_at(extent(64, 64), {}, {200, 150}, 4.0);
  const PlaneLayout small = layout_plane(extent(64, 64), view);
  const PlaneLayout large = layout_plane(extent(64, 64, 800, 600), view);
  EXPECT_NEAR(large.cell / small.cell, 2.0, 0.3);
  EXPECT_NEAR((400 - large.x) / large.cell, (200 - small.x) / small.cell, 1e-9);
}

TEST(Zoom, OfALargePlaneDoesNotBlowUpASmallOne) {
  PlaneView view;
  for (int i = 0; i < 60; ++i)
    view = zoomed_at(extent(3000, 4000), view, {10, 10}, 1.25);
  const PlaneExtent small = extent(6, 8);
  const PlaneLayout layout = layout_plane(small, view);
  EXPECT_LE(layout.cell, largest_cell(small));
  EXPECT_GT(visible_cells(small, layout, false).h, 0);
}

TEST(Zoom, EndsAtTheWholeAndAtTheLargestCell) {
  const PlaneExtent e = extent(64, 64);
  PlaneView view;
  for (int i = 0; i < 40; ++i)
    view = zoomed_at(e, view, {100, 100}, 1.25);
  EXPECT_DOUBLE_EQ(layout_plane(e, view).cell, largest_cell(e));
  for (int i = 0; i < 40; ++i)
    view = zoomed_at(e, view, {300, 20}, 0.8);
  EXPECT_TRUE(view.fitted);
}

struct RandomPlane {
  PlaneExtent plane;
  PlaneView view;
};
RandomPlane random_plane() {
  const Index sizes[] = {1, 2, 3, 6, 28, 300, 4000};
  const auto size = [&] { return sizes[*rc::gen::inRange(0, 7)]; };
  const auto area = [] { return static_cast<double>(*rc::gen::inRange(20, 1500)); };
  RandomPlane r{extent(size(), size(), area(), area()), {}};
  if (*rc::gen::arbitrary<bool>()) r.plane.ring = {1, 2, 0, 3};
  const int steps = *rc::gen::inRange(0, 12);
  for (int i = 0; i < steps; ++i) {
    const PixelPoint at{*rc::gen::inRange(0, 100) * r.plane.area_width / 100,
                        *rc::gen::inRange(0, 100) * r.plane.area_height / 100};
    r.view = zoomed_at(r.plane, r.view, at, *rc::gen::arbitrary<bool>() ? 1.6 : 0.7);
  }
  return r;
}

RC_GTEST_PROP(Zoom, KeepsThePointUnderTheCursor, ()) {
  const RandomPlane r = random_plane();
  const PlaneLayout before = layout_plane(r.plane, r.view);
  const CellRange seen = visible_cells(r.plane, before, true);
  RC_PRE(seen.h > 0 && seen.w > 0);
  // A pointer on the plane and in the area.
  const auto inside = [](double from, double length, double area) {
    const double lo = std::max(0.0, from);
    return lo + (std::min(area, from + length) - lo) * *rc::gen::inRange(0, 100) / 100;
  };
  const double left = before.x - static_cast<double>(r.plane.ring.left) * before.cell;
  const double top = before.y - static_cast<double>(r.plane.ring.top) * before.cell;
  const PixelPoint at{
      inside(left, static_cast<double>(r.plane.columns()) * before.cell, r.plane.area_width),
      inside(top, static_cast<double>(r.plane.rows()) * before.cell, r.plane.area_height)};
  const PlaneView view = zoomed_at(r.plane, r.view, at, 1.25);
  RC_PRE(!view.fitted);
  const PlaneLayout after = layout_plane(r.plane, view);
  RC_ASSERT(after.cell >= before.cell * (1 - 1e-9));
  RC_ASSERT(std::abs((at.x - after.x) / after.cell - (at.x - before.x) / before.cell) <
            1e-6 * static_cast<double>(r.plane.columns()));
  RC_ASSERT(std::abs((at.y - after.y) / after.cell - (at.y - before.y) / before.cell) <
            1e-6 * static_cast<double>(r.plane.rows()));
}

RC_GTEST_PROP(Pan, MovesByPixelsAndKeepsThePlaneInTheArea, ()) {
  const RandomPlane r = random_plane();
  const PlaneLayout before = layout_plane(r.plane, r.view);
  PlaneView view = panned(r.plane, r.view, 3.0, -2.0);
  const PlaneLayout after = layout_plane(r.plane, view);
  RC_ASSERT(std::abs(after.cell - before.cell) <= before.cell * 1e-9);
  RC_ASSERT(after.x - before.x <= 3.0 + 1e-6);
  RC_ASSERT(after.y - before.y >= -2.0 - 1e-6);
  for (int i = 0; i < 50; ++i)
    view = panned(r.plane, view, 1000.0, 1000.0);
  const CellRange seen = visible_cells(r.plane, layout_plane(r.plane, view), true);
  RC_ASSERT(seen.h > 0 && seen.w > 0);
}

RC_GTEST_PROP(PlaneLayout, CellsAreWhereTheirRectanglesAre, ()) {
  const RandomPlane r = random_plane();
  const PlaneLayout layout = layout_plane(r.plane, r.view);
  const CellRange seen = visible_cells(r.plane, layout, false);
  RC_PRE(seen.h > 0 && seen.w > 0);
  const Index y = seen.y + *rc::gen::inRange<Index>(0, seen.h);
  const Index x = seen.x + *rc::gen::inRange<Index>(0, seen.w);
  const PixelRect rect = layout.rect(y, x);
  const PixelPoint middle{rect.x + rect.width / 2, rect.y + rect.height / 2};
  RC_ASSERT((layout.cell_at(middle) == Yx{y, x}));
}

}  // namespace
}  // namespace convscope::ui
