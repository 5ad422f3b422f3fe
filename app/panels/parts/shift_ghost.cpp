#include "app/panels/parts/shift_ghost.h"

#include <array>
#include <cmath>
#include <utility>

#include "app/scene/input_change.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/plot_lines.h"
#include "engine/core/shape_text.h"
#include "engine/explain/move_text.h"

namespace convscope::panels {
namespace {

// Returns what was found of the plane; null where nothing is said of it.
const FoundMove* found_move(const PanelContext& context, SweptPlane plane) {
  const ShiftEffect* effect = context.live.shift_effect();
  const bool hidden = context.layer.explore.predict.hides_pooled();
  const bool on = context.view.shift.on && context.view.on_kernel_page();
  if (!on || effect == nullptr || hidden) return nullptr;
  const std::optional<FoundMove>& found =
      plane == SweptPlane::kOutput ? effect->output : effect->pooled;
  return found ? &*found : nullptr;
}

// Draws a dashed rectangle that stands out on every colour and leaves what is between its dashes.
void draw_dashed(const ui::Ui& ui, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 color) {
  const std::array<ImVec2, 5> corners = {min, ImVec2{max.x, min.y}, max, ImVec2{min.x, max.y}, min};
  const float width = std::max(1.5f, ui.theme.px(2.0f));
  for (const auto& [tone, rim] : {std::pair{ui.theme.color.card, 2.0f}, {color, 0.0f}})
    ui::draw_line(list, corners,
                  {.color = tone, .width = width + rim, .dashed = true, .scale = ui.theme.scale});
}

}  // namespace

std::string facts_or_move(const PanelContext& context, SweptPlane plane, std::string facts) {
  const FoundMove* found = found_move(context, plane);
  return found != nullptr ? move_text(*found) : std::move(facts);
}

void draw_shift_ghost(const PanelContext& context, SweptPlane plane,
                      const ui::HeatmapEvent& event) {
  const FoundMove* found = found_move(context, plane);
  if (found == nullptr || found->content.empty() || found->kind == MoveKind::kUniform) return;
  const ui::Ui& ui = context.ui;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float rim = ui.theme.px(3.0f);
  list->PushClipRect({event.area_min.x - rim, event.area_min.y - rim},
                     {event.area_max.x + rim, event.area_max.y + rim}, true);
  const CellRect& c = found->content;
  const auto corner = [&](Index y, Index x, const Move& by) {
    return event.screen(static_cast<double>(y) + by.y, static_cast<double>(x) + by.x);
  };
  // A shift that does not fit, or tells nothing, is not drawn; what stood out was there.
  const bool moved = found->kind == MoveKind::kMoved;
  const Move by = moved ? found->by : Move{};
  if (found->kind != MoveKind::kUnchanged)
    draw_dashed(ui, list, corner(c.top, c.left, {}), corner(c.bottom, c.right, {}),
                ui.theme.color.muted);
  const ImVec2 min = corner(c.top, c.left, by);
  const ImVec2 max = corner(c.bottom, c.right, by);
  if (moved || found->kind == MoveKind::kUnchanged)
    draw_dashed(ui, list, min, max, ui.theme.color.accent);
  list->PopClipRect();
  ui.items.add(plane == SweptPlane::kOutput ? "output/ghost" : "pooled/ghost", min, max);
}

std::string shift_sentences(const PanelContext& context) {
  if (!context.view.shift.on || !context.view.on_kernel_page()) return "";
  const Yx by = shift_so_far(context.layer.scene.input).by;
  if (by == Yx{})
    return "Shift X with the arrow keys, by dragging it, or with the buttons above: the cards then "
           "say by how much Y and P have moved.";
  std::string text = "X moved by " + pair_text(by) + ".";
  const ShiftEffect* effect = context.live.shift_effect();
  if (effect != nullptr && !effect->failure.empty()) text += " " + effect->failure;
  if (const FoundMove* output = found_move(context, SweptPlane::kOutput))
    text += " " + move_sentence("Y", *output);
  if (const FoundMove* pooled = found_move(context, SweptPlane::kPooled))
    text += " " + move_sentence("P", *pooled);
  if (found_move(context, SweptPlane::kOutput) != nullptr)
    text += " Compared are the cells that see no border and nothing that came in.";
  return text;
}

}  // namespace convscope::panels
