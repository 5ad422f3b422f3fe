#include "app/session/weight_explainer.h"

namespace convscope::session {
namespace {

// So few products take 0.2 ms, and are summed at once.
constexpr Index kAtOnce = 1 << 16;
constexpr std::size_t kProducts = 16;

}  // namespace

WeightExplainer::WeightExplainer(std::function<void()> wake)
    : answerer_(
          [](const Question& q) {
            return explain_grad_weight(*q.input, *q.grad_output, q.weight, q.options, q.places,
                                       kProducts);
          },
          std::move(wake)) {}

const GradientSum* WeightExplainer::sum(const LayerGradients& gradients, const WeightPlace& place) {
  const LayerResults& layer = gradients.layer;
  Question question{layer.input, gradients.output_reached, layer.weight.shape(), layer.options, {}};
  question.places = gradients.kernel.shape() == question.weight
                        ? std::vector{place}
                        : repeated_places(place, question.weight);
  const Shape& y = question.grad_output->shape();
  const Index products = y.n * y.h * y.w * std::ssize(question.places);
  const auto* answer = answerer_.ask(question, products <= kAtOnce);
  return answer != nullptr && answer->question == question ? &answer->sum : nullptr;
}

}  // namespace convscope::session
