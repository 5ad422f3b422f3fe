#include "app/program/news.h"

#include <utility>

#include "app/files/lesson_name.h"
#include "app/program/view/look.h"

namespace convscope::program {

bool show_news(DocumentNews news, View& view, PanelStates& panels) {
  FileDialogState& dialog = panels.file_dialog;
  if (!news.failed.empty() && news.failed.filename() == dialog.awaited.filename())
    show_again(dialog, *std::exchange(news.message, std::nullopt));
  if (news.done || (news.message && !news.message_is_error)) dialog.awaited.clear();
  if (news.message) view.message = {*std::move(news.message), news.message_is_error};
  if (news.done) {
    view.succeeded();
    view.show(Tell{*std::move(news.done)});
  }
  if (news.page) view.show(ShowPage{*news.page});
  if (news.look) show_look(*news.look, view.settings);
  if (news.sample) view.settings.planes.sample = *news.sample;
  if (news.target) view.settings.learning_tab = LearningTab::kTarget;
  if (news.arrays) {
    dialog.awaited.clear();
    show_array_dialog(panels.array_dialog, *std::move(news.arrays));
  }
  if (news.asks_to_save) view.settings.help = false;  // only one dialog at a time
  return news.asks_name;
}

void show_lesson_error(const std::string& error, View& view, FileDialogState& dialog) {
  if (has_lesson_extension(dialog.awaited)) return show_again(dialog, error);
  view.message = {error, true};
}

}  // namespace convscope::program
