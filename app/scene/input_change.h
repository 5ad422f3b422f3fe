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

// One change. By the time it is applied the input may have been replaced by a smaller one; cells
// outside the input are ignored.
struct InputChange {
  // One of these is called: `anew` if it is set, else `in_place`. `in_place` changes the values and
  // returns whether any of them differs afterwards. `anew` returns a new tensor. Both throw Error
  // where the change can't be made.
  std::function<bool(Tensor&)> in_place = {};
  std::function<Tensor(const Tensor&)> anew = {};
  std::function<void(InputScene&)> rest;  // changes the other members: the name ...
  // The cells that `in_place` may change, if they are known; some may lie outside the input. The
  // revision of the new values carries them, so that all other cells need not be drawn or evaluated
  // again.
  std::optional<CellRect> cells = {};
  Index numel = 0;         // number of values of the new tensor, if it may be larger
  bool continues = false;  // as in Edit
};

// Returns the input after several changes; it is copied at most once. The result has the same
// tensor if no value differs. Otherwise the new tensor's revision carries the changed cells, if
// they are known. Throws Error where a change can't be made.
InputScene changed_input(const InputScene& before, std::span<const InputChange> changes);

// A line of brush squares on picture n, in all channels. The centre of a square of even size is the
// upper left of its four middle cells.
struct BrushLine {
  Index n = 0;
  Yx from, to;
  Index size = 1;
  float value = 1.0f;
};
// Returns the smallest rectangle around the cells of the line; it may reach outside the picture.
CellRect cells_of(const BrushLine& line);
// Paints the line on channels first ... last - 1 of `tensor` [N, C, H, W]. Returns false if no
// value differs.
bool paint(Tensor& tensor, const BrushLine& line, Index first, Index last);

// Return changes of the input. `continues` is as in Edit.
//
// Paints a line on all channels.
InputChange paint_change(const BrushLine& line, bool continues);
// Sets one cell of picture n in all channels.
InputChange cell_change(Index n, Yx cell, float value);
// Replaces one plane of picture n by one of the same size; all channels if `channel` is negative.
InputChange plane_change(Index n, Index channel, Tensor plane);
// Replaces every value x by 1 - x.
InputChange invert_change();
// Sets all values to 0.
InputChange clear_change();
// Swaps rows and columns; the input keeps its name and path.
InputChange transpose_change();
// Returns how the input was shifted so far: from itself by nothing where it was not.
InputShift shift_so_far(const InputScene& input);
// Shifts `shift.from` by `shift.by` in all, whatever it was shifted by before.
InputChange shift_change(InputShift shift, bool continues);
// Rotates all pictures by 90°.
InputChange rotate_change(bool clockwise);
// Swaps left and right of all pictures, or top and bottom.
InputChange flip_change(bool left_right);
// Replaces every value x by factor · x + summand.
InputChange scale_change(float factor, float summand);
// Adds normally distributed noise.
InputChange noise_change(float deviation, std::uint64_t seed);
// Replaces every value by 1 where it is at least `least`, else by 0.
InputChange threshold_change(float least);
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
