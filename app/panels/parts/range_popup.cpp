#include "app/panels/parts/range_popup.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/look/number_format.h"
#include "app/ui/buttons.h"
#include "app/ui/fields.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/list_button.h"
#include "app/ui/number_input.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

// In the order of ui::RangeMode.
constexpr std::array kRangeChoices = {"automatic", "symmetric", "locked", "typed", "shared"};
constexpr std::array kEndChoices = {"min–max", "2–98 %"};
constexpr int kFirstEnd = static_cast<int>(kRangeChoices.size());
static_assert(static_cast<ui::RangeMode>(kFirstEnd) == ui::RangeMode::kMinMax);
constexpr std::array kSignChoices = {"by meaning", "signed", "unsigned"};
constexpr std::array kNumberChoices = {"automatic", "decimals", "powers of ten"};
constexpr float kMaxHeight = 580.0f;  // of the popup with all its lines, at scale 1

// Returns a sentence on what the mode does.
std::string explained(ui::RangeMode mode, const ui::HeatmapStyle& style, const StyleCache& styles) {
  switch (mode) {
    case ui::RangeMode::kAutomatic:
      if (style.percentiles)
        return "Edges of a photograph: 2 % of the values are left out at each end, as a few strong "
               "edges would leave all others pale.";
      return "Follows the values: from zero, or as far below zero as above where they have signs.";
    case ui::RangeMode::kSymmetric:
      return "Follows the values, as far below zero as above.";
    case ui::RangeMode::kLocked:
      return "Stays as it is while the values change.";
    case ui::RangeMode::kTyped:
      return "From and to as they are typed, whatever the values are.";
    case ui::RangeMode::kMinMax:
      return "From the smallest value to the largest; zero stays in the middle of blue-white-red.";
    case ui::RangeMode::kPercentiles:
      return style.percentiles ? "Leaves out 2 % of the values at each end; they are marked."
                               : "Too few values differ for percentiles: automatic until they do.";
    case ui::RangeMode::kShared:
      break;
  }
  std::string names;
  for (const std::string& name : styles.sharing())
    names += (names.empty() ? "" : ", ") + name;
  return "One range for all that choose it: " + names + ".";
}

ui::RangeChoice choice_of(const PanelContext& context, const std::string& view) {
  const auto found = context.view.settings.ranges.find(view);
  return found != context.view.settings.ranges.end() ? found->second : ui::RangeChoice{};
}

void choose(const PanelContext& context, const std::string& view, ui::RangeMode mode,
            const ui::ValueRange& range) {
  context.actions.push(ChooseRange{view, {mode, range}});
}

// Draws a choice between several labels: side by side if there is room, else as a list. Returns
// whether another one was chosen.
template <std::size_t N>
bool one_of(ui::Ui& ui, const char* name, const std::array<const char*, N>& labels, float room,
            int& selected) {
  if (ui::segmented_width(ui, labels) <= room) return ui::segmented(ui, name, labels, selected);
  return ui::combo(ui, name, labels, selected);
}

// Returns a sentence on the range that is shown if it is not the typed one; empty if it is.
std::string shown_instead(const ui::ValueRange& typed, const ui::HeatmapStyle& style) {
  if (typed.lo >= typed.hi) {
    return "The first number must be smaller than the second; the bar goes from " +
           ui::value_text(style.lo, {}) + " to " + ui::value_text(style.hi, {}) + " until it is.";
  }
  if (typed.lo == style.lo && typed.hi == style.hi) return "";
  return "Zero is in the middle of blue-white-red: the bar goes from " +
         ui::value_text(style.lo, {}) + " to " + ui::value_text(style.hi, {}) + ".";
}

// Draws a field for each end of the range. Editing one of them makes the range a typed one.
void draw_ends(const PanelContext& context, const std::string& view,
               const ui::HeatmapStyle& style) {
  ui::Ui& ui = context.ui;
  const ui::RangeChoice choice = choice_of(context, view);
  const bool typed = choice.mode == ui::RangeMode::kTyped;
  ui::ValueRange range = typed ? choice.fixed : ui::ValueRange{style.lo, style.hi};
  const std::string remark = typed ? shown_instead(range, style) : "";
  // The remark is above the fields, because their tooltip is below.
  if (!remark.empty()) {
    ui::paragraph(ui, remark, ui.theme.font.small, ui.theme.color.bad);
    ui.items.add_last("range/remark");
  }
  ui::FieldOptions options;
  options.limits = {-ui::kMaxNumber, ui::kMaxNumber, 0.1};
  options.width = ui.theme.px(90.0f);
  options.digits = 5;
  const ui::EditEvent lo = ui::float_field(ui, "range/from", "from", range.lo, options);
  ImGui::SameLine(0.0f, ui.theme.px(12.0f));
  const ui::EditEvent hi = ui::float_field(ui, "range/to", "to", range.hi, options);
  if (lo || hi) choose(context, view, ui::RangeMode::kTyped, range);
}

void draw_range(const PanelContext& context, const std::string& view, const ui::HeatmapStyle& style,
                float room) {
  ui::Ui& ui = context.ui;
  ui::text(ui, "Range", ui.theme.font.body_bold, ui.theme.color.ink);
  const auto mode = static_cast<int>(choice_of(context, view).mode);
  int usual = mode < kFirstEnd ? mode : -1;
  if (one_of(ui, "range/mode", kRangeChoices, room, usual))
    choose(context, view, static_cast<ui::RangeMode>(usual), {style.lo, style.hi});
  ui::tooltip(ui, "The range: which values have the colours at the ends of the bar");
  int end = mode - kFirstEnd;
  if (ui::segmented(ui, "range/ends", kEndChoices, end))
    choose(context, view, static_cast<ui::RangeMode>(kFirstEnd + end), {style.lo, style.hi});
  ui::tooltip(
      ui,
      "Takes the ends from the values: the least and the largest, or percentiles, which few "
      "extreme values do not move");
  ui::paragraph(ui, explained(static_cast<ui::RangeMode>(mode), style, context.styles),
                ui.theme.font.small, ui.theme.color.muted);
  draw_ends(context, view, style);
}

