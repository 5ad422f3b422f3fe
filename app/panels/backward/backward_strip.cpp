#include "app/panels/backward/backward_strip.h"

#include <string>
#include <vector>

#include "app/panels/backward/gradient_card.h"
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

bool inside(const std::optional<Yx>& cell, const Shape& plane) {
  return cell && cell->y >= 0 && cell->x >= 0 && cell->y < plane.h && cell->x < plane.w;
}

// Returns whether a cell lies in the plane or in the padding around it.
bool in_frame(const std::optional<Yx>& cell, const LayerGradients& gradients) {
  const Shape& x = gradients.input->shape();
  const Padding p = gradients.framed ? gradients.layer.options.padding : Padding{};
  return cell && cell->y >= -p.top && cell->x >= -p.left && cell->y < x.h + p.bottom &&
         cell->x < x.w + p.right;
}

// Writes "∂L/∂Y[2, 1]", and on the Layers page, where all channels are shown, "∂L/∂Y[3][2, 1]".
std::string gradient_name(const PanelContext& context, std::string symbol, Index channel, Yx cell) {
  if (!context.view.on_kernel_page()) symbol += "[" + std::to_string(channel) + "]";
  return cell_name(symbol.c_str(), cell);
}

// Says what the padding's share is for, of a cell that lies in it.
std::string share_text(const LayerGradients& gradients, Yx cell) {
  const Shape& x = gradients.input->shape();
  const PaddingMode mode = gradients.layer.options.padding_mode;
  if (mode == PaddingMode::kZeros) return "falls off: the padding's 0 does not change";
  const Yx source{padding_source(cell.y, x.h, mode), padding_source(cell.x, x.w, mode)};
  return "is added to X[" + std::to_string(source.y) + ", " + std::to_string(source.x) +
         "], which stands here again";
}

// Writes the sum of a cell of a layer's input over the outputs that it reached.
void write_input_sum(const PanelContext& context, const LayerGradients& gradients, Index channel,
                     Yx cell, ExplanationLine& line, float share) {
  const LayerResults& layer = gradients.layer;
  const BackwardSum sum = explain_grad_input(
      *gradients.output_reached, layer.weight, gradients.input->shape(), layer.options,
      shown_sample(context, *gradients.input), channel, cell, kMaxTerms);
  line.plain(
      line.fitting([&](std::size_t max_terms) { return backward_formula(sum, max_terms); }, share));
}

