#include "app/panels/learning/analysis_lines.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/panels/learning/learning_words.h"
#include "app/panels/learning/learning_work.h"
#include "app/panels/learning/present_rate.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

using ui::Palette;

constexpr double kSlowCondition = 1000.0;

// Writes how many steps at the best rate reduce the loss to a tenth. Each step leaves
// (κ − 1)/(κ + 1) of the distance to the optimum.
std::string steps_per_digit(const QuadraticAnalysis& spectrum) {
  const double shrink = std::log1p(2.0 / (spectrum.condition - 1.0));
  return number_text(std::log(10.0) / (2.0 * shrink), 2);
}

std::string slow_text(const QuadraticAnalysis& spectrum) {
  return "Slow: condition number " + number_text(spectrum.condition, 3) + ", about " +
         steps_per_digit(spectrum) + " steps for each digit of the loss at best.";
}

// Writes the sentence of slow_text more briefly.
std::string brief_slow(const QuadraticAnalysis& spectrum) {
  return "Slow: condition " + number_text(spectrum.condition, 3) + ", " +
         steps_per_digit(spectrum) + " steps for a digit";
}

// Writes the eigenvalues, all of them if they are few.
std::string spectrum_text(const TrainingAnalysis& analysis) {
  constexpr Index kMaxShown = 4;
  const QuadraticAnalysis& spectrum = analysis.spectrum;
  if (!(spectrum.largest > 0.0)) return kNoDirectionWords;
  const std::string condition = "condition number " + number_text(spectrum.condition, 3);
  if (spectrum.parameters > kMaxShown) {
    return "Eigenvalues of H from " + number_text(spectrum.largest, 4) + " to " +
           number_text(spectrum.smallest, 4) + ", " + condition;
  }
  std::string text = "Eigenvalues of H: ";
  for (std::size_t i = 0; i < analysis.eigenvalues.size(); ++i)
    text += (i == 0 ? "" : ", ") + number_text(analysis.eigenvalues[i], 4);
  return text + "; " + condition;
}

// Writes the text of spectrum_text more briefly.
std::string brief_spectrum(const QuadraticAnalysis& spectrum) {
  if (!(spectrum.largest > 0.0)) return "All eigenvalues of H are 0";
  return "H: λ " + number_text(spectrum.largest, 3) + " to " + number_text(spectrum.smallest, 3) +
         ", condition " + number_text(spectrum.condition, 3);
}

// Writes all eigenvalues for the tooltip.
std::string all_eigenvalues(const std::vector<double>& values) {
  constexpr std::size_t kMaxListed = 49;
  std::string text = "λ = ";
  for (std::size_t i = 0; i < std::min(values.size(), kMaxListed); ++i)
    text += (i == 0 ? "" : ", ") + number_text(values[i], 4);
  return values.size() > kMaxListed ? text + " …" : text;
}

void update_texts(const std::shared_ptr<const TrainingAnalysis>& analysis, AnalysisTexts& texts) {
  if (texts.analysis == analysis) return;
  texts = {};
  texts.analysis = analysis;
  if (!analysis) return;
  const QuadraticAnalysis& spectrum = analysis->spectrum;
  texts.spectrum = spectrum_text(*analysis);
  if (spectrum.condition > kSlowCondition) texts.slow = slow_text(spectrum);
  for (const std::string& text : {analysis->learnable, texts.slow, texts.spectrum})
    texts.tooltip += text + (text.empty() ? "" : "\n");
  texts.tooltip += all_eigenvalues(analysis->eigenvalues);
  for (const char* words : {kHessianWords, kEigenvalueWords, kConditionWords})
    texts.tooltip += std::string("\n") + words;
}

struct AnalysisLine {
  const char* name;
  std::string text;
  ImU32 color;
  std::string brief = {};  // used if the full text doesn't fit
  std::string tight = {};  // used if not even that fits
};

