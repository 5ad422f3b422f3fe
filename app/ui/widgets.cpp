#include "app/ui/widgets.h"

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/within.h"

namespace convscope::ui {
namespace {

constexpr float kPadX = 11.0f;  // inside a button
constexpr float kRounding = 7.0f;
constexpr float kIconSize = 15.0f;

ImVec2 body_size(const Ui& ui, std::string_view text) {
  return text_size(ui.theme.font.body, font_size(ui.theme.font.body), text);
}

struct Pressable {
  ImVec2 min, max;
  bool hovered = false, held = false, clicked = false;
};

// Makes an invisible button and registers its rectangle.
Pressable pressable(Ui& ui, const char* name, ImVec2 size, bool enabled) {
  Pressable p;
  p.min = ImGui::GetCursorScreenPos();
  p.min = {std::round(p.min.x), std::round(p.min.y)};
  p.max = {p.min.x + size.x, p.min.y + size.y};
  ImGui::PushID(name);
  ImGui::BeginDisabled(!enabled);
  p.clicked = ImGui::InvisibleButton("##press", size);
  p.hovered = ImGui::IsItemHovered();
  p.held = ImGui::IsItemActive();
  ImGui::EndDisabled();
  ImGui::PopID();
  ui.items.add(name, p.min, p.max);
  return p;
}

struct Face {
  ImU32 fill, border, ink;
};

Face face_of(const Theme& theme, ButtonKind kind, bool on, const Pressable& p, bool enabled) {
  const Palette& c = theme.color;
  Face face{c.control, c.line, c.ink};
  if (on || kind == ButtonKind::kPrimary) {
    face = {c.accent, c.accent, c.on_accent};
    if (p.hovered) face.fill = face.border = mixed(c.accent, c.ink, 0.15f);
    if (p.held) face.fill = face.border = mixed(c.accent, c.ink, 0.25f);
  } else {
    if (kind == ButtonKind::kFlat) face = {faded(c.card, 0.0f), faded(c.line, 0.0f), c.muted};
    if (p.hovered) face.fill = c.control_hovered;
    if (p.held) face.fill = mixed(c.card, c.accent, 0.25f);
  }
  if (!enabled) {
    face.fill = faded(face.fill, 0.5f);
    face.ink = faded(face.ink, 0.45f);
    face.border = faded(face.border, 0.5f);
  }
  return face;
}

void draw_frame(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 fill,
                ImU32 border, ImDrawFlags corners = ImDrawFlags_RoundCornersAll) {
  list->AddRectFilled(min, max, border, theme.px(kRounding), corners);
  list->AddRectFilled({min.x + 1, min.y + 1}, {max.x - 1, max.y - 1}, fill, theme.px(kRounding) - 1,
                      corners);
}

void draw_label(const Ui& ui, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 color, Icon icon,
                std::string_view label) {
  const Theme& theme = ui.theme;
  ImFont* font = theme.font.body;
  const std::string shown = elided(font, label, max.x - min.x - theme.px(6.0f));
  const ImVec2 extent = body_size(ui, shown);
  const float icon_size = icon == Icon::kNone ? 0.0f : theme.px(kIconSize);
  const float gap = icon == Icon::kNone || shown.empty() ? 0.0f : theme.px(7.0f);
  const float x = std::round((min.x + max.x - extent.x - icon_size - gap) * 0.5f);
  const float middle = (min.y + max.y) * 0.5f;
  draw_icon(list, icon, {x + icon_size * 0.5f, std::round(middle)}, icon_size, color);
  draw_text(list, font, font_size(font),
            {x + icon_size + gap, std::round(middle - extent.y * 0.5f)}, color, shown);
}

bool press(Ui& ui, const char* name, std::string_view label, bool on,
           const ButtonOptions& options) {
  const float width = options.width > 0.0f ? options.width : button_width(ui, label, options.icon);
  const Pressable p = pressable(ui, name, {std::floor(width), row_height(ui)}, options.enabled);
  const Face face = face_of(ui.theme, options.kind, on, p, options.enabled);
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_frame(ui.theme, list, p.min, p.max, face.fill, face.border);
  draw_label(ui, list, p.min, p.max, face.ink, options.icon, label);
  if (options.tooltip != nullptr) tooltip(ui, options.tooltip);
  return p.clicked && options.enabled;
}

}  // namespace

void begin_card(Ui& ui, const char* name, ImVec2 pos, ImVec2 size, std::string_view title,
                std::string_view subtitle, float corner) {
  const Theme& theme = ui.theme;
  const ImVec2 min{std::round(pos.x), std::round(pos.y)};
  const ImVec2 max{std::round(pos.x + size.x), std::round(pos.y + size.y)};
  ui.items.add(name, min, max);
  ImDrawList* list = ImGui::GetWindowDrawList();
  // Draws the border as a line: cards fill the window, and a filled border below them would take a
  // software renderer as long as everything else.
  // software renderer as much as all the rest.
  const ImVec2 line_min{min.x + 0.5f, min.y + 0.5f};
  const ImVec2 line_max{max.x - 0.5f, max.y - 0.5f};
  list->AddRectFilled(line_min, line_max, theme.color.card, theme.px(10.0f));
  stroke_rect(list, line_min, line_max, theme.color.line, theme.px(10.0f), 1.0f);
  const float pad_x = std::round(theme.px(14.0f));
  const float pad_y = std::round(theme.px(12.0f));
  ImGui::SetCursorScreenPos({min.x + pad_x, min.y + pad_y});
  const ImVec2 inside{std::max(1.0f, max.x - min.x - 2 * pad_x),
                      std::max(1.0f, max.y - min.y - 2 * pad_y)};
  ImGui::BeginChild(name, inside, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse |
                        ImGuiWindowFlags_NoBackground);
  const float reserved = corner > 0.0f ? corner + theme.px(10.0f) : 0.0f;
  if (!title.empty()) card_title(ui, inside.x - reserved, title, subtitle);
}

namespace {

bool begin_popup_window(Ui& ui, const char* name) {
  if (!ImGui::BeginPopup(name)) return false;
  if (ui.edit.typing == 0 && key_pressed({Key::kEscape})) ImGui::CloseCurrentPopup();
  return true;
}

}  // namespace

bool begin_popup(Ui& ui, const char* name) {
  // Opens below the button, or above it if there is more room.
  const ImVec2 min = ImGui::GetItemRectMin();
  const ImVec2 max = ImGui::GetItemRectMax();
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const bool above = min.y > display.y * 0.6f;
  // At the window's right edge it extends to the left.
  const bool left = max.x > display.x * 0.8f;
  const float gap = ui.theme.px(4.0f);
  ImGui::SetNextWindowPos({left ? max.x : min.x, above ? min.y - gap : max.y + gap},
                          ImGuiCond_Appearing, {left ? 1.0f : 0.0f, above ? 1.0f : 0.0f});
  return begin_popup_window(ui, name);
}

bool begin_popup_beside(Ui& ui, const char* name, ImVec2 size) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float gap = ui.theme.px(6.0f);
  const ImVec2 room{display.x - 2 * gap, display.y - 2 * gap};
  const float width = std::min(size.x, room.x);
  const float right = ImGui::GetItemRectMax().x + gap;
  const float left = ImGui::GetItemRectMin().x - gap - width;
  const float x = right + width <= display.x - gap ? right : std::max(gap, left);
  // Aligns its lower edge with that of the item if there is room above.
  const float y =
      within(ImGui::GetItemRectMax().y, gap + std::min(size.y, room.y), display.y - gap);
  ImGui::SetNextWindowPos({x, y}, ImGuiCond_Appearing, {0.0f, 1.0f});
  ImGui::SetNextWindowSizeConstraints({width, 0.0f}, {width, room.y});
  return begin_popup_window(ui, name);
}

