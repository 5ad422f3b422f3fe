#include "app/scene/input_change.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "app/scene/layer_presets.h"
#include "app/scene/shared_tensor.h"
#include "engine/core/patterns.h"
#include "engine/kernel_info/kernels.h"
#include "engine/ops/input_edits.h"

namespace convscope::scene {
namespace {

void name_drawn(InputScene& input) {
  input.name = "drawn";
  input.path.clear();
}

// Returns an input with the same values and another name.
InputScene renamed(const InputScene& input, std::string name) {
  InputScene result;
  result.tensor = input.tensor;
  result.name = std::move(name);
  return result;
}

// Names an input after its stack of pictures has changed.
void name_stack(InputScene& input) {
  const bool color = input.color;
  const InputMeaning meaning = input.meaning;
  input = renamed(input, "drawn");
  input.color = color;
  input.meaning = meaning;
}

// Sets a cell; returns false if it has the value already.
bool set(float& cell, float value) {
  return std::exchange(cell, value) != value;
}

InputChange values_change(float (*of)(float)) {
  InputChange change;
  change.in_place = [of](Tensor& tensor) {
    bool differs = false;
    for (float& value : tensor.values())
      differs |= set(value, of(value));
    return differs;
  };
  change.rest = name_drawn;
  return change;
}

// Returns a change that makes a new tensor of the same number of values.
InputChange new_values(std::function<Tensor(const Tensor&)> make) {
  InputChange change;
  change.anew = std::move(make);
  change.rest = name_drawn;
  return change;
}

// Returns a change of all values that keeps the shape.
template <typename Function>
InputChange edited(Function edit) {
  InputChange change;
  change.in_place = [edit](Tensor& tensor) {
    const Tensor before = tensor;
    edit(tensor);
    return tensor != before;
  };
  change.rest = name_drawn;
  return change;
}

Tensor cropped(const Tensor& input, Yx size) {
  const Shape& s = input.shape();
  Tensor result(Shape{s.n, s.c, size.y, size.x});
  for (Index plane = 0; plane < s.n * s.c; ++plane) {
    const Index n = plane / s.c;
    const Index c = plane % s.c;
    for (Index y = 0; y < std::min(size.y, s.h); ++y)
      std::copy_n(input.row(n, c, y), std::min(size.x, s.w), result.row(n, c, y));
  }
  return result;
}

// Returns the cells outside of which the changes leave the input unchanged; nullopt if unknown.
std::optional<CellRect> changed_cells(const Shape& input, std::span<const InputChange> changes) {
  CellRect all;
  for (const InputChange& change : changes) {
    if (!change.cells) return std::nullopt;
    all = united(all, intersected(*change.cells, whole(input)));
  }
  return all;
}

}  // namespace

InputScene changed_input(const InputScene& before, std::span<const InputChange> changes) {
  InputScene result = before;
  std::optional<Tensor> made;
  bool differs = false;
  for (const InputChange& change : changes) {
    const Tensor& now = made ? *made : *before.tensor;
    if (change.anew) {
      made = change.anew(now);
      differs = true;
    } else {
      if (!made) made = now;
      differs |= change.in_place(*made);
    }
    result.shift = {};  // unless this is a shift
    change.rest(result);
  }
  if (!differs) return before;
  const std::optional<CellRect> cells = changed_cells(before.tensor->shape(), changes);
  result.tensor = shared_tensor(
      *std::move(made), cells ? before.tensor.revision().followed_by(*cells) : Revision::fresh());
  return result;
}

CellRect cells_of(const BrushLine& line) {
  const Index before = (line.size - 1) / 2;
  const auto [top, bottom] = std::minmax(line.from.y, line.to.y);
  const auto [left, right] = std::minmax(line.from.x, line.to.x);
  return {top - before, left - before, bottom - before + line.size, right - before + line.size};
}

bool paint(Tensor& tensor, const BrushLine& line, Index first, Index last) {
  const Shape& s = tensor.shape();
  const auto [n, from, to, brush, value] = line;
  if (n >= s.n) return false;
  const Index steps = std::max({std::abs(to.y - from.y), std::abs(to.x - from.x), Index{1}});
  bool differs = false;
  for (Index i = 0; i <= steps; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(steps);
    const Index y = from.y + std::llround(t * static_cast<double>(to.y - from.y)) - (brush - 1) / 2;
    const Index x = from.x + std::llround(t * static_cast<double>(to.x - from.x)) - (brush - 1) / 2;
    for (Index c = first; c < last; ++c) {
      for (Index v = std::max<Index>(0, y); v < std::min(s.h, y + brush); ++v) {
        for (Index u = std::max<Index>(0, x); u < std::min(s.w, x + brush); ++u)
          differs |= set(tensor.at(n, c, v, u), value);
      }
    }
  }
  return differs;
}

InputChange paint_change(const BrushLine& line, bool continues) {
  InputChange change;
  change.in_place = [line](Tensor& tensor) { return paint(tensor, line, 0, tensor.shape().c); };
  change.cells = cells_of(line);
  change.rest = name_drawn;
  change.continues = continues;
  return change;
}

InputChange cell_change(Index n, Yx cell, float value) {
  return paint_change({n, cell, cell, 1, value}, false);
}

InputChange plane_change(Index n, Index channel, Tensor plane) {
  InputChange change;
  change.in_place = [n, channel, plane = std::move(plane)](Tensor& tensor) {
    const Shape& s = tensor.shape();
    if (n >= s.n || s.h != plane.shape().h || s.w != plane.shape().w) return false;
    bool differs = false;
    for (Index c = 0; c < s.c; ++c) {
      if (channel >= 0 && c != channel) continue;
      const auto values = tensor.plane(n, c);
      differs |= !std::ranges::equal(values, plane.values());
      std::ranges::copy(plane.values(), values.begin());
    }
    return differs;
  };
  change.rest = name_drawn;
  return change;
}

InputChange invert_change() {
  return values_change([](float value) { return 1.0f - value; });
}

InputChange clear_change() {
  return values_change([](float) { return 0.0f; });
}

InputChange transpose_change() {
  InputChange change;
  change.anew = [](const Tensor& tensor) { return transposed(tensor); };
  change.rest = [](InputScene& input) {
    input.scaled_to = {input.scaled_to.x, input.scaled_to.y};
    input.transposed = !input.transposed;
  };
  return change;
}

InputShift shift_so_far(const InputScene& input) {
  if (input.shift.from != nullptr) return input.shift;
  return {input.tensor, {0, 0}, ShiftFill::kZero};
}

InputChange shift_change(InputShift shift, bool continues) {
  InputChange change =
      new_values([shift](const Tensor&) { return shifted(*shift.from, shift.by, shift.fill); });
  change.numel = shift.from->numel();
  change.rest = [shift = std::move(shift)](InputScene& input) {
    name_drawn(input);
    input.shift = shift;
  };
  change.continues = continues;
  return change;
}

InputChange rotate_change(bool clockwise) {
  return new_values([clockwise](const Tensor& tensor) {
    if (clockwise) return rotated(tensor);
    Tensor result = engine::transposed(tensor);
    flip_vertical(result);
    return result;
  });
}

InputChange flip_change(bool left_right) {
  return edited([left_right](Tensor& tensor) {
    left_right ? flip_horizontal(tensor) : flip_vertical(tensor);
  });
}

InputChange scale_change(float factor, float summand) {
  return edited([=](Tensor& tensor) { scale(tensor, factor, summand); });
}

InputChange noise_change(float deviation, std::uint64_t seed) {
  return edited([=](Tensor& tensor) { add_noise(tensor, static_cast<double>(deviation), seed); });
}

InputChange threshold_change(float least) {
  return edited([=](Tensor& tensor) { threshold(tensor, least); });
}

InputChange crop_change(const Shape& stack, Yx size, bool continues) {
  InputChange change;
  change.numel = stack.n * stack.c * size.y * size.x;
  change.anew = [size](const Tensor& tensor) { return cropped(tensor, size); };
  change.rest = name_drawn;
  change.continues = continues;
  return change;
}

InputChange pattern_change(std::string_view name, Yx size, std::uint64_t seed, bool transposed,
                           bool continues) {
  InputChange change;
  change.anew = [=, name = std::string(name)](const Tensor&) {
    const Tensor made = make_pattern(name, transposed ? Yx{size.x, size.y} : size, seed);
    return transposed ? engine::transposed(made) : made;
  };
  change.rest = [=, name = std::string(name)](InputScene& input) {
    input = renamed(input, name);
    input.seed = seed;
    input.transposed = transposed;
  };
  change.numel = size.y * size.x;
  change.continues = continues;
  return change;
}

InputChange add_change(Tensor picture, const Shape& stack) {
  InputChange change;
  change.numel = stack.numel() + picture.numel();
  change.anew = [picture = std::move(picture)](const Tensor& tensor) {
    const Shape& s = tensor.shape();
    const Shape& p = picture.shape();
    const bool fits = s.c == p.c && s.h == p.h && s.w == p.w;
    return fits ? with_pictures(tensor, picture) : tensor;
  };
  change.rest = name_stack;
  return change;
}

InputChange remove_change(Index n) {
  InputChange change;
  change.anew = [n](const Tensor& tensor) {
    return n < tensor.shape().n && tensor.shape().n > 1 ? without_picture(tensor, n) : tensor;
  };
  change.rest = name_stack;
  return change;
}

}  // namespace convscope::scene
