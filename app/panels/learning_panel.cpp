#include "app/panels/learning_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/ui/imgui_shim.h"
#include "app/ui/rate_slider.h"
#include "app/ui/widgets.h"
#include "engine/kernels.h"
#include "engine/number_text.h"

namespace convscope {
namespace {

using ui::EditEvent;
using ui::Palette;

bool is_running(const PanelContext& context) {
  return context.training != nullptr && context.training->state == TrainingState::kRunning;
}

void draw_run_buttons(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const bool running = is_running(context);
  // It has diverged, or there is nothing to learn.
  const bool stopped = context.training != nullptr && !context.training->message.empty();
  const float width = ui::button_width(ui, "Pause", ui::Icon::kPause);
  if (ui::button(ui, "learning/run", running ? "Pause" : "Run",
                 {.kind = ui::ButtonKind::kPrimary,
                  .icon = running ? ui::Icon::kPause : ui::Icon::kPlay,
                  .enabled = !stopped,
                  .tooltip = "Run or pause (Space)",
                  .width = width})) {
    context.actions.push(TrainingCommand::kToggle);
  }
  ui::flow(ui, ui::button_width(ui, "Step"));
  if (ui::button(ui, "learning/step", "Step",
                 {.enabled = !stopped && !running, .tooltip = "One step (S)"})) {
    context.actions.push(TrainingCommand::kStep);
  }
  ui::flow(ui, ui::button_width(ui, "Reset"));
  if (ui::button(ui, "learning/reset", "Reset",
                 {.tooltip = "Back to the same start weights (R)"})) {
    context.actions.push(TrainingCommand::kReset);
  }
  ui::flow(ui, ui::button_width(ui, "Reseed"));
  if (ui::button(ui, "learning/reseed", "Reseed", {.tooltip = "Other random start weights"})) {
    context.actions.push(TrainingCommand::kReseed);
  }
}

// Zones of the rate are known for plain gradient descent only.
const QuadraticAnalysis* zones_of(const PanelContext& context) {
  const bool plain = context.scene.learning.optimizer == OptimizerKind::kSgd;
  if (!plain || context.training == nullptr || !context.training->analysis) return nullptr;
  const QuadraticAnalysis& spectrum = context.training->analysis->spectrum;
  return spectrum.largest > 0.0 ? &spectrum : nullptr;
}

void draw_rate(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.scene.learning;
  const std::string shown = "rate " + number_text(static_cast<double>(learning.rate), 3);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // On the height of the track, whose slider may have labels below it.
  const float track = ui::rate_slider_height(ui, {});
  ImGui::SetCursorScreenPos({at.x, at.y - (ui::row_height(ui) - track) * 0.5f});
  ui::text(ui, shown, ui.theme.font.body, ui.theme.color.ink);
  // The slider begins at the same place whatever the number.
  ImGui::SetCursorScreenPos({at.x + ui.theme.px(122.0f), at.y});
  ui::RateSliderArgs args;
  args.id = "learning/rate";
  args.width = ImGui::GetContentRegionAvail().x;
  args.lo = 1e-8;
  if (const QuadraticAnalysis* spectrum = zones_of(context)) {
    args.zones = {1.0 / spectrum->largest, spectrum->stable_rate, spectrum->best_rate};
    // A decade or two about the cliff, and the rate itself.
    const auto rate = static_cast<double>(learning.rate);
    args.lo = std::min(rate, spectrum->stable_rate * 0.02);
    args.hi = std::max(rate, spectrum->stable_rate * 3.0);
  }
  if (const EditEvent event = ui::rate_slider(ui, args, learning.rate)) {
    context.actions.edit(learning, event.continues);
  }
}

// A hidden kernel that nobody has seen, of the kernel panel's size.
Tensor another_hidden_kernel(const Scene& scene) {
  const Shape& s = scene.kernel.weight.shape();  // a layer's has several planes
  // Seeds of hidden kernels are far from those of start weights, which would be learned already.
  const std::uint64_t seed = scene.learning.seed + 1000003u;
  Tensor hidden = random_weight(s, seed);
  if (hidden == scene.learning.hidden) hidden = random_weight(s, seed + 1);
  return hidden;
}

void draw_optimizer(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.scene.learning;
  constexpr std::array kOptimizers = {"SGD", "momentum", "Nesterov", "Adam"};
  auto kind = static_cast<int>(learning.optimizer);
  if (ui::combo(ui, "learning/optimizer", kOptimizers, kind)) {
    learning.optimizer = static_cast<OptimizerKind>(kind);
    context.actions.edit(learning);
  }
  ui::tooltip(ui, "PyTorch's optimizers: momentum is 0.9, Adam's betas 0.9 and 0.999");
}

void draw_target(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.scene.learning;
  constexpr std::array kTargets = {"hidden kernel", "kernel above", "new hidden kernel"};
  auto target = static_cast<int>(learning.target);
  ui::label(ui, "target: the output of");
  ui::flow(ui, ui::combo_width(ui, kTargets));
  if (ui::combo(ui, "learning/target", kTargets, target, true)) {
    if (target == 2) learning.hidden = another_hidden_kernel(context.scene);
    learning.target = target == 1 ? LearningTarget::kPanelKernel : LearningTarget::kHiddenKernel;
    learning.start = Tensor();
    learning.start_bias.clear();
    context.actions.edit(learning);
  }
  ui::FieldOptions options;
  options.limits = {0.0, 1e3, 0.01};
  options.tooltip = "standard deviation of normal noise that is added to the target";
  ui::label(ui, "noise added to it");
  ImGui::SameLine();
  if (const EditEvent event = ui::float_field(ui, "learning/noise", "", learning.noise, options)) {
    context.actions.edit(learning, event.continues);
  }
}

void draw_loss_choice(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.scene.learning;
  constexpr std::array kLosses = {"sum", "mean"};
  auto loss = static_cast<int>(learning.reduction);
  ui::label(ui, "loss: squared errors, their");
  ImGui::SameLine();
  if (ui::segmented(ui, "learning/loss", kLosses, loss)) {
    learning.reduction = static_cast<LossReduction>(loss);
    context.actions.edit(learning);
  }
  if (ui::checkbox(ui, "learning/bias", "learn a bias too", learning.bias)) {
    context.actions.edit(learning);
  }
  Index steps = learning.steps_per_frame;
  ui::label(ui, "steps a frame");
  ImGui::SameLine();
  if (const EditEvent event = ui::int_field(ui, "learning/steps", "", steps, 1, 10000,
                                            "steps between two pictures while it runs")) {
    learning.steps_per_frame = static_cast<int>(steps);
    context.actions.edit(learning, event.continues);
  }
}

// What is set once and seldom: behind a button.
void draw_setup(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  if (ui::button(ui, "learning/setup", "Setup…", {.tooltip = "Target, noise, loss, bias"})) {
    ImGui::OpenPopup("setup");
  }
  if (!ui::begin_popup(ui, "setup")) return;
  ui::text(ui, "What is learned", ui.theme.font.title, ui.theme.color.ink);
  draw_target(context);
  draw_loss_choice(context);
  ImGui::EndPopup();
}

std::string progress_text(const TrainingSnapshot& training) {
  return "step " + count_text(training.step) + " · loss " + number_text(training.loss, 4);
}

// The fastest rate of plain gradient descent, by one click.
void draw_best_rate(const PanelContext& context) {
  const QuadraticAnalysis* spectrum = zones_of(context);
  if (spectrum == nullptr) return;
  if (ui::button(context.ui, "learning/best-rate", "Best rate",
                 {.tooltip = "Take the rate at which plain gradient descent is fastest: "
                             "2/(λmax + λmin)"})) {
    LearningScene learning = context.scene.learning;
    learning.rate = static_cast<float>(spectrum->best_rate);
    context.actions.edit(learning);
  }
}

struct Verdict {
  std::string text;
  ImU32 color;
};

// What the rate will do.
Verdict verdict_of(const PanelContext& context, const QuadraticAnalysis& spectrum) {
  const Palette& c = context.ui.theme.color;
  switch (spectrum.zone(static_cast<double>(context.scene.learning.rate))) {
    case RateZone::kConverges:
      return {"converges", c.good};
    case RateZone::kOscillates:
      return {"oscillates while converging", c.warn};
    case RateZone::kDiverges:
      break;
  }
  return {"diverges", c.bad};
}

struct AnalysisLine {
  const char* name;
  std::string text;
  ImU32 color;
};

// What cannot be learned, what the rate does, eigenvalues and condition number.
std::vector<AnalysisLine> analysis_lines(const PanelContext& context) {
  std::vector<AnalysisLine> lines;
  const Palette& c = context.ui.theme.color;
  const TrainingAnalysis& analysis = *context.training->analysis;
  const QuadraticAnalysis& spectrum = analysis.spectrum;
  if (!analysis.learnable.empty()) {
    lines.push_back({"learning/learnable", analysis.learnable, c.warn});
  }
  if (zones_of(context) != nullptr) {
    const Verdict verdict = verdict_of(context, spectrum);
    lines.push_back({"learning/verdict", "At this rate it " + verdict.text + ".", verdict.color});
  }
  const std::string range = spectrum.rank > 1
                                ? " from " + number_text(spectrum.largest, 4) + " to " +
                                      number_text(spectrum.smallest, 4) + ", condition number " +
                                      number_text(spectrum.condition, 3)
                                : " " + number_text(spectrum.largest, 4);
  const bool slow = spectrum.condition > 1000.0;
  lines.push_back({"learning/spectrum",
                   (slow ? "Slow: eigenvalues of H" : "Eigenvalues of H") + range,
                   slow ? c.warn : c.muted});
  return lines;
}

// As many lines as there is room for; the tooltip has them all.
void draw_analysis(const PanelContext& context) {
  if (context.training == nullptr || !context.training->analysis) return;
  ui::Ui& ui = context.ui;
  const std::vector<AnalysisLine> lines = analysis_lines(context);
  std::string all;
  for (const AnalysisLine& line : lines)
    all += (all.empty() ? "" : "\n") + line.text;
  ImFont* font = ui.theme.font.small;
  const float height = ui::font_size(font);
  for (const AnalysisLine& line : lines) {
    const ImVec2 room = ImGui::GetContentRegionAvail();
    if (room.y < height) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 extent = ui::wrapped_text_size(font, height, room.x, line.text);
    const bool wraps = extent.y <= room.y;
    const std::string shown = wraps ? line.text : ui::elided(font, line.text, room.x);
    ImGui::GetWindowDrawList()->AddText(font, height, at, ui::legible(line.color, ui.theme.color),
                                        shown.data(), shown.data() + shown.size(), room.x);
    ImGui::Dummy({room.x, wraps ? extent.y : height});
    ui.items.add_last(line.name);
    ui::tooltip(ui, all);
  }
}

}  // namespace

void draw_learning_panel(const PanelContext& context, const Rect& rect,
                         const TrainingProgress& progress) {
  ui::Ui& ui = context.ui;
  const TrainingSnapshot* training = context.training;
  std::string subtitle;
  if (progress.work != TrainingProgress::Work::kNone) {
    const bool sums = progress.work == TrainingProgress::Work::kSums;
    subtitle = (sums ? "summing up the input: " : "finding the eigenvalues: ") +
               number_text(std::floor(progress.share * 100.0)) + " %";
  } else if (training != nullptr && training->message.empty()) {
    subtitle = progress_text(*training);
  }
  ui::begin_card(ui, "card/learning", rect.min(), rect.size(), "Learning", subtitle);
  draw_run_buttons(context);
  draw_rate(context);
  // The slider's labels end below its box's middle: the row may stand close.
  const ImVec2 below = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({below.x, below.y - ui.theme.px(8.0f)});
  draw_optimizer(context);
  ImGui::SameLine();
  draw_setup(context);
  ImGui::SameLine();
  draw_best_rate(context);
  ImGui::SetCursorScreenPos({below.x, ImGui::GetItemRectMax().y + ImGui::GetStyle().ItemSpacing.y});
  draw_analysis(context);
  ui::end_card();
}

}  // namespace convscope
