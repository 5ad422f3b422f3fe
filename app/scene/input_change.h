#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "app/scene/names.h"
#include "app/scene/scene.h"
#include "engine/core/cell_rect.h"

// Changes of the input. A small input is changed at once, a large one, which takes time to copy, on
// a worker thread.
namespace convscope::scene {

// One change. The input may have been replaced by a smaller one before it is applied; cells outside
// are ignored.
struct InputChange {
  // Exactly one of these is called, and `anew` if both are set. `in_place` changes the values and
  // returns whether any of them differs. `anew` returns a new tensor.
  std::function<bool(Tensor&)> in_place = {};
  std::function<Tensor(const Tensor&)> anew = {};
  std::function<void(InputScene&)> rest;  // what else is different: the name ...
  // All cells that `in_place` may change, where that is known; some may lie outside. The revision
  // of what it makes says so, and whoever shows or evaluates it takes the other cells as they were.
  std::optional<CellRect> cells = {};
  Index numel = 0;         // number of values of the new tensor, if it may be larger
  bool continues = false;  // as in Edit
};

// Returns the input after several changes, copied at most once; it has the same tensor if nothing
// differs.
// A new one tells the cells of all changes since the one before, where they are known.
InputScene changed_input(const InputScene& before, std::span<const InputChange> changes);

// A line of brush squares on picture n, in all channels. The centre of a square of even size is the
// upper left of its four middle cells.
struct BrushLine {
  Index n = 0;
  Yx from, to;
  Index size = 1;
  float value = 1.0f;
};
// The cells under it; some may lie outside of the picture.
CellRect cells_of(const BrushLine& line);
// Paints on channels first ... last - 1; returns false if no value differs.
bool paint(Tensor& tensor, const BrushLine& line, Index first, Index last);

InputChange paint_change(const BrushLine& line, bool continues);
// Sets one cell of picture n in all channels.
InputChange cell_change(Index n, Yx cell, float value);
// Replaces one plane of picture n by one of the same size; all channels if `channel` is negative.
InputChange plane_change(Index n, Index channel, Tensor plane);
InputChange invert_change();     // x becomes 1 - x
InputChange clear_change();      // all values become 0
InputChange transpose_change();  // it stays the same pattern or picture
// Crops or extends the pictures of `stack` to `size` at the lower right; new cells are 0.
InputChange crop_change(const Shape& stack, Yx size, bool continues);
// Replaces the input by one picture of a pattern; `size` is the result's, transposed or not.
InputChange pattern_change(std::string_view name, Yx size, std::uint64_t seed, bool transposed,
                           bool continues);
// Appends a picture, which has the stack's shape except for N.
InputChange add_change(Tensor picture, const Shape& stack);
// Removes picture n from the stack, unless it is the only one.
InputChange remove_change(Index n);

}  // namespace convscope::scene
