#include "app/panels/learning/target_nudge.h"

#include <utility>

#include "app/panels/learning/learning_title.h"
#include "app/ui/buttons.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

void keep_target(const Scene& scene, TargetNudge& nudge) {
  nudge.kernel = first_layer(scene).kernel.weight;
  nudge.hidden = scene.learning.hidden;
  nudge.target = scene.learning.target;
  nudge.due = false;
}

}  // namespace

void follow_target(const Scene& scene, std::uint64_t version, TargetNudge& nudge) {
  if (version == nudge.version) return;
  const bool chosen = nudge.version == 0 || nudge.target != scene.learning.target ||
                      nudge.hidden != scene.learning.hidden;
  nudge.version = version;
  if (chosen) {
    keep_target(scene, nudge);
    return;
  }
  const Tensor& kernel = first_layer(scene).kernel.weight;
  nudge.due = scene.learning.target == LearningTarget::kHiddenKernel && kernel != nudge.kernel &&
              kernel != scene.learning.hidden;
}

void draw_target_nudge(const PanelContext& context, TargetNudge& nudge) {
  const Scene& scene = context.layer.scene;
  follow_target(scene, context.document.version(), nudge);
  if (!nudge.due) return;
  ui::Ui& ui = context.ui;
  ImFont* font = ui.theme.font.small;
  const std::string text = "The kernel above was changed, not the target";
  ui::text(ui, ui::elided(font, text, ImGui::GetContentRegionAvail().x), font, ui.theme.color.warn);
  ui.items.add_last("learning/nudge");
  ui::tooltip(ui, "What is learned is still " + target_name(scene, false) +
                      ", not the kernel that the card above shows.");
  ui::flow(ui, ui::button_width(ui, "Learn it"));
  if (ui::button(ui, "learning/learn-panel", "Learn it",
                 {.tooltip = "Take the output of the kernel above as the target"})) {
    LearningScene learning = scene.learning;
    learning.target = LearningTarget::kPanelKernel;
    learning.start = Tensor();
    learning.start_bias.clear();
    context.actions.edit(std::move(learning));
  }
  ui::flow(ui, ui::button_width(ui, "Keep"));
  if (ui::button(ui, "learning/keep-target", "Keep",
                 {.tooltip = "Go on with the target that there is"})) {
    keep_target(scene, nudge);
  }
}

}  // namespace convscope::panels
