#include "app/panels/learning/learning_setup.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/panels/learning/present_rate.h"
#include "app/panels/learning/target_view.h"
#include "app/scene/optimizer_tuning.h"
#include "app/scene/option_limits.h"
#include "app/ui/buttons.h"
#include "app/ui/fields.h"
#include "app/ui/list_button.h"
#include "app/ui/popup.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/kernel_info/kernels.h"

namespace convscope::panels {
namespace {

using ui::EditEvent;

// Returns a new, unseen hidden kernel of the kernel panel's size.
Tensor another_hidden_kernel(const Scene& scene) {
  const Shape& s = first_layer(scene).kernel.weight.shape();  // several planes for a layer
  // Seeds of hidden kernels are far from those of start weights, which would be learned already.
  const std::uint64_t seed = scene.learning.seed + 1000003u;
  Tensor hidden = random_weight(s, seed);
  if (hidden == scene.learning.hidden) hidden = random_weight(s, seed + 1);
  return hidden;
}

// The entries of the list; the last one replaces the hidden kernel by a new one.
enum TargetChoice { kHidden, kPanel, kPicture, kNewHidden };

void choose_target(const PanelContext& context, int choice) {
  if (choice == kPicture) {
    draw_own_target(context);
    return;
  }
  LearningScene learning = context.layer.scene.learning;
  if (choice == kNewHidden) learning.hidden = another_hidden_kernel(context.layer.scene);
  learning.target = choice == kPanel ? LearningTarget::kPanelKernel : LearningTarget::kHiddenKernel;
  learning.start = Tensor();
  learning.start_bias.clear();
  context.actions.edit(std::move(learning));
}

void draw_target(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.layer.scene.learning;
  constexpr std::array kTargets = {"output of the hidden kernel", "output of the kernel above",
                                   "a picture of its own", "output of a new hidden kernel"};
  auto target = static_cast<int>(learning.target);
  ui::label(ui, "target");
  ImGui::SameLine();
  if (ui::combo(ui, "learning/target", kTargets, target, true)) choose_target(context, target);
  ui::tooltip(ui, "The target is the output that the learning tries to reach by its weights");
  if (learning.target == LearningTarget::kPicture) {
    ui::label(ui, "drawn in the card Target, or loaded:");
    ImGui::SameLine();
    if (ui::button(ui, "learning/open-target", "Open…",
                   {.tooltip = "Loads a picture as the target, scaled to the output's size"})) {
      open_target(context);
      ImGui::CloseCurrentPopup();
    }
  }
  ui::FieldOptions options;
  options.limits = {0.0, kMaxNoise, 0.01};
  options.tooltip = "standard deviation of normal noise that is added to the target";
  ui::label(ui, "noise added to it");
  ImGui::SameLine();
  if (const EditEvent event = ui::float_field(ui, "learning/noise", "", learning.noise, options)) {
    context.actions.edit(learning, event.continues);
  }
}

void draw_loss(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.layer.scene.learning;
  constexpr std::array kLosses = {"sum", "mean"};
  auto loss = static_cast<int>(learning.reduction);
  ui::label(ui, "loss: squared errors, their");
  ImGui::SameLine();
  if (ui::segmented(ui, "learning/loss", kLosses, loss)) {
    learning.reduction = static_cast<Reduction>(loss);
    context.actions.edit(learning);
  }
  ui::tooltip(
      ui,
      "The loss is what the learning makes small: the sum of the squared errors of all cells, "
      "or their mean, which moves the cliff");
  if (ui::checkbox(ui, "learning/bias", "learn a bias too", learning.bias)) {
    context.actions.edit(learning);
  }
  ui::tooltip(ui, "A bias is one number that is added to every cell of the output");
}

void draw_rate_kind(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.layer.scene.learning;
  constexpr std::array kKinds = {"a number", "a share of the cliff"};
  int kind = learning.share_of_cliff > 0.0f ? 1 : 0;
  ui::label(ui, "rate");
  ImGui::SameLine();
  if (ui::segmented(ui, "learning/rate-kind", kKinds, kind)) {
    take_share(context, kind == 1, learning);
    context.actions.edit(std::move(learning));
  }
  ui::tooltip(ui,
              "A share of the cliff 2/λmax means the same when the input, the kernel's size or the "
              "loss changes");
}

// Adam's settings; that of momentum stands beside the optimizer.
void draw_adam(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.layer.scene.learning;
  if (learning.optimizer != OptimizerKind::kAdam) return;
  ui::FieldOptions beta;
  beta.limits = {0.0, kMaxBeta, 0.01};
  beta.digits = 6;
  beta.width = ui.theme.px(72.0f);
  const auto field = [&](const char* name, const char* label, float& value, const char* tooltip) {
    beta.tooltip = tooltip;
    if (const EditEvent event = ui::float_field(ui, name, label, value, beta))
      context.actions.edit(learning, event.continues);
  };
  OptimizerTuning& tuning = learning.tuning;
  field("learning/beta1", "Adam's β₁", tuning.beta1,
        "how much of the mean of past gradients stays");
  ImGui::SameLine();
  field("learning/beta2", "β₂", tuning.beta2, "how much of the mean of their squares stays");
  ImGui::SameLine();
  beta.limits = {kMinEps, kMaxEps, 1e-8};
  field("learning/eps", "ε", tuning.eps,
        "added to the root of that mean, so that small gradients make no large steps");
}

// Steps a second are to be followed by eye, steps a frame to be over soon.
void draw_speed(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.layer.scene.learning;
  constexpr std::array kPerSecond = {1, 5, 0};
  constexpr std::array kSpeeds = {"1 step a second", "5 a second", "each frame"};
  const auto known = std::ranges::find(kPerSecond, learning.steps_per_second);
  auto speed = static_cast<int>(known - kPerSecond.begin());  // of a file, it may be none of them
  ui::label(ui, "speed");
  ImGui::SameLine();
  if (ui::segmented(ui, "learning/speed", kSpeeds, speed)) {
    learning.steps_per_second = kPerSecond[static_cast<std::size_t>(speed)];
    context.actions.edit(learning);
  }
  ui::tooltip(ui, "How fast a run goes: slowly enough to be followed by eye, or as set beside it");
  Index steps = learning.steps_per_frame;
  ImGui::SameLine();
  ui::label(ui, "steps");
  ImGui::SameLine();
  if (const EditEvent event = ui::int_field(ui, "learning/steps", "", steps, 1, kMaxStepsPerFrame,
                                            "steps between two pictures while it runs")) {
    learning.steps_per_frame = static_cast<int>(steps);
    learning.steps_per_second = 0;
    context.actions.edit(learning, event.continues);
  }
}

void draw_stop_rules(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.layer.scene.learning;
  ui::FieldOptions loss;
  loss.limits = {0.0, kMaxStopLoss, 1e-3};
  loss.tooltip = "a run pauses when its loss falls below this; 0: never";
  ui::label(ui, "at a loss below");
  ImGui::SameLine();
  if (const EditEvent event =
          ui::float_field(ui, "learning/stop-loss", "", learning.stop.loss, loss)) {
    context.actions.edit(learning, event.continues);
  }
  ImGui::SameLine();
  ui::label(ui, "or after");
  ImGui::SameLine();
  if (const EditEvent event =
          ui::int_field(ui, "learning/stop-steps", "", learning.stop.steps, 0, kMaxStopSteps,
                        "a run pauses after so many steps from its start; 0: never")) {
    context.actions.edit(learning, event.continues);
  }
  ImGui::SameLine();
  ui::label(ui, "steps; 0 means never");
  bool plateau = learning.stop.ends_at_plateau(0);
  if (ui::checkbox(ui, "learning/stop-plateau", "on a plateau", plateau)) {
    learning.stop.plateau = plateau;
    context.actions.edit(learning);
  }
  ui::tooltip(
      ui,
      "when the loss is the least that can be reached, no longer changes, or has changed by "
      "less than 0.01 % in 100 steps; where nobody chose otherwise, a run with a number of "
      "steps takes them all");
}

}  // namespace

void draw_learning_setup(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  if (ui::button(ui, "learning/setup", "Setup…",
                 {.tooltip = "Target, noise, loss, bias, when a run ends"})) {
    ImGui::OpenPopup("setup");
  }
  if (!ui::begin_popup(ui, "setup")) return;
  ui::text(ui, "What is learned", ui.theme.font.title, ui.theme.color.ink);
  draw_target(context);
  draw_loss(context);
  draw_rate_kind(context);
  draw_adam(context);
  draw_speed(context);
  ui::text(ui, "When a run ends", ui.theme.font.title, ui.theme.color.ink);
  draw_stop_rules(context);
  ImGui::EndPopup();
}

}  // namespace convscope::panels