void draw_values(const PanelContext& context, const RangePopup& popup, float room) {
  ui::Ui& ui = context.ui;
  const ui::Histogram& histogram = context.styles.histogram(popup.id, popup.plane);
  ui::text(ui, "Values", ui.theme.font.body_bold, ui.theme.color.ink);
  ui::draw_histogram(ui, "range/histogram", {room, std::round(ui.theme.px(92.0f))}, histogram,
                     popup.style);
  ui::paragraph(ui, ui::summary_text(histogram, ui.theme.numbers), ui.theme.font.small,
                ui.theme.color.ink);
  std::string remarks = ui::remarks_text(histogram);
  const ui::HeatmapStyle& style = popup.style;
  const ui::ValueRange& values = histogram.range;
  if (values.lo < std::min(style.lo, style.hi) || values.hi > std::max(style.lo, style.hi)) {
    remarks += remarks.empty() ? "" : " ";
    remarks += "Those beyond the range are marked in their cells.";
  }
  if (!remarks.empty()) {
    ui::paragraph(ui, remarks, ui.theme.font.small, ui.theme.color.muted);
  }
}

void draw_signs(const PanelContext& context, float room) {
  ui::Ui& ui = context.ui;
  ui::text(ui, "Signs in all views", ui.theme.font.body_bold, ui.theme.color.ink);
  auto signs = static_cast<int>(context.view.settings.signs);
  if (one_of(ui, "range/signs", kSignChoices, room, signs))
    context.actions.push(ChooseSigns{static_cast<SignChoice>(signs)});
  ui::tooltip(
      ui,
      "Signed values have zero in the middle of their colours, unsigned ones begin with it. "
      "By meaning: outputs are signed, drawn inputs and what ReLU gives are not, and "
      "photographs are grey");
}

void draw_numbers(const PanelContext& context, float room) {
  ui::Ui& ui = context.ui;
  ui::NumberStyle numbers = context.view.settings.numbers;
  ui::text(ui, "Numbers in all views", ui.theme.font.body_bold, ui.theme.color.ink);
  auto mode = static_cast<int>(numbers.mode);
  Index decimals = numbers.decimals;
  bool changed = one_of(ui, "numbers/mode", kNumberChoices, room, mode);
  ui::tooltip(ui, "As many decimals as fit, or always the same number of them");
  if (mode != static_cast<int>(ui::NumberMode::kAutomatic)) {
    ui::flow(ui, ui::field_width(ui, "decimals"));
    changed |=
        static_cast<bool>(ui::int_field(ui, "numbers/decimals", "decimals", decimals, 0,
                                        ui::kMaxDecimals, "in cells as many of them as fit"));
  }
  if (changed)
    context.actions.push(
        ChooseNumbers{{static_cast<ui::NumberMode>(mode), static_cast<int>(decimals)}});
}

void draw_save(const PanelContext& context, const RangePopup& popup) {
  if (!ui::button(context.ui, "range/save", "Save figure…",
                  {.tooltip = "As a picture, vectors or numbers (Shift+F12)"}))
    return;
  ImGui::CloseCurrentPopup();
  context.actions.push(ShowFigureDialog{.panel = popup.id});
}

// Draws the popup beside ImGui's last item, the colour bar.
void draw_popup(const PanelContext& context, const RangePopup& popup, bool clicked) {
  ui::Ui& ui = context.ui;
  ui::tooltip(ui, "Range, histogram and number format");
  ImGui::PushID(popup.id);
  if (clicked) ImGui::OpenPopup("range");
  const ImVec2 padding = ImGui::GetStyle().WindowPadding;
  const float width = ui::segmented_width(ui, kRangeChoices) + 2.0f * padding.x;
  if (ui::begin_popup_beside(ui, "range", {width, ui.theme.px(kMaxHeight)})) {
    const float room = ImGui::GetContentRegionAvail().x;
    draw_range(context, popup.view, popup.style, room);
    draw_values(context, popup, room);
    draw_signs(context, room);
    draw_numbers(context, room);
    draw_save(context, popup);
    ui.items.add("range/popup", ImGui::GetWindowPos(),
                 {ImGui::GetWindowPos().x + ImGui::GetWindowSize().x,
                  ImGui::GetWindowPos().y + ImGui::GetWindowSize().y});
    ImGui::EndPopup();
  }
  ImGui::PopID();
}

}  // namespace

ui::HeatmapEvent draw_heatmap(const PanelContext& context, const std::string& view,
                              const ui::HeatmapArgs& args, ui::HeatmapViewState& state) {
  ui::HeatmapArgs whole = args;
  whole.data = context.styles.data(view);
  const ui::HeatmapEvent event = ui::heatmap_view(context.ui, whole, state);
  if (!args.color_bar || args.tensor == nullptr || args.tensor->empty()) return event;
  draw_popup(context, {view, args.style, args.plane(), args.id}, event.bar_clicked);
  return event;
}

void draw_range_bar(const PanelContext& context, const RangePopup& popup, const float* marked,
                    const ui::ValueRange& data) {
  ImGui::PushID(popup.id);
  const bool clicked = ui::color_bar(context.ui, popup.id, ImGui::GetContentRegionAvail().x,
                                     popup.style, marked, data);
  draw_popup(context, popup, clicked);
  ImGui::PopID();
}

}  // namespace convscope::panels
