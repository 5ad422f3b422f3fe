#include "app/ui/cells.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/look/number_layout.h"
#include "app/ui/imgui_shim.h"
#include "engine/core/number_text.h"

namespace convscope::ui {
namespace {

// From this size on, the few cells of a formula have numbers, unless they would be rounded to 0.
constexpr float kSmallestFormulaCell = 18.0f;

constexpr float kLargestNumberEm = 44.0f;

// The font of a plane's numbers, and how they are written.
struct SetNumbers {
  ImFont* font = nullptr;
  NumberLayout layout;
};

SetNumbers set_numbers(const Theme& theme, float cell, std::span<const float> values) {
  // Font size of one em.
  const float line = font_size(theme.font.number) / theme.px(kNumberEm);
  NumberRoom room;
  room.cell = cell;
  room.largest =
      std::clamp(cell * 0.36f, theme.px(kSmallestNumberEm), theme.px(kLargestNumberEm)) * line;
  room.smallest = std::ceil(theme.px(kSmallestNumberEm) * line);
  room.rim = theme.px(1.0f);
  ImFont* font = room.largest > theme.px(kNumberEm) * 1.2f * line ? theme.font.large_number
                                                                  : theme.font.number;
  room.measure = [font](float size, std::string_view text) {
    return text_size(font, size, text).x;
  };
  return {font, layout_numbers(room, values, theme.numbers)};
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

// Numbers on pale cells are pale too, but legible.
ImU32 number_color(const HeatmapStyle& style, const CellNumber& cell) {
  constexpr float kPaleNumber = 0.75f;
  const ImU32 under = shown_color(style, cell);
  const ImU32 color = text_color_on(rgb_of(under));
  return cell.kind == CellKind::kShown ? color : mixed(under, color, kPaleNumber);
}

// Draws a number in the middle of the cell with corner `min`; nothing if it is too wide.
void draw_number(const Theme& theme, ImDrawList* list, ImVec2 min, float side,
                 const HeatmapStyle& style, const SetNumbers& numbers, const CellNumber& cell) {
  const bool hidden = cell.kind == CellKind::kHidden;
  const std::string text = hidden ? "—" : cell_text(cell.value, numbers.layout.format);
  const ImVec2 extent = text_size(numbers.font, numbers.layout.size, text);
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
  draw_text(list, numbers.font, numbers.layout.size, at, color, text);
}

// Does the work of draw_cell_numbers for cells of any size.
void draw_numbers(const Theme& theme, ImDrawList* list, ImVec2 area_min, const PlaneLayout& layout,
                  const CellRange& range, const HeatmapStyle& style,
                  std::span<const CellNumber> cells, std::span<const float> measured) {
  const float side = static_cast<float>(layout.cell);
  std::vector<float> values(measured.begin(), measured.end());
  for (const CellNumber& cell : cells)
    values.push_back(cell.value);
  const SetNumbers numbers = set_numbers(theme, side, values);
  if (numbers.layout.size <= 0.0f) return;
  if (!numbers.layout.distinguishes && side < theme.px(kSmallestNumberCell)) return;
  std::size_t i = 0;
  for (Index y = range.y; y < range.y + range.h; ++y) {
    for (Index x = range.x; x < range.x + range.w; ++x, ++i) {
      const PixelRect r = layout.rect(y, x);
      const ImVec2 min{area_min.x + static_cast<float>(r.x), area_min.y + static_cast<float>(r.y)};
      draw_number(theme, list, min, side, style, numbers, cells[i]);
    }
  }
}

// Returns the thickness of an outline's line with so many tones: its rims and the line itself.
float outline_thickness(const Theme& theme, std::size_t tones) {
  const float rim = 2.0f * std::max(1.0f, std::round(theme.px(1.0f)));  // on both sides
  return std::max(2.0f, std::round(theme.px(3.0f))) + rim * static_cast<float>(tones - 1);
}

}  // namespace

float mark_size(const Theme& theme, float cell) {
  return std::round(std::clamp(cell * 0.2f, theme.px(6.0f), theme.px(12.0f)));
}

ImU32 to_imgui(Rgb color) {
  return IM_COL32(color.r, color.g, color.b, 255);
}
ImU32 value_color(const HeatmapStyle& style, float value) {
  return to_imgui(color_of(style, value));
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

float outline_reach(const Theme& theme) {
  constexpr std::size_t kMostTones = 3;
  return std::ceil(0.5f * outline_thickness(theme, kMostTones));
}

void draw_outline(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 color,
                  float rounding) {
  const std::vector<ImU32> tones = outline_tones(color);
  for (std::size_t i = 0; i < tones.size(); ++i)
    stroke_rect(list, min, max, tones[i], theme.px(rounding),
                outline_thickness(theme, tones.size() - i));
}

}  // namespace convscope::ui
