#pragma once

#include <optional>
#include <string>

#include "app/panels/names.h"
#include "app/ui/heatmap_view.h"

// Painting on a heatmap: the left button paints, the right one erases.
namespace convscope::panels {

struct Brush {
  float value = 1.0f;
  Index size = 1;  // cells
};

// Between the frames of a stroke.
struct StrokeState {
  std::optional<Yx> last;  // where the pointer was in the last frame
  bool edited = false;     // a change was asked for: what follows continues it
};

struct StrokePiece {
  Yx from, to;
  bool erases = false;
};

// The piece that the pointer went since the last frame; empty while it stays in its cell.
std::optional<StrokePiece> next_piece(const ui::HeatmapEvent& event, StrokeState& state);

// The fields "PREFIX/brush" and "PREFIX/brush-size".
void draw_brush(ui::Ui& ui, const std::string& prefix, Brush& brush);

}  // namespace convscope::panels
