#include "app/panels/backward/nudge_controls.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/backward/gradient_card.h"
#include "app/program/view/names.h"
#include "app/ui/fields.h"
#include "app/ui/rows.h"
#include "app/ui/slider.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

// The slider goes from -1 to 1 in steps of 0.01.
constexpr Index kSteps = 201;
constexpr double kStepsEachWay = 100.0;
constexpr float kSlider = 120.0f;  // width at scale 1
constexpr double kMaxNudge = 1000.0;
// The relative difference that float32 results cause at most.
constexpr double kTolerance = 1e-3;

const Tensor* gradient_of(const LayerGradients& gradients, NudgedPlane plane) {
  switch (plane) {
    case NudgedPlane::kInput:
      return gradients.input.get();
    case NudgedPlane::kWeight:
      return &gradients.kernel;
    case NudgedPlane::kOutput:
      return gradients.output.get();
    case NudgedPlane::kPooled:
      break;
  }
  return gradients.pooled.get();
}

std::string name_of(const PanelContext& context, const Nudge& nudge, const Shape& shape) {
  const Yx cell{nudge.place.y, nudge.place.x};
  switch (nudge.plane) {
    case NudgedPlane::kInput:
      return cell_name("X", cell);
    case NudgedPlane::kWeight:
      return weight_name(shape, nudge.place, gradient_weight_symbol(context));
    case NudgedPlane::kOutput:
      return cell_name("Y", cell);
    case NudgedPlane::kPooled:
      break;
  }
  return cell_name("P", cell);
}

// Draws ΔL beside gradient · Δ, and whether they agree.
void draw_effect(const PanelContext& context, const NudgeEffect& effect, double gradient) {
  ui::Ui& ui = context.ui;
  const double predicted = gradient * effect.by;
  const double size = std::max(std::abs(predicted), std::abs(effect.loss_change));
  const bool agree = std::abs(predicted - effect.loss_change) <= kTolerance * size;
  const std::string text = "ΔL = " + number_text(effect.loss_change, 4) + (agree ? " = " : " ≠ ") +
                           "gradient · Δ = " + number_text(predicted, 4);
  ui::flow(ui, ui::label_width(ui, text));
  ui::text(ui, text, ui.theme.font.body_bold,
           ui::legible(agree ? ui.theme.color.good : ui.theme.color.ink, ui.theme.color));
  ui.items.add_last("nudge/effect");
  const bool square = effect.request.backward.training != nullptr;
  ui::tooltip(ui, agree    ? "L was computed with the nudge and without it: the difference is what "
                             "the gradient says"
                  : square ? "The loss is a square: beside gradient · Δ it has a part that grows "
                             "with Δ². Make Δ smaller and the two come together"
                           : "Within this step another cell becomes the largest, or ReLU switches "
                             "a cell on or off. Make Δ smaller and the two come together");
}

void change(const PanelContext& context, Nudge nudge, double by) {
  nudge.by = by;
  context.actions.push(NudgeCell{nudge});
}

}  // namespace

void draw_nudge_controls(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const std::optional<Nudge>& nudge = context.view.nudge;
  const LayerGradients* gradients = shown_gradients(context);
  if (!nudge || gradients == nullptr) return;
  const Tensor* of = gradient_of(*gradients, nudge->plane);
  if (of == nullptr) return;
  const Shape& s = of->shape();
  const WeightPlace& p = nudge->place;
  if (p.n >= s.n || p.c >= s.c || p.y >= s.h || p.x >= s.w) return;
  const std::string label = "nudge " + name_of(context, *nudge, s) + " by Δ";
  ui::flow(ui, ui::label_width(ui, label) + 2 * ImGui::GetStyle().ItemSpacing.x +
                   ui.theme.px(kSlider + 60.0f));
  ui::label(ui, label);
  ui.items.add_last("nudge/name");
  ImGui::SameLine();
  auto step = static_cast<Index>(
      std::lround(std::clamp(nudge->by, -1.0, 1.0) * kStepsEachWay + kStepsEachWay));
  if (ui::slider(ui, "nudge/slider", step, kSteps, ui.theme.px(kSlider)))
    change(context, *nudge, (static_cast<double>(step) - kStepsEachWay) / kStepsEachWay);
  ui::tooltip(ui, "Changes this value by hand, in the loss alone; the scene stays as it is");
  ImGui::SameLine();
  ui::FieldOptions field;
  field.limits = {-kMaxNudge, kMaxNudge, 0.01};
  field.width = ui.theme.px(52.0f);
  field.tooltip = "by how much the value is changed";
  auto by = static_cast<float>(nudge->by);
  if (ui::float_field(ui, "nudge/by", "", by, field))
    change(context, *nudge, static_cast<double>(by));
  const NudgeEffect* effect = context.live.nudge();
  if (effect == nullptr || effect->request.place != p || effect->request.plane != nudge->plane)
    return;
  draw_effect(context, *effect, static_cast<double>(of->at(p.n, p.c, p.y, p.x)));
}

}  // namespace convscope::panels
