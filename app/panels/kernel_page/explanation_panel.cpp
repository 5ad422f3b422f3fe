#include "app/panels/kernel_page/explanation_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "app/look/number_format.h"
#include "app/look/range.h"
#include "app/look/skipped_cells.h"
#include "app/panels/learning/learned_weight.h"
#include "app/panels/learning/slow_motion.h"
#include "app/panels/parts/explanation_line.h"
#include "app/panels/parts/shift_ghost.h"
#include "app/panels/parts/shown_sample.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"
#include "engine/explain/backward_text.h"
#include "engine/explain/explain_chain.h"
#include "engine/explain/explain_text.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

// Returns the shown planes of the layer in the results, which may be older than the scene.
ShownPlanes computed_planes(const PanelContext& context) {
  return shown_planes(context.layer.all->scene, context.layer.index, context.layer.wanted);
}

const KernelScene& computed_kernel(const PanelContext& context) {
  return convolution(context.layer.all->scene.layers[context.layer.index]).kernel;
}

// Returns the shown plane of the kernel that the results were computed with.
Tensor computed_weight(const PanelContext& context) {
  const ShownPlanes shown = computed_planes(context);
  return weight_plane(computed_kernel(context).weight, shown.filter, shown.slice);
}

// One channel's part of the sum behind an output cell, as planes: the values under the window, the
// weights and their products. A cell of a transposed convolution sums only some of the weights.
struct SummedPlanes {
  Yx size;
  Tensor x, weight, product;  // each [1, 1, size.y, size.x]
};

SummedPlanes summed_planes(const CellSum& sum, Index channel, Yx size) {
  const Shape shape{1, 1, size.y, size.x};
  SummedPlanes planes{size, Tensor(shape), Tensor(shape), Tensor(shape)};
  std::size_t i = 0;
  for (const Term& term : sum.terms) {
    if (term.channel != channel) continue;
    planes.x.values()[i] = term.x;
    planes.weight.values()[i] = term.w;
    planes.product.values()[i++] = static_cast<float>(term.product());
  }
  return planes;
}

// Returns "It sees 2 × 3 input cells from (4, 0); the next one begins 2 × 2 further."; empty if the
// fields can't be computed.
std::string field_text(const LayerResults& layer, const Pool2dOptions& pool, Yx pooled) {
  const std::array steps = {conv_step(layer.weight.shape(), layer.options, layer.input->shape()),
                            pool_step(pool, layer.output->shape())};
  const std::optional<ChainFields> fields = chain_fields(steps);
  if (!fields) return "";
  const Yx start{fields->y.start + pooled.y * fields->y.jump,
                 fields->x.start + pooled.x * fields->x.jump};
  return "It sees " + size_text({fields->y.size, fields->x.size}) + " input cells from (" +
         number_text(static_cast<double>(start.y)) + ", " +
         number_text(static_cast<double>(start.x)) + "); the next one begins " +
         size_text({fields->y.jump, fields->x.jump}) + " further.";
}

// Returns a sentence on the value of a pooled cell whose window covers no cell of the output.
std::string sees_padding_text(const PooledSum& sum) {
  return std::isinf(sum.value)
             ? "Its window sees only padding, which never wins."
             : "Its window sees only padding: the average of nothing is taken as 0.";
}

// Writes "?" and why the number is hidden.
void explain_hidden(ExplanationLine& line, const char* why) {
  line.plain("?");
  line.muted(why);
}

// Writes whether the last guess was right, if it was for this cell.
void explain_guess(const PanelContext& context, ExplanationLine& line, Yx cell) {
  const PredictState& predict = context.layer.explore.predict;
  if (!predict.on || !predict.last || predict.last->cell != cell) return;
  const ui::Palette& color = context.ui.theme.color;
  ImFont* font = context.ui.theme.font.body_bold;
  if (predict.last->right) {
    line.text("✓ right", font, ui::legible(color.good, color));
  } else {
    line.text("✗ you said " + number_text(predict.last->guessed, 4), font,
              ui::legible(color.bad, color));
  }
}

// Draws the planes of the sum as cells if that leaves `after` pixels for the rest of the line.
void write_planes(const PanelContext& context, ExplanationLine& line, const SummedPlanes& planes,
                  bool with_products, float after) {
  const float cells = planes.size.x > 0 ? line.cells_width(planes.size) : 0.0f;
  const float signs = line.plain_width("·") + line.plain_width("=");
  if (cells == 0.0f || 2.0f * cells + signs + after > line.room()) return;
  const ui::HeatmapStyle input = context.styles.style(
      "input", shown_input(context), context.view.settings,
      input_meaning(context.layer.scene, context.view.settings, context.layer.index));
  const auto own = [&](const Tensor& plane) {
    return ui::style_for(plane, 0, context.view.settings.dark(), ui::MapChoice::kDiverging);
  };
  line.cells(planes.size, input, planes.x.values());
  line.plain("·");
  line.cells(planes.size, own(planes.weight), planes.weight.values());
  line.plain("=");
  // A word separates the products from the formula.
  const bool channels = context.layer.results()->weight.shape().c > 1;
  const char* shortest = channels ? "+ other channels:" : "summed:";
  if (!with_products || cells + line.plain_width(shortest) + after > line.room()) return;
  line.cells(planes.size, own(planes.product), planes.product.values());
  if (channels) {
    line.note({"summed, with those of the other channels:", shortest}, after);
  } else {
    line.note({shortest}, after);
  }
}

