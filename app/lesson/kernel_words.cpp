#include "app/lesson/kernel_words.h"

#include <algorithm>
#include <array>

#include "app/lesson/layer_place.h"
#include "app/lesson/operation_names.h"
#include "engine/explain/layer_count.h"
#include "engine/kernel_info/kernel_analysis.h"

namespace convscope::lesson {
namespace {

// Calls `value` with the first plane of the kernel, [1, 1, kh, kw].
template <typename Make>
Value of_plane(const WordQuery& query, const Make& value) {
  std::string why;
  if (layer_of(query, why) == nullptr) return no_value(why);
  return value(weight_plane(layer_scene(query).kernel.weight, 0, 0));
}

// One of the two kernels that act as a separable one.
Value separable_value(const WordQuery& query, bool column) {
  return of_plane(query, [&](const Tensor& plane) {
    const KernelSvd svd = kernel_svd(plane);
    if (!svd.separable())
      return no_value("the kernel is not separable, its rank is " + std::to_string(svd.rank));
    const SeparablePair pair = separable_pair(plane, svd);
    return Value{.kind = ValueKind::kNumbers,
                 .numbers = column ? pair.column : pair.row,
                 .text = {},
                 .missing = {}};
  });
}

Value rank_of(const WordQuery& query) {
  return of_plane(query, [](const Tensor& p) { return count_value(kernel_svd(p).rank); });
}
Value norm_of(const WordQuery& query) {
  return of_plane(query, [](const Tensor& p) { return number_value(kernel_facts(p).norm); });
}
Value column_of(const WordQuery& query) {
  return separable_value(query, true);
}
Value row_of(const WordQuery& query) {
  return separable_value(query, false);
}

Value operation_of(const WordQuery& query) {
  std::string why;
  if (layer_of(query, why) == nullptr) return no_value(why);
  const bool turned = layer_scene(query).kernel.turned;
  return text_value(std::string(kOperationNames[turned ? 1 : 0]));
}
Value relu_of(const WordQuery& query) {
  std::string why;
  if (layer_of(query, why) == nullptr) return no_value(why);
  return text_value(std::string(kSwitchNames[layer_scene(query).relu ? 1 : 0]));
}
Value problem_of(const WordQuery& query) {
  std::string why;
  const LayerResults* layer = layer_of(query, why);
  if (layer == nullptr) return no_value(why);
  return text_value(layer->output ? "none" : layer->output_error);
}
Value padded_of(const WordQuery& query) {
  std::string why;
  const LayerResults* layer = layer_of(query, why);
  if (layer == nullptr || !layer->input) return no_value(why);
  if (layer->options.transposed) return no_value("a transposed convolution pads no input");
  const Padding& p = layer->options.padding;
  Shape shape = layer->input->shape();
  shape.h += p.top + p.bottom;
  shape.w += p.left + p.right;
  return shape_value(shape);
}
Value pool_parameters_of(const WordQuery& query) {
  std::string why;
  if (layer_of(query, why) == nullptr) return no_value(why);
  return count_value(pool2d_parameters().total());
}

constexpr auto kLayer = WordScope::kLayer;
constexpr auto kNumbers = ValueKind::kNumbers;
constexpr auto kCount = ValueKind::kCount;
constexpr auto kText = ValueKind::kText;

constexpr std::array kWords = {
    ValueWord{"kernel.rank", "the rank of the kernel's first plane: 1 if it is separable", kCount,
              kLayer, rank_of},
    ValueWord{"kernel.norm", "√Σw² of that plane", ValueKind::kNumber, kLayer, norm_of},
    ValueWord{"kernel.column_factor", "of the two 1-D kernels of a separable one the column",
              kNumbers, kLayer, column_of},
    ValueWord{"kernel.row_factor", "and the row", kNumbers, kLayer, row_of},
    ValueWord{"operation", "cross-correlation, or convolution where the kernel is turned", kText,
              kLayer, operation_of},
    ValueWord{"relu", "whether a ReLU follows: on or off", kText, kLayer, relu_of},
    ValueWord{"input.padded", "the sizes of the input with its padding", ValueKind::kShape, kLayer,
              padded_of},
    ValueWord{"output.problem", "why there is no output, or none", kText, kLayer, problem_of},
    ValueWord{"pool.parameters", "the parameters of a pooling, which are 0", kCount, kLayer,
              pool_parameters_of},
};

}  // namespace

std::span<const ValueWord> kernel_words() {
  return kWords;
}

}  // namespace convscope::lesson
