#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "app/scene/scene.h"
#include "engine/core/cell_rect.h"

// Changes of the input that are carried out where they are quick enough: at once for a small input,
// on a worker thread for a large one, which takes time to copy.
namespace convscope {

// It may meet an input that has become another in the meantime: then what lies outside is left out.
struct InputChange {
  // One of the two; where both are there, `anew` alone is called. `in_place` changes the values,
  // and gives false where none of them differs.
  std::function<bool(Tensor&)> in_place = {};
  std::function<Tensor(const Tensor&)> anew = {};
  std::function<void(InputScene&)> rest;  // what else is different: the name ...
  // All cells that `in_place` may change, where that is known; some may lie outside. The revision
  // of what it makes says so, and whoever shows or evaluates it takes the other cells as they were.
  std::optional<CellRect> cells = {};
  Index numel = 0;         // of what it makes anew, where that may be more
  bool continues = false;  // as in Edit
};

// The input after several changes, copied once at most; with the same tensor where nothing differs.
// A new one tells the cells of all changes since the one before, where they are known.
InputScene changed_input(const InputScene& before, std::span<const InputChange> changes);

// A line of brush squares on picture n, in all channels. A square of even size has its centre at
// the upper left of its four middle cells.
struct BrushLine {
  Index n = 0;
  Yx from, to;
  Index size = 1;
  float value = 1.0f;
};
// The cells under it; some may lie outside of the picture.
CellRect cells_of(const BrushLine& line);
// Channels first ... last - 1; false where no value differs.
bool paint(Tensor& tensor, const BrushLine& line, Index first, Index last);

InputChange paint_change(const BrushLine& line, bool continues);
// One cell of picture n, in all channels.
InputChange cell_change(Index n, Yx cell, float value);
// One plane of picture n, of the same size; all channels where `channel` is negative.
InputChange plane_change(Index n, Index channel, Tensor plane);
InputChange invert_change();     // 1 - x
InputChange clear_change();      // 0
InputChange transpose_change();  // it is still the same pattern or picture
// The pictures of `stack` cut or grown to `size` at the upper left corner; new cells are 0.
InputChange crop_change(const Shape& stack, Yx size, bool continues);
// One picture of a pattern; `size` is that of the result, transposed or not.
InputChange pattern_change(std::string_view name, Yx size, std::uint64_t seed, bool transposed,
                           bool continues);
// The picture, of the stack's shape but for N, behind the last one.
InputChange add_change(Tensor picture, const Shape& stack);
// Picture n taken out of the stack. The last one stays: an input has at least one picture.
InputChange remove_change(Index n);

}  // namespace convscope