void explain_output_cell(const PanelContext& context, ExplanationLine& line, Yx cell) {
  const LayerResults& results = *context.layer.results();
  const Tensor& input = *results.input;
  const ShownPlanes shown = computed_planes(context);
  const Shape& k = results.weight.shape();
  const CellSum sum = explain_output(input, results.weight, results.bias, results.options,
                                     shown.sample, shown.output, cell);
  const auto formula = [&](std::size_t max_terms) { return sum_formula(sum, max_terms); };
  line.bold(cell_name("Y", cell));
  explain_guess(context, line, cell);
  line.plain("=");
  const bool hidden =
      hides(context.layer.explore, {SweptPlane::kOutput, cell}, context.layer.results());
  const char* why = context.layer.explore.predict.on ? "click the cell and type your guess"
                                                     : "the sweep has not reached it";
  const CellGrid field = receptive_field(cell, {k.h, k.w}, results.options, input.shape());
  write_planes(
      context, line, summed_planes(sum, shown.input, field.count), !hidden,
      hidden ? line.plain_width("?") + line.plain_width(why) : line.plain_width(formula(1)));
  if (hidden) {
    explain_hidden(line, why);
    return;
  }
  line.plain(line.fitting(formula));
}

// Returns "Y[2, 1] by the weight −1, ...", the largest weights first.
std::string reached_text(std::vector<Link> links, const Tensor& weight) {
  constexpr std::size_t kMax = 6;
  const auto weight_of = [&](const Link& link) { return weight.at(link.weight.y, link.weight.x); };
  std::ranges::stable_sort(links, std::ranges::greater{}, [&](const Link& link) {
    const float size = std::abs(weight_of(link));
    return std::isnan(size) ? std::numeric_limits<float>::infinity() : size;
  });
  std::string text;
  for (std::size_t i = 0; i < std::min(links.size(), kMax); ++i) {
    text += (i == 0 ? "" : ", ") + cell_name("Y", links[i].output) + " by the weight " +
            number_text(static_cast<double>(weight_of(links[i])), 3);
  }
  return links.size() > kMax ? text + " …" : text;
}

// Writes "reaches 25 output cells: ", or of a layer "reaches 25 cells in each of 7 maps; in map 3:
// ".
std::string count_of_reached(const PanelContext& context, std::size_t count) {
  const LayerResults& results = *context.layer.results();
  const Index maps = results.output->shape().c / results.options.groups;
  const std::string text = "reaches " + std::to_string(count);
  if (maps > 1) {
    return text + (count == 1 ? " cell" : " cells") + " in each of " + std::to_string(maps) +
           " maps; in map " + std::to_string(computed_planes(context).output) + ": ";
  }
  return text + (count == 1 ? " output cell: " : " output cells: ");
}

void explain_input_cell(const PanelContext& context, ExplanationLine& line, Yx cell) {
  const LayerResults& results = *context.layer.results();
  const Tensor& input = *results.input;
  if (cell.y >= input.shape().h || cell.x >= input.shape().w) return;
  const ShownPlanes shown = computed_planes(context);
  const Tensor weight = computed_weight(context);
  const Shape& k = weight.shape();
  const bool of_scene = context.layer.index == 0;
  std::string symbol = of_scene ? input_symbol(context.layer.all->scene.input) : "X";
  if (context.view.settings.page == Page::kLayers && input.shape().c > 1)
    symbol += "[" + std::to_string(shown.input) + "]";
  line.bold(cell_name(symbol.c_str(), cell));
  line.plain("= " + ui::exact_text(input.at(shown.sample, shown.input, cell.y, cell.x)));
  const std::vector<Link> links =
      links_of_input(cell, {k.h, k.w}, results.options, input.shape(), results.output->shape());
  if (links.empty()) {
    line.muted("reaches no output cell: no window covers it");
    return;
  }
  line.muted(count_of_reached(context, links.size()) + reached_text(links, weight));
}

