#include "app/panels/parts/card_place.h"

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

// Heights at scale 1.
constexpr float kTitle = 34.0f;  // of a card's title with the inset above it

constexpr float kLow = 300.0f;
constexpr float kVeryLow = 170.0f;

// Returns as many of the parts of a subtitle, "Y · 8 × 9", as fit, the last of them first.
std::string fitting_end(const ui::Ui& ui, std::string_view text, float room) {
  constexpr std::string_view kDot = " · ";
  while (ui::label_width(ui, text) > room) {
    const std::size_t dot = text.find(kDot);
    if (dot == std::string_view::npos) return "";
    text.remove_prefix(dot + kDot.size());
  }
  return std::string(text);
}

}  // namespace

bool is_low(const ui::Theme& theme, const Rect& rect) {
  return rect.h < theme.px(kLow);
}

bool is_very_low(const ui::Theme& theme, const Rect& rect) {
  return rect.h < theme.px(kVeryLow);
}

const char* card_title(Card card) {
  constexpr std::array kTitles = {"Input",
                                  "Kernel",
                                  "Output",
                                  "Pooled",
                                  "Learning",
                                  "Loss",
                                  "Error",
                                  "Learned",
                                  "About this kernel",
                                  "Input",
                                  "Filters",
                                  "Maps",
                                  "Chain",
                                  "Sum over channels",
                                  "Size and cost"};
  return kTitles[static_cast<std::size_t>(card)];
}

void finish_card(const PanelContext& context, Card card, const Rect& rect) {
  const ui::Theme& theme = context.ui.theme;
  const CardView& cards = context.view.cards();
  const ImVec2 min{std::round(rect.x), std::round(rect.y)};
  const ImVec2 max{std::round(rect.x + rect.w), std::round(rect.y + rect.h)};
  const bool shown = context.view.settings.shows_inspector();
  if (shown && card == cards.selected && !cards.enlarged) {
    ui::stroke_rect(ImGui::GetWindowDrawList(), min, max, theme.color.accent, theme.px(10.0f),
                    std::round(theme.px(1.5f)));
  }
  // A popup counts as a child of the window that opened it, but what is clicked there is not this.
  const bool over = ImGui::IsMouseHoveringRect(min, max, false) &&
                    ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows);
  if (!over || ui::top_popup().depth > 0) return;
  const bool on_title = ImGui::GetIO().MousePos.y < min.y + theme.px(kTitle);
  if (ImGui::IsMouseClicked(0) && card != cards.selected && !in_lower_row(card))
    context.actions.push(SelectCard{card});
  if (ImGui::IsMouseDoubleClicked(0) && on_title && !ImGui::IsAnyItemHovered())
    context.actions.push(EnlargeCard{card});
  if (ImGui::IsMouseClicked(1) && on_title) context.actions.push(ShowFigureDialog{.card = card});
}

void draw_kept_back(const PanelContext& context, Card card, const Rect& rect,
                    const SharedPlace& shared) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const std::string name = std::string("kept-back/") + card_title(card);
  begin_card(context, rect, {name.c_str(), card, card_title(card), ""}, shared.cards, shared.tabs);
  ui::end_card();
  ImFont* font = theme.font.heading;
  const ImVec2 extent = ui::text_size(font, ui::font_size(font), "?");
  ImGui::SetCursorScreenPos(rect.min());
  ImGui::BeginChild("kept-back", rect.size(), false,
                    ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoBackground);
  ui::draw_text(ImGui::GetWindowDrawList(), font, ui::font_size(font),
                {std::round(rect.x + (rect.w - extent.x) * 0.5f),
                 std::round(rect.y + (rect.h - extent.y) * 0.5f)},
                theme.color.muted, "?");
  constexpr std::string_view kWhy = "until the question is answered";
  ImFont* small = theme.font.small;
  const ImVec2 why = ui::text_size(small, ui::font_size(small), kWhy);
  if (why.x + theme.px(24.0f) < rect.w && rect.h > 6.0f * extent.y)
    ui::draw_text(ImGui::GetWindowDrawList(), small, ui::font_size(small),
                  {std::round(rect.x + (rect.w - why.x) * 0.5f),
                   std::round(rect.y + (rect.h + extent.y) * 0.5f)},
                  theme.color.muted, kWhy);
  ImGui::EndChild();
}

