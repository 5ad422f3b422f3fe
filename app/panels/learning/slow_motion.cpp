#include "app/panels/learning/slow_motion.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/look/range.h"
#include "app/panels/learning/learned_weight.h"
#include "app/panels/learning/present_rate.h"
#include "app/panels/parts/operation_sign.h"
#include "app/panels/parts/shown_sample.h"
#include "app/program/view/names.h"
#include "app/ui/button_parts.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "engine/core/loss_text.h"
#include "engine/core/number_text.h"
#include "engine/core/value_range.h"
#include "engine/explain/explain_text.h"

namespace convscope::panels {
namespace {

ui::HeatmapStyle style_of(const PanelContext& context, const Tensor& plane) {
  return ui::style_for(plane, 0, context.view.settings.dark(), ui::MapChoice::kDiverging);
}

bool fits(const ExplanationLine& line, const Tensor& plane) {
  return line.cells_width({plane.shape().h, plane.shape().w}) > 0.0f;
}

void add_cells(const PanelContext& context, ExplanationLine& line, const Tensor& plane) {
  line.cells({plane.shape().h, plane.shape().w}, style_of(context, plane), plane.values());
}

void explain_forward(const PanelContext& context, ExplanationLine& line) {
  line.bold("Forward");
  const ConvolutionLayer& layer = context.layer.now();
  line.plain(std::string("Ŷ = X ") + operation_sign(layer.kernel, layer.conv));
  const Tensor weight = shown_plane(context, context.layer.training->weight);
  if (!fits(line, weight)) line.plain(kLearnedSymbol);
  add_cells(context, line, weight);
  if (!context.layer.training->bias.empty()) line.plain("+ b");
  line.muted(shown_prediction(context) != nullptr
                 ? "Point at a cell of the prediction to see its sum."
                 : "The prediction has another size than the output, which goes on showing Y.");
}

// Explains the sum behind a cell of the prediction, with the learned weights.
void explain_prediction(const PanelContext& context, ExplanationLine& line, Yx cell) {
  const TrainingSnapshot& training = *context.layer.training;
  const Parameters full = expanded({training.weight, training.bias}, *training.problem);
  const CellSum sum = explain_output(
      training.problem->input, full.weight, full.bias, training.problem->options,
      shown_sample(context, *training.error), shown_channel(context, *training.error), cell);
  line.bold(cell_name("Ŷ", cell));
  line.plain("=");
  line.plain(line.fitting([&](std::size_t max_terms) { return sum_formula(sum, max_terms); }));
}

std::string error_formula(const PanelContext& context, Yx cell) {
  const TrainingSnapshot& training = *context.layer.training;
  const Index n = shown_sample(context, *training.error);
  const Index c = shown_channel(context, *training.error);
  const auto at = [&](const Tensor& t) { return static_cast<double>(t.at(n, c, cell.y, cell.x)); };
  return number_text(at(*training.error) + at(*training.target), 4) + " − " +
         signed_number(at(*training.target), 4) + " = " + number_text(at(*training.error), 4);
}

void explain_error(const PanelContext& context, ExplanationLine& line) {
  const TrainingSnapshot& training = *context.layer.training;
  const bool mean = training.problem->reduction == Reduction::kMean;
  line.bold("Error");
  line.plain("E = Ŷ − T");
  const auto plane =
      static_cast<std::size_t>(shown_sample(context, *training.error) * training.error->shape().c +
                               shown_channel(context, *training.error));
  if (plane < training.largest_errors.size()) {
    const Yx cell = training.largest_errors[plane];
    line.plain("· " + cell_name("E", cell) + " = " + error_formula(context, cell));
  }
  line.plain(std::string("· loss = Σ E²") +
             (mean ? " / " + count_text(training.error->numel()) : "") + " = " +
             loss_text(training.loss, 5));
}

void explain_gradient_stage(const PanelContext& context, ExplanationLine& line) {
  const TrainingSnapshot& training = *context.layer.training;
  const bool mean = training.problem->reduction == Reduction::kMean;
  line.bold("Gradient");
  const Tensor gradient = shown_plane(context, training.gradient);
  const bool finite = all_finite(gradient.values());
  line.plain("∂L/∂Ŵ = 2" + (mean ? "/" + count_text(training.error->numel()) : std::string()) +
             " · Σ X · E" +
             (!finite                ? " is too large to show."
              : fits(line, gradient) ? " ="
                                     : ""));
  if (finite) add_cells(context, line, gradient);
  line.muted("Point at a cell of the gradient to see what it sums.");
}

void explain_update(const PanelContext& context, ExplanationLine& line) {
  const TrainingSnapshot& training = *context.layer.training;
  const Tensor after = next_parameters(training, present_rate(context)).weight;
  const Tensor gradient = shown_plane(context, training.gradient);
  line.bold("Update");
  if (fits(line, gradient)) {
    add_cells(context, line, shown_plane(context, training.weight));
    line.plain("→");
    add_cells(context, line, shown_plane(context, after));
  }
  const Shape& s = gradient.shape();
  std::optional<Yx> cell = context.view.links.gradient;
  // The cell pointed at may be that of an earlier, larger kernel.
  if (!cell || cell->y >= s.h || cell->x >= s.w) cell = largest_places(gradient).front();
  const WeightPlace place = shown_place(context.layer.shown, *cell, training.weight.shape());
  line.plain(weight_name(training.weight.shape(), place, kLearnedSymbol) + ": " +
             update_formula(context, place, after));
}

}  // namespace

StageLights lights_of(const PanelContext& context) {
  if (!context.layer.step_part) return {};
  const bool predicts = shown_prediction(context) != nullptr;
  switch (*context.layer.step_part) {
    case StepPart::kForward:
      return {.input = true, .kernel = predicts, .output = predicts, .learned = true};
    case StepPart::kError:
      return {.output = predicts, .error = true};
    case StepPart::kGradient:
      return {.input = true, .error = true, .learned = true};
    case StepPart::kUpdate:
      break;
  }
  return {.learned = true};
}

const Tensor* shown_prediction(const PanelContext& context) {
  if (!context.layer.step_part || context.layer.training == nullptr ||
      context.layer.results() == nullptr)
    return nullptr;
  const Tensor* prediction = context.layer.training->prediction.get();
  const Tensor* output = context.layer.results()->output.get();
  const bool fits =
      prediction != nullptr && output != nullptr && prediction->shape() == output->shape();
  return fits ? prediction : nullptr;
}

const Tensor* shown_learned_weight(const PanelContext& context) {
  return shown_prediction(context) != nullptr ? &context.layer.training->weight : nullptr;
}

void draw_stages(const PanelContext& context) {
  constexpr std::array kStages = {"forward", "error", "gradient", "update"};
  ui::Ui& ui = context.ui;
  const ui::Palette& c = ui.theme.color;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* font = ui.theme.font.small;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  // The height is what is left of the card, which is little in a small window.
  const float height = std::clamp(room.y, ui.theme.px(20.0f), ui::row_height(ui));
  const float gap = ui.theme.px(4.0f);
  const float width = std::floor((room.x - 3 * gap) / 4.0f);
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    const ImVec2 min{at.x + static_cast<float>(i) * (width + gap), at.y};
    const ImVec2 max{min.x + width, min.y + std::floor(height)};
    const std::string name = "learning/stage/" + std::to_string(i);
    const bool on = *context.layer.step_part == static_cast<StepPart>(i);
    ImGui::SetCursorScreenPos(min);
    const ui::Pressable stage = ui::pressable(ui, name.c_str(), {width, std::floor(height)}, true,
                                              ImGui::GetID("learning/stages"), on);
    if (stage.clicked) context.actions.push(ShowStepPart{static_cast<StepPart>(i)});
    const ImU32 fill = on ? c.accent : stage.hovered ? c.control_hovered : c.control;
    list->AddRectFilled(min, max, fill, ui.theme.px(6.0f));
    const float size = ui::font_size(font);
    const ImVec2 extent = ui::text_size(font, size, kStages[i]);
    ui::draw_text(list, font, size,
                  {std::round((min.x + max.x - extent.x) * 0.5f),
                   std::round((min.y + max.y - extent.y) * 0.5f)},
                  on ? c.on_accent : c.ink, kStages[i]);
  }
}

