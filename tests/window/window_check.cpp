// What the smoke test needs to know of the window: where to draw, and whether it was drawn.
//   window_check points         prints the centres of input cells (2, 2) and (2, 5), "x y x y"
//   window_check check FILE     asserts on a saved picture of the window that row 2 of the input is
//                               1 from end to end, and row 2 of the output 0
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "app/files/picture.h"
#include "engine/color/colormap.h"
#include "tests/app/app_harness.h"

namespace convscope::program {
namespace {

// The colour near the upper left corner of a cell, where no number stands.
Rgb cell_color(const Tensor& picture, AppHarness& h, const std::string& name, Index y, Index x,
               Index rows, Index columns) {
  const auto plane = h.rect(name + "/plane");
  const auto at = [](float lo, float hi, Index i, Index n) {
    return static_cast<Index>(lo +
                              (hi - lo) * (static_cast<float>(i) + 0.2f) / static_cast<float>(n));
  };
  const Index py = at(plane.min.y, plane.max.y, y, rows);
  const Index px = at(plane.min.x, plane.max.x, x, columns);
  const auto code = [&](Index c) {
    return static_cast<std::uint8_t>(std::lround(picture.at(0, c, py, px) * 255.0f));
  };
  return {code(0), code(1), code(2)};
}

bool near(Rgb a, Rgb b) {
  return std::abs(a.r - b.r) <= 6 && std::abs(a.g - b.g) <= 6 && std::abs(a.b - b.b) <= 6;
}

int check(const char* file) {
  const Tensor picture = load_picture(file, PictureColor::kRgb);
  AppHarness h;
  h.key(ui::Key::kT);  // as the program starts
  int wrong = 0;
  const auto expect = [&](const std::string& name, Index y, Index x, Index columns, Rgb color) {
    const Rgb found = cell_color(picture, h, name, y, x, 6, columns);
    if (near(found, color)) return;
    std::printf("%s (%d, %d) is %d %d %d and should be %d %d %d\n", name.c_str(),
                static_cast<int>(y), static_cast<int>(x), found.r, found.g, found.b, color.r,
                color.g, color.b);
    ++wrong;
  };
  const Rgb one = map_color(ColorMap::kViridis, 0, 1, 1);
  const Rgb zero = map_color(ColorMap::kViridis, 0, 1, 0);
  for (Index x = 0; x < 8; ++x)
    expect("input", 2, x, 8, one);
  expect("input", 1, 3, 8, zero);
  for (const Index x : {1, 5})
    expect("output", 2, x, 7, map_color(ColorMap::kDiverging, -1, 1, 0));
  expect("output", 1, 1, 7, map_color(ColorMap::kDiverging, -1, 1, 1));
  expect("output", 1, 5, 7, map_color(ColorMap::kDiverging, -1, 1, -1));
  return wrong == 0 ? 0 : 1;
}

int print_points() {
  AppHarness h;
  h.key(ui::Key::kT);  // as the program starts
  const ImVec2 from = h.input_cell(2, 2);
  const ImVec2 to = h.input_cell(2, 5);
  std::printf("%d %d %d %d\n", static_cast<int>(from.x), static_cast<int>(from.y),
              static_cast<int>(to.x), static_cast<int>(to.y));
  return 0;
}

}  // namespace
}  // namespace convscope::program

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "points") return convscope::program::print_points();
  if (mode == "check" && argc > 2) return convscope::program::check(argv[2]);
  return 2;
}
