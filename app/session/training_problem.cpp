#include "app/session/training_problem.h"

#include <algorithm>
#include <new>
#include <utility>

#include "app/scene/shared_tensor.h"
#include "app/session/result_sizes.h"
#include "engine/core/error.h"
#include "engine/core/shape_text.h"
#include "engine/core/value_range.h"
#include "engine/ops/input_edits.h"

namespace convscope::session {
namespace {

// Throws Error if the hidden kernel is larger than the input, which is possible even if the kernel
// on the screen fits.
void require_hidden_fits(const TrainingData& data, const Conv2dOptions& options) {
  if (!data.hidden || options.transposed) return;
  const Shape& k = data.target.weight.shape();
  const Shape& x = data.input->shape();
  const Padding& p = options.padding;
  const Yx padded{x.h + p.top + p.bottom, x.w + p.left + p.right};
  if (options.dilation.y * (k.h - 1) < padded.y && options.dilation.x * (k.w - 1) < padded.x)
    return;
  throw Error("the hidden kernel, " + size_text({k.h, k.w}) + ", does not fit into the input, " +
              size_text({x.h, x.w}) +
              "; choose another target in Setup…, or take a larger input or padding");
}

// Makes the target of the problem. Returns false if `stop` was requested. Throws Error if the
// target can't be made.
bool make_target(const TrainingData& data, LearningProblem& problem, const std::stop_token& stop) {
  const LayerArguments layer = layer_arguments(data.target, data.conv, data.input->shape().c);
  problem.options = layer.options;
  require_hidden_fits(data, layer.options);
  if (data.picture == nullptr) {
    if (!conv2d_into(problem.input, layer.weight, layer.bias, problem.options, problem.target,
                     stop)) {
      return false;
    }
  } else {
    const Shape wanted =
        conv2d_output_shape(problem.input.shape(), layer.weight.shape(), problem.options);
    if (data.picture->shape() != wanted) {
      throw Error("the target picture is " + to_string(data.picture->shape()) +
                  ", and the output is " + to_string(wanted));
    }
    problem.target = *data.picture;
  }
  if (data.noise > 0.0) add_noise(problem.target, data.noise, data.noise_seed);
  return true;
}

// Fills in the problem and its sums; returns false if `stop` was requested.
bool fill(TrainingProblem& result, const std::stop_token& stop, const Progress& progress) {
  const TrainingData& data = result.data;
  // The UI thread may be the last owner of these copies of large tensors and must not wait for them
  // to be freed.
  const std::shared_ptr<LearningProblem> problem(new LearningProblem, [](LearningProblem* last) {
    free_elsewhere(std::shared_ptr<const LearningProblem>(last));
  });
  result.problem = problem;
  problem->reduction = data.reduction;
  problem->input = *data.input;
  if (!make_target(data, *problem, stop)) return false;
  if (!all_finite(problem->input.values()) || !all_finite(problem->target.values())) {
    throw Error("the input or the target has a value that is not a finite number");
  }
  result.target = std::shared_ptr<const Tensor>(problem, &problem->target);
  std::optional<QuadraticLoss> loss =
      QuadraticLoss::build(*problem, data.target.weight.shape(), data.bias, stop, progress);
  if (!loss) return false;
  result.loss = std::make_shared<const QuadraticLoss>(*std::move(loss));
  return true;
}

TrainingProblemPtr nothing_to_learn(const TrainingData& data, std::string message) {
  const auto result = std::make_shared<TrainingProblem>();
  result->data = data;
  result->message = std::move(message);
  return result;
}

}  // namespace

TrainingData training_data(const Scene& scene) {
  const LearningScene& learning = scene.learning;
  const KernelScene& kernel = first_layer(scene).kernel;
  TrainingData data;
  data.input = scene.input.tensor;
  data.target.layer = kernel.layer;
  data.target.weight = kernel.weight;
  data.target.bias = kernel.bias;
  data.hidden = learning.target == LearningTarget::kHiddenKernel;
  if (data.hidden) data.target.weight = learning.hidden;
  if (learning.target != LearningTarget::kPanelKernel) std::ranges::fill(data.target.bias, 0.0f);
  if (learning.target == LearningTarget::kPicture) {
    // Only the shape of the kernel matters. Without a picture its zeros make the target.
    data.target.weight = Tensor(kernel.weight.shape());
    data.picture = learning.picture;
  }
  data.conv = first_layer(scene).conv;
  data.reduction = learning.reduction;
  data.bias = learning.bias;
  data.noise = static_cast<double>(learning.noise);
  if (data.noise > 0.0) data.noise_seed = learning.seed;
  return data;
}

TrainingProblemPtr make_training_problem(const TrainingData& data, const std::stop_token& stop,
                                         const Progress& progress, const MemoryLimit& limit) {
  const auto result = std::make_shared<TrainingProblem>();
  result->data = data;
  try {
    if (const std::string why = too_large_learning(data, limit); !why.empty()) throw Error(why);
    if (!fill(*result, stop, progress)) return nullptr;
  } catch (const Error& error) {
    result->message = std::string("There is nothing to learn here: ") + error.what() + ".";
  } catch (const std::bad_alloc&) {
    return short_training_problem(data);
  }
  return result;
}

TrainingProblemPtr cancelled_training_problem(const TrainingData& data) {
  return nothing_to_learn(data,
                          "The sums over the input were cancelled. Press Reset to make them.");
}

TrainingProblemPtr short_training_problem(const TrainingData& data) {
  return nothing_to_learn(
      data, "There is not enough memory to learn on this input; take a smaller picture.");
}

}  // namespace convscope::session
