#include "app/ui/histogram.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"
#include "engine/core/number_text.h"

namespace convscope::ui {
namespace {

struct Bars {
  ImVec2 min, max;
  std::size_t count;
  float edge(std::size_t i) const {
    return std::round(min.x + (max.x - min.x) * static_cast<float>(i) / static_cast<float>(count));
  }
};

void show_bar(const Theme& theme, const Histogram& histogram, std::size_t bar) {
  const auto parts = static_cast<double>(histogram.counts.size());
  const auto lo = static_cast<double>(histogram.range.lo);
  const double width = static_cast<double>(histogram.range.hi) - lo;
  const auto end = [&](std::size_t i) {
    return number_text(lo + width * static_cast<double>(i) / parts, 4);
  };
  const std::string text = counted_text(histogram.counts[bar], "value", "values") + " from " +
                           end(bar) + " to " + end(bar + 1);
  ImGui::BeginTooltip();
  push_font(theme.font.small);
  ImGui::TextUnformatted(text.c_str());
  pop_font();
  ImGui::EndTooltip();
}

}  // namespace

void draw_histogram(Ui& ui, const char* name, ImVec2 size, const Histogram& histogram,
                    const HeatmapStyle& style) {
  const Theme& theme = ui.theme;
  ImFont* font = theme.font.small;
  const float line = font_size(font);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Bars bars{{std::round(at.x), std::round(at.y)},
                  {std::round(at.x + size.x), std::round(at.y + size.y - line)},
                  std::max<std::size_t>(1, histogram.counts.size())};
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Index most = histogram.counts.empty() ? 0 : *std::ranges::max_element(histogram.counts);
  // Computes in double, because the widest range of float32 has a width beyond float32.
  const auto lo = static_cast<double>(histogram.range.lo);
  const double width = static_cast<double>(histogram.range.hi) - lo;
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    if (histogram.counts[i] == 0) continue;
    const float share =
        static_cast<float>(histogram.counts[i]) / static_cast<float>(std::max<Index>(most, 1));
    const float height = std::max(2.0f, std::round((bars.max.y - bars.min.y) * share));
    const double middle = (static_cast<double>(i) + 0.5) / static_cast<double>(bars.count);
    const ImVec2 min{bars.edge(i), bars.max.y - height};
    const ImVec2 max{std::max(min.x + 1.0f, bars.edge(i + 1) - 1.0f), bars.max.y};
    list->AddRectFilled(min, max, value_color(style, static_cast<float>(lo + width * middle)));
    // A bar in a colour like the card's would be invisible without its outline.
    stroke_rect(list, min, max, faded(theme.color.muted, 0.6f), 0.0f, 1.0f);
  }
  list->AddLine({bars.min.x, bars.max.y}, bars.max, theme.color.line);
  const std::string from = number_text(lo, 4);
  const std::string to = number_text(static_cast<double>(histogram.range.hi), 4);
  draw_text(list, font, line, {bars.min.x, bars.max.y + 2.0f}, theme.color.muted, from);
  draw_text(list, font, line,
            {std::round(bars.max.x - text_size(font, line, to).x), bars.max.y + 2.0f},
            theme.color.muted, to);
  ImGui::Dummy(size);
  ui.items.add(name, bars.min, bars.max);
  const float x = ImGui::GetIO().MousePos.x;
  if (ImGui::IsItemHovered() && x >= bars.min.x && x < bars.max.x && !histogram.counts.empty()) {
    std::size_t bar = 0;
    while (bar + 1 < bars.count && x >= bars.edge(bar + 1))
      ++bar;
    show_bar(theme, histogram, bar);
  }
}

}  // namespace convscope::ui
