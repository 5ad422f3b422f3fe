#include "app/panels/lesson/lesson_panel.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/printable_text.h"
#include "app/panels/lesson/step_bar.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kInset = 14.0f;
constexpr float kGap = 6.0f;
constexpr float kEdge = 6.0f;  // that is dragged
constexpr float kKeyStep = 20.0f;

// Draws the lesson's title in one line or two. What does not fit in is told under the pointer.
void draw_title_text(const PanelContext& context, ImFont* font, float room) {
  ui::Ui& ui = context.ui;
  const std::string whole = printable(context.lessons.lectern.lesson().title);
  const auto wrapped = ui::wrapped_lines(font, std::max(1.0f, room), whole);
  const bool cut = wrapped.size() > 2;
  std::vector<std::string> lines;
  for (const std::string_view line :
       std::span(wrapped).first(std::min<std::size_t>(wrapped.size(), 2)))
    lines.emplace_back(line);
  if (cut) {
    const auto second = static_cast<std::size_t>(wrapped[1].data() - whole.data());
    lines[1] = ui::elided(font, std::string_view(whole).substr(second), room);
  }
  const float size = ui::font_size(font);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = size * static_cast<float>(lines.size());
  float y = std::round(at.y + (ui::row_height(ui) - height) * 0.5f);
  for (const std::string& line : lines) {
    ui::draw_text(ImGui::GetWindowDrawList(), font, size, {at.x, y}, ui.theme.color.muted, line);
    y += size;
  }
  ImGui::Dummy({std::max(1.0f, room), ui::row_height(ui)});
  ui.items.add_last("lesson/title");
  if (cut) ui::tooltip(ui, whole);
}

// The lesson that is edited beside the window is read again when its author wants it.
void draw_reload(const PanelContext& context, const TextFonts& fonts, float width) {
  ui::Ui& ui = context.ui;
  const float button = ui::button_width(ui, "Reload");
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float size = ui::font_size(fonts.small);
  const float room = std::max(1.0f, width - button - std::round(ui.theme.px(kGap)));
  ui::draw_text(ImGui::GetWindowDrawList(), fonts.small, size,
                {at.x, std::round(at.y + (ui::row_height(ui) - size) * 0.5f)},
                ui::legible(ui.theme.color.accent, ui.theme.color),
                ui::elided(fonts.small, "The file has changed.", room));
  ImGui::SetCursorScreenPos({at.x + width - button, at.y});
  if (ui::button(ui, "lesson/reload", "Reload",
                 {.tooltip = "Reads the lesson again and stays at this step; its questions are "
                             "open again"}))
    context.actions.push(LessonCommand::kReload);
}

void draw_title(const PanelContext& context, const TextFonts& fonts, float width) {
  ui::Ui& ui = context.ui;
  const Lectern& lectern = context.lessons.lectern;
  const float gap = std::round(ui.theme.px(kGap));
  const float close = ui::button_width(ui, "", ui::Icon::kClose);
  const char* contents = context.view.settings.lesson.contents ? "Text" : "Contents";
  const float button = ui::button_width(ui, contents);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = width - close - button - 2 * gap;
  draw_title_text(context, fonts.small, room);
  ImGui::SetCursorScreenPos({at.x + width - close - button - gap, at.y});
  if (ui::button(ui, "lesson/contents", contents,
                 {.kind = ui::ButtonKind::kFlat, .tooltip = "All steps of the lesson (F3)"}))
    context.actions.push(LessonCommand::kToggleContents);
  ImGui::SetCursorScreenPos({at.x + width - close, at.y});
  const bool asks = lectern.lesson().about_scene;
  if (ui::button(ui, "lesson/hide", "",
                 {.kind = ui::ButtonKind::kFlat,
                  .icon = ui::Icon::kClose,
                  .tooltip = asks ? "Ends the questions; the scene is as it was before them"
                                  : "Hides the lesson, which stays at its step (F2)"}))
    context.actions.push(asks ? LessonCommand::kClose : LessonCommand::kTogglePanel);
}

