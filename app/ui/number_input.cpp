#include "app/ui/number_input.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "app/ui/imgui_shim.h"
#include "app/ui/parse_number.h"
#include "app/ui/wheel.h"
#include "engine/core/number_text.h"

namespace convscope::ui {
namespace {

constexpr ImWchar kMinusSign = 0x2212;

// Returns a character of the input queue if it may occur in a number, else an empty text.
std::string character(ImWchar c) {
  if (c == kMinusSign) return "−";
  if (c >= 0x20 && c < 0x7F) return std::string(1, static_cast<char>(c));
  return "";
}

// Returns the step: fine with Shift, coarse with Ctrl; whole numbers stay whole.
double step_of(const NumberLimits& limits) {
  if (ctrl_down()) return limits.step * 10.0;
  return shift_down() && !limits.integer ? limits.step / 10.0 : limits.step;
}

// A number by the fewest decimals that give the same float: 1.9, not 1.89999998.
struct Decimal {
  double value = 0.0;
  int decimals = 0;
};

double read_double(std::string_view text) {
  double value = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Decimal decimal_of(double value) {
  std::array<char, 32> buffer;
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                     static_cast<float>(value), std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  const std::size_t point = text.find('.');
  const auto fraction = point < e ? static_cast<int>(e - point) - 1 : 0;
  const auto power =
      static_cast<int>(read_double(text.substr(text.find_first_of("-0123456789", e + 1))));
  return {read_double(text), std::max(0, fraction - power)};
}

// Takes away what binary fractions leave of decimal steps.
double rounded_to(double value, int decimals) {
  std::array<char, 128> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value,
                                          std::chars_format::fixed, decimals);
  return error == std::errc() ? read_double({text.data(), end}) : value;
}

// Most numbers are floats, so values that round to the same float count as equal.
bool differ(double a, double b, const NumberLimits& limits) {
  return limits.integer ? a != b : static_cast<float>(a) != static_cast<float>(b);
}

// Clears the selection in the first frame of a text that was begun by typing.
int on_edit(ImGuiInputTextCallbackData* data) {
  auto& edit = *static_cast<EditState*>(data->UserData);
  if (edit.typed) {
    data->CursorPos = data->SelectionStart = data->SelectionEnd = data->BufTextLen;
    edit.typed = false;
  }
  return 0;
}

// What is to be said about a text while it is typed.
struct Verdict {
  bool accepted = false;
  bool at_once = true;  // else only after Enter, as more may be typed
  std::string complaint = {};
};
using Judge = std::function<Verdict(std::string_view)>;

Verdict judge_number(std::string_view text, const NumberLimits& limits) {
  if (is_not_finite(text)) return {.complaint = "must be finite"};
  const std::optional<double> number = parse_number(text);
  if (!number) return {.at_once = false, .complaint = "not a number"};
  const bool within = *number >= limits.lo && *number <= limits.hi;
  return {.accepted = true, .complaint = within ? "" : limits_text(limits)};
}

Verdict judge_pair(std::string_view text, const NumberLimits& first, const NumberLimits& second) {
  const std::optional<NumberPair> pair = parse_pair(text);
  if (!pair) return {.at_once = false, .complaint = "not two numbers, such as 6, 8"};
  const auto within = [](double value, const NumberLimits& limits) {
    return value >= limits.lo && value <= limits.hi;
  };
  if (!within(pair->first, first)) return {.accepted = true, .complaint = limits_text(first)};
  if (!within(pair->second, second)) return {.accepted = true, .complaint = limits_text(second)};
  return {.accepted = true};
}

// Says what became of a typed number that is not taken as it is; empty where it is.
std::string said_of(double typed, const NumberLimits& limits) {
  const double taken = limited(typed, limits);
  if (taken == typed) return "";
  const bool beyond = typed < limits.lo || typed > limits.hi;
  return number_text(typed) +
         (beyond ? " is beyond " + limits_text(limits) : " is no whole number") + ": " +
         number_text(taken) + " is taken.";
}

// Takes a typed number as far as the limits allow.
EditEvent take_typed(EditState& edit, double typed, const NumberLimits& limits, double& value) {
  const std::string said = said_of(typed, limits);
  if (!said.empty()) edit.said += (edit.said.empty() ? "" : " ") + said;
  const double taken = limited(typed, limits);
  if (!differ(taken, value, limits)) return {};
  value = taken;
  return {true, false};
}

// Draws a message in a small box below the field, above everything else.
void draw_error_message(Ui& ui, ImVec2 min, ImVec2 max, const std::string& text) {
  const Theme& theme = ui.theme;
  ImFont* font = theme.font.small;
  const ImVec2 extent = text_size(font, font_size(font), text);
  const float pad = theme.px(6.0f);
  const float right = ImGui::GetIO().DisplaySize.x - extent.x - 2 * pad;
  const ImVec2 at{std::round(std::max(0.0f, std::min(min.x, right))), max.y + theme.px(3.0f)};
  const ImVec2 end{at.x + extent.x + 2 * pad, at.y + extent.y + pad};
  ui.items.add("typed/complaint", at, end);
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->AddRectFilled(at, end, theme.color.card, theme.px(5.0f));
  stroke_rect(list, at, end, theme.color.bad, theme.px(5.0f), 1.0f);
  draw_text(list, font, font_size(font), {at.x + pad, std::round(at.y + pad * 0.5f)},
            theme.color.bad, text);
}

// Draws ImGui's text field in a screen rectangle; returns whether it has the keyboard.
bool text_field(Ui& ui, ImVec2 min, ImVec2 max, ImFont* font, const Verdict& verdict) {
  EditState& edit = ui.edit;
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  push_font(font);
  const float pad = std::max(0.0f, std::floor((max.y - min.y - ImGui::GetFontSize()) * 0.5f));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.theme.px(5.0f), pad));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, ui.theme.color.card);
  ImGui::PushStyleColor(ImGuiCol_Border, ui.theme.color.accent);
  const std::string wrong = verdict.at_once || edit.wrong ? verdict.complaint : "";
  ImGui::PushStyleColor(ImGuiCol_Text, wrong.empty() ? ui.theme.color.ink : ui.theme.color.bad);
  ImGui::SetCursorScreenPos(min);
  ImGui::SetNextItemWidth(max.x - min.x);
  if (edit.focus) focus_next_item();
  ImGui::PushID(static_cast<int>(edit.typing));
  ImGui::InputText("##typed", edit.text.data(), edit.text.size(),
                   ImGuiInputTextFlags_AutoSelectAll | ImGuiInputTextFlags_CallbackAlways, on_edit,
                   &edit);
  ImGui::PopID();
  const bool active = ImGui::IsItemActive();
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar();
  pop_font();
  if (!wrong.empty()) draw_error_message(ui, min, max, wrong);
  ImGui::SetCursorScreenPos(cursor);
  return active;
}

