#pragma once

#include <optional>
#include <string>

#include "app/panels/names.h"
#include "app/ui/heatmap_view.h"

// Painting on a heatmap: the left button paints, the right one erases.
namespace convscope::panels {

// The brush that paints.
struct Brush {
  float value = 1.0f;  // the value that it paints
  Index size = 1;      // its width and height in cells
};

// The state of a stroke between frames.
struct StrokeState {
  std::optional<Yx> last;  // the cell under the pointer in the last frame; nullopt before a stroke
  bool edited = false;     // whether the stroke has changed the plane; later changes continue it
};

// The part of a stroke from one cell to another.
struct StrokePiece {
  Yx from, to;
  bool erases = false;
};

// Returns the way of the pointer since the last frame; nullopt if no button is held or the pointer
// has stayed in its cell.
std::optional<StrokePiece> next_piece(const ui::HeatmapEvent& event, StrokeState& state);

// Draws the fields of the brush. Registers "PREFIX/brush" and "PREFIX/brush-size".
void draw_brush(ui::Ui& ui, const std::string& prefix, Brush& brush);

}  // namespace convscope::panels
