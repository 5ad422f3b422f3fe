#pragma once

#include <imgui.h>

#include <optional>
#include <span>
#include <vector>

#include "app/ui/heatmap_geometry.h"
#include "app/ui/heatmap_style.h"
#include "app/ui/ui.h"
#include "engine/core/tensor.h"
#include "engine/core/value_range.h"

// Heat-coloured cells with numbers in them: what heatmaps, kernels and formulas share.
namespace convscope::ui {

// The smallest cell with a number in it, in pixels at scale 1.
inline constexpr float kSmallestNumberCell = 28.0f;

// Dark or white, whichever is legible on `cell`.
ImU32 text_color_on(Rgb cell);
ImU32 to_imgui(Rgb color);
// The colour of a value as text on cells needs it.
ImU32 value_color(const HeatmapStyle& style, float value);

// The lines between cells of `cell` pixels: none where cells are small.
void set_grid(const Theme& theme, float cell, HeatmapStyle& style);

// Of what marks a value beyond the colour bar in a cell of `cell` pixels.
float mark_size(const Theme& theme, float cell);

enum class CellKind {
  kShown,
  kHidden,   // "—" stands in it
  kGhost,    // pale: heatmap_style.h
  kPadding,  // pale
};

// What stands in one cell.
struct CellNumber {
  float value = 0.0f;
  CellKind kind = CellKind::kShown;
  bool hatched = false;  // the number has the cell's plain colour behind it
};

// Numbers in the cells of `range`, in reading order, all in one size and format. The values of
// hidden cells and those of `measured` have a say in it, so that nothing jumps when they are shown.
void draw_cell_numbers(const Theme& theme, ImDrawList* list, ImVec2 area_min,
                       const PlaneLayout& layout, const CellRange& range, const HeatmapStyle& style,
                       std::span<const CellNumber> cells, std::span<const float> measured = {});

// A few cells at a place on the screen, drawn without a texture: for formulas. `values` are rows x
// columns; the size is columns * cell by rows * cell.
void draw_cells(const Theme& theme, ImDrawList* list, ImVec2 pos, float cell, Index rows,
                Index columns, const HeatmapStyle& style, std::span<const float> values);

// An outline of one thickness everywhere, with a thin rim of the card's colour that sets it off
// from cells of its own colour.
void draw_outline(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 color);

// The colour bar with the numbers of its ends, the zero of a map for signed data and a tick at
// `marked`. An arrow at an end says that values of `data` go beyond it. Needs color_bar_height().
void draw_color_bar(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max,
                    const HeatmapStyle& style, const float* marked,
                    const std::optional<ValueRange>& data = {});
float color_bar_height(const Theme& theme);

}  // namespace convscope::ui
