#include "app/panels/learning/learned_panel.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/look/range.h"
#include "app/panels/learning/present_rate.h"
#include "app/panels/parts/notice.h"
#include "app/program/view/names.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"
#include "app/ui/weight_grid.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"

namespace convscope::panels {
namespace {

constexpr const char* kTitle = "Learned";

// Draws a grid of weights below a small title, in a column of the card.
std::optional<Yx> draw_grid(const PanelContext& context, const char* id, std::string_view title,
                            const Tensor& all, ImVec2 pos, ImVec2 size, const char* symbol) {
  ui::Ui& ui = context.ui;
  const Tensor weight = weight_plane(all, context.layer.shown.filter, context.layer.shown.slice);
  ImGui::SetCursorScreenPos(pos);
  ImGui::BeginGroup();
  const std::string shown = ui::elided(ui.theme.font.small, title, size.x);
  ui::label(ui, shown);
  if (shown.size() < title.size()) ui::tooltip(ui, title);
  ui::WeightGridArgs args;
  args.id = id;
  args.weight = &weight;
  args.style = ui::style_for(weight, 0, context.view.settings.dark(), ui::MapChoice::kDiverging);
  args.size = {size.x, std::max(1.0f, size.y - (ImGui::GetCursorScreenPos().y - pos.y))};
  args.editable = false;
  args.symbol = symbol;
  std::vector<ui::CellOutline> outlines;
  const std::optional<Yx> linked = context.view.links.learned_place();
  if (linked && linked->y < weight.shape().h && linked->x < weight.shape().w)
    outlines.push_back({linked->y, linked->x, 1, 1, ui.theme.color.linked});
  args.outlines = outlines;
  const ui::WeightGridEvent event = ui::weight_grid(ui, args);
  ImGui::EndGroup();
  return event.hovered;
}

// Writes the distance of the weights from the exact solution, or the solution itself if it has few
// weights.
std::string exact_text(const TrainingSnapshot& training) {
  if (!training.analysis) return "";
  const std::vector<double>& optimum = training.analysis->spectrum.optimum;
  std::string text;
  if (optimum.size() <= 2) {
    text = "exact: ";
    for (std::size_t i = 0; i < optimum.size(); ++i)
      text += (i == 0 ? "" : ", ") + number_text(optimum[i], 3);
    text += " · ";
  }
  return text + "off by " + number_text(training.distance, 3);
}

// Returns whether the text, at least its last part, has room between the title and the corner.
bool has_room(const ui::Ui& ui, const Rect& rect, const std::string& text, float corner) {
  const ImFont* font = ui.theme.font.title;
  const float title = ui::text_size(font, ui::font_size(font), kTitle).x;
  const std::size_t dot = text.rfind("· ");
  const std::string last = dot == std::string::npos ? text : text.substr(dot + 3);
  return ui::label_width(ui, last) <=
         rect.w - 2 * ui.theme.px(12.0f) - title - corner - 2 * ui.theme.px(10.0f);
}

// Appends the learned bias of the shown output channel to a title.
std::string with_bias(const PanelContext& context, const std::string& title,
                      const std::vector<float>& bias) {
  if (bias.empty()) return title;
  const auto channel =
      std::min(static_cast<std::size_t>(context.layer.shown.output), bias.size() - 1);
  return title + ", b " + number_text(static_cast<double>(bias[channel]), 2);
}

// Writes whether the gradient agrees with central differences.
void draw_check(const PanelContext& context, ImVec2 pos) {
  ui::Ui& ui = context.ui;
  const std::optional<GradientCheck>& check = context.layer.training->check;
  ImGui::SetCursorScreenPos(pos);
  if (!check) {
    ui::label(ui, "checked when it pauses");
    return;
  }
  if (!check->possible()) {
    const bool large = check->too_large > 0;
    ui::label(ui, large ? "too large to check" : "too small to check");
    ui::tooltip(ui, large ? "The gradient, or the loss beside it, is beyond 3.4·10³⁸: float32 has "
                            "no numbers there to be compared with central differences"
                          : "The gradient is below 10⁻⁴¹: float32's numbers are too coarse there "
                            "to be compared with central differences");
    ui.items.add_last("learned/check");
    return;
  }
  const std::string error = number_text(check->largest_error, 2);
  const bool good = check->passes();
  const Index infinite = std::ranges::count_if(context.layer.training->gradient.values(),
                                               [](float v) { return !std::isfinite(v); });
  if (const Index large = std::max(check->too_large, infinite); good && large > 0) {
    const std::string text =
        std::to_string(check->checked) + " checked, " + std::to_string(large) + " too large";
    ui::label(ui, text);
    ui::tooltip(ui, "Of the gradient " + std::to_string(large) +
                        (large == 1 ? " value is" : " values are") +
                        " beyond 3.4·10³⁸, float32's largest number, and can't be checked; the "
                        "largest relative error of the " +
                        std::to_string(check->checked) + " that were compared is " + error);
    ui.items.add_last("learned/check");
    return;
  }
  ui::text(ui, good ? "✓ checked: error " + error : "✗ gradient off by " + error,
           ui.theme.font.small, good ? ui.theme.color.good : ui.theme.color.bad);
  ui::tooltip(ui,
              "The gradient beside central differences of the loss: the largest relative error "
              "of " +
                  std::to_string(check->checked) + " parameters is " + error);
  ui.items.add_last("learned/check");
}

// Draws the grid beside the weights: their gradient, the exact solution, or the weights after the
// update.
void draw_second_grid(const PanelContext& context, const LearnedPanelState& state, ImVec2 pos,
                      ImVec2 size) {
  const TrainingSnapshot& training = *context.layer.training;
  if (context.layer.step_part == StepPart::kUpdate) {
    const Parameters next = next_parameters(training, present_rate(context));
    const std::string title = with_bias(context, "Ŵ after it", next.bias);
    if (const auto hovered =
            draw_grid(context, "learned/next", title, next.weight, pos, size, kLearnedSymbol)) {
      context.hovered.gradient = hovered;
    }
  } else if (state.exact && training.analysis) {
    const Parameters optimum =
        training.analysis->loss->unflattened(training.analysis->spectrum.optimum);
    const bool many = training.analysis->spectrum.rank < training.analysis->spectrum.parameters;
    draw_grid(context, "learned/optimum",
              with_bias(context, many ? "exact, the shortest" : "exact answer", optimum.bias),
              optimum.weight, pos, size, "W*");
  } else if (const auto hovered = draw_grid(context, "learned/gradient", "gradient",
                                            training.gradient, pos, size, "∂L/∂Ŵ")) {
    context.hovered.gradient = hovered;
  }
}

void draw_learned_grids(const PanelContext& context, const LearnedPanelState& state, ImVec2 at,
                        ImVec2 room) {
  const TrainingSnapshot& training = *context.layer.training;
  const Shape& s = training.weight.shape();
  const float gap = context.ui.theme.px(14.0f);
  const std::string title =
      with_bias(context, training.bias.empty() ? "Ŵ, " + size_text({s.h, s.w}) : kLearnedSymbol,
                training.bias);
  // Wide kernels are stacked, others are side by side.
  const bool stacked = s.w > s.h && room.y > context.ui.theme.px(190.0f);
  const ImVec2 half = stacked ? ImVec2{room.x, std::floor((room.y - gap) * 0.5f)}
                              : ImVec2{std::floor((room.x - gap) * 0.5f), room.y};
  const ImVec2 second =
      stacked ? ImVec2{at.x, at.y + half.y + gap} : ImVec2{at.x + half.x + gap, at.y};
  if (const auto hovered =
          draw_grid(context, "learned/weight", title, training.weight, at, half, kLearnedSymbol))
    context.hovered.learned = hovered;
  draw_second_grid(context, state, second, half);
}

}  // namespace

void draw_learned_panel(const PanelContext& context, const Rect& rect, LearnedPanelState& state) {
  ui::Ui& ui = context.ui;
  const TrainingSnapshot* training = context.layer.training;
  const bool there = training != nullptr && !training->weight.empty();
  constexpr const char* kExact = "Exact";
  const float corner = there ? ui::button_width(ui, kExact) : 0.0f;
  const std::string distance = there && !state.exact ? exact_text(*training) : "";
  ui::begin_card(ui, "card/learned", rect.min(), rect.size(), kTitle,
                 has_room(ui, rect, distance, corner) ? distance : "", corner);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 all = ImGui::GetContentRegionAvail();
  if (!there) {
    draw_notice(ui, "learned/notice", "There is nothing to learn yet.", all, ui.theme.color.muted);
    ui::end_card();
    return;
  }
  const ImVec2 card = ImGui::GetWindowPos();
  ImGui::SetCursorScreenPos({card.x + ImGui::GetWindowSize().x - corner, card.y});
  ui::toggle_button(ui, "learned/exact", kExact, state.exact,
                    {.tooltip = "The exact answer beside the weights, in place of the gradient"});
  const float foot = ui::row_height(ui);
  draw_learned_grids(context, state, at, {all.x, all.y - foot});
  const ImVec2 below{at.x, at.y + all.y - foot};
  if (state.exact) {
    ImGui::SetCursorScreenPos(below);
    ui::label(ui, exact_text(*training));
    ui.items.add_last("learned/distance");
  } else {
    draw_check(context, below);
  }
  ui::end_card();
}

}  // namespace convscope::panels
