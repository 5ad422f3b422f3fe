#include "app/program/message_bar.h"

#include "app/files/printable_text.h"
#include "app/panels/parts/layout.h"
#include "app/ui/message.h"

namespace convscope::program {
namespace {

using ui::MessageKind;

// Returns the name of what is being read; empty if nothing is.
std::string reading_of(const Workers& workers) {
  const std::string scene = workers.files.reading();
  return printable(scene.empty() ? workers.lessons.reading() : scene);
}

void draw_content(ui::Ui& ui, bool slow, const Workers& workers, Message& message) {
  const auto& [document, files, lessons, pictures] = workers;
  const std::string reading = reading_of(workers);
  if (slow && !reading.empty()) {
    const std::string text = "Reading " + reading + " … (close to cancel)";
    if (ui::message_bar(ui, "message", text, MessageKind::kInfo)) {
      files.cancel_reading();
      lessons.cancel();
    }
  } else if (slow && document.changing()) {
    const char* text = "Changing the input … (close to cancel)";
    if (ui::message_bar(ui, "message", text, MessageKind::kInfo)) document.cancel_change();
  } else if (slow && files.writing()) {
    ui::message_bar(ui, "message", "Writing the scene …", MessageKind::kInfo);
  } else if (slow && pictures.writing()) {
    const std::string text =
        "Drawing the figure: " + std::to_string(static_cast<int>(100.0 * pictures.share())) +
        " % … (close to cancel)";
    if (ui::message_bar(ui, "message", text, MessageKind::kInfo)) pictures.cancel();
  } else if (ui::message_bar(ui, "message", printable(message.text),
                             message.is_error ? MessageKind::kError : MessageKind::kInfo)) {
    message.text.clear();
  }
}

}  // namespace

void draw_message_bar(ui::Ui ui, bool slow, const Workers& workers, View& view) {
  Message& message = view.message;
  const bool works = !reading_of(workers).empty() || workers.document.changing() ||
                     workers.files.writing() || workers.pictures.writing();
  if (message.text.empty() && !(slow && works)) return;
  constexpr ImGuiWindowFlags kFlags =
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_AlwaysAutoResize |
      ImGuiWindowFlags_NoFocusOnAppearing;
  const float margin = ui.theme.px(12.0f);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const Zones zones = divide_window(display.x, display.y, ui.theme.scale,
                                    zones_wanted(view.settings, view.cards(), 0.0f));
  // Below the controls, which it must not cover; over the lesson only where that is alone.
  const float left = view.settings.lesson.left < display.x ? view.settings.lesson.left : 0.0f;
  ImGui::SetNextWindowPos({left + margin, zones.main.y});
  ImGui::SetNextWindowSize({display.x - left - 2 * margin, 0.0f});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("message", nullptr, kFlags);
  ImGui::PopStyleVar();
  draw_content(ui, slow, workers, message);
  ImGui::End();
}

}  // namespace convscope::program
