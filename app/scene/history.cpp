#include "app/scene/history.h"

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
template <typename Steps>
std::size_t bytes(const Steps& steps) {
  std::unordered_set<const Tensor*> seen;
  std::size_t result = 0;
  for (const auto& step : steps) {
    const Scene& scene = step.scene;
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

void History::apply(Scene& scene, const Edit& edit, const std::optional<CellRect>& input_cells) {
  const bool begins = !edit.continues || !in_gesture_;
  if (begins) {
    past_.push_back({scene, CellRect{}});
    trim();
  }
  in_gesture_ = true;
  future_.clear();
  const TensorPtr before = scene.input.tensor;
  convscope::apply(scene, edit);
  changed_ = before == scene.input.tensor ? CellRect{} : input_cells;
  std::optional<CellRect>& cells = past_.back().cells;
  cells = cells && changed_ ? std::optional(united(*cells, *changed_)) : std::nullopt;
}

bool History::undo(Scene& scene) {
  return go(scene, past_, future_);
}

bool History::redo(Scene& scene) {
  return go(scene, future_, past_);
}

bool History::go(Scene& scene, std::deque<Step>& from, std::deque<Step>& to) {
  if (from.empty()) return false;
  Step step = std::move(from.back());
  from.pop_back();
  changed_ = step.cells;
  to.push_back({std::exchange(scene, std::move(step.scene)), step.cells});
  in_gesture_ = false;
  return true;
}

void History::rename(const std::string& before, const std::string& now) {
  for (std::deque<Step>* steps : {&past_, &future_}) {
    for (Step& step : *steps) {
      if (step.scene.file == before) step.scene.file = now;
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