bool explain_stage(const PanelContext& context, ExplanationLine& line) {
  const TrainingSnapshot* training = context.layer.training;
  if (!context.layer.step_part || training == nullptr || !training->error) return false;
  const Links& links = context.view.links;
  const Shape& s = training->error->shape();
  const auto inside = [&](const std::optional<Yx>& cell) {
    return cell && cell->y < s.h && cell->x < s.w;
  };
  if (inside(links.output) && shown_prediction(context) != nullptr) {
    explain_prediction(context, line, *links.output);
    return true;
  }
  if (links.input || links.weight || links.output || links.pooled) return false;
  if (links.learned) return false;
  if (links.gradient && *context.layer.step_part != StepPart::kUpdate) return false;
  if (inside(links.error)) return false;
  switch (*context.layer.step_part) {
    case StepPart::kForward:
      explain_forward(context, line);
      break;
    case StepPart::kError:
      explain_error(context, line);
      break;
    case StepPart::kGradient:
      explain_gradient_stage(context, line);
      break;
    case StepPart::kUpdate:
      explain_update(context, line);
      break;
  }
  return true;
}

void explain_error_cell(const PanelContext& context, ExplanationLine& line, Yx cell) {
  line.bold(cell_name("E", cell));
  line.plain("= Ŷ − T = " + error_formula(context, cell));
  line.muted("prediction minus target");
}

}  // namespace convscope::panels
