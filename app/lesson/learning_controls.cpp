#include "app/lesson/learning_controls.h"

#include <array>
#include <cmath>
#include <utility>

#include "app/files/scene_fields.h"
#include "app/scene/option_limits.h"

namespace convscope::lesson {
namespace {

using Found = std::optional<double>;

Index whole(double value) {
  return static_cast<Index>(std::llround(value));
}

// The learning, of which there is one.
Found rate_value(const Scene& scene, const ControlPlace&) {
  return static_cast<double>(scene.learning.rate);
}
Edit rate_edit(const Scene& scene, const ControlPlace&, double value) {
  LearningScene learning = scene.learning;
  learning.rate = float_rate(value);
  learning.share_of_cliff = 0.0f;
  return Edit{std::move(learning)};
}
Found share_value(const Scene& scene, const ControlPlace&) {
  return static_cast<double>(scene.learning.share_of_cliff);
}
Edit share_edit(const Scene& scene, const ControlPlace&, double value) {
  LearningScene learning = scene.learning;
  learning.share_of_cliff = static_cast<float>(value);
  return Edit{std::move(learning)};
}
Found noise_value(const Scene& scene, const ControlPlace&) {
  return static_cast<double>(scene.learning.noise);
}
Edit noise_edit(const Scene& scene, const ControlPlace&, double value) {
  LearningScene learning = scene.learning;
  learning.noise = static_cast<float>(value);
  return Edit{std::move(learning)};
}
Found optimizer_value(const Scene& scene, const ControlPlace&) {
  return static_cast<double>(scene.learning.optimizer);
}
Edit optimizer_edit(const Scene& scene, const ControlPlace&, double value) {
  LearningScene learning = scene.learning;
  learning.optimizer = static_cast<OptimizerKind>(whole(value));
  return Edit{std::move(learning)};
}
Found reduction_value(const Scene& scene, const ControlPlace&) {
  return static_cast<double>(scene.learning.reduction);
}
Edit reduction_edit(const Scene& scene, const ControlPlace&, double value) {
  LearningScene learning = scene.learning;
  learning.reduction = static_cast<Reduction>(whole(value));
  return Edit{std::move(learning)};
}

Found momentum_value(const Scene& scene, const ControlPlace&) {
  return static_cast<double>(scene.learning.tuning.momentum);
}
Edit momentum_edit(const Scene& scene, const ControlPlace&, double value) {
  LearningScene learning = scene.learning;
  learning.tuning.momentum = static_cast<float>(value);
  return Edit{std::move(learning)};
}

constexpr std::array kControls = {
    real_control("learning.rate", "the learning rate", kMinRate, kMaxRate, rate_value, rate_edit),
    real_control("learning.share", "the rate, as a share of the cliff", 0.0, kMaxShareOfCliff,
                 share_value, share_edit),
    real_control("learning.noise", "the noise on the target", 0.0, kMaxNoise, noise_value,
                 noise_edit),
    choice_control("learning.optimizer", "the optimizer", kOptimizerNames, optimizer_value,
                   optimizer_edit),
    real_control("learning.momentum", "β of momentum and Nesterov", 0.0, kMaxMomentum,
                 momentum_value, momentum_edit),
    choice_control("learning.reduction", "the sum or the mean of the squares", kLossNames,
                   reduction_value, reduction_edit),
};

}  // namespace

std::span<const ControlWord> learning_controls() {
  return kControls;
}

}  // namespace convscope::lesson
