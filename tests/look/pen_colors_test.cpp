#include "app/look/pen_colors.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/look/names.h"

namespace convscope::look {
namespace {

// WCAG 2's contrast of two luminances.
double contrast(double a, double b) {
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

TEST(PenColors, ALineOrItsRimStandsOutFromEveryColour) {
  constexpr int kSteps = 1000;
  for (const PenColor& color : kPenColors) {
    for (int i = 0; i <= kSteps; ++i) {
      const double below = static_cast<double>(i) / kSteps;
      const double best = std::max(contrast(below, luminance(rgb_of(color.line))),
                                   contrast(below, luminance(rgb_of(color.rim))));
      EXPECT_GE(best, 3.0) << color.name << " on luminance " << below;
    }
  }
}

TEST(PenColors, DifferFromEachOtherForTheColourBlindToo) {
  // Yellow differs by its lightness; red and blue by what all eyes but those of rare kinds tell.
  const auto light = [](const PenColor& color) { return luminance(rgb_of(color.line)); };
  EXPECT_GE(contrast(light(kPenColors[2]), light(kPenColors[0])), 3.0);
  EXPECT_GE(contrast(light(kPenColors[2]), light(kPenColors[1])), 3.0);
  EXPECT_GE(rgb_of(kPenColors[1].line).b, rgb_of(kPenColors[0].line).b + 100);
}

}  // namespace
}  // namespace convscope::look
