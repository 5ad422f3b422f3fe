#include "app/panels/learning/learning_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/panels/learning/learning_setup.h"
#include "app/panels/learning/learning_title.h"
#include "app/panels/learning/slow_motion.h"
#include "app/scene/option_limits.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rate_slider.h"
#include "app/ui/widgets.h"
#include "engine/core/number_text.h"

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
  // A little narrower than usual, so that all are in one row in a small window.
  const float width = ui::button_width(ui, "Pause", ui::Icon::kPause) - ui.theme.px(4.0f);
  bool slow = context.stage.has_value();
  if (ui::button(ui, "learning/run", running ? "Pause" : "Run",
                 {.kind = ui::ButtonKind::kPrimary,
                  .icon = running ? ui::Icon::kPause : ui::Icon::kPlay,
                  .enabled = !stopped,
                  .tooltip = "Run or pause (Space)",
                  .width = width})) {
    context.actions.push(TrainingCommand::kToggle);
  }
  ui::flow(ui, ui::button_width(ui, "Step"));
  if (ui::button(ui, "learning/step", slow ? "Next" : "Step",
                 {.enabled = !stopped && !running,
                  .tooltip = slow ? "The next stage of the step (S)" : "One step (S)",
                  .width = ui::button_width(ui, "Step")})) {
    context.actions.push(TrainingCommand::kStep);
  }
  ui::flow(ui, ui::button_width(ui, "Slow"));
  if (ui::toggle_button(ui, "learning/slow", "Slow", slow,
                        {.tooltip = "Slow motion: a step in four stages (D)"})) {
    context.actions.push(TrainingCommand::kSlowMotion);
  }
  ui::flow(ui, ui::button_width(ui, "Reset"));
  if (ui::button(ui, "learning/reset", "Reset",
                 {.tooltip = "Back to the same start weights (R)"})) {
    context.actions.push(TrainingCommand::kReset);
  }
  ui::flow(ui, ui::button_width(ui, ""));
  if (ui::button(ui, "learning/reseed", "",
                 {.icon = ui::Icon::kReseed, .tooltip = "Reseed: other random start weights"})) {
    context.actions.push(TrainingCommand::kReseed);
  }
}

bool cancel_button(const PanelContext& context) {
  return ui::button(context.ui, "learning/cancel", "Cancel", {.tooltip = "Do without it for now"});
}

// In the title's row: back and forth in time, or Cancel while something takes long.
float corner_width(const ui::Ui& ui, bool slow_work) {
  const float gap = ui.theme.px(4.0f);
  return slow_work ? ui::button_width(ui, "Cancel") : 2 * ui::row_height(ui) + gap;
}

void draw_corner(const PanelContext& context, bool slow_work) {
  ui::Ui& ui = context.ui;
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const ImVec2 corner = ImGui::GetWindowPos();
  const float left = corner.x + ImGui::GetWindowSize().x - corner_width(ui, slow_work);
  ImGui::SetCursorScreenPos({left, corner.y});
  if (slow_work) {
    if (cancel_button(context)) context.actions.push(TrainingCommand::kCancel);
  } else {
    const TrainingSnapshot* training = context.training;
    const bool any = training != nullptr && !training->history.empty();
    if (ui::button(
            ui, "learning/back", "",
            {.icon = ui::Icon::kLeft,
             .enabled = any && training->step > 0,
             .tooltip = "Back to the state before (Ctrl+←); the run can go on from there"})) {
      context.actions.push(TrainingCommand::kBack);
    }
    ImGui::SameLine(0.0f, ui.theme.px(4.0f));
    if (ui::button(ui, "learning/forth", "",
                   {.icon = ui::Icon::kRight,
                    .enabled = any && training->step < training->history.back().step,
                    .tooltip = "Forth to the next state of the run (Ctrl+→)"})) {
      context.actions.push(TrainingCommand::kForth);
    }
  }
  ImGui::SetCursorScreenPos(below);
}

