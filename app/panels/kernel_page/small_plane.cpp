#include "app/panels/kernel_page/small_plane.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/look/number_format.h"
#include "app/look/range.h"
#include "app/program/view/names.h"
#include "app/ui/cells.h"

namespace convscope::panels {

std::optional<Yx> draw_plane(const PanelContext& context, const char* id, const char* symbol,
                             const Tensor& plane, const ui::HeatmapStyle& style, ImVec2 at,
                             float cell) {
  ui::Ui& ui = context.ui;
  const Shape& s = plane.shape();
  const ImVec2 min{std::round(at.x), std::round(at.y)};
  const ImVec2 max{min.x + cell * static_cast<float>(s.w), min.y + cell * static_cast<float>(s.h)};
  ui::draw_cells(ui.theme, ImGui::GetWindowDrawList(), min, cell, s.h, s.w, style, plane.values());
  ui.items.add(id, min, max);
  if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(min, max)) return std::nullopt;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Yx hovered{std::clamp<Index>(static_cast<Index>((mouse.y - min.y) / cell), 0, s.h - 1),
                   std::clamp<Index>(static_cast<Index>((mouse.x - min.x) / cell), 0, s.w - 1)};
  if (symbol != nullptr) {
    const std::string text =
        cell_name(symbol, hovered) + " = " + ui::exact_text(plane.at(hovered.y, hovered.x));
    ImGui::SetTooltip("%s", text.c_str());
  }
  return hovered;
}

ui::HeatmapStyle signed_style(const PanelContext& context, const Tensor& plane) {
  return ui::style_for(plane, 0, context.view.settings.dark(), ui::MapChoice::kDiverging);
}

}  // namespace convscope::panels