// Handles the text that is typed, until it ends; an accepted one is in `edit.text` then.
TypingEnd text_editor(Ui& ui, ImVec2 min, ImVec2 max, ImFont* font, const Judge& judge) {
  EditState& edit = ui.edit;
  if (edit.focus && edit.typed && edit.waited) {
    // The field takes the keyboard a frame late; characters typed until then are appended.
    std::string more;
    for (const ImWchar c : ImGui::GetIO().InputQueueCharacters)
      more += character(c);
    if (!more.empty()) begin_typing(edit, edit.typing, edit.text.data() + more, true);
  }
  edit.waited = true;
  bool active = text_field(ui, min, max, font, judge(edit.text.data()));
  const bool entered = key_pressed({Key::kEnter});
  if (key_pressed({Key::kTab})) edit.tab = 1;
  if (key_pressed({Key::kTab, false, true})) edit.tab = -1;
  if (active) edit.focus = false;
  if (active && edit.tab != 0) {
    // ImGui's own Tab would return to the same field, the only one there is.
    release_keyboard();
    active = false;
  }
  if (active || edit.focus) return TypingEnd::kNone;

  const bool cancelled = key_pressed({Key::kEscape});
  const bool accepted = judge(edit.text.data()).accepted;
  if (!cancelled && !accepted && edit.text[0] != '\0' && (entered || edit.tab != 0)) {
    begin_typing(edit, edit.typing, std::string(edit.text.data()), true);
    edit.wrong = true;
    return TypingEnd::kNone;
  }
  const ImGuiID id = std::exchange(edit.typing, 0);
  if (cancelled) return TypingEnd::kCancelled;
  if (edit.tab != 0) return edit.tab > 0 ? TypingEnd::kNext : TypingEnd::kPrevious;
  if (entered) return TypingEnd::kEntered;
  if (edit.selected == id) edit.selected = 0;  // the click was elsewhere
  return TypingEnd::kCommitted;
}

}  // namespace

std::string limits_text(const NumberLimits& limits) {
  return number_text(limits.lo) + " to " + number_text(limits.hi);
}

double limited(double value, const NumberLimits& limits) {
  value = std::clamp(value, limits.lo, limits.hi);
  return limits.integer ? std::round(value) : value;
}

void follow_input(EditState& edit, float scale) {
  follow_wheel(edit, scale);
  const bool away = ImGui::IsMouseClicked(ImGuiMouseButton_Left) || key_pressed({Key::kEscape});
  if (away && edit.typing == 0) edit.selected = 0;
}

