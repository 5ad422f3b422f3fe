#include "app/panels/learning/error_panel.h"

#include <array>
#include <vector>

#include "app/panels/parts/notice.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/range_popup.h"
#include "app/panels/parts/shown_sample.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/tooltip.h"
#include "engine/learning/explain_gradient.h"

namespace convscope::panels {
namespace {

// Returns whether each cell of the error belongs to the output cell at the same position, which is
// so if the learned kernel is as large as the kernel that makes the output.
bool error_cells_match_output(const PanelContext& context) {
  const LayerResults* results = context.layer.results();
  if (results == nullptr || !results->output) return false;
  const Shape& shown = results->weight.shape();
  const Shape& learned = context.layer.training->weight.shape();
  return shown.h == learned.h && shown.w == learned.w &&
         results->output->shape() == context.layer.training->error->shape();
}

// Returns outlines of the cells of the error that the gradient under the pointer sums, and of the
// cell under the pointer.
std::vector<ui::CellOutline> linked_errors(const PanelContext& context) {
  std::vector<ui::CellOutline> outlines;
  const TrainingSnapshot& training = *context.layer.training;
  const ImU32 color = context.ui.theme.color.linked;
  const Links& links = context.view.links;
  if (const std::optional<Yx> learned = links.learned_place()) {
    add_outlines(summed_errors(*learned, training.problem->options, training.problem->input.shape(),
                               training.error->shape()),
                 color, outlines);
  }
  if (links.error) outlines.push_back({links.error->y, links.error->x, 1, 1, color});
  if (links.output && error_cells_match_output(context)) {
    outlines.push_back({links.output->y, links.output->x, 1, 1, color});
  }
  return outlines;
}

void draw_error(const PanelContext& context, ErrorPanelState& state) {
  ui::Ui& ui = context.ui;
  const TrainingSnapshot* training = context.layer.training;
  if (training == nullptr || !training->error) {
    draw_notice(ui, "error/notice", "There is no error to show yet.",
                ImGui::GetContentRegionAvail(), ui.theme.color.muted);
    return;
  }
  const Tensor& error = *training->error;
  const std::vector<ui::CellOutline> outlines = linked_errors(context);
  ui::HeatmapArgs args;
  args.id = "error";
  args.show(training->error);
  args.sample = shown_sample(context, error);
  args.channel = shown_channel(context, error);
  args.style =
      context.styles.style("error", args.plane(), context.view.settings, CardMeaning::kSigned);
  args.size = ImGui::GetContentRegionAvail();
  args.symbol = "E";
  args.outlines = outlines;
  const ui::HeatmapEvent event = draw_heatmap(context, "error", args, state.error);
  if (event.hovered) context.hovered.error = event.hovered;
}

// The views' names, of which the last three are those of the landscape; E, T, η, β and λ are as in
// the formulas.
using Names = std::array<const char*, 5>;
constexpr Names kLong = {"Error", "Target", "Landscape", "η and β", "Directions"};
constexpr Names kShort = {"E", "T", "Landscape", "η β", "λ"};
constexpr std::size_t kFirstThree = 3;

// Returns the names that fit. The landscape's other views are named where one of the three is
// shown.
std::span<const char* const> fitting_names(const ui::Ui& ui, bool landscape) {
  const std::size_t count = landscape ? kLong.size() : kFirstThree;
  const auto names = std::span<const char* const>(kLong).first(count);
  const bool fit = ui::segmented_width(ui, names) <= ImGui::GetContentRegionAvail().x;
  return fit ? names : std::span<const char* const>(kShort).first(count);
}

// Draws the switch of the views. Returns the one that is shown.
int choose_view(const PanelContext& context, LearningTab tab) {
  constexpr Names kTooltips = {
      "Prediction minus target", "What is learned; draw on it to learn something else",
      "The loss over two weights: contours, the way of the run from its start (the ring) to where "
      "it is now (the orange dot, as in the chart), the exact answer (+). Drag to start "
      "elsewhere.",
      "The map of rate and momentum: how many steps the slowest direction takes for a digit of the "
      "loss, where it diverges (beyond the cliff's line), the best pair (+) and the present one "
      "(the "
      "orange dot). Drag the dot.",
      "One bar for each eigenvector of H: what is left of the start's error along it"};
  ui::Ui& ui = context.ui;
  auto shown = static_cast<int>(tab);
  const std::span<const char* const> names = fitting_names(ui, tab >= LearningTab::kLandscape);
  if (ui::segmented(ui, "error/view", names, shown))
    context.view.settings.learning_tab = static_cast<LearningTab>(shown);
  ui::tooltip(ui, kTooltips[static_cast<std::size_t>(shown)]);
  return shown;
}

}  // namespace

void draw_error_panel(const PanelContext& context, const Rect& rect, std::span<const KeptRun> kept,
                      ErrorPanelState& state) {
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "card/error", rect.min(), rect.size());
  // The error and gradient stages of slow motion explain the error, so it is shown then.
  const bool error =
      context.layer.step_part == StepPart::kError || context.layer.step_part == StepPart::kGradient;
  const int shown =
      choose_view(context, error ? LearningTab::kError : context.view.settings.learning_tab);
  state.target.hovered = false;
  switch (static_cast<LearningTab>(shown)) {
    case LearningTab::kError:
      draw_error(context, state);
      break;
    case LearningTab::kTarget:
      draw_target_view(context, state.target, ImGui::GetContentRegionAvail());
      break;
    case LearningTab::kLandscape:
      draw_landscape(context, state.landscape, kept, ImGui::GetContentRegionAvail());
      break;
    case LearningTab::kMomentum:
      draw_momentum_map(context, state.momentum, ImGui::GetContentRegionAvail());
      break;
    case LearningTab::kDirections:
      draw_directions(context, state.directions, ImGui::GetContentRegionAvail());
      break;
  }
  ui::end_card();
}

}  // namespace convscope::panels
