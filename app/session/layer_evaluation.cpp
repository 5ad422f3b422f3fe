#include "app/session/layer_evaluation.h"

#include <new>
#include <utility>

#include "engine/core/error.h"
#include "engine/explain/layer_count.h"
#include "engine/ops/region_update.h"
#include "engine/ops/relu.h"
#include "engine/ops/weight_update.h"

namespace convscope::session {
namespace {

using Kind = ConvChange::Kind;

// With fewer multiply-adds than this a full evaluation is so quick that outputs are not updated,
// which would leave rounding errors.
constexpr Index kFewMultiplyAdds = Index{1} << 22;
// Rounding errors of updates accumulate, so after this many an output is evaluated in full even
// during a drag.
constexpr int kMaxUpdates = 500;

ConvOperands operands_of(const LayerResults& results) {
  return {results.input, results.weight, results.bias, results.options};
}

bool is_small(const LayerResults& results) {
  return conv2d_multiply_adds(results.input->shape(), results.weight.shape(), results.options) <
         kFewMultiplyAdds;
}

// Returns the smallest rectangle around the output cells that depend on `cells` of the input.
CellRect reached(const ConvOperands& operands, const CellRect& cells) {
  CellRect all;
  for (const CellRect& rect :
       conv2d_reached(operands.input->shape(), cells, operands.weight.shape(), operands.options)) {
    all = united(all, rect);
  }
  return all;
}

}  // namespace

bool LayerEvaluation::update_cells(Outputs::Buffer& buffer, const ConvOperands& wanted,
                                   const CellRect& cells, const std::stop_token& stop) {
  const std::optional<CellRect> written =
      conv2d_update_input(*wanted.input, cells, wanted.weight, wanted.bias, wanted.options,
                          *buffer.value, workspace_, stop);
  if (!written) return false;
  OutputState& state = buffer.state;
  const bool as_whole = !state.drifted && sums_by_window(wanted.input->shape(), wanted.weight,
                                                         wanted.options, workspace_);
  if (!as_whole) state.rounded = united(state.rounded, *written);
  return true;
}

// Makes the buffer's output that of `wanted`: updates it in place if little has changed since it
// was computed and `anew` is not set, else evaluates it in full. If values change, the buffer has
// no revision afterwards. Returns false if stopped.
bool LayerEvaluation::correlate_into(Outputs::Buffer& buffer, const ConvOperands& wanted, bool anew,
                                     const std::stop_token& stop) {
  OutputState& state = buffer.state;
  const bool known = !anew && state.operands && state.updates < kMaxUpdates;
  const ConvChange change = known ? change_between(*state.operands, wanted, finite_) : ConvChange{};
  state.operands.reset();  // an evaluation that is stopped leaves a mixture of old and new values
  bool done = true;
  if (change.kind != Kind::kNone) {
    ++state.updates;
    state.revision = {};
  }
  switch (change.kind) {
    case Kind::kNone:
      break;
    case Kind::kWeights:
      state.drifted = true;
      state.base = Revision::fresh();
      state.rounded = {};
      for (const WeightChange& weight : change.weights) {
        done = done && conv2d_update_weight(*wanted.input, weight.at, weight.delta, wanted.options,
                                            *buffer.value, stop);
      }
      break;
    case Kind::kCells:
      done = update_cells(buffer, wanted, change.cells, stop);
      break;
    case Kind::kAll:
      state = {.base = Revision::fresh()};
      done = conv2d_into(*wanted.input, wanted.weight, wanted.bias, wanted.options, *buffer.value,
                         workspace_, stop);
      break;
  }
  if (done && remembers_) state.operands = wanted;
  return done;
}

// Evaluates into the buffer and gives its values a revision that knows how they differ from the
// shown output. If the buffer can't be updated, or doesn't have the bits of the shown output, the
// shown output is copied into it first, so that only the cells under a brush stroke differ. Returns
// false if stopped.
bool LayerEvaluation::correlate_after(Outputs::Buffer& buffer, const LayerResults& results,
                                      const LayerResults* before, bool exact,
                                      const std::stop_token& stop) {
  const ConvOperands wanted = operands_of(results);
  const bool anew = exact || is_small(results);
  OutputState& state = buffer.state;
  const OutputState* shown = before != nullptr ? outputs_.state_of(before->output.get()) : nullptr;
  std::optional<CellRect> cells;  // cells of the input that differ from that of the shown output
  if (shown != nullptr) cells = changed_input(operands_of(*before), wanted);
  const bool updates = cells && !anew && remembers_ && !wanted.options.transposed;
  if (updates && (!state.operands || state.base != shown->base)) {
    state = {};
    *buffer.value = *before->output;
    state = *shown;
    state.operands = operands_of(*before);
  }
  if (!correlate_into(buffer, wanted, anew, stop)) return false;
  if (state.revision != Revision{}) return true;
  // Where each cell is the sum of its window alone, every full evaluation gives it the same bits.
  const bool whole = state.updates == 0 && cells && !shown->drifted;
  if (whole && sums_by_window(wanted.input->shape(), wanted.weight, wanted.options, workspace_)) {
    state.base = shown->base;
  }
  if (cells && state.base == shown->base) {
    const CellRect rounded = united(state.rounded, shown->rounded);
    state.revision = shown->revision.followed_by(united(rounded, reached(wanted, *cells)));
  } else {
    state.revision = Revision::fresh();
  }
  return true;
}

bool LayerEvaluation::correlate(const ConvolutionLayer& layer, LayerResults& results,
                                const LayerResults* before, bool exact,
                                const std::stop_token& stop) {
  try {
    LayerArguments arguments = layer_arguments(layer.kernel, layer.conv, results.input->shape().c);
    results.weight = std::move(arguments.weight);
    results.bias = std::move(arguments.bias);
    results.options = arguments.options;
    const Shape& input = results.input->shape();
    const Shape shape = conv2d_output_shape(input, results.weight.shape(), results.options);
    if (!outputs_.match(input, shape))
      workspace_ = {};  // the workspace is about as large as the outputs
    auto& buffer = outputs_.take_free(input, shape);
    if (!correlate_after(buffer, results, before, exact, stop)) return false;
    results.output = {buffer.value, buffer.state.revision};
    results.exact = buffer.state.updates == 0;
  } catch (const Error& error) {
    results.output_error = error.what();
  } catch (const std::bad_alloc&) {
    results.output_error = kNoMemory;
  }
  return true;
}

void LayerEvaluation::activate(const ConvolutionLayer& layer, LayerResults& results,
                               const LayerResults* before) {
  if (!layer.relu) {
    results.activated = results.output;
    return;
  }
  try {
    auto& buffer = activated_.take_free(results.output->shape(), results.output->shape());
    relu_into(*results.output, *buffer.value);
    std::optional<CellRect> cells;
    if (before != nullptr && before->activated != before->output)  // `before` had a ReLU
      cells = results.output.changed_since(before->output);
    results.activated = {
        buffer.value, cells ? before->activated.revision().followed_by(*cells) : Revision::fresh()};
  } catch (const std::bad_alloc&) {
    results.output = nullptr;
    results.output_error = kNoMemory;
  }
}

// Pools into the buffer. Updates its values after a brush stroke if they belong to the same pooling
// and the changed cells are known, else pools in full. Returns false if stopped.
bool LayerEvaluation::pool_into(Pooled::Buffer& buffer, const LayerResults& results, bool exact,
                                const std::stop_token& stop) {
  PooledState& state = buffer.state;
  std::optional<CellRect> cells;
  if (!exact && !is_small(results) && state.options == results.pool)
    cells = results.activated.revision().changed_since(state.input);
  state = {.input = {}, .options = results.pool};
  const Tensor& input = *results.activated;
  const bool done =
      cells ? pool2d_update(input, *cells, results.pool, *buffer.value, workspace_, stop)
            : pool2d_into(input, results.pool, *buffer.value, workspace_, stop);
  if (done) state.input = results.activated.revision();
  return done;
}

bool LayerEvaluation::pool(const ConvolutionLayer& layer, LayerResults& results,
                           const LayerResults* before, bool exact, const std::stop_token& stop) {
  if (!results.output) {
    results.pooled_error = kNothingToPool;
    return true;
  }
  try {
    const Shape& input = results.activated->shape();
    results.pool = pool_options(layer.pool, input);
    const Shape shape = pool2d_output_shape(input, results.pool);
    auto& buffer = pooled_.take_free(results.input->shape(), shape);
    if (!pool_into(buffer, results, exact, stop)) return false;
    std::optional<CellRect> cells;
    if (before != nullptr && before->pooled && before->pool == results.pool)
      cells = results.activated.changed_since(before->activated);
    if (cells) cells = pool2d_reached(input, *cells, results.pool);
    results.pooled = {buffer.value,
                      cells ? before->pooled.revision().followed_by(*cells) : Revision::fresh()};
  } catch (const Error& error) {
    results.pooled_error = error.what();
  } catch (const std::bad_alloc&) {
    results.pooled_error = kNoMemory;
  }
  return true;
}

// Releases the buffers of values that the layer doesn't have.
void LayerEvaluation::release_unused(const LayerResults& results) {
  if (!results.output) {
    outputs_.release();
    workspace_ = {};
  }
  if (results.activated == results.output) activated_.release();
  if (!results.pooled) pooled_.release();
}

std::optional<LayerResults> LayerEvaluation::evaluate(const ConvolutionLayer& layer,
                                                      TensorPtr input, const TooLarge& too_large,
                                                      const LayerResults* before,
                                                      const ConvolutionLayer* layer_before,
                                                      bool exact, const std::stop_token& stop) {
  LayerResults results;
  results.input = std::move(input);
  if (!too_large.output.empty()) {
    results.output_error = too_large.output;
    if (layer.pooled) results.pooled_error = kNothingToPool;
    release_unused(results);
    return results;
  }
  // A layer without output may have one now that other layers need less memory.
  const bool same =
      before != nullptr && before->output && before->input == results.input &&
      (before->exact || !exact) && layer_before->kernel.weight == layer.kernel.weight &&
      layer_before->kernel.layer == layer.kernel.layer &&
      layer_before->kernel.bias == layer.kernel.bias && layer_before->conv == layer.conv;
  const bool same_activation = same && layer_before->relu == layer.relu;
  const bool same_pooling = same_activation && before->pooled && too_large.pooled.empty() &&
                            layer.pooled && layer_before->pooled &&
                            layer_before->pool == layer.pool;
  if (same) {
    results = *before;
    if (same_pooling) return results;
    results.pooled = nullptr;
    results.pooled_error.clear();
  } else if (!correlate(layer, results, before, exact, stop)) {
    return std::nullopt;
  }
  if (results.output && !same_activation) activate(layer, results, before);
  if (layer.pooled && !too_large.pooled.empty() && results.output) {
    results.pooled_error = too_large.pooled;
  } else if (layer.pooled && !pool(layer, results, before, exact, stop)) {
    return std::nullopt;
  }
  release_unused(results);
  return results;
}

}  // namespace convscope::session
