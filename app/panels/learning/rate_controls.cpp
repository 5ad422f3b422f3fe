#include "app/panels/learning/rate_controls.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/panels/learning/learning_words.h"
#include "app/panels/learning/present_rate.h"
#include "app/session/rate_verdict.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/list_button.h"
#include "app/ui/rate_slider.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

using ui::EditEvent;
using ui::Palette;

// Draws the verdict below the rate, always in the same place.
void draw_verdict(const PanelContext& context, ImVec2 at, float width) {
  ui::Ui& ui = context.ui;
  const QuadraticAnalysis* spectrum = rate_zones(context);
  const RateVerdict verdict = rate_verdict(spectrum, present_rate(context), context.layer.training);
  if (verdict.text.empty()) return;
  const Palette& c = ui.theme.color;
  const ImU32 color = verdict.kind == RateVerdict::Kind::kGood   ? c.good
                      : verdict.kind == RateVerdict::Kind::kWarn ? c.warn
                                                                 : c.bad;
  ImFont* font = ui.theme.font.small;
  const float size = ui::font_size(font);
  const ImVec2 extent = ui::wrapped_text_size(font, size, width, verdict.text);
  ImGui::GetWindowDrawList()->AddText(font, size, at, ui::legible(color, c), verdict.text.c_str(),
                                      nullptr, width);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy(extent);
  ui.items.add_last("learning/verdict");
  if (spectrum == nullptr) return;
  ui::tooltip(ui, "Plain gradient descent converges without swinging up to a rate of " +
                      ui::rate_text(1.0 / spectrum->largest) + ", fastest at " +
                      ui::rate_text(spectrum->best_rate) + ", oscillates while converging up to " +
                      ui::rate_text(spectrum->stable_rate) + ", and diverges beyond.");
}

// Explains the slider, which was drawn last, or the mark below it that the pointer is over.
void explain_slider(ui::Ui& ui) {
  const auto over = [&](const char* mark) {
    const auto found = ui.items.find(mark);
    return found && ImGui::IsMouseHoveringRect(found->min, found->max);
  };
  ui::tooltip(ui, over("learning/rate/best")    ? kBestRateWords
                  : over("learning/rate/cliff") ? kCliffWords
                                                : kRateWords);
}

}  // namespace

void draw_rate(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  float rate = present_rate(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // The number stands at the height of the track, because the slider may have labels below it.
  const float track = ui::rate_slider_height(ui, {});
  ImGui::SetCursorScreenPos({at.x, at.y - (ui::row_height(ui) - track) * 0.5f});
  ui::text(ui, rate_name(context), ui.theme.font.body, ui.theme.color.ink);
  ui.items.add_last("learning/rate-name");
  ui::tooltip(ui, "the rate is " + number_text(static_cast<double>(rate), 6));
  // The slider begins at the same position whatever the number.
  ImFont* body = ui.theme.font.body;
  const float column = ui::text_size(body, ui::font_size(body), "rate 8.88×10⁻¹⁰").x;
  draw_verdict(context, {at.x, at.y + track}, column);
  ImGui::SetCursorScreenPos({std::round(at.x + column + ui.theme.px(10.0f)), at.y});
  ui::RateSliderArgs args;
  args.id = "learning/rate";
  args.width = ImGui::GetContentRegionAvail().x;
  args.lo = 1e-8;
  if (const QuadraticAnalysis* spectrum = rate_zones(context)) {
    // The best rate swings a little too, and is no warning.
    args.zones = {spectrum->best_rate, spectrum->stable_rate, spectrum->best_rate};
    // Shows a decade or two around the cliff, and the rate itself.
    args.lo = std::min(static_cast<double>(rate), spectrum->stable_rate * 0.02);
    args.hi = std::max(static_cast<double>(rate), spectrum->stable_rate * 3.0);
  }
  if (const EditEvent event = ui::rate_slider(ui, args, rate)) {
    LearningScene learning = context.layer.scene.learning;
    take_rate(context, static_cast<double>(rate), learning);
    context.actions.edit(std::move(learning), event.continues);
  }
  explain_slider(ui);
}

void draw_optimizer(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.layer.scene.learning;
  constexpr std::array kOptimizers = {"SGD", "momentum", "Nesterov", "Adam"};
  auto kind = static_cast<int>(learning.optimizer);
  if (ui::combo(ui, "learning/optimizer", kOptimizers, kind)) {
    learning.optimizer = static_cast<OptimizerKind>(kind);
    context.actions.edit(learning);
  }
  ui::tooltip(ui, "PyTorch's optimizers: momentum is 0.9, Adam's betas 0.9 and 0.999");
}

void draw_best_rate(const PanelContext& context) {
  const QuadraticAnalysis* spectrum = rate_zones(context);
  if (spectrum == nullptr) return;
  if (ui::button(context.ui, "learning/best-rate", "Best rate", {.tooltip = kBestRateWords})) {
    LearningScene learning = context.layer.scene.learning;
    take_rate(context, spectrum->best_rate, learning);
    context.actions.edit(learning);
  }
}

}  // namespace convscope::panels