void end_card() {
  ImGui::EndChild();
}

void card_title(Ui& ui, float width, std::string_view title, std::string_view subtitle) {
  const Theme& theme = ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImFont* bold = theme.font.title;
  const std::string shown = elided(bold, title, width);
  const ImVec2 title_size = text_size(bold, font_size(bold), shown);
  draw_text(list, bold, font_size(bold), at, theme.color.ink, shown);
  ImFont* small = theme.font.small;
  const float gap = theme.px(10.0f);
  const std::string rest = elided(small, subtitle, width - title_size.x - gap);
  // Aligns it with the title's baseline: a font's ascent is 80 % of its line.
  const float baseline = (font_size(bold) - font_size(small)) * 0.8f;
  draw_text(list, small, font_size(small), {at.x + title_size.x + gap, std::round(at.y + baseline)},
            theme.color.muted, rest);
  ImGui::Dummy({width, title_size.y});
  if (rest.size() < subtitle.size() && ImGui::IsItemHovered()) {
    tooltip(ui, subtitle);
  }
}

bool button(Ui& ui, const char* name, std::string_view label, const ButtonOptions& options) {
  return press(ui, name, label, false, options);
}

bool toggle_button(Ui& ui, const char* name, std::string_view label, bool& on,
                   const ButtonOptions& options) {
  if (!press(ui, name, label, on, options)) return false;
  on = !on;
  return true;
}

bool segmented(Ui& ui, const char* name, std::span<const char* const> labels, int& selected) {
  const Theme& theme = ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const ImVec2 min{std::round(start.x), std::round(start.y)};
  const ImVec2 max{min.x + segmented_width(ui, labels), min.y + row_height(ui)};
  draw_frame(theme, list, min, max, theme.color.control, theme.color.line);
  bool changed = false;
  float x = min.x;
  ImGui::BeginGroup();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const int index = static_cast<int>(i);
    const float width = button_width(ui, labels[i]);
    ImGui::SetCursorScreenPos({x, min.y});
    const std::string item = std::string(name) + "/" + std::to_string(i);
    const Pressable p = pressable(ui, item.c_str(), {width, row_height(ui)}, true);
    const bool on = index == selected;
    ImU32 ink = theme.color.ink;
    if (on || p.hovered) {
      const Face face = face_of(theme, ButtonKind::kNormal, on, p, true);
      list->AddRectFilled({p.min.x + 1, p.min.y + 1}, {p.max.x - 1, p.max.y - 1}, face.fill,
                          theme.px(kRounding) - 1);
      ink = face.ink;
    }
    draw_label(ui, list, p.min, p.max, ink, Icon::kNone, labels[i]);
    if (p.clicked && !on) {
      selected = index;
      changed = true;
    }
    x += width;
  }
  ImGui::EndGroup();
  ui.items.add(name, min, max);
  return changed;
}

