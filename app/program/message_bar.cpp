#include "app/program/message_bar.h"

#include "app/files/printable_text.h"
#include "app/panels/parts/layout.h"
#include "app/ui/message.h"

namespace convscope::program {
namespace {

using ui::MessageKind;

void draw_content(ui::Ui& ui, bool slow, Document& document, SceneFiles& files, Message& message) {
  const std::string reading = printable(files.reading());
  if (slow && !reading.empty()) {
    const std::string text = "Reading " + reading + " … (close to cancel)";
    if (ui::message_bar(ui, "message", text, MessageKind::kInfo)) files.cancel_reading();
  } else if (slow && document.changing()) {
    const char* text = "Changing the input … (close to cancel)";
    if (ui::message_bar(ui, "message", text, MessageKind::kInfo)) document.cancel_change();
  } else if (slow && files.writing()) {
    ui::message_bar(ui, "message", "Writing the scene …", MessageKind::kInfo);
  } else if (ui::message_bar(ui, "message", printable(message.text),
                             message.is_error ? MessageKind::kError : MessageKind::kInfo)) {
    message.text.clear();
  }
}

}  // namespace

void draw_message_bar(ui::Ui ui, bool slow, Document& document, SceneFiles& files, View& view) {
  Message& message = view.message;
  const bool works = !files.reading().empty() || document.changing() || files.writing();
  if (message.text.empty() && !(slow && works)) return;
  constexpr ImGuiWindowFlags kFlags =
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_AlwaysAutoResize |
      ImGuiWindowFlags_NoFocusOnAppearing;
  const float margin = ui.theme.px(12.0f);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const Zones zones = divide_window(display.x, display.y, ui.theme.scale,
                                    zones_wanted(view.settings, view.cards(), 0.0f));
  // Below the controls, which it must not cover.
  ImGui::SetNextWindowPos({margin, content_top(zones)});
  ImGui::SetNextWindowSize({display.x - 2 * margin, 0.0f});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("message", nullptr, kFlags);
  ImGui::PopStyleVar();
  draw_content(ui, slow, document, files, message);
  ImGui::End();
}

}  // namespace convscope::program
