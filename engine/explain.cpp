#include "engine/explain.h"

#include <algorithm>

#include "engine/padding.h"

namespace convscope {
namespace {

Index ceil_div(Index a, Index b) {
  return a >= 0 ? (a + b - 1) / b : -(-a / b);
}
Index floor_div(Index a, Index b) {
  return -ceil_div(-a, b);
}

// Outputs o in [0, n) with o * stride + k * dilation == position for some k in [0, kernel).
struct Reach {
  Index first = 0, step = 1, count = 0;
};

Reach reached(Index position, Index kernel, Index stride, Index dilation, Index n) {
  Reach reach;
  Index last = -1;
  for (Index k = kernel - 1; k >= 0; --k) {
    const Index at = position - k * dilation;
    if (at < 0 || at % stride != 0 || at / stride >= n) continue;
    if (reach.count == 1) reach.step = at / stride - last;
    if (reach.count == 0) reach.first = at / stride;
    last = at / stride;
    ++reach.count;
  }
  return reach;
}

}  // namespace

CellGrid receptive_field(Yx output, Yx kernel, const Conv2dOptions& o) {
  return {{output.y * o.stride.y - o.padding.top, output.x * o.stride.x - o.padding.left},
          o.dilation,
          kernel};
}

CellGrid reached_outputs(Yx input, Yx kernel, const Conv2dOptions& o, const Shape& out) {
  const Reach y = reached(input.y + o.padding.top, kernel.y, o.stride.y, o.dilation.y, out.h);
  const Reach x = reached(input.x + o.padding.left, kernel.x, o.stride.x, o.dilation.x, out.w);
  return {{y.first, x.first}, {y.step, x.step}, {y.count, x.count}};
}

CellGrid touched_inputs(Yx weight, const Conv2dOptions& o, const Shape& out) {
  return {{weight.y * o.dilation.y - o.padding.top, weight.x * o.dilation.x - o.padding.left},
          o.stride,
          {out.h, out.w}};
}

CellGrid pool_window(Yx pooled, const Pool2dOptions& o) {
  return {{pooled.y * o.stride.y - o.padding.y, pooled.x * o.stride.x - o.padding.x},
          o.dilation,
          o.kernel};
}

CellGrid pooled_receptive_field(Yx pooled, const Pool2dOptions& pool, const Shape& out, Yx kernel,
                                const Conv2dOptions& conv) {
  const CellGrid window = pool_window(pooled, pool);
  const Yx extent = window.extent();
  const Yx first{std::max<Index>(window.first.y, 0), std::max<Index>(window.first.x, 0)};
  const Yx last{std::min(window.first.y + extent.y, out.h) - 1,
                std::min(window.first.x + extent.x, out.w) - 1};
  const CellGrid a = receptive_field(first, kernel, conv);
  const CellGrid b = receptive_field(last, kernel, conv);
  return {a.first,
          {1, 1},
          {b.first.y + b.extent().y - a.first.y, b.first.x + b.extent().x - a.first.x}};
}

CellSum explain_cell(const Tensor& input, Index channel, const Tensor& weight, float bias,
                     const Conv2dOptions& options, Yx output) {
  const Shape& in = input.shape();
  const Shape& k = weight.shape();
  const CellGrid field = receptive_field(output, {k.h, k.w}, options);
  CellSum sum{{}, bias, static_cast<double>(bias)};
  for (Index v = 0; v < k.h; ++v) {
    for (Index u = 0; u < k.w; ++u) {
      Term term{{v, u},
                {field.first.y + v * field.step.y, field.first.x + u * field.step.x},
                false,
                0.0f,
                weight.at(v, u)};
      const Index y = padding_source(term.input.y, in.h, options.padding_mode);
      const Index x = padding_source(term.input.x, in.w, options.padding_mode);
      term.padded = y != term.input.y || x != term.input.x;
      if (y >= 0 && x >= 0) term.x = input.at(0, channel, y, x);
      sum.value += term.product();
      sum.terms.push_back(term);
    }
  }
  return sum;
}

std::string size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                         Index dilation) {
  const auto text = [](Index i) { return i < 0 ? "−" + std::to_string(-i) : std::to_string(i); };
  std::string room = text(n);
  room += before == after ? " + 2·" + text(before) : " + " + text(before) + " + " + text(after);
  room += dilation == 1 ? " − " + text(kernel)
                        : " − " + text(dilation) + "·(" + text(kernel) + " − 1) − 1";
  return "⌊(" + room + ")/" + text(stride) +
         "⌋ + 1 = " + text(conv_output_size(n, before, after, kernel, stride, dilation));
}

Yx uncovered(const Shape& input, Yx kernel, const Conv2dOptions& o) {
  const auto rest = [](Index n, Index padding, Index k, Index stride, Index dilation) {
    const Index room = n + padding - dilation * (k - 1) - 1;
    return room < 0 ? 0 : room - floor_div(room, stride) * stride;
  };
  return {rest(input.h, o.padding.top + o.padding.bottom, kernel.y, o.stride.y, o.dilation.y),
          rest(input.w, o.padding.left + o.padding.right, kernel.x, o.stride.x, o.dilation.x)};
}

}  // namespace convscope
