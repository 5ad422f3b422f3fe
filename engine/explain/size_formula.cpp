#include "engine/explain/size_formula.h"

#include <algorithm>

namespace convscope::engine {
namespace {

std::string text(Index i) {
  return i < 0 ? "−" + std::to_string(-i) : std::to_string(i);
}

// Writes the cells that padding adds: "2·1", or "1 <sign> 2" where the sides differ.
std::string padding_text(Index before, Index after, const char* sign) {
  return before == after ? "2·" + text(before) : text(before) + " " + sign + " " + text(after);
}

std::string room_text(Index n, Index before, Index after, Index kernel, Index dilation) {
  const std::string reach =
      dilation == 1 ? text(kernel) : text(dilation) + "·(" + text(kernel) + " − 1) − 1";
  return "(" + text(n) + " + " + padding_text(before, after, "+") + " − " + reach + ")";
}

}  // namespace

std::string size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                         Index dilation) {
  return "⌊" + room_text(n, before, after, kernel, dilation) + "/" + text(stride) +
         "⌋ + 1 = " + text(conv_output_size(n, before, after, kernel, stride, dilation));
}

std::string transposed_size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                                    Index dilation, Index output_padding) {
  const std::string reach =
      dilation == 1 ? text(kernel) : text(dilation) + "·(" + text(kernel) + " − 1) + 1";
  const Index size =
      (n - 1) * stride - before - after + dilation * (kernel - 1) + 1 + output_padding;
  return "(" + text(n) + " − 1)·" + text(stride) + " − " + padding_text(before, after, "−") +
         " + " + reach + " + " + text(output_padding) + " = " + text(size);
}

std::string pool_size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                              Index dilation, bool ceil_mode) {
  if (!ceil_mode) return size_formula(n, before, after, kernel, stride, dilation);
  // Rounding up a / s is rounding down (a + s - 1) / s.
  const Index size = conv_output_size(n, before, after + stride - 1, kernel, stride, dilation);
  std::string result = "⌈" + room_text(n, before, after, kernel, dilation) + "/" + text(stride) +
                       "⌉ + 1 = " + text(size);
  if (size > 0 && (size - 1) * stride >= n + before)
    result += ", " + text(size - 1) + " without the window in the padding";
  return result;
}

Yx uncovered(const Shape& input, Yx kernel, const Conv2dOptions& o) {
  const auto rest = [](Index n, Index padding, Index k, Index stride, Index dilation) {
    return std::max<Index>(0, n + padding - dilation * (k - 1) - 1) % stride;
  };
  const Padding& p = o.padding;
  const bool output =
      conv_output_size(input.h, p.top, p.bottom, kernel.y, o.stride.y, o.dilation.y) > 0 &&
      conv_output_size(input.w, p.left, p.right, kernel.x, o.stride.x, o.dilation.x) > 0;
  if (o.transposed || !output) return {0, 0};
  return {rest(input.h, p.top + p.bottom, kernel.y, o.stride.y, o.dilation.y),
          rest(input.w, p.left + p.right, kernel.x, o.stride.x, o.dilation.x)};
}

std::string uncovered_text(Yx rest) {
  const auto last = [](Index count, const char* one) {
    return count == 1 ? std::string("last ") + one
                      : "last " + std::to_string(count) + " " + one + "s";
  };
  if (rest == Yx{0, 0}) return "";
  std::string which;
  if (rest.y > 0) which = last(rest.y, "row");
  if (rest.x > 0) which += (which.empty() ? "" : " and the ") + last(rest.x, "column");
  const bool one = rest.y + rest.x == 1;
  return "The " + which + " of the padded input " + (one ? "is" : "are") + " under no window.";
}

std::vector<Index> skipped_positions(Index n, Index before, Index after, Index kernel, Index stride,
                                     Index dilation) {
  std::vector<bool> met(static_cast<std::size_t>(n + before + after));
  const Index outputs = conv_output_size(n, before, after, kernel, stride, dilation);
  for (Index o = 0; o < outputs; ++o) {
    for (Index k = 0; k < kernel; ++k)
      met[static_cast<std::size_t>(o * stride + k * dilation)] = true;
  }
  std::vector<Index> result;
  for (std::size_t i = 0; i < met.size(); ++i) {
    if (!met[i]) result.push_back(static_cast<Index>(i) - before);
  }
  return result;
}

}  // namespace convscope::engine
