#include "app/panels/parts/context.h"

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/widgets.h"
#include "engine/core/shape_text.h"
#include "engine/ops/cell_links.h"

namespace convscope {

Index shown_sample(const PanelContext& context, const Tensor& tensor) {
  return std::clamp<Index>(context.layer.wanted.sample, 0, tensor.shape().n - 1);
}

Index shown_channel(const PanelContext& context, const Tensor& tensor) {
  return std::clamp<Index>(context.layer.wanted.channel, 0, tensor.shape().c - 1);
}

void add_outlines(const CellGrid& grid, ImU32 color, std::vector<ui::CellOutline>& outlines) {
  constexpr Index kMostCells = 600;
  if (grid.empty()) return;
  const bool touching =
      (grid.step.y <= 1 || grid.count.y == 1) && (grid.step.x <= 1 || grid.count.x == 1);
  if (touching || grid.count.y * grid.count.x > kMostCells) {
    const Yx extent = grid.extent();
    outlines.push_back({grid.first.y, grid.first.x, extent.y, extent.x, color});
    return;
  }
  for (Index y = 0; y < grid.count.y; ++y) {
    for (Index x = 0; x < grid.count.x; ++x) {
      outlines.push_back(
          {grid.first.y + y * grid.step.y, grid.first.x + x * grid.step.x, 1, 1, color});
    }
  }
}

Tensor shown_plane(const PanelContext& context, const Tensor& weight) {
  return weight_plane(weight, context.layer.shown.filter, context.layer.shown.slice);
}

CellBox editor_box(const ui::Ui& ui, const ui::HeatmapEvent& event, Yx cell) {
  const auto y = static_cast<double>(cell.y);
  const auto x = static_cast<double>(cell.x);
  const ImVec2 a = event.screen(y, x);
  const ImVec2 b = event.screen(y + 1, x + 1);
  const float half = std::max((b.x - a.x) * 0.5f, ui.theme.px(36.0f));
  const float tall = std::max((b.y - a.y) * 0.5f, ui::row_height(ui) * 0.5f);
  const ImVec2 middle{std::round((a.x + b.x) * 0.5f), std::round((a.y + b.y) * 0.5f)};
  return {{middle.x - half, middle.y - tall}, {middle.x + half, middle.y + tall}};
}

void draw_notice(ui::Ui& ui, const char* name, std::string_view text, ImVec2 size, ImU32 color) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImFont* font = ui.theme.font.body;
  const float wrap = std::max(1.0f, size.x - ui.theme.px(16.0f));
  const ImVec2 extent = ui::wrapped_text_size(font, ui::font_size(font), wrap, text);
  ImGui::GetWindowDrawList()->AddText(
      font, ui::font_size(font),
      {std::round(at.x + (size.x - extent.x) * 0.5f),
       std::round(at.y + std::max(0.0f, (size.y - extent.y) * 0.5f))},
      color, text.data(), text.data() + text.size(), wrap);
  ImGui::Dummy(size);
  ui.items.add(name, at, {at.x + size.x, at.y + size.y});
}

void draw_size_lines(ui::Ui& ui, const char* name, std::string_view height,
                     std::string_view width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImFont* font = ui.theme.font.small;
  const float size = ui::font_size(font);
  const float room = ImGui::GetContentRegionAvail().x;
  const float indent = ui::text_size(font, size, "y  ").x;
  ImDrawList* list = ImGui::GetWindowDrawList();
  float y = at.y - std::round(ui.theme.px(4.0f));
  const auto line = [&](std::string_view axis, std::string_view formula) {
    ui::draw_text(list, font, size, {at.x, y}, ui.theme.color.muted, axis);
    // The result is at the end, so a long formula is written smaller rather than cut.
    const float full = ui::text_size(font, size, formula).x;
    const float fitting = std::clamp((room - indent) / std::max(full, 1.0f), 0.7f, 1.0f);
    ui::draw_text(list, font, std::floor(size * fitting),
                  {at.x + indent, std::round(y + size * (1.0f - fitting) * 0.5f)},
                  ui.theme.color.ink, formula);
    y += std::round(size * 1.02f);
  };
  line("y", height);
  line("x", width);
  ImGui::Dummy({room, y - at.y});
  ui.items.add(name, at, {at.x + room, y});
}

float height_above(const ui::Ui& ui, float controls) {
  return std::max(ui.theme.px(40.0f), ImGui::GetContentRegionAvail().y - controls);
}

void begin_controls(const ui::Ui& ui, float controls) {
  const ImVec2 min = ImGui::GetWindowPos();
  const float bottom = min.y + ImGui::GetWindowSize().y;
  ImGui::SetCursorScreenPos({min.x, std::max(min.y, bottom - std::max(controls, 1.0f))});
  ImGui::BeginGroup();
  // As wide as the card, so that `flow` puts the first control on a row of its own.
  ImGui::Dummy({ImGui::GetContentRegionAvail().x, std::round(ui.theme.px(2.0f))});
}

float end_controls(const ui::Ui& ui, float controls) {
  ImGui::EndGroup();
  // A card that is scrolled out of sight is not laid out.
  const float height = std::ceil(ImGui::GetItemRectSize().y);
  return height < ui::row_height(ui) ? controls : height;
}

}  // namespace convscope
