#include "app/program/dispatch.h"

#include <type_traits>
#include <utility>
#include <variant>

#include "app/program/brush_key.h"
#include "app/program/copy_paste.h"
#include "app/program/view/look.h"

namespace convscope::program {
namespace {

// Makes the loss a cell of the output where the pooled plane is not shown, as in many lessons:
// there nobody could move the 1 in it. What somebody has chosen stays.
void begin_backward(Document& document, const View& view) {
  const ViewSettings& settings = view.settings;
  if (!settings.backward || !view.on_kernel_page() || !settings.hides(Card::kPooled)) return;
  BackwardScene backward = document.scene().backward;
  if (backward != BackwardScene{}) return;
  backward.source = GradientSource::kOutputCell;
  document.edit(Edit{std::move(backward)});
}

// Returns why the gradients are not shown, as their masks and winners might tell what is asked for;
// null where they are.
const char* why_gradients_wait(const Lectern& lectern, const View& view) {
  if (lectern.any_open()) return "The gradients wait until the question is answered.";
  if (view.explore.predict.hides_pooled())
    return "The gradients wait while you predict the output: Reveal all shows it.";
  return nullptr;
}

// Returns the language that a command copies the scene in.
std::optional<exports::Dialect> dialect_of(ViewCommand command) {
  if (command == ViewCommand::kCopyAsPytorch) return exports::Dialect::kPytorch;
  if (command == ViewCommand::kCopyAsNumpy) return exports::Dialect::kNumpy;
  if (command == ViewCommand::kCopyAsLists) return exports::Dialect::kLists;
  return std::nullopt;
}

}  // namespace

void dispatch(const Action& action, const Owners& owners) {
  Document& document = owners.document;
  SceneFiles& files = owners.files;
  View& view = owners.view;
  PanelStates& panels = owners.panels;
  if (changes_scene(action)) view.toast = {};
  if (saves_scene(action)) document.set_look(look_of(document.scene().look, view.settings));
  std::visit(
      detail::Overloaded{
          [&](const Edit& edit) { document.edit(edit); },
          [&](const InputChange& change) {
            view.succeeded();
            view.tell_error(document.change(change));
          },
          [&](Undo) { document.undo(); }, [&](Redo) { document.redo(); },
          [&](const OpenPicture& wanted) { files.open(wanted); },
          [&](const OpenScene& wanted) { files.open(wanted); },
          [&](const OpenLesson& wanted) { files.open(wanted); },
          [&](const OpenNumbers& wanted) { files.open(wanted); },
          [&](const SaveScene& wanted) { files.save(wanted); },
          [&](SaveAnswer given) { files.answer(given); },
          [&](ShowOpenDialog wanted) { show_open_dialog(panels.file_dialog, wanted.purpose); },
          [&](ShowSaveDialog) {
            show_save_dialog(panels.file_dialog, files.name_to_save(),
                             files.was_changed_by_others(document.scene().file));
          },
          [&](const ShowFigureDialog& wanted) {
            show_figure_dialog(panels.figure_dialog, wanted, view);
          },
          [&](const SaveFigure& wanted) {
            owners.pictures.save(wanted, owners.live, panels.error,
                                 owners.lessons.lectern.any_open(), view);
          },
          [&](ViewCommand command) {
            if (command == ViewCommand::kToggleBackward && !view.settings.backward) {
              if (const char* why = why_gradients_wait(owners.lessons.lectern, view)) {
                view.show(Tell{why});
                return;
              }
            }
            view.show(command);
            if (command == ViewCommand::kToggleBackward) begin_backward(document, view);
            if (command == ViewCommand::kSavePicture) owners.pictures.ask();
            if (command == ViewCommand::kToggleBrush) toggle_brush(document.scene(), panels, view);
            if (command == ViewCommand::kCopyAddress) copy_address(document.scene(), view);
            if (const std::optional<exports::Dialect> dialect = dialect_of(command))
              owners.snippets.copy(*dialect, owners.live, owners.lessons.lectern.any_open(), view);
            if (command == ViewCommand::kQuit) files.end_program();
          },
          [&](const auto& other) {
            if constexpr (detail::is_one_of<std::decay_t<decltype(other)>, LiveAction>) {
              owners.live.perform(other);
              view.show_learning();
            } else if constexpr (detail::is_one_of<std::decay_t<decltype(other)>, LessonAction>) {
              perform(other, {owners.lessons, document, owners.live, view});
            } else {
              view.show(other);
            }
          }},
      action);
}

}  // namespace convscope::program
