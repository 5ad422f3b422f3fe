#include "app/ui/color_bar.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "app/look/number_format.h"
#include "app/ui/imgui_shim.h"
#include "engine/core/number_text.h"

namespace convscope::ui {
namespace {

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
  const ImVec2 zero = text_size(font, size, "0");
  const float zero_x = std::round(place(0.0f) - zero.x * 0.5f);
  if (has_zero && zero_x > x0 + zero.x && zero_x < x1 - 2.0f * zero.x) {
    draw_text(list, font, size, {zero_x, std::round(middle - zero.y * 0.5f)},
              text_color_on(map_color(style.map, style.lo, style.hi, 0.0f)), "0");
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
