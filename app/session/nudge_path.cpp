#include "app/session/nudge_path.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/ops/backward_links.h"
#include "engine/ops/relu.h"

namespace convscope::session {
namespace {

double wide(float value) {
  return static_cast<double>(value);
}

// Returns by how much ReLU's result changes.
double relu_change(double value, double by) {
  return std::max(0.0, value + by) - std::max(0.0, value);
}

// Returns how the nudge switches ReLU at a value; nullopt where it doesn't.
std::optional<NudgeSwitch> relu_switch(double value, double by) {
  const bool before = relu_passes(value);
  if (by == 0.0 || before == relu_passes(value + by)) return std::nullopt;
  return NudgeSwitch{before ? NudgeSwitch::Kind::kReluOff : NudgeSwitch::Kind::kReluOn,
                     0,
                     0,
                     {},
                     {},
                     value == 0.0};
}

Tensor relu_delta(const Tensor& output, const Tensor& delta) {
  Tensor result(delta.shape());
  std::ranges::transform(
      output.values(), delta.values(), result.values().begin(), [](float value, float by) {
        return by == 0.0f ? 0.0f : static_cast<float>(relu_change(wide(value), wide(by)));
      });
  return result;
}

// Returns the cells of the window of a pooled cell, whatever the kind of pooling.
std::vector<Yx> window_cells(Yx pooled, const LayerResults& layer) {
  Pool2dOptions any = layer.pool;
  any.kind = PoolKind::kAverage;
  return pool_gradient_targets(pooled, {}, any, layer.output->shape(),
                               layer.pooled->output.shape());
}

// Returns in which pooled cells a change is met: there it is above 0.
Tensor touched(const Tensor& delta, const Pool2dOptions& options) {
  Tensor size = delta;
  for (float& value : size.values())
    value = std::abs(value);
  return pool2d(size, options).output;
}

}  // namespace

void NudgePath::note(const NudgeSwitch& found, double off) {
  if (std::isnan(off) || std::abs(off) <= off_) return;
  off_ = std::abs(off);
  switched_ = found;
}

// Notes where ReLU switches; `weights` are of the shape of the output.
void NudgePath::note_relu(const LayerResults& layer, const Tensor& delta, const Tensor* weights,
                          std::size_t index) {
  const Tensor& output = *layer.output;
  const Shape& s = output.shape();
  for (std::size_t i = 0; i < delta.values().size(); ++i) {
    const double value = wide(output.values()[i]);
    const double by = wide(delta.values()[i]);
    std::optional<NudgeSwitch> found = relu_switch(value, by);
    if (!found) continue;
    const auto place = static_cast<Index>(i) % (s.h * s.w);
    found->layer = index;
    found->channel = static_cast<Index>(i) / (s.h * s.w) % s.c;
    found->cell = {place / s.w, place % s.w};
    const double counts = weights != nullptr ? wide(weights->values()[i]) : 1.0;
    note(*found, counts * (relu_change(value, by) - (relu_passes(value) ? by : 0.0)));
  }
}

Tensor NudgePath::through(const LayerResults& layer, bool relu, const Tensor& delta,
                          const Tensor* weights, std::size_t index) {
  if (!layer.pooled) {
    if (!relu) return delta;
    note_relu(layer, delta, weights, index);
    return relu_delta(*layer.output, delta);
  }
  const Tensor activated = relu ? relu_delta(*layer.output, delta) : delta;
  if (layer.pool.kind == PoolKind::kMax)
    return through_maximum(layer, relu, delta, activated, weights, index);
  if (relu && weights != nullptr) {
    const Tensor shared = avg_pool2d_grad(*weights, layer.output->shape(), layer.pool);
    note_relu(layer, delta, &shared, index);
  } else if (relu) {
    note_relu(layer, delta, nullptr, index);
  }
  return pool2d(activated, layer.pool).output;
}

Tensor NudgePath::through_maximum(const LayerResults& layer, bool relu, const Tensor& output_delta,
                                  const Tensor& delta, const Tensor* weights, std::size_t index) {
  const Tensor reached = touched(delta, layer.pool);
  const Shape& p = reached.shape();
  const Index width = layer.output->shape().w;
  Tensor result(p);
  for (Index i = 0; i < p.numel(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    const Index won = layer.pooled->indices[at];
    if (won < 0 || !(reached.values()[at] > 0.0f)) continue;
    const Index plane = i / (p.h * p.w);
    const Index n = plane / p.c;
    const Index c = plane % p.c;
    const auto before = [&](Yx cell) { return wide(layer.activated->at(n, c, cell.y, cell.x)); };
    const auto by = [&](Yx cell) { return wide(delta.at(n, c, cell.y, cell.x)); };
    const Yx from{won / width, won % width};
    Yx largest = from;
    for (const Yx cell : window_cells({i / p.w % p.h, i % p.w}, layer))
      if (before(cell) + by(cell) > before(largest) + by(largest)) largest = cell;
    const double change = before(largest) - before(from) + by(largest);
    result.values()[at] = static_cast<float>(change);
    const double counts = weights != nullptr ? wide(weights->values()[at]) : 1.0;
    const double value = wide(layer.output->at(n, c, from.y, from.x));
    const double output_by = wide(output_delta.at(n, c, from.y, from.x));
    // What the gradient says goes to the cell that was the largest.
    const double said = relu && !relu_passes(value) ? 0.0 : output_by;
    // A cell that ReLU had made 0 wins, or loses, as ReLU switches it.
    const double by_output = wide(output_delta.at(n, c, largest.y, largest.x));
    const std::optional<NudgeSwitch> of_relu =
        relu ? relu_switch(wide(layer.output->at(n, c, largest.y, largest.x)), by_output)
             : std::nullopt;
    if (largest == from && !of_relu) continue;
    NudgeSwitch found{NudgeSwitch::Kind::kWinner,     index, c, largest, from,
                      before(largest) == before(from)};
    if (of_relu) {
      found.kind = of_relu->kind;
      found.at_once = of_relu->at_once;
    }
    note(found, counts * (change - said));
  }
  return result;
}

}  // namespace convscope::session
