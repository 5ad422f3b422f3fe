#include "app/lesson/live_text.h"

#include "app/files/near_name.h"
#include "app/lesson/control_words.h"
#include "app/lesson/key_lines.h"
#include "engine/core/error.h"

namespace convscope::lesson {
namespace {

// Returns the first of these characters outside of brackets; npos if there is none.
std::size_t find_outside_brackets(std::string_view text, char wanted) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') ++depth;
    if (text[i] == ']') --depth;
    if (text[i] == wanted && depth <= 0) return i;
  }
  return std::string_view::npos;
}

// Throws where a control has its range behind it without a colon: "padding 0..3".
void require_colon(std::string_view named) {
  named = without_spaces(named);
  const std::size_t space = find_outside_brackets(named, ' ');
  const std::string name(named.substr(0, space));
  if (space == std::string_view::npos ||
      find_control_word(name.substr(0, name.find('['))) == nullptr)
    return;
  throw Error(in_quotes(named) + " has no colon; write {" + name + ": " +
              std::string(without_spaces(named.substr(space))) + "}, with a colon");
}

}  // namespace

Stated read_stated_for(const Reference& reference, std::string_view text) {
  const bool count = reference.kind() == ValueKind::kCount;
  Stated stated = count ? read_stated_count(text) : read_stated(text);
  if (stated.text.empty())
    throw Error("nothing is stated behind the \"=\" of " + in_quotes(reference.text) +
                "; write a value, or leave out the \"=\"");
  if (reference.kind() != ValueKind::kText && stated.numbers.empty())
    throw Error(reference.text + " is stated as " + in_quotes(stated.text) +
                ", which is no number; numbers are written 19, −0.994, 1.2×10⁵, 6 × 7 or [1, 2]");
  return stated;
}

LiveText read_live_text(std::string_view inside) {
  LiveText live;
  const std::size_t equals = find_outside_brackets(inside, '=');
  const std::string_view named = inside.substr(0, equals);
  const std::size_t colon = find_outside_brackets(named, ':');
  if (colon == std::string_view::npos) require_colon(named);
  live.reference = read_reference(named.substr(0, colon));
  if (colon != std::string_view::npos)
    live.control = read_control(live.reference, named.substr(colon + 1));
  if (equals != std::string_view::npos) {
    live.stated = read_stated_for(live.reference, inside.substr(equals + 1));
  }
  return live;
}

ShownValue shown_value(const LiveText& live, const StepValues& values) {
  const Value value = value_of(live.reference, values);
  ShownValue shown;
  shown.missing = value.missing;
  if (!live.stated) {
    shown.text = value_text(value);
    return shown;
  }
  shown.holds = agrees(value, *live.stated);
  shown.text = value_text_like(value, *live.stated);
  // Digits that round to what is stated would leave the reader puzzled.
  if (!*shown.holds && shown.text == live.stated->text) shown.text = value_text(value);
  return shown;
}

std::string text_with_stated(const LiveText& live, const ShownValue& shown) {
  if (shown.holds.value_or(true)) return shown.text;
  return shown.text + " (stated: " + live.stated->text + ")";
}

std::string failure_text(const LiveText& live, const StepValues& values) {
  const ShownValue shown = shown_value(live, values);
  if (!shown.missing.empty()) return live.reference.text + " has no value: " + shown.missing;
  if (shown.holds.value_or(true)) return "";
  return live.reference.text + " is " + shown.text + ", and " + live.stated->text + " is stated";
}

}  // namespace convscope::lesson
