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
#include "app/session/result_sizes.h"
#include "app/session/results.h"
#include "engine/ops/conv2d_plan.h"

namespace convscope {

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

// Values that were computed for earlier results. Those that no results show any more are free: the
// next evaluation writes into them, so that nothing is allocated, or brings them up to date. What
// is shown is never written to. All are of one shape: where another is wanted they are given up,
// so that the memory of a large scene does not outlive it.
template <typename T, typename State>
class Buffers {
 public:
  struct Buffer {
    std::shared_ptr<T> value;
    State state = {};
    std::uint64_t age = 0;  // the larger, the newer
  };

  // Whether they hold values of the shape `values`, from an input of the shape `input`.
  bool are_of(const Shape& input, const Shape& values) const {
    return input == input_ && values == values_;
  }

  // The newest free buffer; a new one where none is free.
  Buffer& take_free(const Shape& input, const Shape& values) {
    if (!are_of(input, values)) give_up();
    input_ = input;
    values_ = values;
    Buffer* best = nullptr;
    for (Buffer& buffer : buffers_) {
      if (!buffer.value || buffer.value.use_count() > 1) continue;
      if (best == nullptr || buffer.age > best->age) best = &buffer;
    }
    // Whoever let go of it last has read what is now overwritten.
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

  // What is shown lives as long as it is.
  void give_up() { buffers_ = {}; }

 private:
  Buffer& new_buffer() {
    // All are shown: the oldest is forgotten, and lives as long as it is.
    Buffer& place = *std::ranges::min_element(buffers_, {}, &Buffer::age);
    place = Buffer{};
    // Whoever shows it last may be the thread that draws.
    place.value = {new T, FreeElsewhere{}};
    return place;
  }

  // Shown, finished but not shown yet, being written; on the Layers page a picture of them is made
  // first, and one waits for that.
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

  // Nothing if stopped. Takes from `before`, what the layer gave last and of which scene, what
  // still holds. Unless `exact`, an old output may be brought up to date where little has changed.
  // What is `too_large` is not computed, and its sentence stands in the results.
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

}  // namespace convscope
