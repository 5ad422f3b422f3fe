#include "app/lesson/layer_controls.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/files/scene_fields.h"
#include "app/lesson/operation_names.h"
#include "app/scene/input_change.h"
#include "app/scene/layer_presets.h"
#include "app/scene/option_limits.h"
#include "engine/core/weight_place.h"
#include "engine/kernel_info/kernels.h"
#include "engine/ops/conv2d_shape.h"

namespace convscope::lesson {
namespace {

using Found = std::optional<double>;

const ConvolutionLayer& layer_at(const Scene& scene, const ControlPlace& place) {
  return convolution(scene.layers[place.layer]);
}

template <typename Part>
Edit layer_edit(const ControlPlace& place, Part part) {
  return Edit{LayerEdit{place.layer, std::move(part)}};
}

Index whole(double value) {
  return static_cast<Index>(std::llround(value));
}

Yx both(double value) {
  return {whole(value), whole(value)};
}

double real(Index value) {
  return static_cast<double>(value);
}

// Options of the convolution. What is set is set for both axes and all sides.
template <auto kMember>
Found conv_value(const Scene& scene, const ControlPlace& place) {
  return real((layer_at(scene, place).conv.*kMember).y);
}
template <auto kMember>
Edit conv_edit(const Scene& scene, const ControlPlace& place, double value) {
  ConvScene conv = layer_at(scene, place).conv;
  conv.*kMember = both(value);
  return layer_edit(place, conv);
}

Found padding_value(const Scene& scene, const ControlPlace& place) {
  const ConvolutionLayer& layer = layer_at(scene, place);
  const Shape& k = layer.kernel.weight.shape();
  switch (layer.conv.padding_choice) {
    case PaddingChoice::kSame:
      return real(same_padding({k.h, k.w}, layer.conv.dilation).top);
    case PaddingChoice::kValid:
      return 0.0;
    case PaddingChoice::kExplicit:
      break;
  }
  return real(layer.conv.padding.top);
}
Edit padding_edit(const Scene& scene, const ControlPlace& place, double value) {
  ConvScene conv = layer_at(scene, place).conv;
  const Index cells = whole(value);
  conv.padding_choice = PaddingChoice::kExplicit;
  conv.padding = {cells, cells, cells, cells};
  return layer_edit(place, conv);
}

Found padding_mode_value(const Scene& scene, const ControlPlace& place) {
  return static_cast<double>(layer_at(scene, place).conv.padding_mode);
}
Edit padding_mode_edit(const Scene& scene, const ControlPlace& place, double value) {
  ConvScene conv = layer_at(scene, place).conv;
  conv.padding_mode = static_cast<PaddingMode>(whole(value));
  return layer_edit(place, conv);
}

// Groups need filters with fewer input channels, so that fit_channels crops the weight.
Found groups_value(const Scene& scene, const ControlPlace& place) {
  return real(layer_at(scene, place).conv.groups);
}
Edit groups_edit(const Scene& scene, const ControlPlace& place, double value) {
  ConvScene conv = layer_at(scene, place).conv;
  conv.groups = whole(value);
  return layer_edit(place, conv);
}

// The size of the kernel, which follows its preset.
Found rows_value(const Scene& scene, const ControlPlace& place) {
  return real(layer_at(scene, place).kernel.weight.shape().h);
}
Found columns_value(const Scene& scene, const ControlPlace& place) {
  return real(layer_at(scene, place).kernel.weight.shape().w);
}
Edit size_edit(const Scene& scene, const ControlPlace& place, Yx size) {
  const ConvolutionLayer& layer = layer_at(scene, place);
  return layer_edit(place, with_size(layer.kernel, layer.conv, size));
}
Edit both_edit(const Scene& scene, const ControlPlace& place, double value) {
  return size_edit(scene, place, both(value));
}
Edit rows_edit(const Scene& scene, const ControlPlace& place, double value) {
  return size_edit(scene, place, {whole(value), layer_at(scene, place).kernel.weight.shape().w});
}
Edit columns_edit(const Scene& scene, const ControlPlace& place, double value) {
  return size_edit(scene, place, {layer_at(scene, place).kernel.weight.shape().h, whole(value)});
}

// Returns the cell of a tensor whose leading indices may be left out; nullopt beyond it.
std::optional<WeightPlace> cell_of(const Shape& s, const ControlPlace& place) {
  const std::array<Index, 4> sizes{s.n, s.c, s.h, s.w};
  std::array<Index, 4> cell{};
  const std::size_t skipped = cell.size() - place.indices.size();
  for (std::size_t i = skipped; i < cell.size(); ++i) {
    cell[i] = place.indices[i - skipped];
    if (cell[i] < 0 || cell[i] >= sizes[i]) return std::nullopt;
  }
  return WeightPlace{cell[0], cell[1], cell[2], cell[3]};
}

Found cell_value(const Tensor& tensor, const ControlPlace& place) {
  const std::optional<WeightPlace> cell = cell_of(tensor.shape(), place);
  if (!cell) return std::nullopt;
  return static_cast<double>(tensor.at(cell->n, cell->c, cell->y, cell->x));
}

Found kernel_value(const Scene& scene, const ControlPlace& place) {
  return cell_value(layer_at(scene, place).kernel.weight, place);
}
Edit kernel_edit(const Scene& scene, const ControlPlace& place, double value) {
  KernelScene kernel = layer_at(scene, place).kernel;
  const WeightPlace cell = *cell_of(kernel.weight.shape(), place);
  kernel.weight.at(cell.n, cell.c, cell.y, cell.x) = static_cast<float>(value);
  kernel.preset = "custom";
  return layer_edit(place, std::move(kernel));
}

Found bias_value(const Scene& scene, const ControlPlace& place) {
  const std::vector<float>& bias = layer_at(scene, place).kernel.bias;
  if (place.indices.size() != 1 || place.indices[0] >= std::ssize(bias)) return std::nullopt;
  return static_cast<double>(bias[static_cast<std::size_t>(place.indices[0])]);
}
Edit bias_edit(const Scene& scene, const ControlPlace& place, double value) {
  KernelScene kernel = layer_at(scene, place).kernel;
  kernel.bias[static_cast<std::size_t>(place.indices[0])] = static_cast<float>(value);
  return layer_edit(place, std::move(kernel));
}

// Turning the kernel makes the one of the other.
Found operation_value(const Scene& scene, const ControlPlace& place) {
  return layer_at(scene, place).kernel.turned ? 1.0 : 0.0;
}
Edit operation_edit(const Scene& scene, const ControlPlace& place, double value) {
  const KernelScene& kernel = layer_at(scene, place).kernel;
  return layer_edit(place, kernel.turned == (value > 0.5) ? kernel : rotated_180(kernel));
}

Found relu_value(const Scene& scene, const ControlPlace& place) {
  return layer_at(scene, place).relu ? 1.0 : 0.0;
}
Edit relu_edit(const Scene& scene, const ControlPlace& place, double value) {
  LayerScene layer = scene.layers[place.layer];
  convolution(layer).relu = value > 0.5;
  return layer_edit(place, std::move(layer));
}

// A cell of the scene's input, in all channels, as the brush paints.
Found input_value(const Scene& scene, const ControlPlace& place) {
  if (place.layer != 0) return std::nullopt;
  return cell_value(*scene.input.tensor, place);
}
Edit input_edit(const Scene& scene, const ControlPlace& place, double value) {
  const WeightPlace cell = *cell_of(scene.input.tensor->shape(), place);
  const std::array change{cell_change(cell.n, {cell.y, cell.x}, static_cast<float>(value))};
  return Edit{changed_input(scene.input, change)};
}

Found pool_size_value(const Scene& scene, const ControlPlace& place) {
  return real(layer_at(scene, place).pool.options.kernel.y);
}
// A stride that was the window's size stays so, as in the window.
Edit pool_size_edit(const Scene& scene, const ControlPlace& place, double value) {
  PoolingScene pool = layer_at(scene, place).pool;
  const bool even = pool.options.stride == pool.options.kernel;
  pool.options.kernel = both(value);
  if (even) pool.options.stride = both(value);
  Padding& p = pool.options.padding;
  const Index half = whole(value) / 2;
  if (!pool.options.allow_large_padding)
    p = {std::min(p.top, half), std::min(p.left, half), std::min(p.bottom, half),
         std::min(p.right, half)};
  return layer_edit(place, pool);
}
Found pool_stride_value(const Scene& scene, const ControlPlace& place) {
  return real(layer_at(scene, place).pool.options.stride.y);
}
Edit pool_stride_edit(const Scene& scene, const ControlPlace& place, double value) {
  PoolingScene pool = layer_at(scene, place).pool;
  pool.options.stride = both(value);
  return layer_edit(place, pool);
}
Found pool_padding_value(const Scene& scene, const ControlPlace& place) {
  return real(layer_at(scene, place).pool.options.padding.top);
}
Edit pool_padding_edit(const Scene& scene, const ControlPlace& place, double value) {
  PoolingScene pool = layer_at(scene, place).pool;
  const Index cells = whole(value);
  pool.padding_choice = PaddingChoice::kExplicit;
  pool.options.padding = {cells, cells, cells, cells};
  return layer_edit(place, pool);
}
Found pool_ceil_value(const Scene& scene, const ControlPlace& place) {
  return layer_at(scene, place).pool.options.ceil_mode ? 1.0 : 0.0;
}
Edit pool_ceil_edit(const Scene& scene, const ControlPlace& place, double value) {
  PoolingScene pool = layer_at(scene, place).pool;
  pool.options.ceil_mode = value > 0.5;
  return layer_edit(place, pool);
}
Found pool_kind_value(const Scene& scene, const ControlPlace& place) {
  return static_cast<double>(layer_at(scene, place).pool.options.kind);
}
Edit pool_kind_edit(const Scene& scene, const ControlPlace& place, double value) {
  PoolingScene pool = layer_at(scene, place).pool;
  pool.options.kind = static_cast<PoolKind>(whole(value));
  return layer_edit(place, pool);
}

constexpr double kMostWeight = 1e6;

constexpr std::array kControls = {
    whole_control("padding", "the padding on all sides", 0, kMaxPadding, padding_value,
                  padding_edit),
    choice_control("padding_mode", "what the padding holds", kPaddingModeNames, padding_mode_value,
                   padding_mode_edit),
    whole_control("stride", "the stride of both axes", 1, kMaxStride,
                  conv_value<&ConvScene::stride>, conv_edit<&ConvScene::stride>),
    whole_control("dilation", "the dilation of both axes", 1, kMaxDilation,
                  conv_value<&ConvScene::dilation>, conv_edit<&ConvScene::dilation>),
    whole_control("output_padding", "the output padding of both axes", 0, kMaxStride - 1,
                  conv_value<&ConvScene::output_padding>, conv_edit<&ConvScene::output_padding>),
    whole_control("groups", "the groups of a layer's channels", 1, kMaxGroups, groups_value,
                  groups_edit),
    whole_control("kernel.size", "rows and columns of the kernel", 1, kMaxKernelSize, rows_value,
                  both_edit),
    whole_control("kernel.rows", "the rows of the kernel", 1, kMaxKernelSize, rows_value,
                  rows_edit),
    whole_control("kernel.columns", "the columns of the kernel", 1, kMaxKernelSize, columns_value,
                  columns_edit),
    real_control("kernel", "one weight: kernel[0, 1]", -kMostWeight, kMostWeight, kernel_value,
                 kernel_edit),
    real_control("bias", "one bias: bias[0]", -kMostWeight, kMostWeight, bias_value, bias_edit),
    real_control("input", "one cell of the input, in all channels: input[0, 1]", -kMostWeight,
                 kMostWeight, input_value, input_edit),
    whole_control("pool.kernel", "the pooling's window, and its stride where that was the same", 1,
                  kMaxPoolSize, pool_size_value, pool_size_edit),
    whole_control("pool.stride", "the stride of the pooling", 1, kMaxPoolSize, pool_stride_value,
                  pool_stride_edit),
    whole_control("pool.padding", "the padding of the pooling on all sides", 0, kMaxPadding,
                  pool_padding_value, pool_padding_edit),
    choice_control("pool.ceil_mode", "whether a window that the plane ends in counts too",
                   kSwitchNames, pool_ceil_value, pool_ceil_edit),
    choice_control("operation", "whether the kernel is turned", kOperationNames, operation_value,
                   operation_edit),
    choice_control("relu", "whether a ReLU follows", kSwitchNames, relu_value, relu_edit),
    choice_control("pool.kind", "the kind of pooling", kPoolKindNames, pool_kind_value,
                   pool_kind_edit),
};

}  // namespace

std::span<const ControlWord> layer_controls() {
  return kControls;
}

}  // namespace convscope::lesson
