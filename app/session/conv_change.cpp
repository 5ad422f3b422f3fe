#include "app/session/conv_change.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>

#include "engine/core/value_range.h"

namespace convscope::session {
namespace {

bool same_bits(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

bool same_bits(std::span<const float> a, std::span<const float> b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

// Returns the weights that differ if they are few; nothing if there are more.
std::vector<WeightChange> changed_weights(const Tensor& before, const Tensor& after) {
  const Shape& k = after.shape();
  // Updating one weight costs a pass over one channel's output. A full evaluation costs about as
  // many passes as a sixteenth of the number of weights.
  const Index max_changes = k.n * std::max<Index>(1, k.c * k.h * k.w / 16);
  std::vector<WeightChange> changes;
  for (Index i = 0; i < after.numel(); ++i) {
    const float from = before.values()[static_cast<std::size_t>(i)];
    const float to = after.values()[static_cast<std::size_t>(i)];
    if (same_bits(from, to)) continue;
    if (!std::isfinite(from) || !std::isfinite(to) || std::ssize(changes) == max_changes) return {};
    const Index x = i % k.w;
    const Index y = i / k.w % k.h;
    const Index c = i / (k.w * k.h) % k.c;
    changes.push_back({{i / (k.w * k.h * k.c), c, y, x}, to - from});
  }
  return changes;
}

// Returns the cells in which the inputs differ; nothing if they are not known.
std::optional<CellRect> changed_cells(const ConvOperands& before, const ConvOperands& after) {
  if (before.input->shape() != after.input->shape()) return std::nullopt;
  return after.input.changed_since(before.input);
}

bool same_but_for_the_input(const ConvOperands& before, const ConvOperands& after) {
  return before.options == after.options && same_bits(before.bias, after.bias) &&
         before.weight.shape() == after.weight.shape() &&
         same_bits(before.weight.values(), after.weight.values());
}

}  // namespace

std::optional<CellRect> changed_input(const ConvOperands& before, const ConvOperands& after) {
  return same_but_for_the_input(before, after) ? changed_cells(before, after) : std::nullopt;
}

bool FiniteValues::in(const TensorPtr& tensor) {
  if (last_ != tensor.revision()) {
    finite_ = all_finite(tensor->values());
    last_ = tensor.revision();
  }
  return finite_;
}

ConvChange change_between(const ConvOperands& before, const ConvOperands& after,
                          FiniteValues& finite) {
  using Kind = ConvChange::Kind;
  const std::optional<CellRect> cells = changed_cells(before, after);
  if (!cells) return {};
  if (same_but_for_the_input(before, after)) {
    if (cells->empty()) return {Kind::kNone, {}, {}};
    if (after.options.transposed) return {};
    return {Kind::kCells, {}, *cells};
  }
  if (!cells->empty() || before.options != after.options || after.options.transposed) return {};
  if (!same_bits(before.bias, after.bias)) return {};
  if (before.weight.shape() != after.weight.shape()) return {};
  std::vector<WeightChange> weights = changed_weights(before.weight, after.weight);
  if (weights.empty() || !finite.in(after.input)) return {};
  return {Kind::kWeights, std::move(weights), {}};
}

}  // namespace convscope::session
