#include "engine/ops/conv2d_reference.h"

#include "engine/core/padding.h"

namespace convscope::engine::reference {
namespace {

// Calls term(n, o, y, x, i, v, u, c, iy, ix) for each product of the convolution:
//
//   output[n, o, y, x] += weight[o, i, v, u] * input[n, c, iy, ix]
//
// where c = i plus the first channel of o's group. Products with zeros of the padding are left out.
template <typename Term>
void for_each_product(const Shape& input, const Shape& weight, const Shape& output,
                      const Conv2dOptions& options, const Term& term) {
  const Index outputs_per_group = weight.n / options.groups;
  for (Index n = 0; n < output.n; ++n)
    for (Index o = 0; o < weight.n; ++o)
      for (Index y = 0; y < output.h; ++y)
        for (Index x = 0; x < output.w; ++x)
          for (Index i = 0; i < weight.c; ++i)
            for (Index v = 0; v < weight.h; ++v)
              for (Index u = 0; u < weight.w; ++u) {
                const Index c = o / outputs_per_group * weight.c + i;
                const Index iy = padding_source(
                    y * options.stride.y + v * options.dilation.y - options.padding.top, input.h,
                    options.padding_mode);
                const Index ix = padding_source(
                    x * options.stride.x + u * options.dilation.x - options.padding.left, input.w,
                    options.padding_mode);
                if (iy >= 0 && ix >= 0) term(n, o, y, x, i, v, u, c, iy, ix);
              }
}

// Accumulates in double and rounds to float once at the end.
class Sums {
 public:
  explicit Sums(const Shape& shape)
      : shape_(shape), sums_(static_cast<std::size_t>(shape.numel())) {}
  double& at(Index n, Index c, Index y, Index x) {
    return sums_[static_cast<std::size_t>(((n * shape_.c + c) * shape_.h + y) * shape_.w + x)];
  }
  Tensor rounded() const {
    Tensor result(shape_);
    for (std::size_t i = 0; i < sums_.size(); ++i)
      result.values()[i] = static_cast<float>(sums_[i]);
    return result;
  }

 private:
  Shape shape_;
  std::vector<double> sums_;
};

double product(float a, float b) {
  return static_cast<double>(a) * static_cast<double>(b);
}

}  // namespace

// A transposed convolution is the input gradient of the convolution with the same weight: each
// input value is added to the output through the kernel.
Tensor conv2d(const Tensor& input, const Tensor& weight, std::span<const float> bias,
              const Conv2dOptions& options) {
  Sums sums(conv2d_output_shape(input.shape(), weight.shape(), options));
  const Shape shape = conv2d_output_shape(input.shape(), weight.shape(), options);
  assert(bias.empty() || static_cast<Index>(bias.size()) == shape.c);
  if (!bias.empty()) {
    for (Index n = 0; n < shape.n; ++n)
      for (Index c = 0; c < shape.c; ++c)
        for (Index y = 0; y < shape.h; ++y)
          for (Index x = 0; x < shape.w; ++x)
            sums.at(n, c, y, x) = static_cast<double>(bias[static_cast<std::size_t>(c)]);
  }
  if (options.transposed) {
    for_each_product(shape, weight.shape(), input.shape(), options,
                     [&](Index n, Index o, Index y, Index x, Index i, Index v, Index u, Index c,
                         Index iy, Index ix) {
                       sums.at(n, c, iy, ix) +=
                           product(weight.at(o, i, v, u), input.at(n, o, y, x));
                     });
  } else {
    for_each_product(input.shape(), weight.shape(), shape, options,
                     [&](Index n, Index o, Index y, Index x, Index i, Index v, Index u, Index c,
                         Index iy, Index ix) {
                       sums.at(n, o, y, x) +=
                           product(weight.at(o, i, v, u), input.at(n, c, iy, ix));
                     });
  }
  return sums.rounded();
}

Tensor conv2d_grad_input(const Tensor& grad_output, const Tensor& weight, const Shape& input_shape,
                         const Conv2dOptions& options) {
  assert(grad_output.shape() == conv2d_output_shape(input_shape, weight.shape(), options));
  Sums sums(input_shape);
  if (options.transposed) {
    for_each_product(grad_output.shape(), weight.shape(), input_shape, options,
                     [&](Index n, Index o, Index y, Index x, Index i, Index v, Index u, Index c,
                         Index iy, Index ix) {
                       sums.at(n, o, y, x) +=
                           product(weight.at(o, i, v, u), grad_output.at(n, c, iy, ix));
                     });
  } else {
    for_each_product(input_shape, weight.shape(), grad_output.shape(), options,
                     [&](Index n, Index o, Index y, Index x, Index i, Index v, Index u, Index c,
                         Index iy, Index ix) {
                       sums.at(n, c, iy, ix) +=
                           product(weight.at(o, i, v, u), grad_output.at(n, o, y, x));
                     });
  }
  return sums.rounded();
}

Tensor conv2d_grad_weight(const Tensor& input, const Tensor& grad_output, const Shape& weight_shape,
                          const Conv2dOptions& options) {
  assert(grad_output.shape() == conv2d_output_shape(input.shape(), weight_shape, options));
  Sums sums(weight_shape);
  const Tensor& large = options.transposed ? grad_output : input;
  const Tensor& small = options.transposed ? input : grad_output;
  for_each_product(large.shape(), weight_shape, small.shape(), options,
                   [&](Index n, Index o, Index y, Index x, Index i, Index v, Index u, Index c,
                       Index iy, Index ix) {
                     sums.at(o, i, v, u) += product(small.at(n, o, y, x), large.at(n, c, iy, ix));
                   });
  return sums.rounded();
}

std::vector<float> conv2d_grad_bias(const Tensor& grad_output) {
  const Shape& s = grad_output.shape();
  std::vector<float> result(static_cast<std::size_t>(s.c));
  for (Index c = 0; c < s.c; ++c) {
    double sum = 0.0;
    for (Index n = 0; n < s.n; ++n)
      for (Index y = 0; y < s.h; ++y)
        for (Index x = 0; x < s.w; ++x)
          sum += static_cast<double>(grad_output.at(n, c, y, x));
    result[static_cast<std::size_t>(c)] = static_cast<float>(sum);
  }
  return result;
}

}  // namespace convscope::engine::reference
