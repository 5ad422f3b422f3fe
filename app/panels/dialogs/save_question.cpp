#include "app/panels/dialogs/save_question.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "app/files/printable_text.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"

namespace convscope::panels {
namespace {

constexpr const char* kTitle = "Save the changes?";

std::optional<SaveAnswer> draw_answers(ui::Ui& ui) {
  std::optional<SaveAnswer> answer;
  const auto offer = [&](const char* name, const char* label, ui::Chord key, const char* key_name,
                         SaveAnswer what, ui::ButtonKind kind = ui::ButtonKind::kNormal) {
    const bool pressed = ui::button(ui, name, label, {.kind = kind, .tooltip = key_name});
    // Enter is the focused button's, if there is one.
    const bool by_key = ui::key_pressed(key) && !(key.key == ui::Key::kEnter && ui.focus.shown());
    if (pressed || by_key) answer = what;
  };
  offer("save-question/save", "Save", {ui::Key::kEnter}, "Enter", SaveAnswer::kSave,
        ui::ButtonKind::kPrimary);
  ImGui::SameLine();
  offer("save-question/discard", "Don't save", {ui::Key::kD, true}, "Ctrl+D", SaveAnswer::kDiscard);
  ImGui::SameLine();
  offer("save-question/cancel", "Cancel", {ui::Key::kEscape}, "Escape", SaveAnswer::kCancel);
  return answer;
}

}  // namespace

void draw_save_question(const PanelContext& context, bool wanted) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  if (wanted && !ImGui::IsPopupOpen(kTitle)) ImGui::OpenPopup(kTitle);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(theme.px(440.0f), display.x - theme.px(20.0f));
  ImGui::SetNextWindowPos({display.x * 0.5f, display.y * 0.5f}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSize({width, 0.0f}, ImGuiCond_Always);
  if (!ImGui::BeginPopupModal(kTitle, nullptr,
                              ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings)) {
    return;
  }
  const std::string file =
      printable(std::filesystem::path(context.layer.scene.file).filename().string());
  ui::paragraph(
      ui,
      file.empty() ? "Save the scene that you have drawn?" : "Save the changes to " + file + "?",
      theme.font.title, theme.color.ink);
  ui::paragraph(ui,
                file.empty() ? "It is in no file yet, and would be lost."
                             : "The scene was changed since it was saved last.",
                theme.font.body, theme.color.muted);
  if (const std::optional<SaveAnswer> answer = draw_answers(ui)) context.actions.push(*answer);
  // The answer takes effect after the frame; until then the question stays open.
  if (!wanted) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace convscope::panels
