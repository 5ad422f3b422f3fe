#pragma once

#include <imgui.h>

#include <optional>
#include <span>
#include <string>

#include "app/look/heatmap_style.h"
#include "app/ui/edit_state.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/names.h"
#include "app/ui/number_input.h"
#include "app/ui/ui.h"
#include "engine/core/tensor.h"

namespace convscope::ui {

// A change of one weight.
struct WeightEdit {
  EditEvent event;
  Yx cell;
  float value = 0.0f;  // the new value, if event.changed
};

// The weights of one plane to draw and edit in this frame.
struct WeightGridArgs {
  const char* id = "";             // ImGui id, and name in the item registry
  const Tensor* weight = nullptr;  // [1, 1, kh, kw], up to about 31 x 31
  HeatmapStyle style = {};
  ImVec2 size = {};  // of the area in pixels; the grid is centred in it
  bool editable = true;
  // Whether digits go to the cell under the pointer or the selected one, and not only to the one
  // that the keyboard has reached.
  bool takes_digits = true;
  NumberLimits limits{-kMaxNumber, kMaxNumber, 0.05};
  const char* symbol = "W";  // name in the tooltip: "W[0, 1] = 0.3"
  std::string indices = {};  // that stand before those of the cell: "2, 1, " of a layer
  std::span<const CellOutline> outlines = {};
  float turn = 0.0f;  // rotation of the cells, in radians clockwise, drawn without outlines
};

struct WeightGridEvent {
  WeightEdit edit;
  std::optional<Yx> hovered;  // the cell under the pointer, or the one being dragged
  // Of a grid that can't be edited: the cell that was clicked, or at which Enter was pressed.
  std::optional<Yx> clicked;
};

// Draws every weight in its own square cell. Drag a cell to change it (right or up is more); a
// double click, Ctrl+click or typed digit begins typing, and Enter or Tab (to the next cell) ends
// it. A click selects a cell, which the wheel over it then changes, and which receives what is
// typed while the pointer is elsewhere. If cells are too small for numbers, a tooltip shows the
// number. Changes nothing itself: the caller applies the edit. Registers `id` (all cells), "id/y/x"
// for each cell and "id/typed" for the open text field.
WeightGridEvent weight_grid(Ui& ui, const WeightGridArgs& args);

}  // namespace convscope::ui