// Returns the lines on what cannot be learned, the eigenvalues and the condition number.
std::vector<AnalysisLine> analysis_lines(const PanelContext& context, const AnalysisTexts& texts) {
  std::vector<AnalysisLine> lines;
  const Palette& c = context.ui.theme.color;
  const std::string& learnable = texts.analysis->learnable;
  const std::optional<KnownRates> known = present_rates(context);
  if (known && !known->plain()) {
    const RateReason reason = rate_reason(*known, static_cast<double>(present_rate(context)));
    lines.push_back({"learning/reason", reason.sentence, c.ink, reason.brief, reason.tight});
  } else if (!known && present_optimizer(context).kind == OptimizerKind::kAdam) {
    lines.push_back({"learning/reason", kAdamWords, c.muted, "Adam has no zones of its rate"});
  }
  if (!learnable.empty()) {
    lines.push_back({"learning/learnable", learnable, c.warn, ui::first_clause(learnable)});
  }
  if (!texts.slow.empty()) {
    lines.push_back(
        {"learning/slow-direction", texts.slow, c.warn, brief_slow(texts.analysis->spectrum)});
  }
  lines.push_back(
      {"learning/spectrum", texts.spectrum, c.muted, brief_spectrum(texts.analysis->spectrum)});
  return lines;
}

// Returns the longest form that fits into one line, or the shortest one, cut.
std::string one_line(ImFont* font, const AnalysisLine& line, float width) {
  const std::string& brief = line.brief.empty() ? line.text : line.brief;
  const bool fits = ui::text_size(font, ui::font_size(font), brief).x <= width;
  return ui::elided(font, fits || line.tight.empty() ? brief : line.tight, width);
}

// Draws the progress of the analysis. With many weights it takes long, and the run goes on without
// it.
void draw_analysis_progress(const PanelContext& context, const TrainingProgress& progress) {
  ui::Ui& ui = context.ui;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string text = share_text("Eigenvalues", progress.share);
  ui::text(ui, text, ui.theme.font.small, ui.theme.color.muted);
  ui.items.add_last("learning/analysing");
  ui::tooltip(ui,
              "The eigenvalues of so many weights take a while. Steps can be taken meanwhile; the "
              "zones of the rate and the exact answer come with them.");
  // A fixed width keeps the button in place while the number changes.
  ImFont* font = ui.theme.font.small;
  const float width = ui::text_size(font, ui::font_size(font), "Eigenvalues: 888 %").x;
  ImGui::SetCursorScreenPos({std::round(at.x + width + ui.theme.px(10.0f)), at.y});
  if (draw_cancel_button(context)) context.actions.push(TrainingCommand::kCancel);
}

}  // namespace

void draw_analysis(const PanelContext& context, const TrainingProgress& progress,
                   AnalysisTexts& texts) {
  ui::Ui& ui = context.ui;
  if (context.layer.training == nullptr) return;
  if (progress.work == TrainingProgress::Work::kAnalysis) draw_analysis_progress(context, progress);
  if (context.layer.training->analysis_cancelled) {
    ui::paragraph(ui, "The eigenvalues were not computed; Reset begins that again.",
                  ui.theme.font.small, ui.theme.color.muted);
    ui.items.add_last("learning/not-analysed");
  }
  update_texts(context.layer.training->analysis, texts);
  if (!texts.analysis) return;
  ImFont* font = ui.theme.font.small;
  const float height = ui::font_size(font);
  const float gap = ImGui::GetStyle().ItemSpacing.y;
  const std::vector<AnalysisLine> lines = analysis_lines(context, texts);
  // The height that the lines after one need at least.
  float rest = static_cast<float>(lines.size()) * (height + gap);
  for (const AnalysisLine& line : lines) {
    rest -= height + gap;
    const ImVec2 room = ImGui::GetContentRegionAvail();
    if (room.y < height) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 extent = ui::wrapped_text_size(font, height, room.x, line.text);
    const bool wraps = extent.y <= height || extent.y + rest <= room.y;
    const std::string shown = wraps ? line.text : one_line(font, line, room.x);
    ImGui::GetWindowDrawList()->AddText(font, height, at, ui::legible(line.color, ui.theme.color),
                                        shown.data(), shown.data() + shown.size(), room.x);
    ImGui::Dummy({room.x, wraps ? extent.y : height});
    ui.items.add_last(line.name);
    ui::tooltip(ui, texts.tooltip);
  }
}

}  // namespace convscope::panels
