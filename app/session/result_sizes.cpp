#include "app/session/result_sizes.h"

#include <optional>
#include <variant>

#include "app/files/memory_sum.h"
#include "engine/core/error.h"
#include "engine/ops/memory_need.h"

namespace convscope::session {
namespace {

std::string with_shape(const std::string& what, const Shape& shape) {
  return what + " would have the shape " + to_string(shape);
}

// A layer's input shape, and its kernel as the engine takes it.
struct Arguments {
  Shape input;
  Shape weight;
  Conv2dOptions options;
};

Arguments arguments_of(const KernelScene& kernel, const ConvScene& conv, const Shape& input) {
  Shape weight = kernel.weight.shape();
  if (!kernel.layer) weight = {input.c, 1, weight.h, weight.w};
  return {input, weight,
          conv_options(conv, {weight.h, weight.w}, kernel.layer ? conv.groups : input.c)};
}

std::string too_large_output(const std::string& name, const Arguments& a, const Shape& output,
                             bool relu, MemorySum& sum) {
  std::string why =
      sum.add(name + "'s weights and padded rows would be copied",
              tensor_bytes(a.weight) + conv2d_scratch_bytes(a.input, a.weight, a.options));
  if (why.empty()) why = sum.add(with_shape(name + "'s output", output), tensor_bytes(output));
  if (why.empty() && relu)
    why = sum.add(with_shape(name + "'s output after ReLU", output), tensor_bytes(output));
  return why;
}

std::string too_large_pooled(const std::string& name, const Shape& input,
                             const Pool2dOptions& options, const Shape& pooled, MemorySum& sum) {
  const bool max = options.kind == PoolKind::kMax;
  std::string why = sum.add(name + "'s padded rows would be copied to be pooled",
                            pool2d_scratch_bytes(input, options));
  if (why.empty()) {
    why = sum.add(with_shape(name + "'s pooled output" + (max ? " with its indices" : ""), pooled),
                  pool2d_bytes(pooled, options.kind));
  }
  return why;
}

// Adds the memory of one layer. Returns the shape of its output to the next layer; nullopt if it
// has no results. Throws Error if shapes don't fit.
std::optional<Shape> add_layer(const ConvolutionLayer& layer, const std::string& name,
                               const Shape& input, MemorySum& sum, TooLarge& too_large) {
  const Arguments a = arguments_of(layer.kernel, layer.conv, input);
  const Shape output = conv2d_output_shape(a.input, a.weight, a.options);
  too_large.output = too_large_output(name, a, output, layer.relu, sum);
  if (!too_large.output.empty()) return std::nullopt;
  if (!layer.pooled) return output;
  const Pool2dOptions pool = pool_options(layer.pool, output);
  const Shape pooled = pool2d_output_shape(output, pool);
  too_large.pooled = too_large_pooled(name, output, pool, pooled, sum);
  return too_large.pooled.empty() ? std::optional(pooled) : std::nullopt;
}

}  // namespace

std::vector<TooLarge> too_large_results(const Scene& scene, const MemoryLimit& limit) {
  std::vector<TooLarge> result(scene.layers.size());
  MemorySum sum(limit);
  std::optional<Shape> shape = scene.input.tensor->shape();
  try {
    for (std::size_t i = 0; i < result.size() && shape; ++i) {
      const std::string name = "layer " + std::to_string(i + 1);
      const auto add = [&](const auto& kind) {
        return add_layer(kind, name, *shape, sum, result[i]);
      };
      shape = std::visit(add, scene.layers[i].kind);
    }
  } catch (const Error&) {
    // The evaluation has the same error and reports it.
  }
  return result;
}

std::string too_large_learning(const TrainingData& data, const MemoryLimit& limit) {
  // Three snapshots exist at once: the one that is shown, the newest, and the one being made.
  constexpr double kSnapshots = 3;
  constexpr double kErrorAndPrediction = 2;
  // The sums, and twice as much for their eigenvalues.
  constexpr double kAnalysed = 3;
  try {
    const Arguments a = arguments_of(data.target, data.conv, data.input->shape());
    const Shape output = conv2d_output_shape(a.input, a.weight, a.options);
    const Bytes planes = tensor_bytes(output) * (1 + kSnapshots * kErrorAndPrediction);
    const Bytes all = tensor_bytes(a.input) + planes + tensor_bytes(a.weight) +
                      conv2d_scratch_bytes(a.input, a.weight, a.options) +
                      kAnalysed * gram_sums_bytes(a.input, a.weight, a.options, data.bias);
    if (all <= limit.bytes) return {};
    return "a target of the shape " + to_string(output) +
           ", its errors and the sums over the input" + " would take " + bytes_text(all) +
           "; they " + allowed_text(limit);
  } catch (const Error&) {
    return {};  // the run reports the reason
  }
}

}  // namespace convscope::session
