#include "app/panels/parts/top_bar_entries.h"

#include <array>
#include <vector>

#include "app/panels/parts/lecture_tools.h"
#include "app/panels/parts/open_menu.h"
#include "app/ui/buttons.h"
#include "app/ui/list_button.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

constexpr std::array kColorNames = {"automatic", "viridis", "magma", "grey", "blue-white-red"};
constexpr std::array kPageNames = {"Kernel", "Layers"};
constexpr const char* kColorsLabel = "Colours";
constexpr const char* kLessonLabel = "Lesson";

bool flat(ui::Ui& ui, const char* name, const char* label, const char* tip, bool enabled = true) {
  return ui::button(ui, name, label,
                    {.kind = ui::ButtonKind::kFlat, .enabled = enabled, .tooltip = tip});
}

const char* theme_name(SceneTheme theme) {
  switch (theme) {
    case SceneTheme::kLight:
      return "Light";
    case SceneTheme::kDark:
      return "Dark";
    case SceneTheme::kProjector:
      return "Hall";  // about as wide as the others, so that nothing moves
  }
  return "";
}

const char* label_of(BarEntry entry, const PanelContext& context, bool in_menu) {
  switch (entry) {
    case BarEntry::kUndo:
      return "Undo";
    case BarEntry::kRedo:
      return "Redo";
    case BarEntry::kSave:
      return "Save";
    case BarEntry::kFlip:
      return "Flip";
    case BarEntry::kSmaller:
      return in_menu ? "Smaller" : "A−";
    case BarEntry::kLarger:
      return in_menu ? "Larger" : "A+";
    case BarEntry::kTheme:
      return theme_name(look::next(context.view.settings.theme));
    case BarEntry::kHelp:
      return "Keys";
    case BarEntry::kPages:
    case BarEntry::kOpen:
    case BarEntry::kLesson:
    case BarEntry::kColors:
    case BarEntry::kLecture:
      break;
  }
  return "";
}

void draw_flip(const PanelContext& context) {
  const KernelScene& kernel = context.layer.now().kernel;
  bool turned = kernel.turned;
  const char* tip = kernel.turned
                        ? "The kernel is turned by 180 degrees: convolution. Turns it back (F)"
                        : "The kernel is laid on as it is: cross-correlation, which PyTorch calls "
                          "convolution. Turns it by 180 degrees (F)";
  if (ui::toggle_button(context.ui, "top/flip", "Flip", turned,
                        {.icon = ui::Icon::kFlip, .tooltip = tip})) {
    edit_layer(context, rotated_180(kernel));
  }
}

bool draw_lesson_switch(const PanelContext& context) {
  if (!context.lessons.lectern.open()) return false;
  bool shown = context.view.settings.lesson.shown;
  const char* tip =
      shown ? "Hides the lesson, which stays at its step (F2)" : "Shows the open lesson (F2)";
  if (!ui::toggle_button(context.ui, "top/lesson", kLessonLabel, shown, {.tooltip = tip}))
    return false;
  context.actions.push(LessonCommand::kTogglePanel);
  return true;
}

void choose_colors(const PanelContext& context) {
  int chosen = -1;
  if (ui::menu(context.ui, "top/colors", kColorsLabel, kColorNames, chosen,
               static_cast<int>(context.view.settings.colors))) {
    context.actions.push(ChooseColors{static_cast<ui::MapChoice>(chosen)});
  }
  ui::tooltip(context.ui,
              "Colour map of the heatmaps. Automatic: blue-white-red for what has signs, grey for "
              "photographs, else viridis. All can be read with red-green colour blindness");
}

void choose_page(const PanelContext& context) {
  auto page = static_cast<int>(context.view.settings.page);
  if (ui::segmented(context.ui, "top/page", kPageNames, page)) {
    context.actions.push(ShowPage{static_cast<Page>(page)});
  }
  ui::tooltip(context.ui, "One kernel, or the layers of a network (L)");
}

}  // namespace

float bar_entry_width(BarEntry entry, const PanelContext& context) {
  const ui::Ui& ui = context.ui;
  switch (entry) {
    case BarEntry::kPages:
      return ui::segmented_width(ui, kPageNames);
    case BarEntry::kOpen:
      return open_menu_width(ui);
    case BarEntry::kLesson:
      return context.lessons.lectern.open() ? ui::button_width(ui, kLessonLabel) : 0.0f;
    case BarEntry::kColors:
      return ui::menu_width(ui, kColorsLabel);
    case BarEntry::kLecture:
      return lecture_menu_width(ui);
    case BarEntry::kFlip:
      return ui::button_width(ui, "Flip", ui::Icon::kFlip);
    default:
      return ui::button_width(ui, label_of(entry, context, false));
  }
}

bool draw_bar_entry(BarEntry entry, const PanelContext& context, bool in_menu) {
  const auto pressed = [&](const char* name, const char* tip, const Action& action,
                           bool enabled = true) {
    const bool now = flat(context.ui, name, label_of(entry, context, in_menu), tip, enabled);
    if (now) context.actions.push(action);
    return now;
  };
  switch (entry) {
    case BarEntry::kPages:
      choose_page(context);
      return false;
    case BarEntry::kOpen:
      return open_menu(context);
    case BarEntry::kLesson:
      return draw_lesson_switch(context);
    case BarEntry::kUndo:
      return pressed("top/undo", "Take back (Ctrl+Z)", Undo{}, context.document.can_undo());
    case BarEntry::kRedo:
      return pressed("top/redo", "Do again (Ctrl+Shift+Z)", Redo{}, context.document.can_redo());
    case BarEntry::kSave:
      return pressed("top/save", "Save the scene (Ctrl+S); under another name Ctrl+Shift+S",
                     SaveScene{});
    case BarEntry::kFlip:
      draw_flip(context);
      return false;
    case BarEntry::kColors:
      choose_colors(context);
      return false;
    case BarEntry::kSmaller:
      return pressed("top/smaller", "Smaller (Ctrl+−)", ViewCommand::kSmallerFont);
    case BarEntry::kLarger:
      return pressed("top/larger", "Larger (Ctrl++)", ViewCommand::kLargerFont);
    case BarEntry::kTheme:
      return pressed("top/theme",
                     "The next look: for a light room, a dark one, or a hall whose projector is "
                     "dim, with the strongest contrast",
                     ViewCommand::kNextTheme);
    case BarEntry::kLecture:
      return lecture_menu(context, in_menu);
    case BarEntry::kHelp:
      return pressed("top/help", "All keys (F1)", ViewCommand::kToggleHelp);
  }
  return false;
}

}  // namespace convscope::panels
