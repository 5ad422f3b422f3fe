#include "app/panels/learning/landscape_names.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/panels/learning/loss_panel.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kSample = 16.0f;  // of a line before its name
constexpr float kSampleGap = 5.0f;
constexpr float kNameGap = 14.0f;  // between a name and the next run's line

float name_width(const ui::Theme& theme, std::string_view text) {
  ImFont* font = theme.font.small;
  return std::ceil(ui::text_size(font, ui::font_size(font), text).x);
}

}  // namespace

RunNames place_run_names(const ui::Theme& theme, std::span<const std::string> runs, float width) {
  RunNames placed;
  const float sample = theme.px(kSample + kSampleGap);
  const float pitch = std::ceil(ui::font_size(theme.font.small));
  ImVec2 at{0.0f, 0.0f};
  for (std::size_t run = 0; run < runs.size(); ++run) {
    if (runs[run].empty()) continue;
    const std::string text = ui::elided(theme.font.small, runs[run], width - sample);
    placed.cut = placed.cut || text != runs[run];
    const float length = sample + name_width(theme, text);
    if (at.x > 0.0f && at.x + length > width) at = {0.0f, at.y + pitch};
    placed.names.push_back({run, text, at});
    placed.height = at.y + pitch;
    at.x += length + theme.px(kNameGap);
  }
  return placed;
}

void draw_run_names(ui::Ui& ui, const RunNames& names, ImVec2 min) {
  const ui::Theme& theme = ui.theme;
  ImFont* font = theme.font.small;
  const float size = ui::font_size(font);
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (const RunNames::Name& name : names.names) {
    const ImVec2 at{std::round(min.x + name.at.x), std::round(min.y + name.at.y)};
    const float middle = std::round(at.y + size * 0.5f);
    const std::array<ImVec2, 2> line = {{{at.x, middle}, {at.x + theme.px(kSample), middle}}};
    ui::stroke_lines(list, line, compared_color(theme.color, name.run), theme.px(2.0f));
    const float x = at.x + std::round(theme.px(kSample + kSampleGap));
    ui::draw_text(list, font, size, {x, at.y}, theme.color.muted, name.text);
    ui.items.add("landscape/name/" + std::to_string(name.run), at,
                 {x + name_width(theme, name.text), at.y + size});
  }
}

}  // namespace convscope::panels
