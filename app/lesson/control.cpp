#include "app/lesson/control.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/files/near_name.h"
#include "app/lesson/control_words.h"
#include "app/lesson/stated.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"

namespace convscope::lesson {
namespace {

// Returns the name under which the table of controls has what is referred to.
std::string control_name(const Reference& reference) {
  if (reference.word != nullptr) return std::string(reference.word->name);
  std::string tensor(reference.tensor->name == "weight" ? "kernel" : reference.tensor->name);
  if (reference.property != nullptr) return tensor + "." + std::string(reference.property->name);
  return tensor;
}

std::vector<std::string> control_names() {
  std::vector<std::string> names;
  for (const ControlWord* word : control_words())
    names.emplace_back(word->name);
  return names;
}

// Whether indices stand where the control needs a cell, and nowhere else.
bool names_its_place(const Reference& reference) {
  const bool property = reference.property != nullptr || reference.cell != nullptr;
  if (reference.tensor == nullptr || property) return reference.indices.empty();
  return !reference.indices.empty() &&
         std::ranges::find(reference.indices, kAllIndices) == reference.indices.end();
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

std::optional<double> single_number(std::string_view text) {
  const Stated stated = read_stated(text);
  if (stated.numbers.size() != 1 || !std::isfinite(stated.numbers[0].value)) return std::nullopt;
  return stated.numbers[0].value;
}

std::string range_help(const ControlWord& word) {
  return "a range within " + number_text(word.least) + ".." + number_text(word.most) +
         (word.kind == ControlKind::kReal ? ", such as 0..1, or 0..1 by 0.1"
                                          : ", whole numbers such as 1..3");
}

void read_choices(std::string_view range, const std::string& written, Control& control) {
  const std::vector<std::string> known(control.word->choices.begin(), control.word->choices.end());
  for (;;) {
    const std::size_t bar = range.find('|');
    const std::string name = trimmed(range.substr(0, bar));
    const auto found = std::ranges::find(known, name);
    if (found == known.end())
      throw Error(written + " can't be " + in_quotes(name) + name_help(name, known));
    const auto number = static_cast<std::size_t>(found - known.begin());
    if (std::ranges::find(control.choices, number) == control.choices.end())
      control.choices.push_back(number);
    if (bar == std::string_view::npos) return;
    range.remove_prefix(bar + 1);
  }
}

void read_range(std::string_view range, const std::string& written, Control& control) {
  const ControlWord& word = *control.word;
  const auto wrong = [&] {
    return Error(written + " has the range " + in_quotes(trimmed(range)) + "; it must be " +
                 range_help(word));
  };
  const std::size_t dots = range.find("..");
  if (dots == std::string_view::npos) throw wrong();
  const std::string_view rest = range.substr(dots + 2);
  const std::size_t by = rest.find("by");
  const std::optional<double> least = single_number(range.substr(0, dots));
  const std::optional<double> most = single_number(rest.substr(0, by));
  if (!least || !most || !(*least < *most) || *least < word.least || *most > word.most)
    throw wrong();
  control.least = *least;
  control.most = *most;
  control.step = word.kind == ControlKind::kWhole ? 1.0 : 0.0;
  if (by != std::string_view::npos) {
    const std::optional<double> step = single_number(rest.substr(by + 2));
    if (!step || !(*step > 0.0) || *step > *most - *least) throw wrong();
    control.step = *step;
  }
  const auto whole = [](double v) { return v == std::round(v); };
  const bool all_whole = whole(control.least) && whole(control.most) && whole(control.step);
  if (word.kind == ControlKind::kWhole && !all_whole) throw wrong();
}

// Returns the nearest value that the control takes.
double taken(const Control& control, double value) {
  if (control.word->kind == ControlKind::kChoice) {
    const auto number = static_cast<std::size_t>(std::max(0.0, value));
    const bool offered = std::ranges::find(control.choices, number) != control.choices.end();
    return static_cast<double>(offered ? number : control.choices.front());
  }
  if (std::isnan(value)) value = control.least;
  value = std::clamp(value, control.least, control.most);
  if (!(control.step > 0.0)) return value;
  value = control.least + std::round((value - control.least) / control.step) * control.step;
  return std::min(value, control.most);
}

}  // namespace

Control read_control(const Reference& reference, std::string_view range) {
  const std::string name = control_name(reference);
  Control control;
  control.word = find_control_word(name);
  if (control.word == nullptr)
    throw Error(in_quotes(reference.text) + " can't be dragged; controls are" +
                name_help("", control_names()).substr(std::string("; known are").size()));
  if (!names_its_place(reference))
    throw Error(in_quotes(reference.text) + " names no cell to drag; write " + name + "[0, 1]");
  control.layer = reference.layer;
  control.indices = reference.indices;
  if (control.word->kind == ControlKind::kChoice)
    read_choices(range, reference.text, control);
  else
    read_range(range, reference.text, control);
  return control;
}

std::optional<double> control_value(const Scene& scene, const Control& control) {
  if (control.layer >= scene.layers.size()) return std::nullopt;
  return control.word->value(scene, {control.layer, control.indices});
}

bool offers(const Control& control, double value) {
  if (control.word->kind != ControlKind::kChoice) {
    // A scene holds 0.03 as the float nearest to it.
    const double rounding = 1e-6 * std::max(std::abs(control.least), std::abs(control.most));
    return value >= control.least - rounding && value <= control.most + rounding;
  }
  return std::ranges::find(control.choices, static_cast<std::size_t>(value)) !=
         control.choices.end();
}

std::string choice_text(const Control& control, double value) {
  if (control.word->kind != ControlKind::kChoice) return number_text(value);
  return std::string(control.word->choices[static_cast<std::size_t>(value)]);
}

std::optional<Edit> control_edit(const Scene& scene, const Control& control, double value,
                                 bool continues) {
  if (!control_value(scene, control)) return std::nullopt;
  Edit edit = control.word->edit(scene, {control.layer, control.indices}, taken(control, value));
  edit.continues = continues;
  return edit;
}

}  // namespace convscope::lesson
