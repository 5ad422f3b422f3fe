#include "app/panels/learning/target_nudge.h"

#include <array>
#include <utility>

#include "app/panels/learning/learning_title.h"
#include "app/panels/learning/offer_line.h"

namespace convscope::panels {
namespace {

constexpr std::array kOffers = {
    Offer{"learning/learn-panel", "Learn it", "Take the output of the kernel above as the target"},
    Offer{"learning/keep-target", "Keep", "Go on with the target that there is"}};

void keep_target(const Scene& scene, TargetNudge& nudge) {
  nudge.kernel = first_layer(scene).kernel.weight;
  nudge.hidden = scene.learning.hidden;
  nudge.target = scene.learning.target;
  nudge.due = false;
}

}  // namespace

void follow_target(const Scene& scene, std::uint64_t version, TargetNudge& nudge) {
  if (version == nudge.version) return;
  // What the program starts with is a change from the default scene, as is a scene opened later.
  if (nudge.version == 0) keep_target(default_scene(), nudge);
  const bool chosen =
      nudge.target != scene.learning.target || nudge.hidden != scene.learning.hidden;
  nudge.version = version;
  if (chosen) {
    keep_target(scene, nudge);
    return;
  }
  const Tensor& kernel = first_layer(scene).kernel.weight;
  nudge.due = scene.learning.target == LearningTarget::kHiddenKernel && kernel != nudge.kernel &&
              kernel != scene.learning.hidden;
}

void draw_target_nudge(const PanelContext& context, float width, TargetNudge& nudge) {
  const Scene& scene = context.layer.scene;
  follow_target(scene, context.document.version(), nudge);
  if (!nudge.due) return;
  const Offer* chosen = offer_line(context.ui, "learning/nudge",
                                   {"The kernel above was changed, not the target",
                                    "Not the target: the kernel above", "Changed kernel"},
                                   context.ui.theme.color.warn,
                                   "What is learned is still " + target_name(scene, false) +
                                       ", not the kernel that the card above shows.",
                                   kOffers, width);
  if (chosen == &kOffers[1]) keep_target(scene, nudge);
  if (chosen != &kOffers[0]) return;
  LearningScene learning = scene.learning;
  learning.target = LearningTarget::kPanelKernel;
  learning.start = Tensor();
  learning.start_bias.clear();
  context.actions.edit(std::move(learning));
}

}  // namespace convscope::panels
