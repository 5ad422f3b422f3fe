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

constexpr int kFramesOfNoField = 3;
constexpr ImWchar kMinusSign = 0x2212;

// Returns a character of the input queue if it may occur in a number, else an empty text.
std::string character(ImWchar c) {
  if (c == kMinusSign) return "−";
  if (c >= 0x20 && c < 0x7F) return std::string(1, static_cast<char>(c));
  return "";
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
  edit.undrawn = 0;
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

void follow_input(EditState& edit, float scale) {
  follow_wheel(edit, scale);
  // A control that has gone, such as that of a hidden card, takes its text with it.
  if (edit.typing != 0 && ++edit.undrawn > kFramesOfNoField) edit.typing = 0;
  const bool away = ImGui::IsMouseClicked(ImGuiMouseButton_Left) || key_pressed({Key::kEscape});
  if (away && edit.typing == 0) edit.selected = 0;
}

void begin_typing(EditState& edit, ImGuiID id, std::string_view text, bool typed) {
  edit.typing = id;
  edit.focus = true;
  edit.typed = typed;
  edit.tab = 0;
  edit.waited = false;
  edit.undrawn = 0;
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

bool begin_typing_digits(EditState& edit, ImGuiID id) {
  const std::string typed = typed_characters();
  if (typed.empty()) return false;
  edit.selected = id;
  begin_typing(edit, id, typed, true);
  edit.waited = true;  // the field appears in the next frame, as the next digit may
  return true;
}

void leave_typing(Focus& focus, ImGuiID id, TypingEnd end) {
  if (end == TypingEnd::kNext) focus.go_on(id, 1);
  if (end == TypingEnd::kPrevious) focus.go_on(id, -1);
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
