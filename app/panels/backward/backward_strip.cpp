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
// A sum of more terms is not gone through in every frame; its value stands alone.
constexpr Index kMaxSummed = Index{1} << 18;

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

// Says what the padding's share is for, of a cell that lies in it.
std::string share_text(const LayerGradients& gradients, Yx cell) {
  const Shape& x = gradients.input->shape();
  const PaddingMode mode = gradients.layer.options.padding_mode;
  if (mode == PaddingMode::kZeros) return "falls off: the padding's 0 does not change";
  const Yx source{padding_source(cell.y, x.h, mode), padding_source(cell.x, x.w, mode)};
  return "is added to X[" + std::to_string(source.y) + ", " + std::to_string(source.x) +
         "], which stands here again";
}

void explain_input(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                   ExplanationLine& line) {
  const LayerResults& layer = gradients.layer;
  const Shape& x = gradients.input->shape();
  const BackwardSum sum =
      explain_grad_input(*gradients.output_reached, layer.weight, x, layer.options,
                         shown_sample(context, *gradients.input),
                         std::min(context.layer.shown.input, x.c - 1), cell, kMaxTerms);
  line.bold(cell_name("∂L/∂X", cell));
  line.plain("=");
  line.plain(line.fitting([&](std::size_t max_terms) { return backward_formula(sum, max_terms); }));
  if (!inside(cell, x)) return line.muted(share_text(gradients, cell));
  line.note({"gradient · weight, over the outlined outputs that it reached",
             "gradient · weight, over the outlined outputs", "gradient · weight"});
}

void explain_weight(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                    ExplanationLine& line) {
  const LayerResults& layer = gradients.layer;
  const Shape& k = gradients.kernel.shape();
  const WeightPlace place = shown_place(context.layer.shown, cell, k);
  const std::string symbol = gradient_weight_symbol(context);
  line.bold("∂L/∂" + weight_name(k, place, symbol.c_str()));
  line.plain("=");
  const Shape& y = gradients.output->shape();
  const Tensor& of_output = *gradients.output_reached;
  if (y.n * y.c * y.h * y.w > kMaxSummed) {
    line.plain(number_text(
        static_cast<double>(gradients.kernel.at(place.n, place.c, place.y, place.x)), 4));
    return line.muted("the sum of input · gradient over " + count_text(y.h * y.w) + " outputs");
  }
  std::vector<WeightPlace> places{place};
  const bool shared = k != layer.weight.shape();
  if (shared) {
    places.clear();
    for (Index n = 0; n < layer.weight.shape().n; ++n)
      places.push_back({n, 0, place.y, place.x});
  }
  const GradientSum sum = explain_grad_weight(*layer.input, of_output, layer.weight.shape(),
                                              layer.options, places, kMaxTerms);
  line.plain(line.fitting([&](std::size_t max_terms) { return gradient_formula(sum, max_terms); }));
  line.note({"gradient · input, over all outlined cells", "gradient · input"});
}

// A gradient of the output itself, which comes from no pooling.
void explain_begun_output(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                          ExplanationLine& line) {
  const GradientLayer at = gradient_layer(context, gradients);
  const float value = gradients.output->at(at.sample, at.channel, cell.y, cell.x);
  const std::string shown = number_text(static_cast<double>(value), 4);
  const BackwardResults& backward = *context.live.backward();
  if (backward.request.training == nullptr) {
    line.plain(shown);
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

void explain_output(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                    ExplanationLine& line) {
  const LayerResults& layer = gradients.layer;
  const GradientLayer at = gradient_layer(context, gradients);
  line.bold(cell_name("∂L/∂Y", cell));
  line.plain("=");
  if (!gradients.pooled) return explain_begun_output(context, gradients, cell, line);
  if (gradients.mask && gradients.mask->at(at.sample, at.channel, cell.y, cell.x) == 0.0f) {
    const ReluBackward relu =
        explain_relu_grad(*gradients.activated, *layer.output, at.sample, at.channel, cell);
    line.plain(relu_backward_text(relu, cell_name("Y", cell)));
    return line.muted("ReLU made it 0, so that a small change of it changes nothing");
  }
  const PoolBackwardSum sum =
      explain_pool_grad(*gradients.pooled_reached, layer.pooled->indices, *layer.activated,
                        layer.pool, at.sample, at.channel, cell, kMaxTerms);
  line.plain(
      line.fitting([&](std::size_t max_terms) { return pool_backward_formula(sum, max_terms); }));
  const std::string outputs = pool_backward_outputs(sum, 4);
  if (!outputs.empty()) line.note({"from P at " + outputs, "from P"});
}

void explain_pooled(const PanelContext& context, const LayerGradients& gradients, Yx cell,
                    ExplanationLine& line) {
  const LayerResults& layer = gradients.layer;
  const GradientLayer at = gradient_layer(context, gradients);
  const float value = gradients.pooled->at(at.sample, at.channel, cell.y, cell.x);
  line.bold(cell_name("∂L/∂P", cell));
  line.plain("= " + number_text(static_cast<double>(value), 4));
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

void draw_backward_strip(const PanelContext& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "explanation", rect.min(), rect.size());
  ExplanationLine line(ui, rect);
  const Links& links = context.view.links;
  const LayerGradients* gradients = shown_gradients(context);
  if (gradients == nullptr) {
    const BackwardResults* backward = context.live.backward();
    line.muted(backward == nullptr || backward->error.empty()
                   ? "Computing …"
                   : "There is no gradient now; the cards say why.");
  } else if (in_frame(links.input, *gradients)) {
    explain_input(context, *gradients, *links.input, line);
  } else if (inside(links.weight, gradients->kernel.shape())) {
    explain_weight(context, *gradients, *links.weight, line);
  } else if (inside(links.output, gradients->output->shape())) {
    explain_output(context, *gradients, *links.output, line);
  } else if (gradients->pooled && inside(links.pooled, gradients->pooled->shape())) {
    explain_pooled(context, *gradients, *links.pooled, line);
  } else {
    say_what_is_known(context, line);
  }
  ui::end_card();
}

}  // namespace convscope::panels