void draw_heading(const PanelContext& context, const TextFonts& fonts, float width) {
  const lesson::Step& step = context.lessons.lectern.step();
  ImFont* font = fonts.heading;
  const float size = ui::font_size(font);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float y = at.y;
  const std::string title = printable(step.title);
  for (const std::string_view line : ui::wrapped_lines(font, width, title)) {
    ui::draw_text(ImGui::GetWindowDrawList(), font, size, {at.x, y}, context.ui.theme.color.ink,
                  line);
    y += size;
  }
  ImGui::Dummy({width, y - at.y});
  context.ui.items.add("lesson/heading", at, {at.x + width, y});
}

void draw_contents(const PanelContext& context, float width) {
  const Lectern& lectern = context.lessons.lectern;
  const auto& steps = lectern.lesson().steps;
  const float gap = std::round(context.ui.theme.px(kGap));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0.0f, gap});
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string whole = std::to_string(i + 1) + "  " + printable(steps[i].title);
    const std::string label = ui::elided(context.ui.theme.font.body, whole, width);
    const std::string name = "lesson/step/" + std::to_string(i);
    if (ui::list_entry(context.ui, name.c_str(), label, i == lectern.place().step, false))
      context.actions.push(GoToStep{i});
    if (label != whole) ui::tooltip(context.ui, whole);
  }
  ImGui::PopStyleVar();
  ImGui::Dummy({1.0f, gap});
  const bool asks = lectern.lesson().about_scene;
  if (ui::button(
          context.ui, "lesson/close", asks ? "End the questions" : "Close the lesson",
          {.kind = ui::ButtonKind::kFlat,
           .tooltip = asks ? "The scene is as it was before them" : "The scene stays as it is"}))
    context.actions.push(LessonCommand::kClose);
}

// A step may leave out cards, which a reader who plays may want.
void draw_all_cards(const PanelContext& context) {
  ImGui::Dummy({1.0f, std::round(context.ui.theme.px(kGap))});
  if (ui::button(context.ui, "lesson/all-cards", "Show all cards",
                 {.kind = ui::ButtonKind::kFlat,
                  .tooltip = "This step leaves out cards; shows them until the next step"}))
    context.actions.push(LessonCommand::kAllCards);
}

// Where the text is longer than the panel, the arrows scroll it when the keyboard has come to it.
void scroll_by_keys(const PanelContext& context, ImVec2 min, ImVec2 max) {
  if (ImGui::GetScrollMaxY() <= 0.0f) return;
  const ui::FocusKeys keys = context.ui.focus.stop(
      {.id = ImGui::GetID("lesson/scroll"), .min = min, .max = max, .kind = ui::StopKind::kNumber});
  if (keys.y == 0) return;
  const float line = 3.0f * ui::font_size(context.ui.theme.font.body);
  ImGui::SetScrollY(ImGui::GetScrollY() + static_cast<float>(keys.y) * line);
}

void draw_middle(const PanelContext& context, const Rect& rect, const TextFonts& fonts,
                 LessonPanelState& state) {
  ImGui::SetCursorScreenPos(rect.min());
  ImGui::BeginChild("lesson/text", rect.size(), false, ImGuiWindowFlags_NoBackground);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0.0f, 0.0f});
  const LessonPlace& place = context.lessons.lectern.place();
  if (!(state.drawn == place)) {
    ImGui::SetScrollY(0.0f);
    if (!context.view.settings.reduced_motion) state.arriving.start(ImGui::GetTime());
    state.drawn = place;
    state.text.flows.clear();
  }
  // The text keeps its width when a scrollbar comes.
  const float bar = ImGui::GetScrollMaxY() > 0.0f ? 0.0f : ImGui::GetStyle().ScrollbarSize;
  const float width = std::max(1.0f, std::floor(ImGui::GetContentRegionAvail().x - bar));
  if (context.view.settings.lesson.contents) {
    draw_contents(context, width);
  } else {
    scroll_by_keys(context, rect.min(), {rect.x + rect.w, rect.y + rect.h});
    draw_heading(context, fonts, width);
    ImGui::Dummy({1.0f, std::round(context.ui.theme.px(kGap))});
    draw_lesson_text(context, fonts, width, state.text);
    if (context.view.settings.lesson.hidden != 0) draw_all_cards(context);
    ImGui::Dummy({1.0f, std::round(context.ui.theme.px(kGap))});
  }
  ImGui::PopStyleVar();
  ImGui::EndChild();
  context.ui.items.add("lesson/text", rect.min(), {rect.x + rect.w, rect.y + rect.h});
}

