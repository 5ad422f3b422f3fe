#pragma once

#include <imgui.h>

#include <optional>
#include <span>
#include <vector>

#include "app/look/cell_colors.h"
#include "app/look/heatmap_style.h"
#include "app/ui/heatmap_geometry.h"
#include "app/ui/names.h"
#include "app/ui/ui.h"
#include "engine/core/tensor.h"
#include "engine/core/value_range.h"

// Draws heat-coloured cells with numbers, for heatmaps, kernels and formulas.
namespace convscope::ui {

// The smallest cell with a number, in pixels at scale 1.
inline constexpr float kSmallestNumberCell = 26.0f;

ImU32 to_imgui(Rgb color);
// Returns the colour of a value, against which text on its cell must be legible.
ImU32 value_color(const HeatmapStyle& style, float value);

// Sets the lines between cells of `cell` pixels; there are none if cells are small.
void set_grid(const Theme& theme, float cell, HeatmapStyle& style);

// Returns the size of the mark for a value beyond the colour bar, in a cell of `cell` pixels.
float mark_size(const Theme& theme, float cell);

enum class CellKind {
  kShown,
  kHidden,   // shows "—"
  kGhost,    // pale, see heatmap_style.h
  kPadding,  // pale
};

// The content of one cell.
struct CellNumber {
  float value = 0.0f;
  CellKind kind = CellKind::kShown;
  bool hatched = false;  // the number gets the cell's plain colour behind it
};

// Draws numbers in the cells of `range`, row by row, all in the same size and format. The values of
// hidden cells and of `measured` count when choosing these, so that nothing jumps when they appear.
void draw_cell_numbers(const Theme& theme, ImDrawList* list, ImVec2 area_min,
                       const PlaneLayout& layout, const CellRange& range, const HeatmapStyle& style,
                       std::span<const CellNumber> cells, std::span<const float> measured = {});

// Draws a few cells at a screen position without a texture, for formulas. `values` are rows x
// columns; the drawing is columns * cell wide and rows * cell high, in pixels.
void draw_cells(const Theme& theme, ImDrawList* list, ImVec2 pos, float cell, Index rows,
                Index columns, const HeatmapStyle& style, std::span<const float> values);

// Returns by how much an outline reaches beyond its cells at most, in pixels.
float outline_reach(const Theme& theme);
// Draws an outline of even thickness with its rims.
void draw_outline(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 color,
                  float rounding = 3.0f);

}  // namespace convscope::ui
