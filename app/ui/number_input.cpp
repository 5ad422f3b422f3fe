#include "app/ui/number_input.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "app/ui/imgui_shim.h"
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

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Rewrites "1.2×10⁻³", as the program itself writes it, to "1.2e-3".
void plain_exponent(std::string& text) {
  constexpr std::string_view kTimesTen = "×10";
  const std::size_t at = text.find(kTimesTen);
  if (at == std::string::npos) return;
  std::string power = text.substr(at + kTimesTen.size());
  constexpr std::array<std::string_view, 10> kRaised = {"⁰", "¹", "²", "³", "⁴",
                                                        "⁵", "⁶", "⁷", "⁸", "⁹"};
  for (std::size_t digit = 0; digit < kRaised.size(); ++digit)
    replace_all(power, kRaised[digit], std::to_string(digit));
  replace_all(power, "⁻", "-");
  text = text.substr(0, at) + "e" + power;
}

std::optional<double> parse_plain(std::string_view text) {
  const auto trim = [&] { text.remove_prefix(std::min(text.find_first_not_of(' '), text.size())); };
  trim();
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    trim();
    if (text.starts_with('-') || text.starts_with('+')) return std::nullopt;
  }
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
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

// Returns what is wrong with the text; empty if nothing is, or if that is unknown before Enter.
std::string error_message(const EditState& edit, const NumberLimits& limits) {
  const std::optional<double> number = parse_number(edit.text.data());
  if (!number) return edit.wrong ? "not a number" : "";
  const bool within = *number >= limits.lo && *number <= limits.hi;
  return within ? "" : limits_text(limits);
}

// Draws a message in a small box below the field, above everything else.
void draw_error_message(const Theme& theme, ImVec2 min, ImVec2 max, const std::string& text) {
  ImFont* font = theme.font.small;
  const ImVec2 extent = text_size(font, font_size(font), text);
  const float pad = theme.px(6.0f);
  const float right = ImGui::GetIO().DisplaySize.x - extent.x - 2 * pad;
  const ImVec2 at{std::round(std::max(0.0f, std::min(min.x, right))), max.y + theme.px(3.0f)};
  const ImVec2 end{at.x + extent.x + 2 * pad, at.y + extent.y + pad};
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->AddRectFilled(at, end, theme.color.card, theme.px(5.0f));
  stroke_rect(list, at, end, theme.color.bad, theme.px(5.0f), 1.0f);
  draw_text(list, font, font_size(font), {at.x + pad, std::round(at.y + pad * 0.5f)},
            theme.color.bad, text);
}

// Draws ImGui's text field in a screen rectangle; returns whether it has the keyboard.
bool text_field(Ui& ui, ImVec2 min, ImVec2 max, ImFont* font, const NumberLimits& limits) {
  EditState& edit = ui.edit;
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  push_font(font);
  const float pad = std::max(0.0f, std::floor((max.y - min.y - ImGui::GetFontSize()) * 0.5f));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.theme.px(5.0f), pad));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, ui.theme.color.card);
  ImGui::PushStyleColor(ImGuiCol_Border, ui.theme.color.accent);
  const std::string wrong = error_message(edit, limits);
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
  if (!wrong.empty()) draw_error_message(ui.theme, min, max, wrong);
  ImGui::SetCursorScreenPos(cursor);
  return active;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  std::string plain(text);
  // "1/2×10⁻³" has two possible meanings.
  if (plain.find('/') != std::string::npos && plain.find("×") != std::string::npos)
    return std::nullopt;
  replace_all(plain, "−", "-");
  plain_exponent(plain);
  if (plain.find('.') == std::string::npos) replace_all(plain, ",", ".");
  const std::size_t slash = plain.find('/');
  if (slash == std::string::npos) return parse_plain(plain);
  const auto numerator = parse_plain(std::string_view(plain).substr(0, slash));
  const auto denominator = parse_plain(std::string_view(plain).substr(slash + 1));
  if (!numerator || !denominator) return std::nullopt;
  const double quotient = *numerator / *denominator;
  if (!std::isfinite(quotient)) return std::nullopt;
  return quotient;
}

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
  EditState& edit = ui.edit;
  if (edit.focus && edit.typed && edit.waited) {
    // The field takes the keyboard a frame late; characters typed until then are appended.
    std::string more;
    for (const ImWchar c : ImGui::GetIO().InputQueueCharacters)
      more += character(c);
    if (!more.empty()) begin_typing(edit, edit.typing, edit.text.data() + more, true);
  }
  edit.waited = true;
  bool active = text_field(ui, min, max, font, limits);
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
  const auto typed = parse_number(edit.text.data());
  if (!cancelled && !typed && edit.text[0] != '\0' && (entered || edit.tab != 0)) {
    begin_typing(edit, edit.typing, std::string(edit.text.data()), true);
    edit.wrong = true;
    return TypingEnd::kNone;
  }
  const ImGuiID id = std::exchange(edit.typing, 0);
  if (cancelled) return TypingEnd::kCancelled;
  if (typed) {
    const double rounded = limited(*typed, limits);
    event = {differ(rounded, value, limits), false};
    if (event.changed) value = rounded;
  }
  if (edit.tab != 0) return edit.tab > 0 ? TypingEnd::kNext : TypingEnd::kPrevious;
  if (entered) return TypingEnd::kEntered;
  if (edit.selected == id) edit.selected = 0;  // the click was elsewhere
  return TypingEnd::kCommitted;
}

}  // namespace convscope::ui
