#include "app/scene/history.h"

#include <unordered_set>
#include <utility>

namespace convscope::scene {
namespace {

constexpr std::size_t kMaxSteps = 500;
constexpr std::size_t kMaxBytes = 512u << 20;

std::size_t bytes_of(const Tensor& tensor) {
  return static_cast<std::size_t>(tensor.numel()) * sizeof(float);
}

std::size_t bytes_of(const ConvolutionLayer& layer) {
  return bytes_of(layer.kernel.weight);
}

}  // namespace

// Returns the bytes of all tensors. Input tensors that scenes share count once; each scene has its
// own weights.
std::size_t History::bytes(const std::deque<Remembered>& remembered) {
  std::unordered_set<const Tensor*> seen;
  std::size_t result = 0;
  for (const Remembered& each : remembered) {
    const Scene& scene = each.scene;
    for (const TensorPtr& tensor : {scene.input.tensor, scene.input.shift.from,
                                    scene.learning.picture, scene.backward.picture}) {
      if (tensor != nullptr && seen.insert(tensor.get()).second) result += bytes_of(*tensor);
    }
    result += bytes_of(scene.learning.hidden) + bytes_of(scene.learning.start);
    for (const LayerScene& layer : scene.layers)
      result += std::visit([](const auto& kind) { return bytes_of(kind); }, layer.kind);
  }
  return result;
}

void History::apply(Scene& scene, const Edit& edit) {
  const bool begins = !edit.continues || !in_gesture_;
  if (begins) {
    past_.push_back({scene, step_});
    step_ = ++steps_;
    trim();
  }
  in_gesture_ = true;
  future_.clear();
  scene::apply(scene, edit);
}

bool History::undo(Scene& scene) {
  return go(scene, past_, future_);
}

bool History::redo(Scene& scene) {
  return go(scene, future_, past_);
}

bool History::go(Scene& scene, std::deque<Remembered>& from, std::deque<Remembered>& to) {
  if (from.empty()) return false;
  to.push_back({std::exchange(scene, std::move(from.back().scene)), step_});
  step_ = from.back().step;
  from.pop_back();
  in_gesture_ = false;
  return true;
}

void History::rename(const std::string& before, const std::string& now) {
  for (std::deque<Remembered>* remembered : {&past_, &future_}) {
    for (Remembered& each : *remembered) {
      if (each.scene.file == before) each.scene.file = now;
    }
  }
}

void History::trim() {
  while (past_.size() > kMaxSteps)
    past_.pop_front();
  while (past_.size() > 1 && bytes(past_) > kMaxBytes)
    past_.pop_front();
}

}  // namespace convscope::scene
