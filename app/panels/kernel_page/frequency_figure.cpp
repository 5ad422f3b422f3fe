#include "app/panels/kernel_page/frequency_figure.h"

#include <algorithm>
#include <cmath>

#include "app/look/range.h"
#include "app/panels/parts/text_block.h"
#include "app/ui/cells.h"
#include "app/ui/color_bar.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"
#include "app/ui/within.h"
#include "engine/core/number_text.h"
#include "engine/kernel_info/kernel_text.h"

namespace convscope::panels {
namespace {

// Returns the centre of the cell of a frequency in the heatmap, in screen pixels.
ImVec2 frequency_place(const ui::HeatmapEvent& event, double fy, double fx) {
  const double steps = 2.0 * static_cast<double>(kFrequencySteps);
  return event.screen((fy + 0.5) * steps + 0.5, (fx + 0.5) * steps + 0.5);
}

void draw_frequency_axes(const ui::Ui& ui, const ui::HeatmapEvent& event, float left, float below) {
  const ImU32 color = ui.theme.color.muted;
  const float half_line = ui::font_size(ui.theme.font.small) * 0.5f;
  // Labels of the ends are moved inwards, so that they stay within the plot's length.
  const auto label = [&](double f, const char* text) {
    const float width = ui::label_width(ui, text);
    const float x = frequency_place(event, 0.0, f).x;
    const float y = frequency_place(event, f, 0.0).y;
    if (x >= event.area_min.x && x <= event.area_max.x) {
      const float at = ui::within(x - width * 0.5f, event.area_min.x, event.area_max.x - width);
      draw_small_text(ui, {at, below}, text, color);
    }
    if (y >= event.area_min.y && y <= event.area_max.y) {
      const float at =
          ui::within(y, event.area_min.y + half_line, event.area_max.y - half_line) - half_line;
      draw_small_text(ui, {left - width, at}, text, color);
    }
  };
  label(-0.5, "−½");
  label(0.0, "0");
  label(0.5, "½");
  draw_small_text_centred(ui, {frequency_place(event, 0.0, 0.25).x, below + half_line}, "fx",
                          color);
  const float width = ui::label_width(ui, "fy");
  draw_small_text_centred(ui, {left - width * 0.5f, frequency_place(event, 0.25, 0.0).y}, "fy",
                          color);
}

}  // namespace

void draw_frequencies(const PanelContext& context, const Rect& rect, const KernelInfo& info,
                      ui::HeatmapViewState& heatmap) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const float line = std::ceil(ui::font_size(theme.font.small));
  const float left = ui::label_width(ui, "−½") + theme.px(6.0f);
  const float gap = theme.px(12.0f);
  const float text_width = theme.px(120.0f);
  const float side = std::floor(
      std::max(theme.px(40.0f), std::min(rect.h - line, rect.w - left - gap - text_width)));
  ui::HeatmapArgs args;
  args.id = "about/frequency";
  args.show(info.response);
  args.style = ui::style_for(*info.response, 0, context.view.settings.dark(),
                             ui::MapChoice::kViridis, ui::Signs::kUnsigned);
  args.size = {side, side};
  args.color_bar = false;
  args.numbers = false;
  ImGui::SetCursorScreenPos({rect.x + left, rect.y});
  const ui::HeatmapEvent event = ui::heatmap_view(ui, args, heatmap);
  draw_frequency_axes(ui, event, rect.x + left - theme.px(4.0f), rect.y + side);
  float value = 0.0f;
  if (event.hovered) {
    value = info.response->at(event.hovered->y, event.hovered->x);
    const auto f = [](Index i) {
      return number_text(
          static_cast<double>(i - kFrequencySteps) / (2.0 * static_cast<double>(kFrequencySteps)),
          4);
    };
    ImGui::SetTooltip("fy %s, fx %s: multiplied by %s", f(event.hovered->y).c_str(),
                      f(event.hovered->x).c_str(),
                      number_text(static_cast<double>(value), 4).c_str());
  }
  const float x = rect.x + left + side + gap;
  TextBlock text(ui, {x, rect.y, rect.x + rect.w - x, rect.h});
  const ImVec2 bar{x, rect.y};
  const ImVec2 bar_max{rect.x + rect.w, rect.y + ui::color_bar_height(theme)};
  ui::draw_color_bar(theme, ImGui::GetWindowDrawList(), bar, bar_max, args.style,
                     event.hovered ? &value : nullptr);
  ui.items.add("about/frequency/bar", bar, bar_max);
  text.space(ui::color_bar_height(theme) + theme.px(6.0f));
  text.paragraph(frequency_text(info.frequencies), theme.color.ink);
  text.paragraph("fy, fx: cycles per pixel", theme.color.muted);
}

}  // namespace convscope::panels
