#include "app/program/toast.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/files/printable_text.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/text_fit.h"

namespace convscope::program {
namespace {

// Pixels at scale 1.
constexpr float kPad = 12.0f;
constexpr float kMargin = 10.0f;
constexpr float kRounding = 10.0f;

void draw_frame(const ui::Theme& theme, ImVec2 min, ImVec2 max) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(min, max, theme.color.card, theme.px(kRounding));
  ui::stroke_rect(list, min, max, theme.color.accent, theme.px(kRounding), 1.0f);
}

}  // namespace

void draw_toast(ui::Ui ui, const View& view, Actions& actions) {
  const Toast& toast = view.toast;
  if (toast.text.empty()) return;
  const ui::Theme& theme = ui.theme;
  ImFont* font = theme.font.body;
  const float pad = std::round(theme.px(kPad));
  const float button = toast.undoable ? ui::button_width(ui, "Undo") + pad : 0.0f;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  // In the middle of the page, or of the lesson where that is alone.
  const float left = view.settings.lesson.left < display.x ? view.settings.lesson.left : 0.0f;
  const float room = std::max(1.0f, display.x - left - 4 * pad - button);
  const std::string text = ui::elided(font, printable(toast.text), room);
  const float width = ui::text_size(font, ui::font_size(font), text).x;
  const ImVec2 size{std::ceil(width + 2 * pad + button),
                    ui::row_height(ui) + std::round(theme.px(8.0f))};
  constexpr ImGuiWindowFlags kFlags =
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoFocusOnAppearing;
  const ImVec2 min{std::round((left + display.x - size.x) * 0.5f),
                   std::round(display.y - size.y - theme.px(kMargin))};
  ImGui::SetNextWindowPos(min);
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
  // Without the button it takes no clicks from what is under it.
  ImGui::Begin("toast", nullptr, toast.undoable ? kFlags : kFlags | ImGuiWindowFlags_NoInputs);
  ImGui::PopStyleVar(2);
  const ImVec2 max{min.x + size.x, min.y + size.y};
  draw_frame(theme, min, max);
  ui::draw_text(ImGui::GetWindowDrawList(), font, ui::font_size(font),
                {min.x + pad, std::round((min.y + max.y - ui::font_size(font)) * 0.5f)},
                theme.color.ink, text);
  ui.items.add("toast", min, max);
  if (toast.undoable) {
    ImGui::SetCursorScreenPos({max.x - button, min.y + (size.y - ui::row_height(ui)) * 0.5f});
    if (ui::button(ui, "toast/undo", "Undo", {.tooltip = "Take it back (Ctrl+Z)"}))
      actions.push(Undo{});
  }
  ImGui::End();
}

}  // namespace convscope::program