// Zones of the rate are known for plain gradient descent only.
const QuadraticAnalysis* zones_of(const PanelContext& context) {
  const bool plain = context.scene.learning.optimizer == OptimizerKind::kSgd;
  if (!plain || context.training == nullptr || !context.training->analysis) return nullptr;
  const QuadraticAnalysis& spectrum = context.training->analysis->spectrum;
  return spectrum.largest > 0.0 ? &spectrum : nullptr;
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

// Below the rate, in its own place whatever else there is to say.
void draw_verdict(const PanelContext& context, ImVec2 at, float width) {
  ui::Ui& ui = context.ui;
  const QuadraticAnalysis* spectrum = zones_of(context);
  if (spectrum == nullptr) return;
  const Verdict verdict = verdict_of(context, *spectrum);
  ImFont* font = ui.theme.font.small;
  const float size = ui::font_size(font);
  const ImVec2 extent = ui::wrapped_text_size(font, size, width, verdict.text);
  ImGui::GetWindowDrawList()->AddText(font, size, at, ui::legible(verdict.color, ui.theme.color),
                                      verdict.text.c_str(), nullptr, width);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy(extent);
  ui.items.add_last("learning/verdict");
  ui::tooltip(ui, "Plain gradient descent converges up to a rate of " +
                      ui::rate_text(1.0 / spectrum->largest) +
                      ", oscillates while converging up to " +
                      ui::rate_text(spectrum->stable_rate) + ", and diverges beyond.");
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
  ImFont* body = ui.theme.font.body;
  const float column = ui::text_size(body, ui::font_size(body), "rate 8.88×10⁻¹⁰").x;
  draw_verdict(context, {at.x, at.y + track}, column);
  ImGui::SetCursorScreenPos({std::round(at.x + column + ui.theme.px(10.0f)), at.y});
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

// The fastest rate of plain gradient descent, by one click.
void draw_best_rate(const PanelContext& context) {
  const QuadraticAnalysis* spectrum = zones_of(context);
  if (spectrum == nullptr) return;
  if (ui::button(context.ui, "learning/best-rate", "Best rate",
                 {.tooltip = "Take the rate at which plain gradient descent is fastest: "
                             "2/(λmax + λmin)"})) {
    LearningScene learning = context.scene.learning;
    learning.rate = float_rate(spectrum->best_rate);
    context.actions.edit(learning);
  }
}

constexpr double kSlowCondition = 1000.0;

// At the best rate, for a tenth of the loss: (κ − 1)/(κ + 1) of the way to the optimum is left
// after a step.
std::string steps_of_digit(const QuadraticAnalysis& spectrum) {
  const double shrink = std::log1p(2.0 / (spectrum.condition - 1.0));
  return number_text(std::log(10.0) / (2.0 * shrink), 2);
}

std::string slow_text(const QuadraticAnalysis& spectrum) {
  return "Slow: condition number " + number_text(spectrum.condition, 3) + ", about " +
         steps_of_digit(spectrum) + " steps for each digit of the loss at best.";
}

// The same where there is room for less.
std::string brief_slow(const QuadraticAnalysis& spectrum) {
  return "Slow: condition " + number_text(spectrum.condition, 3) + ", " + steps_of_digit(spectrum) +
         " steps for a digit";
}

// The eigenvalues, all of them where they are few.
std::string spectrum_text(const TrainingAnalysis& analysis) {
  constexpr Index kMostShown = 4;
  const QuadraticAnalysis& spectrum = analysis.spectrum;
  const std::string condition = "condition number " + number_text(spectrum.condition, 3);
  if (spectrum.parameters > kMostShown) {
    return "Eigenvalues of H from " + number_text(spectrum.largest, 4) + " to " +
           number_text(spectrum.smallest, 4) + ", " + condition;
  }
  std::string text = "Eigenvalues of H: ";
  for (std::size_t i = 0; i < analysis.eigenvalues.size(); ++i)
    text += (i == 0 ? "" : ", ") + number_text(analysis.eigenvalues[i], 4);
  return text + "; " + condition;
}

// The same where there is room for less.
std::string brief_spectrum(const QuadraticAnalysis& spectrum) {
  return "H: λ " + number_text(spectrum.largest, 3) + " to " + number_text(spectrum.smallest, 3) +
         ", condition " + number_text(spectrum.condition, 3);
}

// For the tooltip.
std::string all_eigenvalues(const std::vector<double>& values) {
  constexpr std::size_t kMostListed = 49;
  std::string text = "λ = ";
  for (std::size_t i = 0; i < std::min(values.size(), kMostListed); ++i)
    text += (i == 0 ? "" : ", ") + number_text(values[i], 4);
  return values.size() > kMostListed ? text + " …" : text;
}

void update_texts(const std::shared_ptr<const TrainingAnalysis>& analysis, AnalysisTexts& texts) {
  if (texts.of == analysis) return;
  texts = {};
  texts.of = analysis;
  if (!analysis) return;
  const QuadraticAnalysis& spectrum = analysis->spectrum;
  texts.spectrum = spectrum_text(*analysis);
  if (spectrum.condition > kSlowCondition) texts.slow = slow_text(spectrum);
  for (const std::string& text : {analysis->learnable, texts.slow, texts.spectrum})
    texts.all += text + (text.empty() ? "" : "\n");
  texts.all += all_eigenvalues(analysis->eigenvalues);
}

struct AnalysisLine {
  const char* name;
  std::string text;
  ImU32 color;
  std::string brief = {};  // where not all of it fits
};

// "Only the sum of the weights is learnable." without what that means.
std::string first_clause(const std::string& text) {
  const std::size_t colon = text.find(": ");
  return colon == std::string::npos ? text : text.substr(0, colon) + ".";
}

// What cannot be learned, eigenvalues and condition number.
std::vector<AnalysisLine> analysis_lines(const PanelContext& context, const AnalysisTexts& texts) {
  std::vector<AnalysisLine> lines;
  const Palette& c = context.ui.theme.color;
  const std::string& learnable = texts.of->learnable;
  if (!learnable.empty()) {
    lines.push_back({"learning/learnable", learnable, c.warn, first_clause(learnable)});
  }
  if (!texts.slow.empty()) {
    lines.push_back(
        {"learning/slow-direction", texts.slow, c.warn, brief_slow(texts.of->spectrum)});
  }
  lines.push_back(
      {"learning/spectrum", texts.spectrum, c.muted, brief_spectrum(texts.of->spectrum)});
  return lines;
}

std::string share_text(const char* what, double share) {
  return std::string(what) + ": " + number_text(std::floor(share * 100.0)) + " %";
}

// Of many weights the eigenvalues come later; the run does not wait for them.
void draw_analysis_progress(const PanelContext& context, const TrainingProgress& progress) {
  ui::Ui& ui = context.ui;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string text = share_text("Eigenvalues", progress.share);
  ui::text(ui, text, ui.theme.font.small, ui.theme.color.muted);
  ui.items.add_last("learning/analysing");
  ui::tooltip(ui,
              "The eigenvalues of so many weights take a while. Steps can be taken meanwhile; the "
              "zones of the rate and the exact answer come with them.");
  // The number does not move the button.
  ImFont* font = ui.theme.font.small;
  const float width = ui::text_size(font, ui::font_size(font), "Eigenvalues: 888 %").x;
  ImGui::SetCursorScreenPos({std::round(at.x + width + ui.theme.px(10.0f)), at.y});
  if (cancel_button(context)) context.actions.push(TrainingCommand::kCancel);
}

// As many lines as there is room for; the tooltip has them all.
void draw_analysis(const PanelContext& context, const TrainingProgress& progress,
                   LearningPanelState& state) {
  ui::Ui& ui = context.ui;
  if (context.training == nullptr) return;
  if (progress.work == TrainingProgress::Work::kAnalysis) draw_analysis_progress(context, progress);
  if (context.training->analysis_cancelled) {
    ui::paragraph(ui, "The eigenvalues were not computed; Reset begins that again.",
                  ui.theme.font.small, ui.theme.color.muted);
    ui.items.add_last("learning/not-analysed");
  }
  update_texts(context.training->analysis, state.analysis);
  if (!state.analysis.of) return;
  ImFont* font = ui.theme.font.small;
  const float height = ui::font_size(font);
  for (const AnalysisLine& line : analysis_lines(context, state.analysis)) {
    const ImVec2 room = ImGui::GetContentRegionAvail();
    if (room.y < height) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 extent = ui::wrapped_text_size(font, height, room.x, line.text);
    const bool wraps = extent.y <= room.y;
    const std::string shown =
        wraps ? line.text : ui::elided(font, line.brief.empty() ? line.text : line.brief, room.x);
    ImGui::GetWindowDrawList()->AddText(font, height, at, ui::legible(line.color, ui.theme.color),
                                        shown.data(), shown.data() + shown.size(), room.x);
    ImGui::Dummy({room.x, wraps ? extent.y : height});
    ui.items.add_last(line.name);
    ui::tooltip(ui, state.analysis.all);
  }
}

// What the title tells of work that takes long; empty for none. The analysis has a line below where
// there is room for one.
std::string work_text(const TrainingProgress& progress, bool slow_motion) {
  switch (progress.work) {
    case TrainingProgress::Work::kSums:
      return share_text("summing up", progress.share);
    case TrainingProgress::Work::kReplay:
      return share_text("taking the steps again", progress.share);
    case TrainingProgress::Work::kAnalysis:
      return slow_motion ? share_text("eigenvalues", progress.share) : "";
    case TrainingProgress::Work::kNone:
      break;
  }
  return "";
}

}  // namespace

void draw_learning_panel(const PanelContext& context, const Rect& rect,
                         const TrainingProgress& progress, LearningPanelState& state) {
  ui::Ui& ui = context.ui;
  const std::string work = work_text(progress, context.stage.has_value());
  const bool slow_work = !work.empty();
  begin_learning_card(context, rect, work, corner_width(ui, slow_work));
  draw_corner(context, slow_work);
  draw_run_buttons(context);
  draw_rate(context);
  // The slider's labels end below its box's middle: the row may stand close.
  const ImVec2 below = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({below.x, below.y - ui.theme.px(8.0f)});
  draw_optimizer(context);
  ImGui::SameLine();
  draw_learning_setup(context);
  ImGui::SameLine();
  draw_best_rate(context);
  ImGui::SetCursorScreenPos({below.x, ImGui::GetItemRectMax().y + ImGui::GetStyle().ItemSpacing.y});
  if (context.stage) {
    draw_stages(context);
  } else {
    draw_analysis(context, progress, state);
  }
  ui::end_card();
}

}  // namespace convscope
