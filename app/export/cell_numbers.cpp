#include "app/export/cell_numbers.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/look/cell_colors.h"
#include "app/look/number_layout.h"
#include "engine/core/padding.h"

namespace convscope::exports {
namespace {

constexpr double kSmallestNumber = 9.5;  // em that can be read in print
constexpr double kSmallestCell = 18.0;   // with a number
constexpr float kLargestNumber = 40.0f;
constexpr Index kMostNumbers = 4000;
constexpr double kDigitHeight = 0.727;  // of an em of Inter

bool in_plane(const HeatmapBlock& block, Index y, Index x) {
  const Shape& s = block.tensor->shape();
  return y >= 0 && x >= 0 && y < s.h && x < s.w;
}

// The place of the value that a cell of the ring repeats; (-1, -1) for a zero.
Yx source_of(const HeatmapBlock& block, Index y, Index x) {
  const Shape& s = block.tensor->shape();
  const Yx at{padding_source(y, s.h, block.ring_mode), padding_source(x, s.w, block.ring_mode)};
  return in_plane(block, at.y, at.x) ? at : Yx{-1, -1};
}

float value_at(const HeatmapBlock& block, Index channel, Index y, Index x) {
  const Yx at = source_of(block, y, x);
  return at.y < 0 ? 0.0f : block.tensor->at(block.sample, channel, at.y, at.x);
}

// Colours beyond 0 and 1 are as bright as can be; what is no number is marked as in any map.
Color rgb_color(const HeatmapBlock& block, Index y, Index x) {
  const auto byte = [&](Index channel) {
    const float value = value_at(block, channel, y, x);
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0f, 1.0f) * 255.0f));
  };
  for (Index c = 0; c < 3; ++c) {
    const float value = value_at(block, c, y, x);
    if (!std::isfinite(value)) return pack(map_color(ColorMap::kGrey, 0.0f, 1.0f, value));
  }
  return pack({byte(0), byte(1), byte(2)});
}

Color full_color(const HeatmapBlock& block, Index y, Index x) {
  if (block.style.rgb) return rgb_color(block, y, x);
  const float value = value_at(block, block.channel, y, x);
  return pack(map_color(block.style.map, block.style.lo, block.style.hi, value));
}

Color pale_color(const Palette& palette) {
  return mixed(palette.card, palette.muted, 0.15f);
}

}  // namespace

bool is_revealed(const HeatmapBlock& block, Index y, Index x) {
  if (block.mask && block.mask->at(block.sample, block.channel, y, x) == 0.0f) return false;
  return y * block.tensor->shape().w + x < block.revealed;
}

Color cell_color(const Pen& pen, const HeatmapBlock& block, Index y, Index x) {
  const Color pale = pale_color(pen.palette);
  if (!in_plane(block, y, x)) return mixed(pale, full_color(block, y, x), kRingColor);
  return is_revealed(block, y, x) ? full_color(block, y, x) : pale;
}

void draw_numbers(const Pen& pen, const HeatmapBlock& block, const Point& corner, double cell,
                  double side) {
  const Shape& s = block.tensor->shape();
  const Index rows = s.h + block.ring.top + block.ring.bottom;
  const Index columns = s.w + block.ring.left + block.ring.right;
  if (cell < kSmallestCell || rows * columns > kMostNumbers || block.style.rgb) return;
  NumberRoom room;
  room.cell = static_cast<float>(side);
  room.smallest = static_cast<float>(kSmallestNumber);
  room.largest = std::clamp(room.cell * 0.36f, room.smallest, kLargestNumber);
  room.measure = [&](float size, std::string_view text) {
    return static_cast<float>(pen.fonts.width(Weight::kRegular, static_cast<double>(size), text));
  };
  std::vector<float> values;
  for (Index y = -block.ring.top; y < s.h + block.ring.bottom; ++y) {
    for (Index x = -block.ring.left; x < s.w + block.ring.right; ++x)
      values.push_back(value_at(block, block.channel, y, x));
  }
  const NumberLayout layout = layout_numbers(room, values, pen.look.number_style);
  if (layout.size <= 0.0f) return;
  constexpr float kPaleNumber = 0.75f;
  const auto size = static_cast<double>(layout.size);
  std::size_t i = 0;
  for (Index y = -block.ring.top; y < s.h + block.ring.bottom; ++y) {
    for (Index x = -block.ring.left; x < s.w + block.ring.right; ++x, ++i) {
      const bool hidden = in_plane(block, y, x) && !is_revealed(block, y, x);
      const Color under = cell_color(pen, block, y, x);
      const Color ink = text_color_on(rgb_of(under));
      const std::string text = hidden ? "—" : cell_text(values[i], layout.format);
      const double width = pen.fonts.width(Weight::kRegular, size, text);
      if (width > side - 1.0) continue;
      const Point middle{corner.x + static_cast<double>(x) * cell + side / 2.0,
                         corner.y + static_cast<double>(y) * cell + side / 2.0};
      const bool hatched = block.hatched.has_row(y) || block.hatched.has_column(x);
      if (hatched)
        pen.canvas.fill(
            {middle.x - width / 2.0 - 1.5, middle.y - size * 0.45, width + 3.0, size * 0.9}, under);
      const Color color = hidden                  ? pen.palette.muted
                          : in_plane(block, y, x) ? ink
                                                  : mixed(under, ink, kPaleNumber);
      pen.canvas.text({middle.x, middle.y + size * kDigitHeight / 2.0}, text,
                      {size, color, Weight::kRegular, Align::kCenter});
    }
  }
}

}  // namespace convscope::exports
