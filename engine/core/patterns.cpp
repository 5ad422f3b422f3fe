#include "engine/core/patterns.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/core/shape_text.h"

namespace convscope::engine {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"edge", "checkerboard", "gradient",
                                                    "bar",  "circle",       "noise"};

template <typename Value>
Tensor filled(Yx size, Value value) {
  Tensor result(Shape{1, 1, size.y, size.x});
  for (Index y = 0; y < size.y; ++y) {
    for (Index x = 0; x < size.x; ++x)
      result.at(y, x) = value(y, x);
  }
  return result;
}

float from_bool(bool on) {
  return on ? 1.0f : 0.0f;
}

bool inside_circle(Yx size, Index y, Index x) {
  const Index diameter = std::min(size.y, size.x);
  // Twice the distance from the middle, which stays an integer.
  const Index dy = 2 * y + 1 - size.y;
  const Index dx = 2 * x + 1 - size.x;
  // The radius is 3/8 of the shorter side.
  return 16 * (dy * dy + dx * dx) <= 9 * diameter * diameter;
}

}  // namespace

std::span<const std::string_view> pattern_names() {
  return kNames;
}

Tensor make_pattern(std::string_view name, Yx size, std::uint64_t seed) {
  if (size.y < 1 || size.x < 1)
    throw Error("pattern size " + size_text(size) + " must be at least 1 × 1");
  if (name == "edge") {
    const Index side = (size.x + 2) / 4;
    return filled(size, [&](Index, Index x) { return from_bool(x < side || x >= size.x - side); });
  }
  if (name == "checkerboard") {
    return filled(size, [](Index y, Index x) { return from_bool((y + x) % 2 == 0); });
  }
  if (name == "gradient") {
    const auto last = static_cast<float>(std::max<Index>(size.x - 1, 1));
    return filled(size, [&](Index, Index x) { return static_cast<float>(x) / last; });
  }
  if (name == "bar") {
    const Index side = size.x * 3 / 8;
    return filled(size, [&](Index, Index x) { return from_bool(x >= side && x < size.x - side); });
  }
  if (name == "circle") {
    return filled(size, [&](Index y, Index x) { return from_bool(inside_circle(size, y, x)); });
  }
  if (name == "noise") {
    Random random(seed);
    return filled(size, [&](Index, Index) { return random.uniform(0.0f, 1.0f); });
  }
  throw Error("there is no pattern \"" + std::string(name) +
              "\"; known are edge, checkerboard, gradient, bar, circle, noise");
}

}  // namespace convscope::engine
