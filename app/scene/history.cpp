#include "app/scene/history.h"

#include <type_traits>
#include <unordered_set>
#include <utility>

namespace convscope {
namespace {

constexpr std::size_t kMaxSteps = 500;
constexpr std::size_t kMaxBytes = 512u << 20;

std::size_t bytes(const Tensor& tensor) {
  return static_cast<std::size_t>(tensor.numel()) * sizeof(float);
}

// Bytes of the tensors. Those that scenes share are counted once; weights are each scene's own.
std::size_t bytes(const std::deque<Scene>& scenes) {
  std::unordered_set<const Tensor*> seen;
  std::size_t result = 0;
  for (const Scene& scene : scenes) {
    for (const TensorPtr& tensor : {scene.input.tensor, scene.learning.picture}) {
      if (tensor != nullptr && seen.insert(tensor.get()).second) result += bytes(*tensor);
    }
    result += bytes(scene.kernel.weight) + bytes(scene.learning.hidden);
    result += bytes(scene.learning.start);
    for (const LayerScene& layer : scene.chain)
      result += bytes(layer.kernel.weight);
  }
  return result;
}

}  // namespace

void apply(Scene& scene, const Edit& edit) {
  std::visit(
      [&](const auto& part) {
        using Part = std::decay_t<decltype(part)>;
        if constexpr (std::is_same_v<Part, InputScene>) scene.input = part;
        if constexpr (std::is_same_v<Part, KernelScene>) scene.kernel = part;
        if constexpr (std::is_same_v<Part, ConvScene>) scene.conv = part;
        if constexpr (std::is_same_v<Part, PoolScene>) scene.pool = part;
        if constexpr (std::is_same_v<Part, ChainScene>) scene.chain = part;
        if constexpr (std::is_same_v<Part, LearningScene>) scene.learning = part;
        if constexpr (std::is_same_v<Part, Scene>) scene = part;
      },
      edit.part);
  fit_channels(scene);
}

void History::apply(Scene& scene, const Edit& edit) {
  if (!edit.continues || !in_gesture_) {
    past_.push_back(scene);
    trim();
  }
  in_gesture_ = true;
  future_.clear();
  convscope::apply(scene, edit);
}

bool History::undo(Scene& scene) {
  if (past_.empty()) return false;
  future_.push_back(std::exchange(scene, std::move(past_.back())));
  past_.pop_back();
  in_gesture_ = false;
  return true;
}

bool History::redo(Scene& scene) {
  if (future_.empty()) return false;
  past_.push_back(std::exchange(scene, std::move(future_.back())));
  future_.pop_back();
  in_gesture_ = false;
  return true;
}

void History::rename(const std::string& before, const std::string& now) {
  for (std::deque<Scene>* scenes : {&past_, &future_}) {
    for (Scene& scene : *scenes) {
      if (scene.file == before) scene.file = now;
    }
  }
}

void History::trim() {
  while (past_.size() > kMaxSteps)
    past_.pop_front();
  while (past_.size() > 1 && bytes(past_) > kMaxBytes)
    past_.pop_front();
}

}  // namespace convscope
