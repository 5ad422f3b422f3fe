#include "app/panels/learning/cliff_offer.h"

#include <array>
#include <utility>

#include "app/panels/learning/offer_line.h"
#include "app/panels/learning/present_rate.h"
#include "app/ui/rate_slider.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

constexpr std::array kOffers = {
    Offer{"learning/take-mean", "Mean", "Take the mean of the squared errors as the loss"},
    Offer{"learning/take-share", "0.9 × cliff",
          "Take this share of the cliff as the rate, whatever the input is"}};

}  // namespace

bool is_cliff_moved(const KnownRates& known, const LearningScene& learning, Index outputs) {
  constexpr Index kSome = 100;  // more than in the lesson, where the usual rates converge
  constexpr Index kMany = 1000;
  if (learning.reduction != Reduction::kSum || learning.share_of_cliff > 0.0f) return false;
  const bool diverges = static_cast<double>(learning.rate) >= known.rates.stable;
  return outputs >= (diverges ? kSome : kMany);
}

void draw_cliff_offer(const PanelContext& context) {
  const std::optional<KnownRates> known = present_rates(context);
  if (!known) return;
  const Index outputs = context.layer.training->problem->target.numel();
  LearningScene learning = context.layer.scene.learning;
  if (!is_cliff_moved(*known, learning, outputs)) return;
  const ui::Palette& c = context.ui.theme.color;
  const bool diverges = static_cast<double>(learning.rate) >= known->rates.stable;
  const std::string cells = "Σ over " + count_text(outputs) + " cells";
  const Offer* chosen = offer_line(
      context.ui, "learning/cliff-moved",
      {cells + " moves the cliff to " + ui::rate_text(known->rates.stable),
       cells + " moves the cliff", cells},
      diverges ? c.bad : c.muted,
      "The loss is the sum over " + count_text(outputs) +
          " squared errors, so its slopes are as many times as steep as those of one, and the rate "
          "must be as many times smaller. The mean, or a share of the cliff, means the same for "
          "every size of input.",
      kOffers, ImGui::GetContentRegionAvail().x);
  if (chosen == nullptr) return;
  if (chosen == &kOffers[0])
    learning.reduction = Reduction::kMean;
  else
    learning.share_of_cliff = 0.9f;
  context.actions.edit(std::move(learning));
}

}  // namespace convscope::panels
