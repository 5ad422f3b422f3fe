// Labels, messages and the flow of rows of widgets.h.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/ui/imgui_shim.h"
#include "app/ui/widgets.h"

namespace convscope::ui {
namespace {

// Draws text vertically centred in a row of controls.
void row_text(Ui& ui, std::string_view shown, ImFont* font, ImU32 color) {
  const float size = font_size(font);
  const ImVec2 extent = text_size(font, size, shown);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(ImGui::GetWindowDrawList(), font, size,
            {std::round(at.x), std::round(at.y + (row_height(ui) - extent.y) * 0.5f)}, color,
            shown);
  ImGui::Dummy({std::ceil(extent.x), row_height(ui)});
}

// Returns the length in bytes of the last UTF-8 character.
std::size_t last_character(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() &&
         (static_cast<unsigned char>(text[text.size() - length]) & 0xC0) == 0x80)
    ++length;
  return length;
}

// Returns the next space after `from` where a line may end, which is not one within a number, "1
// 234".
std::size_t next_break(std::string_view text, std::size_t from) {
  const auto digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  std::size_t at = text.find(' ', from);
  while (at != std::string_view::npos && digit(at - 1) && digit(at + 1))
    at = text.find(' ', at + 1);
  return std::min(at, text.size());
}

// Returns as many characters of a word as fit, at least one.
std::string_view fitting_start(const ImFont* font, float width, std::string_view word) {
  std::string_view start = word;
  while (text_size(font, font_size(font), start).x > width) {
    const std::size_t last = last_character(start);
    if (last == start.size()) break;
    start.remove_suffix(last);
  }
  return start;
}

void wrapped_text(const ImFont* font, float width, std::string_view shown) {
  std::string lines;
  for (const std::string_view line : wrapped_lines(font, width, shown)) {
    if (!lines.empty()) lines += '\n';
    lines += line;
  }
  ImGui::TextUnformatted(lines.data(), lines.data() + lines.size());
}

}  // namespace

void label(Ui& ui, std::string_view shown) {
  row_text(ui, shown, ui.theme.font.small, ui.theme.color.muted);
}

void text(Ui& ui, std::string_view shown, ImFont* font, ImU32 color) {
  row_text(ui, shown, font, legible(color, ui.theme.color));
}

void paragraph(Ui& ui, std::string_view shown, ImFont* font, ImU32 color) {
  push_font(font);
  ImGui::PushStyleColor(ImGuiCol_Text, legible(color, ui.theme.color));
  wrapped_text(font, ImGui::GetContentRegionAvail().x, shown);
  ImGui::PopStyleColor();
  pop_font();
}

void tooltip(Ui& ui, std::string_view shown) {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) || was_just_clicked(ui)) return;
  ImGui::BeginTooltip();
  push_font(ui.theme.font.small);
  wrapped_text(ui.theme.font.small, ui.theme.px(420.0f), shown);
  pop_font();
  ImGui::EndTooltip();
}

bool was_just_clicked(Ui& ui) {
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) ui.edit.clicked_at = pointer;
  const float away = ui.theme.px(20.0f);
  return std::hypot(pointer.x - ui.edit.clicked_at.x, pointer.y - ui.edit.clicked_at.y) < away;
}

