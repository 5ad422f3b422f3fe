#include "app/look/cell_colors.h"

namespace convscope::look {
namespace {

constexpr Color kBlack = pack({0, 0, 0});
constexpr Color kWhite = pack({255, 255, 255});

}  // namespace

Color text_color_on(Rgb cell) {
  return luminance(cell) > kLightCell ? kDarkText : kLightText;
}

std::vector<Color> outline_tones(Color color) {
  constexpr double kLightLine = 0.4;
  if (luminance(rgb_of(color)) >= kLightLine) return {kBlack, color};
  return {kBlack, kWhite, color};
}

}  // namespace convscope::look