// The edge at the right is dragged; the keyboard moves it too.
void draw_edge(const PanelContext& context, const Rect& rect, LessonPanelState& state) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const float width = std::round(theme.px(kEdge));
  const ImVec2 min{rect.x + rect.w - width, rect.y};
  const ImVec2 max{rect.x + rect.w, rect.y + rect.h};
  ImGui::SetCursorScreenPos(min);
  ImGui::InvisibleButton("lesson/edge", {width, rect.h});
  ui.items.add("lesson/edge", min, max);
  const bool hovered = ImGui::IsItemHovered();
  const bool active = ImGui::IsItemActive();
  const ui::FocusKeys keys = ui.focus.stop({.id = ImGui::GetID("lesson/edge"),
                                            .min = min,
                                            .max = max,
                                            .kind = ui::StopKind::kNumber,
                                            .hovered = hovered});
  if (hovered || active) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (!active) ui::tooltip(ui, "Drag it to give the lesson more room, or less (← and →)");
  const float now = rect.w / theme.scale;
  if (ImGui::IsItemActivated()) state.dragged = now;
  if (active && ImGui::GetIO().MouseDelta.x != 0.0f) {
    state.dragged += ImGui::GetIO().MouseDelta.x / theme.scale;
    context.actions.push(ResizeLesson{state.dragged});
  }
  if (keys.x != 0) context.actions.push(ResizeLesson{now + static_cast<float>(keys.x) * kKeyStep});
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled({max.x - 1.0f, min.y}, max,
                      hovered || active ? theme.color.accent : theme.color.line);
}

}  // namespace

void draw_lesson_panel(const PanelContext& context, const Rect& rect, LessonPanelState& state) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  ui.focus.section(0);
  ui.items.add("lesson", rect.min(), {rect.x + rect.w, rect.y + rect.h});
  ImGui::SetCursorScreenPos(rect.min());
  ImGui::BeginChild("lesson", rect.size(), false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse |
                        ImGuiWindowFlags_NoBackground);
  ImGui::GetWindowDrawList()->AddRectFilled(rect.min(), {rect.x + rect.w, rect.y + rect.h},
                                            theme.color.card);
  const TextFonts fonts = text_fonts(theme, context.view.settings.presenting);
  const float inset = std::round(theme.px(kInset));
  const float gap = std::round(theme.px(kGap));
  const float width = std::max(1.0f, rect.w - 2 * inset);
  ImGui::SetCursorScreenPos({rect.x + inset, rect.y + gap});
  draw_title(context, fonts, width);
  float top = rect.y + ui::row_height(ui) + 2 * gap;
  if (context.lessons.watch.changed()) {
    ImGui::SetCursorScreenPos({rect.x + inset, top});
    draw_reload(context, fonts, width);
    top += ui::row_height(ui) + gap;
  }
  const float bar = step_bar_height(context);
  const Rect middle{rect.x + inset, top, std::max(1.0f, rect.w - inset - theme.px(kEdge)),
                    std::max(1.0f, rect.y + rect.h - top - bar - 2 * gap)};
  draw_middle(context, middle, fonts, state);
  draw_step_bar(context, {rect.x + inset, rect.y + rect.h - bar - gap, width, bar});
  draw_edge(context, rect, state);
  ImGui::EndChild();
}

}  // namespace convscope::panels
