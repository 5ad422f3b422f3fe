#include "app/panels/backward/backward_strip.h"

#include <optional>
#include <string>
#include <vector>

#include "app/panels/backward/gradient_card.h"
#include "app/panels/backward/nudge_controls.h"
#include "app/panels/parts/explanation_line.h"
#include "app/panels/parts/shown_sample.h"
#include "app/program/view/backward_view.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"
#include "engine/core/number_text.h"
#include "engine/explain/backward_text.h"
#include "engine/ops/backward_links.h"

namespace convscope::panels {
namespace {

// The most terms that a formula in the strip can have.
constexpr std::size_t kMaxTerms = 16;

// Says what the padding's share is for, of a cell that lies in it.
std::string share_text(const PanelContext& context, const LayerGradients& gradients, Index channel,
                       Yx cell) {
  const Shape& x = gradients.input->shape();
  const PaddingMode mode = gradients.layer.options.padding_mode;
  if (mode == PaddingMode::kZeros) return "falls off: the padding's 0 does not change";
  const Yx source{padding_source(cell.y, x.h, mode), padding_source(cell.x, x.w, mode)};
  return "is added to " + channel_cell(context, "X", channel, source) + ", which stands here again";
}

// Begins an explanation. `waits` says whether the sweep has still to add to what follows.
void write_name(const std::string& name, bool waits, ExplanationLine& line) {
  line.bold(name);
  line.plain(waits ? "so far =" : "=");
}

// Writes a sum of which a sweep has reached nothing that counts.
void say_not_reached(ExplanationLine& line) {
  line.plain("0");
  line.muted("the sweep has not reached it yet");
}

// Returns the sum behind a cell of the input, of what of the output's gradient is given.
BackwardSum input_sum(const PanelContext& context, const LayerGradients& gradients,
                      const Tensor& of_output, Index channel, Yx cell) {
  const LayerResults& layer = gradients.layer;
  return explain_grad_input(of_output, layer.weight, gradients.input->shape(), layer.options,
                            shown_sample(context, *gradients.input), channel, cell, kMaxTerms);
}

void write_input_sum(const BackwardSum& sum, ExplanationLine& line, float share) {
  line.plain(
      line.fitting([&](std::size_t max_terms) { return backward_formula(sum, max_terms); }, share));
}

void explain_input(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                   ExplanationLine& line, float share) {
  const Shape& x = gradients.input->shape();
  const Index channel = std::min(context.layer.shown.input, x.c - 1);
  const BackwardSum reached =
      input_sum(context, gradients, *gradients.output_reached, channel, cell);
  // Of a sweep over Y it is known whether anything follows.
  const bool waits =
      waits_for_sweep(context) &&
      (output_waits_for_sweep(context) ||
       input_sum(context, gradients, *gradients.output, channel, cell).nonzero != reached.nonzero);
  write_name(channel_cell(context, "∂L/∂X", channel, cell), waits, line);
  if (waits && reached.nonzero == 0) return say_not_reached(line);
  write_input_sum(reached, line, share);
  if (!inside(cell, x)) return line.muted(share_text(context, gradients, channel, cell));
  if (share < 1.0f) return;
  line.note({"gradient · weight, over the outlined outputs that it reached",
             "gradient · weight, over the outlined outputs", "gradient · weight"});
}

// Of a large output the value stands alone until its terms are found.
void explain_weight(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                    ExplanationLine& line) {
  const Shape& k = gradients.kernel.shape();
  const WeightPlace place = shown_place(context.layer.shown, cell, k);
  const std::string symbol = gradient_weight_symbol(context);
  const bool waits = waits_for_sweep(context);
  write_name("∂L/∂" + weight_name(k, place, symbol.c_str()), waits, line);
  if (const GradientSum* sum = context.live.weight_sums().sum(gradients, place)) {
    if (waits && sum->nonzero == 0) return say_not_reached(line);
    line.plain(
        line.fitting([&](std::size_t max_terms) { return gradient_formula(*sum, max_terms); }));
    return line.note({"gradient · input, over all outlined cells", "gradient · input"});
  }
  const float value = gradients.kernel.at(place.n, place.c, place.y, place.x);
  line.plain(number_text(static_cast<double>(value), 4));
  line.muted("gradient · input, over all outlined cells …");
}

// Returns the gradients of the layer behind the shown one; null for the last.
const LayerGradients* next_gradients(const PanelContext& context) {
  const std::vector<LayerGradients>& all = context.live.backward()->layers;
  const std::size_t next = context.layer.index + 1;
  return next < all.size() ? &all[next] : nullptr;
}

// A cell of the layer's result, whose gradient `of_result` comes from the next layer, or with which
// the gradient begins.
void explain_result(const PanelContext& context, const LayerGradients& gradients,
                    const Tensor& of_result, Yx cell, ExplanationLine& line, float share) {
  const GradientLayer at = gradient_layer(context, gradients);
  if (const LayerGradients* next = next_gradients(context)) {
    write_input_sum(input_sum(context, *next, *next->output_reached, at.channel, cell), line,
                    share);
    return line.note({"gradient · weight of layer " + std::to_string(context.layer.index + 2)});
  }
  const float value = of_result.at(at.sample, at.channel, cell.y, cell.x);
  const std::string shown = number_text(static_cast<double>(value), 4);
  const BackwardResults& backward = *context.live.backward();
  if (backward.request.training == nullptr) {
    line.plain(shown);
    if (backward.request.results->scene.backward.source == GradientSource::kPicture)
      return line.muted("drawn, as L = Σ G · result");
    return line.muted(value == 1.0f ? "the loss is this cell" : "the loss is another cell");
  }
  const LearningProblem& problem = *backward.request.training->problem;
  const double error = static_cast<double>(
      backward.request.training->error->at(at.sample, at.channel, cell.y, cell.x));
  const bool sum = problem.reduction == Reduction::kSum;
  const std::string factor =
      sum ? "2" : "2/" + count_text(backward.request.training->error->numel());
  const std::string number = number_text(error, 4);
  line.plain(factor + "·(" + number + ") = " + shown);
  line.note({factor + " · error, as the loss is " + (sum ? "the sum of" : "the mean of") +
                 " the squares of Ŷ − T",
             factor + " · (Ŷ − T)"});
}

PoolBackwardSum pool_sum(const PanelContext& context, const LayerGradients& gradients,
                         const Tensor& of_pooled, Yx cell) {
  const LayerResults& layer = gradients.layer;
  const GradientLayer at = gradient_layer(context, gradients);
  return explain_pool_grad(of_pooled, layer.pooled->indices, *layer.activated, layer.pool,
                           at.sample, at.channel, cell, kMaxTerms);
}

// Returns whether a sweep over the pooled plane has still to hand something to a cell behind ReLU.
bool pool_sum_waits(const PanelContext& context, const LayerGradients& gradients, Yx cell) {
  return output_waits_for_sweep(context) &&
         pool_sum(context, gradients, *gradients.pooled, cell).nonzero !=
             pool_sum(context, gradients, *gradients.pooled_reached, cell).nonzero;
}

// Writes what a cell behind ReLU gets from the pooling, or from the next layer where there is none.
void explain_from_pooling(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                          ExplanationLine& line, float share) {
  if (!gradients.pooled)
    return explain_result(context, gradients, *gradients.activated, cell, line, share);
  const PoolBackwardSum sum = pool_sum(context, gradients, *gradients.pooled_reached, cell);
  if (pool_sum_waits(context, gradients, cell) && sum.nonzero == 0) return say_not_reached(line);
  line.plain(line.fitting(
      [&](std::size_t max_terms) { return pool_backward_formula(sum, max_terms); }, share));
  const std::string outputs = pool_backward_outputs(sum, 4);
  if (!outputs.empty()) line.note({"from P at " + outputs, "from P"});
}

void explain_output(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                    ExplanationLine& line, const GradientLine& how) {
  const LayerResults& layer = gradients.layer;
  const GradientLayer at = gradient_layer(context, gradients);
  const bool masked = !how.activated && gradients.mask &&
                      gradients.mask->at(at.sample, at.channel, cell.y, cell.x) == 0.0f;
  const std::string symbol = gradient_output_symbol(context);
  write_name(channel_cell(context, "∂L/∂" + (how.activated ? "A" : symbol), at.channel, cell),
             !masked && pool_sum_waits(context, gradients, cell), line);
  if (masked) {
    const ReluBackward relu =
        explain_relu_grad(*gradients.activated, *layer.output, at.sample, at.channel, cell);
    line.plain(relu_backward_text(relu, channel_cell(context, "Y", at.channel, cell)));
    return line.muted("ReLU made it 0, so that a small change of it changes nothing");
  }
  explain_from_pooling(context, gradients, cell, line, how.share);
}

void explain_pooled(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                    ExplanationLine& line, float share) {
  const LayerResults& layer = gradients.layer;
  const GradientLayer at = gradient_layer(context, gradients);
  const float value = gradients.pooled->at(at.sample, at.channel, cell.y, cell.x);
  line.bold(channel_cell(context, "∂L/∂P", at.channel, cell));
  line.plain("=");
  if (next_gradients(context) != nullptr)
    return explain_result(context, gradients, *gradients.pooled, cell, line, share);
  line.plain(number_text(static_cast<double>(value), 4));
  const Shape& p = layer.pooled->output.shape();
  const std::vector<Yx> targets =
      pool_gradient_targets(cell, indices_of_plane(layer.pooled->indices, p, at.sample, at.channel),
                            layer.pool, layer.output->shape(), p);
  if (targets.empty()) return line.muted("goes to no cell: its window sees only padding");
  if (layer.pool.kind == PoolKind::kMax)
    return line.muted("goes to " + channel_cell(context, "Y", at.channel, targets.front()) +
                      " alone, the largest of its window");
  line.muted("is shared by the " + count_text(std::ssize(targets)) +
             " outlined cells of its window");
}

// Writes what the nudge does, or else what can be done here.
void say_what_is_known(const PanelContext& context, ExplanationLine& line) {
  if (say_nudge(context, line)) return;
  if (!context.document.note().empty()) return line.sentence(context.document.note());
  const GradientSource source = context.layer.scene.backward.source;
  const std::string point = "Point at any cell to see where its gradient comes from; ";
  if (source == GradientSource::kCell)
    return line.sentence("Click a cell of P to make it the loss L. " + point +
                         "click one of X, W or Y to nudge its value by hand.");
  if (source == GradientSource::kOutputCell)
    return line.sentence("Click a cell of Y to make it the loss L. " + point +
                         "click one of X or W to nudge its value by hand.");
  line.sentence(point + "click one to nudge its value by hand.");
}

}  // namespace

bool say_nudge(const PanelContext& context, ExplanationLine& line) {
  const std::optional<NudgeComparison> nudge = nudge_comparison(context);
  if (!nudge) return false;
  line.bold(nudge->name + ":");
  line.plain(nudge->text);
  line.note({nudge->tip});
  return true;
}

bool explain_pointed_gradient(const PanelContext& context, const LayerGradients& gradients,
                              ExplanationLine& line, const GradientLine& how) {
  const Links& links = context.view.links;
  const Padding frame = gradients.framed ? gradients.layer.options.padding : Padding{};
  if (inside(links.input, gradients.input->shape(), frame))
    explain_input(context, gradients, *links.input, line, how.share);
  else if (inside(links.weight, gradients.kernel.shape()))
    explain_weight(context, gradients, *links.weight, line);
  else if (inside(links.output, gradients.output->shape()))
    explain_output(context, gradients, *links.output, line, how);
  else if (gradients.pooled && inside(links.pooled, gradients.pooled->shape()))
    explain_pooled(context, gradients, *links.pooled, line, how.share);
  else
    return false;
  return true;
}

void draw_backward_strip(const PanelContext& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "explanation", rect.min(), rect.size());
  ExplanationLine line(ui, rect);
  say_that_sweep_waits(context, line);
  const LayerGradients* gradients = shown_gradients(context);
  if (gradients == nullptr) {
    const BackwardResults* backward = context.live.backward();
    if (backward == nullptr || backward->error.empty())
      line.muted("Computing …");
    else
      line.sentence("There is no gradient now: " + backward->error + ".");
  } else if (!explain_pointed_gradient(context, *gradients, line)) {
    say_what_is_known(context, line);
  }
  ui::end_card();
}

}  // namespace convscope::panels
