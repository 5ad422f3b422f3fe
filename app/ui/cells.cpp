#include "app/ui/cells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/imgui_shim.h"
#include "app/ui/number_format.h"
#include "app/ui/within.h"
#include "engine/core/number_text.h"

namespace convscope::ui {
namespace {

// From this size on, the few cells of a formula have numbers, unless they would be rounded to 0.
constexpr float kSmallestFormulaCell = 18.0f;

// The size and format that all numbers of a plane share.
struct NumberLayout {
  CellFormat format;
  float size = 0.0f;          // font size
  bool distinguishes = true;  // whether the digits tell different values apart
};

// Chooses the size from the cell alone, so that nothing jumps while values change. It leaves room
// for a sign and two decimals, or one decimal in small cells. Only numbers that don't fit even
// without decimals, or would be rounded to 0, are smaller.
NumberLayout layout_numbers(const Theme& theme, float cell, std::span<const float> values) {
  ImFont* font = theme.font.number;
  const float line = font_size(font) / theme.px(kNumberEm);  // font size of one em
  const float room = cell * 0.92f;
  const float largest = std::clamp(cell * 0.36f, theme.px(12.0f), theme.px(26.0f)) * line;
  const float smallest = std::floor(theme.px(10.0f) * line);
  const auto fitting_size = [&](std::string_view text) {
    return std::floor(largest * std::min(1.0f, room / text_size(font, largest, text).x));
  };
  NumberLayout layout;
  layout.size = fitting_size("−0.00");
  if (layout.size < theme.px(11.0f) * line) {
    layout.size = std::max(fitting_size("−0.0"), smallest);
  }
  const TextWidth measure = [&](std::string_view text) {
    return text_size(font, layout.size, text).x;
  };
  const std::vector<float> samples = width_samples(values, theme.numbers);
  layout.format = choose_cell_format(samples, room, measure, theme.numbers);
  const int least = theme.numbers.mode == NumberMode::kAutomatic && !layout.format.scientific
                        ? distinguishing_decimals(samples)
                        : 0;
  if (layout.format.decimals < least && layout.size > smallest) {
    const float size = std::exchange(layout.size, smallest);
    const CellFormat finer = choose_cell_format(samples, room, measure, theme.numbers);
    if (finer.decimals > layout.format.decimals) {
      layout.format.decimals = std::min(finer.decimals, least);
      const std::string longest =
          "−0." + std::string(static_cast<std::size_t>(layout.format.decimals), '0');
      layout.size = within(fitting_size(longest), smallest, size);
    } else {
      layout.size = size;
    }
  }
  layout.distinguishes = layout.format.decimals >= least;
  float widest = 0.0f;
  for (const float value : samples)
    widest = std::max(widest, measure(cell_text(value, layout.format)));
  if (widest <= room) return layout;
  const float shrunk = std::max(std::floor(layout.size * room / widest), smallest);
  // Numbers in only some of the cells would mislead.
  const bool fits = widest * shrunk / layout.size <= cell - theme.px(1.0f);
  layout.size = fits ? shrunk : 0.0f;
  return layout;
}

Rgb color_of(const HeatmapStyle& style, float value) {
  return map_color(style.map, style.lo, style.hi, value);
}

ImU32 shown_color(const HeatmapStyle& style, const CellNumber& cell) {
  const ImU32 color = to_imgui(color_of(style, cell.value));
  switch (cell.kind) {
    case CellKind::kHidden:
      return style.pale_color;
    case CellKind::kGhost:
      return mixed(style.pale_color, color, kGhostColor);
    case CellKind::kPadding:
      return mixed(style.pale_color, color, kRingColor);
    case CellKind::kShown:
      break;
  }
  return color;
}

Rgb from_imgui(ImU32 color) {
  const auto byte = [&](int shift) { return static_cast<std::uint8_t>(color >> shift & 0xFF); };
  return {byte(IM_COL32_R_SHIFT), byte(IM_COL32_G_SHIFT), byte(IM_COL32_B_SHIFT)};
}

// Numbers on pale cells are pale too, but legible.
ImU32 number_color(const HeatmapStyle& style, const CellNumber& cell) {
  constexpr float kPaleNumber = 0.75f;
  const ImU32 under = shown_color(style, cell);
  const ImU32 color = text_color_on(from_imgui(under));
  return cell.kind == CellKind::kShown ? color : mixed(under, color, kPaleNumber);
}

// Draws a number in the middle of the cell with corner `min`; nothing if it is too wide.
void draw_number(const Theme& theme, ImDrawList* list, ImVec2 min, float side,
                 const HeatmapStyle& style, const NumberLayout& numbers, const CellNumber& cell) {
  const bool hidden = cell.kind == CellKind::kHidden;
  const std::string text = hidden ? "—" : cell_text(cell.value, numbers.format);
  const ImVec2 extent = text_size(theme.font.number, numbers.size, text);
  if (extent.x > side - theme.px(1.0f)) return;
  const ImVec2 at{std::round(min.x + (side - extent.x) * 0.5f),
                  std::round(min.y + (side - extent.y) * 0.5f)};
  if (cell.hatched) {
    const float rim = theme.px(1.5f);
    const float inset = std::round(extent.y * 0.1f);  // a line is higher than its digits
    list->AddRectFilled({at.x - rim, at.y + inset},
                        {at.x + extent.x + rim, at.y + extent.y - inset}, shown_color(style, cell),
                        theme.px(3.0f));
  }
  const ImU32 color = hidden ? theme.color.muted : number_color(style, cell);
  draw_text(list, theme.font.number, numbers.size, at, color, text);
}

// Does the work of draw_cell_numbers for cells of any size.
void draw_numbers(const Theme& theme, ImDrawList* list, ImVec2 area_min, const PlaneLayout& layout,
                  const CellRange& range, const HeatmapStyle& style,
                  std::span<const CellNumber> cells, std::span<const float> measured) {
  const float side = static_cast<float>(layout.cell);
  std::vector<float> values(measured.begin(), measured.end());
  for (const CellNumber& cell : cells)
    values.push_back(cell.value);
  const NumberLayout numbers = layout_numbers(theme, side, values);
  if (numbers.size <= 0.0f) return;
  if (!numbers.distinguishes && side < theme.px(kSmallestNumberCell)) return;
  std::size_t i = 0;
  for (Index y = range.y; y < range.y + range.h; ++y) {
    for (Index x = range.x; x < range.x + range.w; ++x, ++i) {
      const PixelRect r = layout.rect(y, x);
      const ImVec2 min{area_min.x + static_cast<float>(r.x), area_min.y + static_cast<float>(r.y)};
      draw_number(theme, list, min, side, style, numbers, cells[i]);
    }
  }
}

// Draws rounded ends, then the colours between them.
void draw_ramp(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max, ColorMap map) {
  const std::span<const Rgb, 256> table = colormap_table(map);
  const float r = theme.px(4.0f);
  list->AddRectFilled(min, {min.x + 2 * r, max.y}, to_imgui(table[0]), r);
  list->AddRectFilled({max.x - 2 * r, min.y}, max, to_imgui(table[255]), r);
  constexpr int kSteps = 32;
  const float width = max.x - min.x - 2 * r;
  for (int i = 0; i < kSteps; ++i) {
    const auto at = [&](int step) {
      return to_imgui(table[static_cast<std::size_t>(step) * 255 / kSteps]);
    };
    const float left = std::round(min.x + r + width * static_cast<float>(i) / kSteps);
    const float right = std::round(min.x + r + width * static_cast<float>(i + 1) / kSteps);
    list->AddRectFilledMultiColor({left, min.y}, {right, max.y}, at(i), at(i + 1), at(i + 1),
                                  at(i));
  }
  // White would not end on a white card.
  if (map == ColorMap::kGrey) stroke_rect(list, min, max, theme.color.muted, r, 1.0f);
}

// The number at one end of a colour bar, and its font size.
struct BarEnd {
  std::string text;
  float size = 0.0f;
};

// Shrinks a number of which not even one digit fits, such as −5×10⁻⁴¹: an end without its number
// says nothing.
BarEnd bar_end(const Theme& theme, float value, float room) {
  constexpr float kSmallest = 0.7f;
  ImFont* font = theme.font.small;
  const auto number = static_cast<double>(value);
  const auto width = [&](std::string_view text) {
    return text_size(font, font_size(font), text).x;
  };
  if (std::string text = fit_number(number, room, width); !text.empty())
    return {std::move(text), font_size(font)};
  std::string text = number_text(number, 1);
  const float scale = room / width(text);
  if (scale < kSmallest) return {};
  return {std::move(text), std::floor(font_size(font) * scale)};
}

// Draws arrows beyond the ends of the bar, in the colours of the values that are clipped there.
void draw_beyond(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max,
                 const HeatmapStyle& style, const ValueRange& data) {
  const float middle = (min.y + max.y) * 0.5f;
  const float half = std::round(theme.px(5.0f));
  const float length = std::round(theme.px(5.0f));
  const auto arrow = [&](float x, float tip, float value) {
    const ImVec2 a{x, middle - half};
    const ImVec2 b{x, middle + half};
    const ImVec2 c{tip, middle};
    list->AddTriangleFilled(a, b, c, value_color(style, value));
    list->AddTriangle(a, b, c, theme.color.ink);
  };
  const float gap = std::round(theme.px(1.0f));
  if (data.lo < style.lo) arrow(min.x - gap, min.x - gap - length, style.lo);
  if (data.hi > style.hi) arrow(max.x + gap, max.x + gap + length, style.hi);
}

// Writes into the bar that its ends are percentiles, if there is room. In a diverging map the text
// stands to the left of zero, where the colours differ least, else at the left end.
void draw_bar_note(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max,
                   const HeatmapStyle& style) {
  ImFont* font = theme.font.small;
  const float size = font_size(font) * 0.9f;
  const ImVec2 extent = text_size(font, size, kPercentilesNote);
  const float gap = theme.px(8.0f);
  const float end = (min.x + max.x) * 0.5f - 2.0f * gap;
  if (min.x + gap + extent.x > end) return;
  const bool diverges = style.map == ColorMap::kDiverging || style.map == ColorMap::kDivergingDark;
  const float left = std::round(diverges ? end - extent.x : min.x + gap);
  const float share = (left + extent.x * 0.5f - min.x) / (max.x - min.x);
  const Rgb under = colormap_table(style.map)[static_cast<std::size_t>(share * 255.0f)];
  draw_text(list, font, size, {left, std::round((min.y + max.y - extent.y) * 0.5f)},
            text_color_on(under), kPercentilesNote);
}

}  // namespace

float mark_size(const Theme& theme, float cell) {
  return std::round(std::clamp(cell * 0.2f, theme.px(6.0f), theme.px(12.0f)));
}

ImU32 text_color_on(Rgb cell) {
  return luminance(cell) > kLightCell ? kDarkText : kLightText;
}
ImU32 to_imgui(Rgb color) {
  return IM_COL32(color.r, color.g, color.b, 255);
}
ImU32 value_color(const HeatmapStyle& style, float value) {
  return to_imgui(color_of(style, value));
}

std::vector<ImU32> outline_tones(ImU32 color) {
  constexpr double kLightLine = 0.4;
  if (luminance(from_imgui(color)) >= kLightLine) return {IM_COL32_BLACK, color};
  return {IM_COL32_BLACK, IM_COL32_WHITE, color};
}

void set_grid(const Theme& theme, float cell, HeatmapStyle& style) {
  style.grid_color = theme.color.card;
  style.grid_width = cell >= theme.px(24.0f)  ? std::round(theme.px(1.5f))
                     : cell >= theme.px(9.0f) ? 1.0f
                                              : 0.0f;
}

void draw_cell_numbers(const Theme& theme, ImDrawList* list, ImVec2 area_min,
                       const PlaneLayout& layout, const CellRange& range, const HeatmapStyle& style,
                       std::span<const CellNumber> cells, std::span<const float> measured) {
  const float side = static_cast<float>(layout.cell);
  if (side < theme.px(kSmallestNumberCell) || cells.empty()) return;
  draw_numbers(theme, list, area_min, layout, range, style, cells, measured);
}

void draw_cells(const Theme& theme, ImDrawList* list, ImVec2 pos, float cell, Index rows,
                Index columns, const HeatmapStyle& style, std::span<const float> values) {
  const float gap = cell >= theme.px(16.0f) ? std::round(theme.px(1.0f)) : 0.0f;
  std::size_t i = 0;
  for (Index y = 0; y < rows; ++y) {
    for (Index x = 0; x < columns; ++x, ++i) {
      const ImVec2 min{pos.x + static_cast<float>(x) * cell, pos.y + static_cast<float>(y) * cell};
      list->AddRectFilled(min, {min.x + cell - gap, min.y + cell - gap},
                          value_color(style, values[i]));
    }
  }
  PlaneLayout layout;
  layout.cell = cell;
  std::vector<CellNumber> numbers;
  for (const float value : values)
    numbers.push_back({value});
  if (cell < theme.px(kSmallestFormulaCell) || numbers.empty()) return;
  draw_numbers(theme, list, pos, layout, {0, 0, rows, columns}, style, numbers, {});
}

void draw_outline(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 color) {
  const std::vector<ImU32> tones = outline_tones(color);
  const float rim = 2.0f * std::max(1.0f, std::round(theme.px(1.0f)));  // on both sides
  float thickness = std::max(2.0f, std::round(theme.px(3.0f)));
  thickness += rim * static_cast<float>(tones.size() - 1);
  for (const ImU32 tone : tones) {
    stroke_rect(list, min, max, tone, theme.px(3.0f), thickness);
    thickness -= rim;
  }
}

float color_bar_height(const Theme& theme) {
  return std::round(theme.px(20.0f));
}

void draw_color_bar(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max,
                    const HeatmapStyle& style, const float* marked,
                    const std::optional<ValueRange>& data) {
  ImFont* font = theme.font.small;
  const float size = font_size(font);
  // Both numbers get the same room, whatever they are, so that the bar keeps its position.
  const float room =
      std::round(std::min(text_size(font, size, "−0.0000").x, (max.x - min.x) * 0.3f));
  const float gap = theme.px(8.0f);
  const float x0 = std::round(min.x + room + gap);
  const float x1 = std::round(max.x - room - gap);
  const float middle = std::round((min.y + max.y) * 0.5f);
  const auto draw_end = [&](const BarEnd& end, float x) {
    draw_text(list, font, end.size, {std::round(x), std::round(middle - end.size * 0.5f)},
              theme.color.muted, end.text);
  };
  const BarEnd lo = bar_end(theme, style.lo, room);
  draw_end(lo, x0 - gap - text_size(font, lo.size, lo.text).x);
  draw_end(bar_end(theme, style.hi, room), x1 + gap);
  if (x1 - x0 < theme.px(20.0f)) return;

  const bool has_zero = style.lo < 0.0f && style.hi > 0.0f;
  const float half = std::round(theme.px(has_zero || style.percentiles ? 8.0f : 5.0f));
  const ImVec2 bar_min{x0, middle - half};
  const ImVec2 bar_max{x1, middle + half};
  draw_ramp(theme, list, bar_min, bar_max, style.map);
  if (!(style.hi > style.lo)) return;
  if (data) draw_beyond(theme, list, bar_min, bar_max, style, *data);
  const auto place = [&](float value) {
    const auto low = static_cast<double>(style.lo);
    const double share = (static_cast<double>(value) - low) / (static_cast<double>(style.hi) - low);
    return x0 + (x1 - x0) * static_cast<float>(std::clamp(share, 0.0, 1.0));
  };
  const float zero_size = size * 0.9f;
  const ImVec2 zero = text_size(font, zero_size, "0");
  const float zero_x = std::round(place(0.0f) - zero.x * 0.5f);
  if (has_zero && zero_x > x0 + zero.x && zero_x < x1 - 2.0f * zero.x) {
    draw_text(list, font, zero_size, {zero_x, std::round(middle - zero.y * 0.5f)},
              text_color_on(color_of(style, 0.0f)), "0");
  }
  if (style.percentiles) draw_bar_note(theme, list, bar_min, bar_max, style);
  if (marked != nullptr && std::isfinite(*marked)) {
    const float x = std::round(place(*marked));
    const float t = theme.px(1.5f);
    list->AddRectFilled({x - 2 * t, bar_min.y - t}, {x + 2 * t, bar_max.y + t}, theme.color.card);
    list->AddRectFilled({x - t, bar_min.y - 2 * t}, {x + t, bar_max.y + 2 * t}, theme.color.ink);
  }
}

}  // namespace convscope::ui
