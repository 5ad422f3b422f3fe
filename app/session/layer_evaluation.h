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

// How the output in a buffer was computed.
struct OutputState {
  std::optional<ConvOperands> operands = {};  // empty if they are not known
  int updates = 0;                            // number of updates since the last full evaluation
  // Whether a weight was updated, which leaves rounding errors in all cells.
  bool drifted = false;
  // Identifies the evaluation that updates of cells started from. Outputs with the same base and
  // the same operands have the same bits, except in their `rounded` cells.
  Revision base = {};
  CellRect rounded = {};   // cells that an update rounded differently from a full evaluation
  Revision revision = {};  // revision of the values; empty until it is known
};

// How the pooled values in a buffer were computed.
struct PooledState {
  Revision input;  // revision of the values that were pooled; empty if it is not known
  Pool2dOptions options;
};

// The state of buffers that are always computed in full.
struct NoState {};

// Memory for the values of results. A buffer that no results refer to any more is free: the next
// evaluation updates or overwrites its values, so that nothing is allocated. Values that are shown
// are never written to. All buffers have the same shape; if another shape is wanted they are all
// released, so that the memory of a large scene does not outlive it.
template <typename T, typename State>
class Buffers {
 public:
  struct Buffer {
    std::shared_ptr<T> value;
    State state = {};
    std::uint64_t age = 0;  // larger for buffers that were used later
  };

  // Returns whether the buffers hold values of shape `values` for an input of shape `input`.
  bool match(const Shape& input, const Shape& values) const {
    return input == input_ && values == values_;
  }

  // Returns the newest free buffer, or a new one if none is free.
  Buffer& take_free(const Shape& input, const Shape& values) {
    if (!match(input, values)) release();
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

  // Returns the state of the buffer that holds `shown`; null if no buffer holds it any more.
  const State* state_of(const T* shown) const {
    const auto found = std::ranges::find_if(
        buffers_, [&](const Buffer& buffer) { return shown && buffer.value.get() == shown; });
    return found != buffers_.end() ? &found->state : nullptr;
  }

  // Releases all buffers; values that are shown live on with their owners.
  void release() { buffers_ = {}; }

 private:
  Buffer& new_buffer() {
    // All buffers are in use, so the oldest is dropped from the list; its values live on with their
    // owners.
    Buffer& place = *std::ranges::min_element(buffers_, {}, &Buffer::age);
    place = Buffer{};
    // The last owner may be the thread that draws, which must not wait for memory to be freed.
    place.value = {new T, FreeElsewhere{}};
    return place;
  }

  // One buffer is shown, one is finished but not shown yet, and one is being written. The others
  // are for results of which the Layers page is still making pictures.
  std::array<Buffer, 5> buffers_;
  Shape input_;
  Shape values_;
  std::uint64_t clock_ = 0;
};

// Evaluates one convolution of a scene again and again.
class LayerEvaluation {
 public:
  // If `remembers`, keeps the operands of outputs, so that they can be updated. Layers after the
  // first must not, because the kept inputs would occupy the buffers of the layer before.
  explicit LayerEvaluation(bool remembers) : remembers_(remembers) {}

  // Returns the results of `layer` for `input` [N, C, H, W], or nullopt if stopped. Reuses the
  // parts of `before`, the layer's last results, that are still valid; they were computed for
  // `layer_before`. Unless `exact`, an old output may be updated if little has changed. Results
  // with a sentence in `too_large` are not computed and have it as their error text.
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
  void release_unused(const LayerResults& results);

  bool remembers_;
  FiniteValues finite_;
  Outputs outputs_;
  Buffers<Tensor, NoState> activated_;
  Pooled pooled_;
  Conv2dWorkspace workspace_;
};

}  // namespace convscope::session
