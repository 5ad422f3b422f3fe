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
// Four digits are written; what differs by less than this share is the rounding of float32
// gradients that went backward.
constexpr double kTolerance = 1e-3;

// Returns the shape of the plane, or of the weight, that is nudged; null where there is none.
const Shape* shape_of(const LayerGradients& gradients, NudgedPlane plane) {
  switch (plane) {
    case NudgedPlane::kInput:
      return &gradients.input->shape();
    case NudgedPlane::kWeight:
      return &gradients.kernel.shape();
    case NudgedPlane::kOutput:
      return &gradients.output->shape();
    case NudgedPlane::kActivated:
      return gradients.activated ? &gradients.activated->shape() : nullptr;
    case NudgedPlane::kPooled:
      break;
  }
  return gradients.pooled ? &gradients.pooled->shape() : nullptr;
}

// Returns the gradients of the nudged layer: of the shown one or, for a cell of the scene's input
// that stands beside a later layer, of the first; null where it is another.
const LayerGradients* nudged_gradients(const PanelContext& context, const Nudge& nudge) {
  const BackwardResults* backward = context.live.backward();
  const bool beside = nudge.layer == 0 && nudge.plane == NudgedPlane::kInput;
  if (backward == nullptr || nudge.layer >= backward->layers.size()) return nullptr;
  return nudge.layer == context.layer.index || beside ? &backward->layers[nudge.layer] : nullptr;
}

std::string name_of(const PanelContext& context, const Nudge& nudge, const Shape& shape) {
  const auto cell = [&](const char* symbol) {
    return channel_cell(context, symbol, nudge.place.c, {nudge.place.y, nudge.place.x});
  };
  switch (nudge.plane) {
    case NudgedPlane::kInput:
      return (nudge.layer == context.layer.index ? "" : "the scene's input ") + cell("X");
    case NudgedPlane::kWeight:
      return weight_name(shape, nudge.place, gradient_weight_symbol(context));
    case NudgedPlane::kOutput:
      return cell(gradient_output_symbol(context));
    case NudgedPlane::kActivated:
      return cell("A");
    case NudgedPlane::kPooled:
      break;
  }
  return cell("P");
}

// Names a cell of an output, with its channel where that is not the shown one, and with its layer
// where all are shown.
std::string switched_cell(const PanelContext& context, const NudgeSwitch& at, Yx cell) {
  if (!context.view.on_kernel_page())
    return map_cell_name("Y", at.channel, cell) + " of layer " + std::to_string(at.layer + 1);
  return cell_name("Y", cell) + (at.channel == context.layer.shown.output
                                     ? ""
                                     : " of channel " + std::to_string(at.channel));
}

// Says at which kink the loss leaves what its gradient says.
std::string switch_text(const PanelContext& context, const NudgeSwitch& at, Yx pooled) {
  const std::string cell = switched_cell(context, at, at.cell);
  const bool winner = at.kind == NudgeSwitch::Kind::kWinner;
  const bool on = at.kind == NudgeSwitch::Kind::kReluOn;
  const std::string larger = pooled.y > 1 || pooled.x > 1 ? "the largest of its window" : "largest";
  if (at.at_once) {
    return winner ? cell + " was as large as " + cell_name("Y", at.from) +
                        ", and with the nudge it is " + larger +
                        ": to this side L has another slope, however small Δ is"
                  : cell +
                        " was 0, exactly at the corner of ReLU: to this side L has "
                        "another slope, however small Δ is";
  }
  const std::string what =
      winner ? cell + " becomes " + larger + ", instead of " + cell_name("Y", at.from)
             : "ReLU switches " + cell + (on ? " on" : " off");
  return "Within this step " + what + ". Make Δ smaller and the two come together";
}

NudgeComparison compared(const PanelContext& context, const NudgeEffect& effect) {
  const double predicted = effect.gradient * effect.by;
  NudgeComparison result;
  if (!std::isfinite(effect.loss) || !std::isfinite(effect.loss_change) ||
      !std::isfinite(predicted)) {
    const bool finite = std::isfinite(effect.loss);
    result.text = std::string(finite ? "ΔL" : "L") +
                  " is not finite: " + number_text(finite ? effect.loss_change : effect.loss);
    result.tip =
        "A difference can be taken only where L is a finite number, with the nudge and without it";
    return result;
  }
  const double size = std::max(std::abs(predicted), std::abs(effect.loss_change));
  const double rest = std::abs(predicted - effect.loss_change);
  result.agree = rest <= kTolerance * size;
  const bool kink = effect.switched || effect.square > kTolerance * size;
  result.text = "ΔL = " + number_text(effect.loss_change, 4) +
                (result.agree ? " = "
                 : kink       ? " ≠ "
                              : " ≈ ") +
                "gradient · Δ = " + number_text(predicted, 4);
  if (result.agree) {
    result.tip =
        "L goes forward with the nudge and without it: the difference is what the gradient says";
  } else if (effect.switched) {
    const Pool2dOptions& pool =
        effect.request.backward.results->layers[effect.switched->layer].pool;
    result.tip = switch_text(context, *effect.switched, pool.kernel);
  } else {
    result.tip = kink ? "The loss is a square: beside gradient · Δ it has a part that grows with "
                        "Δ². Make Δ smaller and the two come together"
                      : "The two differ by rounding alone: the gradient is a sum of values that "
                        "nearly cancel each other";
  }
  if (context.layer.explore.sweep.on)
    result.tip += ". It is the whole gradient, not only what the sweep has reached";
  return result;
}

// Draws ΔL beside gradient · Δ, and whether they agree.
void draw_effect(const PanelContext& context, const NudgeComparison& shown) {
  ui::Ui& ui = context.ui;
  ui::flow(ui, ui::label_width(ui, shown.text));
  ui::text(ui, shown.text, ui.theme.font.body_bold,
           ui::legible(shown.agree ? ui.theme.color.good : ui.theme.color.ink, ui.theme.color));
  ui.items.add_last("nudge/effect");
  ui::tooltip(ui, shown.tip);
}

void change(const PanelContext& context, Nudge nudge, double by) {
  nudge.by = by;
  context.actions.push(NudgeCell{nudge});
}

}  // namespace

std::optional<NudgeComparison> nudge_comparison(const PanelContext& context) {
  const std::optional<Nudge>& nudge = context.view.nudge;
  const NudgeEffect* effect = context.live.nudge();
  if (!nudge || effect == nullptr || effect->request.place != nudge->place ||
      effect->request.plane != nudge->plane || effect->request.layer != nudge->layer)
    return std::nullopt;
  const LayerGradients* gradients = nudged_gradients(context, *nudge);
  const Shape* of = gradients != nullptr ? shape_of(*gradients, nudge->plane) : nullptr;
  if (of == nullptr) return std::nullopt;
  NudgeComparison shown = compared(context, *effect);
  shown.name = name_of(context, *nudge, *of) + (effect->by < 0.0 ? " − " : " + ") +
               number_text(std::abs(effect->by), 4);
  return shown;
}

void draw_nudge_controls(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const std::optional<Nudge>& nudge = context.view.nudge;
  const LayerGradients* gradients = nudge ? nudged_gradients(context, *nudge) : nullptr;
  if (gradients == nullptr) return;
  const Shape* of = shape_of(*gradients, nudge->plane);
  if (of == nullptr) return;
  const Shape& s = *of;
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
  if (const std::optional<NudgeComparison> shown = nudge_comparison(context))
    draw_effect(context, *shown);
}

}  // namespace convscope::panels
