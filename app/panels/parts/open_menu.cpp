#include "app/panels/parts/open_menu.h"

#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/files/examples.h"
#include "app/files/printable_text.h"
#include "app/lesson/shipped_lessons.h"
#include "app/ui/list_button.h"

namespace convscope::panels {
namespace {

constexpr const char* kLabel = "Open";

// "04-cross-correlation" is "4  Cross correlation".
std::string title_of(std::string_view name) {
  std::string title;
  while (!name.empty() && (std::isdigit(static_cast<unsigned char>(name.front())) != 0)) {
    if (!title.empty() || name.front() != '0') title += name.front();
    name.remove_prefix(1);
  }
  if (!title.empty()) title += " ";
  const std::size_t word = title.size();
  for (const char c : name)
    title += c == '-' ? ' ' : c;
  while (title.size() > word && title[word] == ' ')
    title.erase(word, 1);
  if (title.size() > word)
    title[word] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[word])));
  return title;
}

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
  for (std::size_t i = 0; i < examples().size(); ++i)
    offers.add(examples()[i].title, OpenScene{.path = {}, .example = i});
  return offers;
}

Offers lesson_offers(const PanelContext& context) {
  Offers offers;
  for (const lesson::ShippedLesson& shipped : lesson::shipped_lessons())
    offers.add(title_of(shipped.name),
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
