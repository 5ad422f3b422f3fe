#include "app/panels/learning/cliff_offer.h"

#include <utility>

#include "app/panels/learning/present_rate.h"
#include "app/ui/buttons.h"
#include "app/ui/rate_slider.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

constexpr Index kMany = 1000;  // outputs

void draw_reason(const PanelContext& context, const QuadraticAnalysis& zones, Index outputs) {
  ui::Ui& ui = context.ui;
  const ui::Palette& c = ui.theme.color;
  const std::string cliff = "cliff " + ui::rate_text(zones.stable_rate);
  const bool diverges = static_cast<double>(present_rate(context)) >= zones.stable_rate;
  const std::string text = "Σ over " + count_text(outputs) + " cells: " + cliff;
  ui::text(ui, ui::elided(ui.theme.font.small, text, ImGui::GetContentRegionAvail().x),
           ui.theme.font.small, diverges ? c.bad : c.muted);
  ui.items.add_last("learning/cliff-moved");
  ui::tooltip(ui, "The loss is the sum over " + count_text(outputs) +
                      " squared errors, so its slopes are as many times as steep as those of one, "
                      "and the rate must be as many times smaller. The mean, or a share of the "
                      "cliff, means the same for every size of input.");
}

}  // namespace

bool is_cliff_moved(const QuadraticAnalysis& zones, const LearningScene& learning, Index outputs) {
  if (learning.reduction != Reduction::kSum || learning.share_of_cliff > 0.0f) return false;
  const auto rate = static_cast<double>(learning.rate);
  const bool mean_helps =
      rate >= zones.stable_rate && rate < zones.stable_rate * static_cast<double>(outputs);
  return outputs >= kMany || mean_helps;
}

void draw_cliff_offer(const PanelContext& context) {
  const QuadraticAnalysis* zones = rate_zones(context);
  if (zones == nullptr) return;
  const Index outputs = context.layer.training->problem->target.numel();
  LearningScene learning = context.layer.scene.learning;
  if (!is_cliff_moved(*zones, learning, outputs)) return;
  ui::Ui& ui = context.ui;
  draw_reason(context, *zones, outputs);
  ui::flow(ui, ui::button_width(ui, "Mean"));
  if (ui::button(ui, "learning/take-mean", "Mean",
                 {.tooltip = "Take the mean of the squared errors as the loss, not their sum"})) {
    learning.reduction = Reduction::kMean;
    context.actions.edit(std::move(learning));
    return;
  }
  ui::flow(ui, ui::button_width(ui, "0.9 × cliff"));
  if (ui::button(ui, "learning/take-share", "0.9 × cliff",
                 {.tooltip = "Take this share of the cliff as the rate, whatever the input is"})) {
    learning.share_of_cliff = 0.9f;
    context.actions.edit(std::move(learning));
  }
}

}  // namespace convscope::panels
