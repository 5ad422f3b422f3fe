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

std::string window_title(const Document& document, const std::string& listens_as) {
  const std::string& file = document.scene().file;
  const std::string name = printable(std::filesystem::path(file).filename().string());
  return (file.empty() ? "" : name + (document.unsaved() ? "*" : "") + " – ") + "Convscope" +
         (listens_as.empty() ? "" : " – listens as " + listens_as);
}

}  // namespace convscope::program