void explain_input(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                   ExplanationLine& line, float share) {
  const Shape& x = gradients.input->shape();
  const Index channel = std::min(context.layer.shown.input, x.c - 1);
  line.bold(gradient_name(context, "∂L/∂X", channel, cell));
  line.plain("=");
  write_input_sum(context, gradients, channel, cell, line, share);
  if (!inside(cell, x)) return line.muted(share_text(gradients, cell));
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
  line.bold("∂L/∂" + weight_name(k, place, symbol.c_str()));
  line.plain("=");
  if (const GradientSum* sum = context.live.weight_sums().sum(gradients, place)) {
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
    write_input_sum(context, *next, at.channel, cell, line, share);
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
  const std::string factor = problem.reduction == Reduction::kSum
                                 ? "2"
                                 : "2/" + std::to_string(backward.request.training->error->numel());
  const std::string number = number_text(error, 4);
  line.plain(factor + "·(" + number + ") = " + shown);
  line.note({"2 · error, as the loss is the square of Ŷ − T", "2 · (Ŷ − T)"});
}

// Writes what a cell behind ReLU gets from the pooling, or from the next layer where there is none.
void explain_from_pooling(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                          ExplanationLine& line, float share) {
  if (!gradients.pooled)
    return explain_result(context, gradients, *gradients.activated, cell, line, share);
  const LayerResults& layer = gradients.layer;
  const GradientLayer at = gradient_layer(context, gradients);
  const PoolBackwardSum sum =
      explain_pool_grad(*gradients.pooled_reached, layer.pooled->indices, *layer.activated,
                        layer.pool, at.sample, at.channel, cell, kMaxTerms);
  line.plain(line.fitting(
      [&](std::size_t max_terms) { return pool_backward_formula(sum, max_terms); }, share));
  const std::string outputs = pool_backward_outputs(sum, 4);
  if (!outputs.empty()) line.note({"from P at " + outputs, "from P"});
}

void explain_output(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                    ExplanationLine& line, const GradientLine& how) {
  const LayerResults& layer = gradients.layer;
  const GradientLayer at = gradient_layer(context, gradients);
  line.bold(gradient_name(context, how.activated ? "∂L/∂A" : "∂L/∂Y", at.channel, cell));
  line.plain("=");
  if (!how.activated && gradients.mask &&
      gradients.mask->at(at.sample, at.channel, cell.y, cell.x) == 0.0f) {
    const ReluBackward relu =
        explain_relu_grad(*gradients.activated, *layer.output, at.sample, at.channel, cell);
    line.plain(relu_backward_text(relu, cell_name("Y", cell)));
    return line.muted("ReLU made it 0, so that a small change of it changes nothing");
  }
  explain_from_pooling(context, gradients, cell, line, how.share);
}

void explain_pooled(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                    ExplanationLine& line, float share) {
  const LayerResults& layer = gradients.layer;
  const GradientLayer at = gradient_layer(context, gradients);
  const float value = gradients.pooled->at(at.sample, at.channel, cell.y, cell.x);
  line.bold(gradient_name(context, "∂L/∂P", at.channel, cell));
  line.plain("=");
  if (next_gradients(context) != nullptr)
    return explain_result(context, gradients, *gradients.pooled, cell, line, share);
  line.plain(number_text(static_cast<double>(value), 4));
  const Shape& p = layer.pooled->output.shape();
  const auto plane = static_cast<std::size_t>(p.h * p.w);
  std::span<const Index> winners = layer.pooled->indices;
  if (!winners.empty())
    winners =
        winners.subspan(static_cast<std::size_t>(at.sample * p.c + at.channel) * plane, plane);
  const std::vector<Yx> targets =
      pool_gradient_targets(cell, winners, layer.pool, layer.output->shape(), p);
  if (targets.empty()) return line.muted("goes to no cell: its window sees only padding");
  if (layer.pool.kind == PoolKind::kMax)
    return line.muted("goes to " + cell_name("Y", targets.front()) +
                      " alone, the largest of its window");
  line.muted("is shared by the " + count_text(std::ssize(targets)) +
             " outlined cells of its window");
}

void say_what_is_known(const PanelContext& context, ExplanationLine& line) {
  if (!context.document.note().empty()) return line.sentence(context.document.note());
  const GradientSource source = context.layer.scene.backward.source;
  const bool cell = source == GradientSource::kCell || source == GradientSource::kOutputCell;
  const std::string begin = source == GradientSource::kCell
                                ? "Click a cell of P to make it the loss L. "
                            : cell ? "Click a cell of Y to make it the loss L. "
                                   : "";
  line.sentence(begin +
                "Point at any cell to see where its gradient comes from; click one to nudge "
                "its value by hand.");
}

}  // namespace

bool explain_pointed_gradient(const PanelContext& context, const LayerGradients& gradients,
                              ExplanationLine& line, const GradientLine& how) {
  const Links& links = context.view.links;
  if (in_frame(links.input, gradients))
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
  const LayerGradients* gradients = shown_gradients(context);
  if (gradients == nullptr) {
    const BackwardResults* backward = context.live.backward();
    line.muted(backward == nullptr || backward->error.empty()
                   ? "Computing …"
                   : "There is no gradient now; the cards say why.");
  } else if (!explain_pointed_gradient(context, *gradients, line)) {
    say_what_is_known(context, line);
  }
  ui::end_card();
}

}  // namespace convscope::panels