namespace {

// Draws the list of `items` under a button, with `chosen` marked. Returns whether one was clicked.
bool list_button(Ui& ui, const char* name, const char* shown, float width,
                 std::span<const char* const> items, int& chosen) {
  const Theme& theme = ui.theme;
  const float arrow = theme.px(18.0f);
  const Pressable p = pressable(ui, name, {std::floor(width), row_height(ui)}, true);
  const Face face = face_of(theme, ButtonKind::kNormal, false, p, true);
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_frame(theme, list, p.min, p.max, face.fill, face.border);
  draw_label(ui, list, p.min, {p.max.x - arrow, p.max.y}, face.ink, Icon::kNone, shown);
  draw_icon(list, Icon::kDown, {p.max.x - arrow, std::round((p.min.y + p.max.y) * 0.5f)},
            theme.px(12.0f), theme.color.muted);

  ImGui::PushID(name);
  if (p.clicked) ImGui::OpenPopup("##list");
  bool clicked = false;
  ImGui::SetNextWindowSizeConstraints({p.max.x - p.min.x, 0.0f}, {FLT_MAX, theme.px(520.0f)});
  if (begin_popup(ui, "##list")) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      const int index = static_cast<int>(i);
      if (ImGui::Selectable(items[i], index == chosen)) {
        chosen = index;
        clicked = true;
      }
      ui.items.add_last(std::string(name) + "/" + std::to_string(i));
    }
    ImGui::EndPopup();
  }
  ImGui::PopID();
  return clicked;
}

}  // namespace

bool combo(Ui& ui, const char* name, std::span<const char* const> labels, int& selected, bool again,
           const char* shown) {
  const bool known = selected >= 0 && selected < static_cast<int>(labels.size());
  const char* current = shown != nullptr ? shown
                        : known          ? labels[static_cast<std::size_t>(selected)]
                                         : "";
  const int before = selected;
  return list_button(ui, name, current, combo_width(ui, labels), labels, selected) &&
         (again || selected != before);
}

bool menu(Ui& ui, const char* name, const char* label, std::span<const char* const> items,
          int& chosen) {
  chosen = -1;
  return list_button(ui, name, label, menu_width(ui, label), items, chosen);
}

bool checkbox(Ui& ui, const char* name, std::string_view label, bool& on) {
  const Theme& theme = ui.theme;
  const float box = std::round(theme.px(20.0f));
  const float width = box + theme.px(8.0f) + body_size(ui, label).x;
  const Pressable p = pressable(ui, name, {std::ceil(width), row_height(ui)}, true);
  const Face face = face_of(theme, ButtonKind::kNormal, on, p, true);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float top = std::round((p.min.y + p.max.y - box) * 0.5f);
  draw_frame(theme, list, {p.min.x, top}, {p.min.x + box, top + box}, face.fill, face.border);
  if (on) {
    const ImVec2 tick[] = {{p.min.x + box * 0.24f, top + box * 0.52f},
                           {p.min.x + box * 0.43f, top + box * 0.72f},
                           {p.min.x + box * 0.78f, top + box * 0.30f}};
    stroke_lines(list, tick, face.ink, theme.px(2.0f));
  }
  ImFont* font = theme.font.body;
  draw_text(
      list, font, font_size(font),
      {p.min.x + box + theme.px(8.0f), std::round((p.min.y + p.max.y - font_size(font)) * 0.5f)},
      theme.color.ink, label);
  if (p.clicked) on = !on;
  return p.clicked;
}

float row_height(const Ui& ui) {
  return std::round(ui.theme.px(31.0f));
}

float button_width(const Ui& ui, std::string_view label, Icon icon) {
  const Theme& theme = ui.theme;
  if (label.empty()) return row_height(ui);
  float width = body_size(ui, label).x + 2 * theme.px(kPadX);
  if (icon != Icon::kNone) width += theme.px(kIconSize + 7.0f);
  return std::ceil(width);
}

float combo_width(const Ui& ui, std::span<const char* const> labels) {
  float widest = 0.0f;
  for (const char* text : labels)
    widest = std::max(widest, body_size(ui, text).x);
  return std::ceil(widest + ui.theme.px(2 * kPadX + 18.0f));
}

float menu_width(const Ui& ui, const char* label) {
  return button_width(ui, label) + std::ceil(ui.theme.px(18.0f));
}

float segmented_width(const Ui& ui, std::span<const char* const> labels) {
  float width = 0.0f;
  for (const char* text : labels)
    width += button_width(ui, text);
  return width;
}

}  // namespace convscope::ui