bool message_bar(Ui& ui, const char* name, std::string_view shown, MessageKind kind) {
  const Theme& theme = ui.theme;
  const ImU32 color = kind == MessageKind::kError     ? theme.color.bad
                      : kind == MessageKind::kWarning ? theme.color.warn
                                                      : theme.color.accent;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float pad = std::round(theme.px(12.0f));
  const float close = row_height(ui);
  ImFont* font = theme.font.body;
  const float wrap = std::max(theme.px(40.0f), width - 3 * pad - close);
  const ImVec2 extent = wrapped_text_size(font, font_size(font), wrap, shown);
  const float height = std::max(extent.y, close) + pad;
  const ImVec2 min{std::round(at.x), std::round(at.y)};
  const ImVec2 max{std::round(at.x + width), std::round(at.y + height)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(min, max, mixed(theme.color.card, color, 0.14f), theme.px(10.0f));
  list->AddRectFilled(min, {min.x + theme.px(10.0f), max.y}, color, theme.px(10.0f),
                      ImDrawFlags_RoundCornersLeft);
  list->AddRectFilled({min.x + theme.px(5.0f), min.y}, {min.x + theme.px(10.0f), max.y},
                      mixed(theme.color.card, color, 0.14f));
  list->AddText(font, font_size(font),
                {min.x + pad + theme.px(4.0f), std::round((min.y + max.y - extent.y) * 0.5f)},
                theme.color.ink, shown.data(), shown.data() + shown.size(), wrap);
  ImGui::SetCursorScreenPos({max.x - pad - close, std::round((min.y + max.y - close) * 0.5f)});
  ButtonOptions options;
  options.kind = ButtonKind::kFlat;
  options.icon = Icon::kClose;
  const bool closed = button(ui, (std::string(name) + "/close").c_str(), "", options);
  ImGui::SetCursorScreenPos(min);
  ImGui::Dummy({width, height});
  ui.items.add(name, min, max);
  return closed;
}

void key_caps(Ui& ui, std::string_view keys) {
  const Theme& theme = ui.theme;
  ImFont* font = theme.font.small;
  const float size = font_size(font);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float x = std::round(at.x);
  const float height = std::round(theme.px(26.0f));
  const float y = std::round(at.y + (row_height(ui) - height) * 0.5f);
  const auto put = [&](std::string_view part, bool cap) {
    const ImVec2 extent = text_size(font, size, part);
    const float width = cap ? std::ceil(std::max(extent.x + theme.px(14.0f), height)) : extent.x;
    if (cap) {
      const float r = theme.px(5.0f);
      list->AddRectFilled({x, y + 2}, {x + width, y + height + 2}, theme.color.line, r);
      list->AddRectFilled({x, y}, {x + width, y + height}, theme.color.line, r);
      list->AddRectFilled({x + 1, y + 1}, {x + width - 1, y + height - 1}, theme.color.control,
                          r - 1);
    }
    draw_text(
        list, font, size,
        {std::round(x + (width - extent.x) * 0.5f), std::round(y + (height - extent.y) * 0.5f)},
        cap ? theme.color.ink : theme.color.muted, part);
    x += width + theme.px(5.0f);
  };
  while (!keys.empty()) {
    // A plus sign at the start of a part is the key itself: "Ctrl++".
    const std::size_t plus = keys.find('+', 1);
    put(keys.substr(0, plus), true);
    if (plus == std::string_view::npos) break;
    put("+", false);
    keys.remove_prefix(plus + 1);
  }
  ImGui::Dummy({x - theme.px(5.0f) - at.x, row_height(ui)});
}

void flow(Ui& ui, float width) {
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  if (ImGui::GetItemRectMax().x + gap + width <= right + 0.5f * ui.theme.scale) ImGui::SameLine();
}

float label_width(const Ui& ui, std::string_view shown) {
  ImFont* font = ui.theme.font.small;
  return std::ceil(text_size(font, font_size(font), shown).x);
}

std::vector<std::string_view> wrapped_lines(const ImFont* font, float width,
                                            std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t newline = std::min(text.find('\n'), text.size());
    std::size_t end = 0;  // end of the text that is known to fit
    while (end < newline) {
      const std::size_t next = std::min(next_break(text, end + 1), newline);
      if (text_size(font, font_size(font), text.substr(0, next)).x > width) break;
      end = next;
    }
    if (end == 0 && newline > 0)
      end =
          fitting_start(font, width, text.substr(0, std::min(next_break(text, 1), newline))).size();
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
    if (text.starts_with(' ') || text.starts_with('\n')) text.remove_prefix(1);
  }
  return lines;
}

std::string elided(const ImFont* font, std::string_view text, float width) {
  const float size = font_size(font);
  if (text_size(font, size, text).x <= width) return std::string(text);
  while (!text.empty()) {
    text.remove_suffix(last_character(text));
    const std::string shown = std::string(text) + "…";
    if (text_size(font, size, shown).x <= width) return shown;
  }
  return {};
}

}  // namespace convscope::ui