void explain_weight(const PanelContext& context, ExplanationLine& line, Yx cell) {
  const LayerResults& results = *context.layer.results();
  const Tensor weight = computed_weight(context);
  if (cell.y >= weight.shape().h || cell.x >= weight.shape().w) return;
  const ShownPlanes shown = computed_planes(context);
  line.bold(
      layer_weight_name(computed_kernel(context), {shown.filter, shown.slice, cell.y, cell.x}));
  line.plain("= " + ui::exact_text(weight.at(cell.y, cell.x)));
  const Shape& y = results.output->shape();
  line.muted(
      "is multiplied with the " + count_text(y.h * y.w) +
      " outlined input cells, one for each output cell. Drag it, scroll, or double-click to type.");
}

void explain_pooled_cell(const PanelContext& context, ExplanationLine& line, Yx cell) {
  const LayerResults& results = *context.layer.results();
  const PooledSum sum =
      explain_pooled(*results.activated, results.pool, shown_sample(context, *results.output),
                     shown_channel(context, *results.output), cell);
  line.bold(cell_name("P", cell));
  line.plain("=");
  if (hides(context.layer.explore, {SweptPlane::kPooled, cell}, context.layer.results())) {
    explain_hidden(line, context.layer.explore.predict.on ? "hidden while you predict the output"
                                                          : "the sweep has not reached it");
    return;
  }
  line.plain(
      line.fitting([&](std::size_t max_terms) { return pooled_formula(sum, max_terms); }, 0.45f));
  if (sum.winner) {
    line.muted(cell_name("Y", *sum.winner) + (std::isnan(sum.value)
                                                  ? " is NaN, which wins over every number."
                                                  : " is the largest of its window."));
  }
  if (sum.cells.empty()) {
    line.muted(sees_padding_text(sum));
    return;
  }
  line.muted(field_text(results, results.pool, cell));
}

void explain_gradient_cell(const PanelContext& context, ExplanationLine& line, Yx cell) {
  const TrainingSnapshot& training = *context.layer.training;
  const Shape& s = training.gradient.shape();
  if (cell.y >= s.h || cell.x >= s.w) return;
  const WeightPlace place = shown_place(context.layer.shown, cell, s);
  line.bold("∂L/∂" + weight_name(s, place, kLearnedSymbol));
  line.plain("=");
  const GradientSum* sum = context.live.gradients().sum(training, place);
  if (sum == nullptr) {
    line.muted("summing up …");
    return;
  }
  line.plain(
      line.fitting([&](std::size_t max_terms) { return gradient_formula(*sum, max_terms); }));
  line.note({"error · input, over all outlined cells", "error · input"});
}

// Writes a sentence while nothing is pointed at; there is an output.
void say_what_is_known(const PanelContext& context, ExplanationLine& line) {
  const TrainingSnapshot* training = context.layer.training;
  if (!context.document.note().empty()) {
    line.sentence(context.document.note());
  } else if (training != nullptr && training->analysis && !training->analysis->learnable.empty()) {
    line.sentence(training->analysis->learnable);
  } else {
    const LayerResults& results = *context.layer.results();
    const Shape& k = results.weight.shape();
    const std::string rest =
        look::skipped_text(results.input->shape(), {k.h, k.w}, results.options);
    line.sentence(!rest.empty()
                      ? rest
                      : "Point at a cell of the output to see the sum behind it, or paint on "
                        "the input with the brush and watch the output follow.");
  }
}

}  // namespace

void draw_explanation_panel(const PanelContext& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "explanation", rect.min(), rect.size());
  ExplanationLine line(ui, rect);
  const Links& links = context.view.links;
  const LayerResults* results = context.layer.results();
  say_that_sweep_waits(context, line);
  if (explain_stage(context, line)) {
    ui::end_card();
    return;
  }
  if (links.learned && context.layer.training != nullptr && context.layer.training->error) {
    explain_learned_weight(context, line, *links.learned);
  } else if (links.gradient && context.layer.training != nullptr && context.layer.training->error) {
    explain_gradient_cell(context, line, *links.gradient);
  } else if (context.layer.training != nullptr && context.layer.training->error &&
             inside(links.error, context.layer.training->error->shape())) {
    explain_error_cell(context, line, *links.error);
  } else if (results == nullptr) {
    line.muted("Computing …");
  } else if (!results->output) {
    line.muted("There is no output now; the Output card says why.");
  } else if (inside(links.output, results->output->shape())) {
    explain_output_cell(context, line, *links.output);
  } else if (std::string said = shift_sentences(context);
             !said.empty() && !links.weight && !links.pooled) {
    line.sentence(said);
  } else if (links.input) {
    explain_input_cell(context, line, *links.input);
  } else if (links.weight) {
    explain_weight(context, line, *links.weight);
  } else if (results->pooled && inside(links.pooled, results->pooled->output.shape())) {
    explain_pooled_cell(context, line, *links.pooled);
  } else {
    say_what_is_known(context, line);
  }
  ui::end_card();
}

}  // namespace convscope::panels
