#include "app/session/layer_evaluation.h"

#include <new>
#include <utility>

#include "engine/core/error.h"
#include "engine/explain/layer_count.h"
#include "engine/ops/region_update.h"
#include "engine/ops/relu.h"
#include "engine/ops/weight_update.h"

namespace convscope {
namespace {

using Kind = ConvChange::Kind;

// Below so many multiply-adds an evaluation takes no longer than it takes to see what has changed.
constexpr Index kFewMultiplyAdds = Index{1} << 22;
// Rounding errors of updates add up; after so many an output is evaluated anew even in a drag.
constexpr int kMostUpdates = 500;

ConvOperands operands_of(const LayerResults& results) {
  return {results.input, results.weight, results.bias, results.options};
}

bool is_small(const ConvOperands& wanted) {
  return conv2d_multiply_adds(wanted.input->shape(), wanted.weight.shape(), wanted.options) <
         kFewMultiplyAdds;
}

// How a buffer's values differ from those that are wanted.
template <typename Buffer>
ConvChange change_of(const Buffer& buffer, const ConvOperands& wanted, bool exact,
                     FiniteValues& finite) {
  if (exact || !buffer.of || buffer.updates >= kMostUpdates) return {};
  return change_between(*buffer.of, wanted, finite);
}

}  // namespace

// An old output is brought up to date in place, since nobody looks at it any more.
bool LayerEvaluation::correlate_into(Buffers<Tensor>::Buffer& buffer, const ConvOperands& wanted,
                                     bool exact, const std::stop_token& stop) {
  const ConvChange change = change_of(buffer, wanted, exact || is_small(wanted), finite_);
  Tensor& output = *buffer.value;
  buffer.of.reset();  // until it is whole again
  bool done = true;
  if (change.kind != Kind::kNone) ++buffer.updates;
  switch (change.kind) {
    case Kind::kNone:
      break;
    case Kind::kWeights:
      buffer.drifted = true;
      for (const WeightChange& weight : change.weights) {
        done = done && conv2d_update_weight(*wanted.input, weight.at, weight.delta, wanted.options,
                                            output, stop);
      }
      break;
    case Kind::kCells:
      done = conv2d_update_input(*wanted.input, change.cells, wanted.weight, wanted.bias,
                                 wanted.options, output, workspace_, stop);
      break;
    case Kind::kAll:
      buffer.updates = 0;
      buffer.drifted = false;
      done = conv2d_into(*wanted.input, wanted.weight, wanted.bias, wanted.options, output,
                         workspace_, stop);
      break;
  }
  if (done && remembers_) buffer.of = wanted;
  return done;
}

bool LayerEvaluation::correlate(const Layer& layer, LayerResults& results, bool exact,
                                const std::stop_token& stop) {
  try {
    LayerArguments arguments = layer_arguments(layer.kernel, layer.conv, results.input->shape().c);
    results.weight = std::move(arguments.weight);
    results.bias = std::move(arguments.bias);
    results.options = arguments.options;
    const Shape& input = results.input->shape();
    const Shape shape = conv2d_output_shape(input, results.weight.shape(), results.options);
    if (!outputs_.are_of(input, shape)) workspace_ = {};  // as large as they are
    auto& buffer = outputs_.take_free(input, shape);
    if (!correlate_into(buffer, operands_of(results), exact, stop)) return false;
    results.output = buffer.value;
    results.exact = buffer.updates == 0;
    drifted_ = buffer.drifted;
  } catch (const Error& error) {
    results.output_error = error.what();
  } catch (const std::bad_alloc&) {
    results.output_error = kNoMemory;
  }
  return true;
}

void LayerEvaluation::activate(const Layer& layer, LayerResults& results) {
  if (!layer.relu) {
    results.activated = results.output;
    return;
  }
  try {
    auto& buffer = activated_.take_free(results.output->shape(), results.output->shape());
    relu_into(*results.output, *buffer.value);
    results.activated = buffer.value;
  } catch (const std::bad_alloc&) {
    results.output = nullptr;
    results.output_error = kNoMemory;
  }
}

// A brush stroke is brought into the pooled values too, where those of before it are at hand.
bool LayerEvaluation::pool_into(Buffers<Pool2dResult>::Buffer& buffer, const Layer& layer,
                                const LayerResults& results, bool exact,
                                const std::stop_token& stop) {
  const ConvOperands wanted = operands_of(results);
  // The other cells must be those of this output, to the last bit.
  const bool known = buffer.pool == results.pool && !layer.relu && !drifted_ && !buffer.drifted;
  const ConvChange change = change_of(buffer, wanted, exact || !known || is_small(wanted), finite_);
  buffer.of.reset();
  bool done = true;
  if (change.kind == Kind::kCells) {
    for (const CellRect& cells : conv2d_reached(wanted.input->shape(), change.cells,
                                                wanted.weight.shape(), wanted.options)) {
      done = done && pool2d_update(*results.activated, cells, results.pool, *buffer.value,
                                   workspace_, stop);
    }
  } else {
    done = pool2d_into(*results.activated, results.pool, *buffer.value, workspace_, stop);
  }
  if (done && remembers_) buffer.of = wanted;
  buffer.pool = results.pool;
  buffer.drifted = drifted_;
  return done;
}

bool LayerEvaluation::pool(const Layer& layer, LayerResults& results, bool exact,
                           const std::stop_token& stop) {
  if (!results.output) {
    results.pooled_error = kNothingToPool;
    return true;
  }
  try {
    results.pool = pool_options(*layer.pool, results.activated->shape());
    const Shape shape = pool2d_output_shape(results.activated->shape(), results.pool);
    auto& buffer = pooled_.take_free(results.input->shape(), shape);
    if (!pool_into(buffer, layer, results, exact, stop)) return false;
    results.pooled = buffer.value;
  } catch (const Error& error) {
    results.pooled_error = error.what();
  } catch (const std::bad_alloc&) {
    results.pooled_error = kNoMemory;
  }
  return true;
}

// What this layer gives no values of needs no buffers either.
void LayerEvaluation::give_up_unused(const LayerResults& results) {
  if (!results.output) {
    outputs_.give_up();
    workspace_ = {};
  }
  if (results.activated == results.output) activated_.give_up();
  if (!results.pooled) pooled_.give_up();
}

std::optional<LayerResults> LayerEvaluation::evaluate(const Layer& layer, TensorPtr input,
                                                      const TooLarge& too_large,
                                                      const LayerResults* before,
                                                      const Layer* layer_before, bool exact,
                                                      const std::stop_token& stop) {
  LayerResults results;
  results.input = std::move(input);
  if (!too_large.output.empty()) {
    results.output_error = too_large.output;
    if (layer.pool != nullptr) results.pooled_error = kNothingToPool;
    give_up_unused(results);
    return results;
  }
  // What gave no output may give one now that other layers take less memory.
  const bool same =
      before != nullptr && before->output && before->input == results.input &&
      (before->exact || !exact) && layer_before->kernel.weight == layer.kernel.weight &&
      layer_before->kernel.layer == layer.kernel.layer &&
      layer_before->kernel.bias == layer.kernel.bias && layer_before->conv == layer.conv;
  const bool same_activation = same && layer_before->relu == layer.relu;
  const bool same_pooling = same_activation && before->pooled && too_large.pooled.empty() &&
                            layer.pool != nullptr && layer_before->pool != nullptr &&
                            *layer_before->pool == *layer.pool;
  if (same) {
    results = *before;
    if (same_pooling) return results;
    results.pooled = nullptr;
    results.pooled_error.clear();
  } else if (!correlate(layer, results, exact, stop)) {
    return std::nullopt;
  }
  if (results.output && !same_activation) activate(layer, results);
  if (layer.pool != nullptr && !too_large.pooled.empty() && results.output) {
    results.pooled_error = too_large.pooled;
  } else if (layer.pool != nullptr && !pool(layer, results, exact, stop)) {
    return std::nullopt;
  }
  give_up_unused(results);
  return results;
}

}  // namespace convscope