bool draw_kept_back_strip(const PanelContext& context, const Rect& rect) {
  if (!context.lessons.lectern.any_open()) return false;
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "explanation", rect.min(), rect.size(), "", "");
  constexpr const char* kWhy = "Explanations are kept back until the question is answered.";
  ImFont* font = ui.theme.font.small;
  const float width = ImGui::GetContentRegionAvail().x;
  const float height =
      static_cast<float>(ui::wrapped_lines(font, width, kWhy).size()) * ui::font_size(font);
  const float spare = ImGui::GetContentRegionAvail().y - height;
  if (spare > 0.0f) ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::round(spare * 0.5f));
  ui::paragraph(ui, kWhy, font, ui.theme.color.muted);
  ui::end_card();
  return true;
}

int focus_section(Card card, CardSection part) {
  constexpr int kParts = 3;
  return 1 + static_cast<int>(card) * kParts + static_cast<int>(part);
}

void begin_card_focus(const PanelContext& context, Card card, const Rect& rect) {
  ui::Ui& ui = context.ui;
  ui.focus.section(focus_section(card, CardSection::kCard));
  ImGui::PushID("focus");
  const ImGuiID id = ImGui::GetID(card_title(card));
  ImGui::PopID();
  const ui::FocusKeys keys = ui.focus.stop(
      {.id = id,
       .min = rect.min(),
       .max = {rect.x + rect.w, rect.y + rect.h},
       .hovered = ImGui::IsMouseHoveringRect(rect.min(), {rect.x + rect.w, rect.y + rect.h})});
  if (keys.pressed) context.actions.push(EnlargeCard{card});
}

void end_card_focus(const PanelContext& context, Card card) {
  const int section = focus_section(card, CardSection::kCard);
  const bool came = context.ui.focus.arrived_in(section);
  if (!came || card == context.view.cards().selected || in_lower_row(card)) return;
  context.actions.push(SelectCard{card});
  // Shift+Tab goes through the controls that the card has from now on, as Tab would.
  ui::Focus& focus = context.ui.focus;
  if (focus.came_back() && context.view.settings.shows_inspector())
    focus.give_end_of(focus_section(card, CardSection::kInspector));
}

void draw_tabs(const PanelContext& context, const char* name, const Rect& rect,
               std::span<const Card> cards, Card front) {
  if (rect.w <= 0.0f) return;
  ui::Ui& ui = context.ui;
  std::vector<const char*> labels;
  int index = 0;
  for (const Card card : cards) {
    if (card == front) index = static_cast<int>(labels.size());
    labels.push_back(card_title(card));
  }
  ImGui::SetCursorScreenPos(rect.min());
  const int section = ui.focus.section(focus_section(front, CardSection::kTabs));
  // Where the titles have no room side by side, they are in a list.
  const bool chosen = ui::segmented_width(ui, labels) <= rect.w
                          ? ui::segmented(ui, name, labels, index)
                          : ui::combo(ui, name, labels, index);
  ui::tooltip(ui, "Cards that share this place: which one is in front");
  ui.focus.section(section);
  if (chosen) context.actions.push(SelectCard{cards[static_cast<std::size_t>(index)]});
}

void begin_card(const PanelContext& context, const Rect& rect, const CardTitle& title,
                std::span<const Card> shared, const char* tabs) {
  ui::Ui& ui = context.ui;
  if (shared.empty()) {
    ui::begin_card(ui, title.name, rect.min(), rect.size(), title.title, title.subtitle,
                   title.corner);
    return;
  }
  ui::begin_card(ui, title.name, rect.min(), rect.size());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float gap = ui.theme.px(10.0f);
  const float width = ImGui::GetContentRegionAvail().x - title.corner - gap;
  draw_tabs(context, tabs, {at.x, at.y, width, ui::row_height(ui)}, shared, title.card);
  const float left = ImGui::GetItemRectMax().x + gap;
  ImGui::SetCursorScreenPos({left, at.y});
  const std::string shown = fitting_end(ui, title.subtitle, at.x + width - left);
  ui::label(ui, shown);
  if (shown.size() < title.subtitle.size()) ui::tooltip(ui, title.subtitle);
  ImGui::SetCursorScreenPos({at.x, at.y + ui::row_height(ui) + ImGui::GetStyle().ItemSpacing.y});
}

}  // namespace convscope::panels
