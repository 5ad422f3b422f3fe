#include "app/panels/parts/open_menu.h"

#include <string>
#include <utility>
#include <vector>

#include "app/files/examples.h"
#include "app/files/printable_text.h"
#include "app/lesson/find_lesson.h"
#include "app/ui/list_button.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

constexpr const char* kLabel = "Open";

// What the menu offers, from top to bottom.
struct Offers {
  std::vector<std::string> labels;
  std::vector<Action> actions;  // one for each label
  void add(std::string label, Action action) {
    labels.push_back(std::move(label));
    actions.push_back(std::move(action));
  }
};

constexpr int kLessons = 1;  // the entry that opens the list of lessons

Offers scene_offers() {
  Offers offers;
  offers.add("Picture, scene or lesson… (Ctrl+O)", ShowOpenDialog{});
  offers.add("Lessons ›", ShowOpenDialog{});  // its action is the list of lessons
  offers.add("Ask me about this scene (Q)", AskAboutScene{});
  offers.add("Copy this scene's address (Ctrl+Shift+C)", ViewCommand::kCopyAddress);
  offers.add("Copy as PyTorch", ViewCommand::kCopyAsPytorch);
  offers.add("Copy as NumPy and SciPy", ViewCommand::kCopyAsNumpy);
  offers.add("Copy as lists", ViewCommand::kCopyAsLists);
  for (std::size_t i = 0; i < examples().size(); ++i)
    offers.add(examples()[i].title, OpenScene{.path = {}, .example = i});
  return offers;
}

Offers lesson_offers(const PanelContext& context) {
  Offers offers;
  for (const lesson::ShippedLesson& shipped : lesson::shipped_lessons())
    offers.add(lesson::shown_name(shipped.name),
               OpenLesson{.path = {}, .shipped = std::string(shipped.name)});
  for (const std::filesystem::path& own : context.lessons.files.own().files)
    offers.add(printable(own.filename().string()), OpenLesson{.path = own, .shipped = {}});
  return offers;
}

std::vector<const char*> items_of(const Offers& offers) {
  std::vector<const char*> items;
  items.reserve(offers.labels.size());
  for (const std::string& label : offers.labels)
    items.push_back(label.c_str());
  return items;
}

}  // namespace

bool open_menu(const PanelContext& context) {
  const Offers scenes = scene_offers();
  int chosen = -1;
  const bool picked = ui::menu(context.ui, "top/open", kLabel, items_of(scenes), chosen);
  ui::tooltip(context.ui, "Opens a picture, a scene or a lesson: a file, or one of the program's");
  const bool opens = picked && chosen == kLessons;
  const Offers lessons = lesson_offers(context);
  int lesson = -1;
  if (ui::list_popup(context.ui, "top/lessons", opens, items_of(lessons), lesson)) {
    context.actions.push(lessons.actions[static_cast<std::size_t>(lesson)]);
    return true;
  }
  if (!picked || opens) return false;
  context.actions.push(scenes.actions[static_cast<std::size_t>(chosen)]);
  return true;
}

float open_menu_width(const ui::Ui& ui) {
  return ui::menu_width(ui, kLabel);
}

}  // namespace convscope::panels
