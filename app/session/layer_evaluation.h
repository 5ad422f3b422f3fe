#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>

#include "app/scene/shared_tensor.h"
#include "app/session/conv_change.h"
#include "app/session/names.h"
#include "app/session/result_sizes.h"
#include "app/session/results.h"
#include "engine/ops/conv2d_plan.h"

namespace convscope::session {

inline constexpr const char* kNoMemory =
    "there is not enough memory for this; take a smaller picture or a larger stride";
inline constexpr const char* kNothingToPool = "there is no output to pool";

// What is known of an output in a buffer.
struct OutputState {
  std::optional<ConvOperands> of = {};  // what it was computed from; empty where that is not known
  int updates = 0;                      // since it was evaluated as a whole
  bool drifted = false;    // some of them were of weights, which leave rounding errors everywhere
  Revision base = {};      // of the values that updates of cells go back to
  CellRect rounded = {};   // whose last bits may be others than those of another update of these
  Revision revision = {};  // of the values
};

// What is known of pooled values in a buffer.
struct PooledState {
  Revision of;  // the values that they were pooled from; empty where that is not known
  Pool2dOptions options;
};

struct NoState {};

// The values of earlier results. Values that no results refer to any more are free: the next
// evaluation updates or overwrites them, so that nothing is allocated. Values that are shown are
// never written to. All have the same shape; if another shape is wanted all are released, so that
// the memory of a large scene does not outlive it.
template <typename T, typename State>
class Buffers {
 public:
  struct Buffer {
    std::shared_ptr<T> value;
    State state = {};
    std::uint64_t age = 0;  // the larger, the newer
  };

  // Returns whether the buffers hold values of shape `values` for an input of shape `input`.
  bool are_of(const Shape& input, const Shape& values) const {
    return input == input_ && values == values_;
  }

  // Returns the newest free buffer, or a new one if none is free.
  Buffer& take_free(const Shape& input, const Shape& values) {
    if (!are_of(input, values)) give_up();
    input_ = input;
    values_ = values;
    Buffer* best = nullptr;
    for (Buffer& buffer : buffers_) {
      if (!buffer.value || buffer.value.use_count() > 1) continue;
      if (best == nullptr || buffer.age > best->age) best = &buffer;
    }
    // Synchronises with the last owner, who has read the values that are about to be overwritten.
    std::atomic_thread_fence(std::memory_order_acquire);
    if (best == nullptr) best = &new_buffer();
    best->age = ++clock_;
    return *best;
  }

  // What is known of shown values; null where they were forgotten.
  const State* state_of(const T* shown) const {
    const auto found = std::ranges::find_if(
        buffers_, [&](const Buffer& buffer) { return shown && buffer.value.get() == shown; });
    return found != buffers_.end() ? &found->state : nullptr;
  }

  // Releases all buffers; values that are shown live on with their owners.
  void give_up() { buffers_ = {}; }

 private:
  Buffer& new_buffer() {
    // All are shown, so the oldest is dropped from the list; its values live on with their owners.
    Buffer& place = *std::ranges::min_element(buffers_, {}, &Buffer::age);
    place = Buffer{};
    // The last owner may be the thread that draws, which must not wait for memory to be freed.
    place.value = {new T, FreeElsewhere{}};
    return place;
  }

  // One shown, one finished but not shown yet, and one being written. The Layers page first makes
  // pictures of results, which takes further ones.
  std::array<Buffer, 5> buffers_;
  Shape input_;
  Shape values_;
  std::uint64_t clock_ = 0;
};

// Evaluates one convolution of a scene again and again.
class LayerEvaluation {
 public:
  // `remembers` what outputs were computed from, to bring them up to date. A layer after the first
  // doesn't: it would keep the buffers of the layer before it from being free.
  explicit LayerEvaluation(bool remembers) : remembers_(remembers) {}

  // Returns the results, or nullopt if stopped. Reuses the parts of `before`, the layer's last
  // results, computed from `layer_before`, that are still valid. Unless `exact`, an old output may
  // be updated if little has changed. Results that are `too_large` are not computed, and have its
  // sentence as error text.
  std::optional<LayerResults> evaluate(const ConvolutionLayer& layer, TensorPtr input,
                                       const TooLarge& too_large, const LayerResults* before,
                                       const ConvolutionLayer* layer_before, bool exact,
                                       const std::stop_token& stop);

 private:
  using Outputs = Buffers<Tensor, OutputState>;
  using Pooled = Buffers<Pool2dResult, PooledState>;

  bool correlate(const ConvolutionLayer& layer, LayerResults& results, const LayerResults* before,
                 bool exact, const std::stop_token& stop);
  bool correlate_after(Outputs::Buffer& buffer, const LayerResults& results,
                       const LayerResults* before, bool exact, const std::stop_token& stop);
  bool correlate_into(Outputs::Buffer& buffer, const ConvOperands& wanted, bool anew,
                      const std::stop_token& stop);
  bool update_cells(Outputs::Buffer& buffer, const ConvOperands& wanted, const CellRect& cells,
                    const std::stop_token& stop);
  bool pool(const ConvolutionLayer& layer, LayerResults& results, const LayerResults* before,
            bool exact, const std::stop_token& stop);
  bool pool_into(Pooled::Buffer& buffer, const LayerResults& results, bool exact,
                 const std::stop_token& stop);
  void activate(const ConvolutionLayer& layer, LayerResults& results, const LayerResults* before);
  void give_up_unused(const LayerResults& results);

  bool remembers_;
  FiniteValues finite_;
  Outputs outputs_;
  Buffers<Tensor, NoState> activated_;
  Pooled pooled_;
  Conv2dWorkspace workspace_;
};

}  // namespace convscope::session
