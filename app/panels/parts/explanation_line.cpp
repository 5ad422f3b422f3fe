#include "app/panels/parts/explanation_line.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kGap = 12.0f;     // between two pieces
constexpr float kMargins = 8.0f;  // above and below; two lines of a sentence fit between them

}  // namespace

ExplanationLine::ExplanationLine(ui::Ui& ui, const Rect& rect)
    : ui_(ui),
      x_(rect.x + ui.theme.px(16.0f)),
      right_(rect.x + rect.w - ui.theme.px(16.0f)),
      middle_(rect.y + rect.h * 0.5f),
      height_(rect.h - ui.theme.px(kMargins)) {}

void ExplanationLine::text(std::string_view shown, ImFont* font, ImU32 color) {
  const float size = ui::font_size(font);
  const std::string fits = ui::elided(font, shown, room());
  const ImVec2 extent = ui::text_size(font, size, fits);
  ui::draw_text(ImGui::GetWindowDrawList(), font, size,
                {std::round(x_), std::round(middle_ - extent.y * 0.5f)}, color, fits);
  ui_.items.add("explanation/" + fits, {x_, middle_ - extent.y * 0.5f},
                {x_ + extent.x, middle_ + extent.y * 0.5f});
  x_ += extent.x + ui_.theme.px(kGap);
}

void ExplanationLine::bold(std::string_view shown) {
  text(shown, ui_.theme.font.title, ui_.theme.color.ink);
}
void ExplanationLine::plain(std::string_view shown) {
  text(shown, ui_.theme.font.number, ui_.theme.color.ink);
}
void ExplanationLine::muted(std::string_view shown) {
  text(shown, ui_.theme.font.body, ui_.theme.color.muted);
}

void ExplanationLine::sentence(std::string_view shown) {
  if (ui::text_size(ui_.theme.font.body, ui::font_size(ui_.theme.font.body), shown).x <= room()) {
    muted(shown);
    return;
  }
  const ImFont* font = ui_.theme.font.small;
  const float pitch = std::ceil(ui::font_size(font));
  std::vector<std::string_view> lines = ui::wrapped_lines(font, room(), shown);
  const auto max_lines = static_cast<std::size_t>(std::max(1.0f, std::floor(height_ / pitch)));
  if (lines.size() > max_lines) {  // the last line takes the rest and is cut
    lines[max_lines - 1] = {lines[max_lines - 1].data(), shown.data() + shown.size()};
    lines.resize(max_lines);
  }
  float y = middle_ - pitch * static_cast<float>(lines.size()) * 0.5f;
  ui_.items.add("explanation/" + std::string(shown), {x_, y},
                {right_, y + pitch * static_cast<float>(lines.size())});
  ImDrawList* list = ImGui::GetWindowDrawList();
  // The lines may extend into the card's margin, which its own clipping would cut.
  list->PushClipRect({x_, middle_ - height_ * 0.5f}, {right_, middle_ + height_ * 0.5f});
  for (const std::string_view line : lines) {
    ui::draw_text(list, ui_.theme.font.small, ui::font_size(font), {std::round(x_), std::round(y)},
                  ui_.theme.color.muted, ui::elided(font, line, room()));
    y += pitch;
  }
  list->PopClipRect();
}

void ExplanationLine::note(std::initializer_list<std::string_view> forms, float after) {
  ImFont* font = ui_.theme.font.body;
  const float gap = ui_.theme.px(kGap);
  for (const std::string_view form : forms) {
    const float width = ui::text_size(font, ui::font_size(font), form).x;
    if (width + (after > 0.0f ? gap + after : 0.0f) > room()) continue;
    muted(form);
    return;
  }
}

float ExplanationLine::plain_width(std::string_view shown) const {
  ImFont* font = ui_.theme.font.number;
  return ui::text_size(font, ui::font_size(font), shown).x + ui_.theme.px(kGap);
}

float ExplanationLine::cell_size(Yx size) const {
  return std::floor(std::min(ui_.theme.px(40.0f), height_ / static_cast<float>(size.y)));
}

float ExplanationLine::cells_width(Yx size) const {
  const float cell = cell_size(size);
  const float width = cell * static_cast<float>(size.x);
  if (cell < ui_.theme.px(5.0f) || width > room() * 0.3f) return 0.0f;
  return width + ui_.theme.px(kGap);
}

void ExplanationLine::cells(Yx size, const ui::HeatmapStyle& style, std::span<const float> values) {
  if (cells_width(size) == 0.0f) return;
  const float cell = cell_size(size);
  const float height = cell * static_cast<float>(size.y);
  ui::draw_cells(ui_.theme, ImGui::GetWindowDrawList(),
                 {std::round(x_), std::round(middle_ - height * 0.5f)}, cell, size.y, size.x, style,
                 values);
  x_ += cell * static_cast<float>(size.x) + ui_.theme.px(kGap);
}

bool ExplanationLine::fits(std::string_view text, float share) const {
  ImFont* font = ui_.theme.font.number;
  return ui::text_size(font, ui::font_size(font), text).x <= room() * share;
}

std::string ExplanationLine::result_of(const std::string& formula) {
  const std::size_t equals = formula.rfind("= ");
  return equals == std::string::npos ? formula : "… " + formula.substr(equals);
}

void say_that_sweep_waits(const PanelContext& context, ExplanationLine& line) {
  if (!context.view.on_kernel_page() || !context.layer.explore.sweep.playing ||
      context.hovered == Links{})
    return;
  const ui::Theme& theme = context.ui.theme;
  line.text("Sweep waits while you point", theme.font.body_bold,
            ui::legible(theme.color.accent, theme.color));
}

}  // namespace convscope::panels
