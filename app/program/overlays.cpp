#include "app/program/overlays.h"

#include <filesystem>
#include <string>

#include "app/files/printable_text.h"
#include "app/panels/dialogs/help_panel.h"
#include "app/panels/dialogs/save_question.h"
#include "app/program/message_bar.h"
#include "app/program/toast.h"

namespace convscope::program {

void draw_overlays(const PanelContext& context, bool slow, const Workers& workers,
                   PanelStates& panels, Recovery* recovery) {
  const SceneFiles& files = workers.files;
  draw_message_bar(context.ui, slow, workers, context.view);
  draw_toast(context.ui, context.view, context.actions);
  draw_help_panel(context);
  draw_file_dialog(context, panels.file_dialog);
  draw_array_dialog(context, panels.array_dialog);
  draw_figure_dialog(context, panels.figure_dialog);
  draw_save_question(context, files.asks_to_save());
  if (recovery != nullptr) recovery->draw(context, !files.leaves() && !panels.file_dialog.shown);
}

std::string window_title(const Document& document) {
  const std::string& file = document.scene().file;
  if (file.empty()) return "Convscope";
  return printable(std::filesystem::path(file).filename().string()) +
         (document.unsaved() ? "*" : "") + " – Convscope";
}

}  // namespace convscope::program
