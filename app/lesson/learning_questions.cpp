#include "app/lesson/learning_questions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/session/evaluator.h"
#include "app/session/rate_verdict.h"
#include "app/session/training_pace.h"
#include "engine/explain/layer_count.h"
#include "engine/kernel_info/kernels.h"

namespace convscope::lesson {
namespace {

constexpr Index kMostWeights = 25;  // of a kernel that is drawn on a button
constexpr Index kSeenSide = 1024;   // of a photograph's middle, on which kernels are compared
// How far two pictures differ, as a part of their largest value, so that it is seen.
constexpr float kSeen = 0.05f;

Value kernel_value(const Tensor& plane) {
  Value value{.kind = ValueKind::kNumbers, .numbers = {}, .text = {}, .missing = {}};
  for (const float w : plane.values())
    value.numbers.push_back(static_cast<double>(w));
  if (plane.shape().h > 1) value.columns = static_cast<std::size_t>(plane.shape().w);
  return value;
}

// Other kernels of the same size.
std::vector<Tensor> kernels_beside(const Tensor& plane) {
  const Yx size{plane.shape().h, plane.shape().w};
  std::vector<Tensor> others;
  const auto add = [&](void (*change)(Tensor&)) {
    Tensor other = plane;
    change(other);
    others.push_back(std::move(other));
  };
  if (size.y == size.x) others.push_back(transposed(plane));
  add(negate);
  add(flip_both);
  for (const KernelPreset& preset : kernel_presets()) {
    if (preset.any_size || preset.name == "random") continue;
    Tensor other = make_kernel(preset.name, size, 1);
    if (other.shape() == plane.shape()) others.push_back(std::move(other));
  }
  return others;
}

bool differs(const Tensor& a, const Tensor& b) {
  if (a.shape() != b.shape()) return false;
  float largest = 0.0f;
  float apart = 0.0f;
  const std::size_t plane = static_cast<std::size_t>(a.shape().h * a.shape().w);
  for (std::size_t i = 0; i < plane; ++i) {
    largest = std::max({largest, std::abs(a.values()[i]), std::abs(b.values()[i])});
    apart = std::max(apart, std::abs(a.values()[i] - b.values()[i]));
  }
  return apart > kSeen * largest;
}

// Returns the first picture, of a large one the middle.
TensorPtr seen_part(const TensorPtr& input) {
  const Shape& s = input->shape();
  if (s.n == 1 && s.h <= kSeenSide && s.w <= kSeenSide) return input;
  const Shape part{1, s.c, std::min(s.h, kSeenSide), std::min(s.w, kSeenSide)};
  const Yx first{(s.h - part.h) / 2, (s.w - part.w) / 2};
  Tensor seen(part);
  float* to = seen.data();
  for (Index c = 0; c < part.c; ++c)
    for (Index y = 0; y < part.h; ++y)
      to = std::copy_n(input->row(0, c, first.y + y) + first.x, part.w, to);
  return std::make_shared<const Tensor>(std::move(seen));
}

// What the first layer's convolution makes of `input` with a kernel in the first plane; empty where
// there is no output.
Tensor made_with(const Scene& scene, const TensorPtr& input, const Tensor& plane) {
  Scene other;
  other.input.tensor = input;
  ConvolutionLayer layer = first_layer(scene);
  layer.pooled = false;
  layer.kernel.weight = with_plane(layer.kernel.weight, 0, 0, plane);
  other.layers = {LayerScene{layer}};
  const Results results = evaluate(other);
  return results.layers.front().output ? *results.layers.front().output : Tensor();
}

// Whether what is seen of the output was made by the first plane of the kernel alone.
bool one_plane_makes_it(const LayerResults& layer, const KernelScene& kernel) {
  const Shape& w = kernel.weight.shape();
  return w.c == 1 && (w.n == 1 || !layer.options.transposed) && w.h * w.w > 1 &&
         w.h * w.w <= kMostWeights;
}

// The snapshot of the start where plain gradient descent learns and its spectrum is known.
const TrainingSnapshot* descent_of(const AskedScene& asked) {
  const TrainingSnapshot* start = asked.start.training.get();
  const bool plain = asked.scene.learning.optimizer == OptimizerKind::kSgd;
  const bool learns = start != nullptr && !start->weight.empty() && start->analysis &&
                      asked.next.training != nullptr && asked.next.training->step == 1;
  return plain && learns && start->analysis->spectrum.largest > 0.0 ? start : nullptr;
}

double rate_of(const AskedScene& asked, const TrainingSnapshot& start) {
  return static_cast<double>(
      step_rate(training_pace(asked.scene.learning), &start.analysis->spectrum));
}

// What could be said of another rate, so that one of them is true.
std::vector<Value> verdicts_beside(const std::string& verdict) {
  std::vector<std::string> all{"diverges", "oscillates while converging"};
  if (verdict == "converges, swinging")
    all = {"diverges", "converges without swinging"};
  else if (verdict == "swings without end")
    all = {"diverges", "converges"};
  else if (verdict != "converges fastest")
    all.emplace_back("converges");
  std::vector<Value> values;
  values.reserve(all.size());
  for (const std::string& text : all)
    values.push_back(text_value(text));
  return values;
}

// The number of the weight that the first step changes most, of some from `begin` on.
Index changed_most(const Tensor& gradient, Index begin) {
  const Index count = gradient.numel();
  Index best = begin;
  const auto size = [&](Index i) {
    return std::abs(gradient.values()[static_cast<std::size_t>(i)]);
  };
  for (Index i = 0; i < std::min<Index>(count, 3); ++i)
    if (size((begin + i) % count) > size(best)) best = (begin + i) % count;
  return best;
}

// Writes "η = 0.03" so that no line ends within it.
std::string equation(const char* name, double value) {
  return name + std::string("\u00a0=\u00a0") + plain(value);
}

std::string weight_index(Index number, const Shape& s) {
  const std::string yx =
      std::to_string(number / s.w % s.h) + ", " + std::to_string(number % s.w) + "]";
  const Index plane = number / (s.h * s.w);
  if (s.n == 1 && s.c == 1) return "[" + yx;
  return "[" + std::to_string(plane / s.c) + ", " + std::to_string(plane % s.c) + ", " + yx;
}

}  // namespace

std::optional<QuestionDraft> kernel_question(const AskedScene& asked, Random& random) {
  const LayerResults& layer = asked.start.results->layers.front();
  const KernelScene& kernel = first_layer(asked.scene).kernel;
  if (!layer.output || !one_plane_makes_it(layer, kernel)) return std::nullopt;
  const Tensor plane = weight_plane(kernel.weight, 0, 0);
  std::vector<Tensor> others = kernels_beside(plane);
  const Index begin = random_below(random, std::ssize(others));
  std::rotate(others.begin(), others.begin() + begin, others.end());
  const TensorPtr input = seen_part(layer.input);
  const Tensor made = made_with(asked.scene, input, plane);
  const auto other = std::ranges::find_if(others, [&](const Tensor& each) {
    return differs(made, made_with(asked.scene, input, each));
  });
  if (other == others.end()) return std::nullopt;
  const Shape& w = kernel.weight.shape();
  QuestionDraft draft;
  draft.title = "The kernel that made this";
  draft.point = "output";
  draft.text = w.n > 1 ? "The first channel of the output was made of the input by one kernel."
                       : "The output was made of the input by one kernel.";
  draft.question = "Which of the two was it?";
  draft.hide = "kernel, learning";
  draft.answer = w.n > 1 ? "kernel[0, 0, :, :]" : "kernel";
  draft.wrong = {kernel_value(*other)};
  draft.explanation = "The other one, " +
                      plain_rows(kernel_value(*other).numbers, kernel_value(*other).columns) +
                      ", gives another picture on the same input.";
  return draft;
}

std::optional<QuestionDraft> rate_question(const AskedScene& asked, Random&) {
  const TrainingSnapshot* start = descent_of(asked);
  if (start == nullptr) return std::nullopt;
  const QuadraticAnalysis& spectrum = start->analysis->spectrum;
  const double rate = rate_of(asked, *start);
  const std::string verdict =
      rate_verdict(known_rates(&spectrum, {}), static_cast<float>(rate), start).text;
  if (verdict.starts_with("has ")) return std::nullopt;
  QuestionDraft draft;
  draft.title = "A learning rate";
  draft.text = "A kernel of this size is learned by gradient descent with the rate " +
               equation("η", rate) + ". The largest eigenvalue of the loss's Hessian is " +
               equation("λmax", spectrum.largest) + ", the smallest that is not 0 is " +
               equation("λmin", spectrum.smallest) + ".";
  draft.question = "What does the learning do at this rate?";
  draft.hide = "learning";
  draft.answer = "learning.verdict";
  draft.wrong = verdicts_beside(verdict);
  draft.explanation =
      "It {learning.verdict}: the cliff is at 2/λmax = {learning.cliff}, the rate that converges "
      "fastest is 2/(λmax + λmin) = {learning.best_rate}, and η is {learning.rate}.";
  return draft;
}

std::optional<QuestionDraft> weight_question(const AskedScene& asked, Random& random) {
  const TrainingSnapshot* start = descent_of(asked);
  if (start == nullptr || start->gradient.numel() == 0) return std::nullopt;
  const Index number = changed_most(start->gradient, random_below(random, start->gradient.numel()));
  const auto at = [&](const Tensor& tensor) {
    return static_cast<double>(tensor.values()[static_cast<std::size_t>(number)]);
  };
  const double w = at(start->weight);
  const double g = at(start->gradient);
  const double rate = rate_of(asked, *start);
  const std::string index = weight_index(number, start->weight.shape());
  QuestionDraft draft;
  draft.title = "A weight after one step";
  draft.text = "The learning stands at its start. The weight Ŵ" + index + " is " + plain(w) +
               ", the gradient of the loss by it is " + plain(g) + ", and the rate is " +
               equation("η", rate) + ".";
  draft.question = "What is this weight after one step of gradient descent?";
  draft.hide = "learning";
  draft.answer = "learned" + index;
  draft.after_step = true;
  draft.wrong = {number_value(w + rate * g), number_value(w - g), number_value(w - rate),
                 number_value(-rate * g), number_value(w)};
  draft.explanation = "A step goes against the gradient: w − η · g = {start" + index +
                      "} − {learning.rate} · (" + plain(g) + ") = " + plain(w - rate * g) + ".";
  return draft;
}

}  // namespace convscope::lesson
