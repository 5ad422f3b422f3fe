#include "app/panels/dialogs/recovery_question.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"

namespace convscope::panels {
namespace {

constexpr const char* kTitle = "Go on?";

// Writes a local time: "2026-11-30 06:31".
std::string time_text(std::filesystem::file_time_type time) {
  const auto seconds =
      std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(time));
  const std::time_t moment = seconds.time_since_epoch().count();
  std::tm local{};
  localtime_r(&moment, &local);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &local);
  return text.data();
}

std::string explanation(const RecoveryOffer& offer) {
  std::string text = "They were kept on " + time_text(offer.time) + ".";
  if (offer.file_is_newer) {
    text += " The file was changed after that: saving will ask for a name first.";
  }
  if (offer.others > 0) {
    text += " Those of " + std::to_string(offer.others) +
            (offer.others == 1 ? " other run are kept too." : " other runs are kept too.");
  }
  return text;
}

std::optional<RecoveryAnswer> draw_answers(ui::Ui& ui) {
  std::optional<RecoveryAnswer> answer;
  const auto offer = [&](const char* name, const char* label, ui::Chord key, const char* key_name,
                         RecoveryAnswer what, ui::ButtonKind kind = ui::ButtonKind::kNormal) {
    const bool pressed = ui::button(ui, name, label, {.kind = kind, .tooltip = key_name});
    // Enter is the focused button's, if there is one.
    const bool by_key = ui::key_pressed(key) && !(key.key == ui::Key::kEnter && ui.focus.shown());
    if (pressed || by_key) answer = what;
  };
  offer("recovery/go-on", "Go on", {ui::Key::kEnter}, "Enter", RecoveryAnswer::kGoOn,
        ui::ButtonKind::kPrimary);
  ImGui::SameLine();
  offer("recovery/discard", "Discard", {ui::Key::kD, true}, "Ctrl+D", RecoveryAnswer::kDiscard);
  ImGui::SameLine();
  offer("recovery/later", "Later", {ui::Key::kEscape}, "Escape: asks at the next start",
        RecoveryAnswer::kLater);
  return answer;
}

}  // namespace

std::optional<RecoveryAnswer> draw_recovery_question(const PanelContext& context,
                                                     const std::optional<RecoveryOffer>& offer) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  if (offer && !ImGui::IsPopupOpen(kTitle)) ImGui::OpenPopup(kTitle);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(theme.px(480.0f), display.x - theme.px(20.0f));
  ImGui::SetNextWindowPos({display.x * 0.5f, display.y * 0.5f}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSize({width, 0.0f}, ImGuiCond_Always);
  if (!ImGui::BeginPopupModal(kTitle, nullptr,
                              ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings)) {
    return std::nullopt;
  }
  std::optional<RecoveryAnswer> answer;
  if (offer) {
    const std::string file = std::filesystem::path(offer->file).filename().string();
    ui::paragraph(ui,
                  "Convscope ended with unsaved changes" +
                      (file.empty() ? " to a scene without a file" : " to " + file) +
                      ". Go on with them?",
                  theme.font.title, theme.color.ink);
    ui::paragraph(ui, explanation(*offer), theme.font.body, theme.color.muted);
    answer = draw_answers(ui);
  }
  if (!offer || answer) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
  return answer;
}

}  // namespace convscope::panels
