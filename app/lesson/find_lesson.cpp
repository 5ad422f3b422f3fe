#include "app/lesson/find_lesson.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <span>
#include <string>
#include <vector>

#include "app/files/near_name.h"
#include "engine/core/error.h"

namespace convscope::lesson {
namespace {

// Returns "4" for "04-cross-correlation".
std::string_view number_of(std::string_view name) {
  name = name.substr(0, name.find('-'));
  while (name.size() > 1 && name.front() == '0')
    name.remove_prefix(1);
  return name;
}

std::string_view without_zeros(std::string_view number) {
  while (number.size() > 1 && number.front() == '0')
    number.remove_prefix(1);
  return number;
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const ShippedLesson& lesson : shipped_lessons())
    all.emplace_back(lesson.name);
  return all;
}

}  // namespace

const ShippedLesson& find_shipped(std::string_view wanted) {
  std::vector<const ShippedLesson*> meant;
  for (const ShippedLesson& lesson : shipped_lessons()) {
    if (lesson.name == wanted || number_of(lesson.name) == without_zeros(wanted)) return lesson;
    if (!wanted.empty() && lesson.name.find(wanted) != std::string_view::npos)
      meant.push_back(&lesson);
  }
  if (meant.size() == 1) return *meant.front();
  if (meant.empty())
    throw Error("there is no lesson " + in_quotes(wanted) + name_help(wanted, names()));
  std::string several;
  for (const ShippedLesson* lesson : meant)
    several += (several.empty() ? "" : ", ") + std::string(lesson->name);
  throw Error("the lesson " + in_quotes(wanted) + " may be one of " + several +
              "; write more of its name");
}

std::size_t find_step(const Lesson& lesson, std::string_view wanted) {
  if (wanted.empty()) return 0;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  const bool numbered = error == std::errc() && end == wanted.data() + wanted.size();
  if (numbered && number >= 1 && number <= lesson.steps.size()) return number - 1;
  const auto titled = std::ranges::find(lesson.steps, wanted, &Step::title);
  if (titled != lesson.steps.end()) return static_cast<std::size_t>(titled - lesson.steps.begin());
  throw Error("the lesson " + in_quotes(lesson.name) + " has no step " + in_quotes(wanted) +
              "; it must be a number from 1 to " + std::to_string(lesson.steps.size()) +
              " or the step's title");
}

const ShippedLesson* next_shipped(const Lesson& lesson) {
  const std::span<const ShippedLesson> all = shipped_lessons();
  const auto now = std::ranges::find(all, std::string_view(lesson.name), &ShippedLesson::name);
  // A file of one's own may have the name of a shipped lesson, but lies in a folder.
  if (now == all.end() || !lesson.folder.empty() || now + 1 == all.end()) return nullptr;
  return &*(now + 1);
}

std::string shown_name(std::string_view name) {
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

}  // namespace convscope::lesson
