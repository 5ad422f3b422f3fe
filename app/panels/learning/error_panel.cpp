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

}  // namespace

void draw_error_panel(const PanelContext& context, const Rect& rect, std::span<const KeptRun> kept,
                      ErrorPanelState& state) {
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "card/error", rect.min(), rect.size());
  constexpr std::array kLong = {"Error", "Target", "Landscape"};
  constexpr std::array kShort = {"E", "T", "Landscape"};  // E and T as in the formulas
  const bool narrow = ui::segmented_width(ui, kLong) > ImGui::GetContentRegionAvail().x;
  const std::array<const char*, 3>& views = narrow ? kShort : kLong;
  constexpr std::array kTooltips = {
      "Prediction minus target", "What is learned; draw on it to learn something else",
      "The loss over two weights: contours, the way of the run from its start (the ring) to where "
      "it is now (the orange dot, as in the chart), the exact answer (+). Drag to start "
      "elsewhere."};
  // The error and gradient stages of slow motion explain the error, so it is shown then.
  const bool error =
      context.layer.step_part == StepPart::kError || context.layer.step_part == StepPart::kGradient;
  auto shown = error ? 0 : static_cast<int>(context.view.settings.learning_tab);
  if (ui::segmented(ui, "error/view", views, shown))
    context.view.settings.learning_tab = static_cast<LearningTab>(shown);
  ui::tooltip(ui, kTooltips[static_cast<std::size_t>(shown)]);
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
  }
  ui::end_card();
}

}  // namespace convscope::panels
