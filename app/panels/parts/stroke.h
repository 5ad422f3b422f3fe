#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/panels/names.h"
#include "app/ui/heatmap_view.h"
#include "engine/core/cell_rect.h"

// Painting on a heatmap: the left button paints, the right one erases.
namespace convscope::panels {

// The brush that paints.
struct Brush {
  bool taken = false;   // whether it paints
  std::string picture;  // file of the picture for which it was taken; empty for a drawing
  float value = 1.0f;   // the value that it paints
  Index size = 1;       // its width and height in cells
};

// The state of a stroke between frames.
struct StrokeState {
  std::optional<Yx> last;  // the cell under the pointer in the last frame; nullopt before a stroke
  bool edited = false;     // whether the stroke has changed the plane; later changes continue it
  bool erases = false;
  std::uint64_t step = 0;  // the document's step of undo in the last frame
  Yx lo, hi;               // the corners of the rectangle that the stroke went over
  float before = 0.0f;     // the value that its first cell had
};

// The part of a stroke from one cell to another.
struct StrokePiece {
  Yx from, to;
  bool erases = false;
};

// Lays the brush down if another picture was opened, which nobody asked to paint.
// `file` is the file of the picture; empty for a drawing.
void keep_brush(Brush& brush, std::string_view file);

// Returns the way of the pointer since the last frame; nullopt if no button is held or the pointer
// has stayed in its cell.
std::optional<StrokePiece> next_piece(const ui::HeatmapEvent& event, StrokeState& state);

// What a piece makes of one channel of picture `sample` of a tensor.
struct PaintedPiece {
  Tensor tensor;        // a copy of the tensor, with the piece in it
  CellRect cells;       // that may have changed
  float before = 0.0f;  // the value that the piece's first cell had
};
// Paints the piece with the brush, or erases to 0; nullopt where that changes nothing.
std::optional<PaintedPiece> painted(const Tensor& tensor, Index sample, Index channel,
                                    const StrokePiece& piece, const Brush& brush);

// Notes a piece that was painted; `before` is the value that its first cell had.
void note_piece(const StrokePiece& piece, float before, StrokeState& state);
// Returns one sentence about the stroke that ended in this frame; empty if none ended, or if its
// only cell had the value already. `size` is the size of the plane `symbol`, and `undo_step` that
// of the document: a stroke of which a part was undone tells of the rest alone. To be called in
// every frame, before next_piece().
std::string ended_stroke(const ui::Ui& ui, std::string_view symbol, Yx size, const Brush& brush,
                         std::uint64_t undo_step, StrokeState& state);

// Draws the button that takes the brush or lays it down, and the fields of the brush. Registers
// "PREFIX/paint", "PREFIX/brush" and "PREFIX/brush-size".
void draw_brush(ui::Ui& ui, const std::string& prefix, Brush& brush);

}  // namespace convscope::panels