EditEvent drag_number(Ui& ui, ImGuiID id, bool hovered, bool active, double& value,
                      const NumberLimits& limits) {
  EditState& edit = ui.edit;
  const ImGuiIO& io = ImGui::GetIO();
  // No step leads away from NaN or an infinity, so they count as zero.
  const Decimal start = decimal_of(std::isfinite(value) ? value : limited(0.0, limits));
  const double before = limits.integer && std::isfinite(value) ? value : start.value;
  const int decimals = std::max(start.decimals, decimal_of(step_of(limits)).decimals);
  EditEvent event;
  if (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) edit.selected = id;
  if (active && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    if (edit.drag.control != id) {
      edit.drag.control = id;
      edit.drag.value = before;
      edit.drag.moved = edit.drag.changed = false;
    }
    if (ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
      // Includes the first pixels, during which a drag can't be told from a click.
      const ImVec2 moved =
          edit.drag.moved ? io.MouseDelta : ImGui::GetMouseDragDelta(ImGuiMouseButton_Left);
      edit.drag.moved = true;
      const double pixels = static_cast<double>((moved.x - moved.y) / ui.theme.scale);
      edit.drag.value =
          std::clamp(edit.drag.value + pixels * step_of(limits) / 4.0, limits.lo, limits.hi);
      // Rounds to whole steps, so that dragging gives round numbers.
      const double grain = limits.integer ? 1.0 : std::min(step_of(limits), limits.step);
      const double offset = std::abs(before - std::round(before / grain) * grain) < grain * 1e-3
                                ? 0.0
                                : before - std::floor(before / grain) * grain;
      const double rounded =
          limited(std::round((edit.drag.value - offset) / grain) * grain + offset, limits);
      if (std::abs(rounded - before) > grain * 1e-3) {
        value = rounded_to(rounded, decimals);
        event = {true, edit.drag.changed};
        edit.drag.changed = true;
      }
    }
  } else if (edit.drag.control == id) {
    edit.drag.control = 0;
  }
  const bool wheel = hovered && !active && takes_wheel(edit, id);
  if (const int steps = wheel_steps_over(ui, id, wheel); steps != 0) {
    const double moved = rounded_to(before + steps * step_of(limits), decimals);
    if (const double stepped = limited(moved, limits); differ(stepped, value, limits)) {
      value = stepped;
      event = {true, wheel_continues(edit)};
    }
  }
  return event;
}

void begin_typing(EditState& edit, ImGuiID id, std::string_view text, bool typed) {
  edit.typing = id;
  edit.focus = true;
  edit.typed = typed;
  edit.tab = 0;
  edit.waited = false;
  edit.wrong = false;
  const std::size_t count = std::min(text.size(), edit.text.size() - 1);
  std::copy_n(text.data(), count, edit.text.data());
  edit.text[count] = '\0';
}

std::string typed_characters() {
  std::string text;
  for (const ImWchar c : ImGui::GetIO().InputQueueCharacters) {
    const bool begins =
        (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '-' || c == '+' || c == kMinusSign;
    if (begins || !text.empty()) text += character(c);
  }
  return text;
}

TypingEnd cell_editor(Ui& ui, ImVec2 min, ImVec2 max, ImFont* font, double& value,
                      const NumberLimits& limits, EditEvent& event) {
  const TypingEnd end = text_editor(
      ui, min, max, font, [&](std::string_view text) { return judge_number(text, limits); });
  if (end == TypingEnd::kNone || end == TypingEnd::kCancelled) return end;
  if (const auto typed = parse_number(ui.edit.text.data()))
    event = take_typed(ui.edit, *typed, limits, value);
  return end;
}

TypingEnd pair_editor(Ui& ui, ImVec2 min, ImVec2 max, ImFont* font, PairTyping& pair,
                      EditEvent& event) {
  const TypingEnd end = text_editor(ui, min, max, font, [&](std::string_view text) {
    return looks_like_pair(text) ? judge_pair(text, pair.first_limits, pair.second_limits)
                                 : judge_number(text, pair.limits());
  });
  if (end == TypingEnd::kNone || end == TypingEnd::kCancelled) return end;
  const char* text = ui.edit.text.data();
  if (const auto both = parse_pair(text)) {
    const EditEvent first = take_typed(ui.edit, both->first, pair.first_limits, pair.value.first);
    const EditEvent second =
        take_typed(ui.edit, both->second, pair.second_limits, pair.value.second);
    event = first ? first : second;
  } else if (const auto typed = parse_number(text)) {
    event = take_typed(ui.edit, *typed, pair.limits(), pair.number());
  }
  return end;
}

}  // namespace convscope::ui
