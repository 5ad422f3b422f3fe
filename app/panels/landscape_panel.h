#pragma once

#include "app/panels/context.h"
#include "engine/landscape.h"

namespace convscope {

// The loss over two directions of the parameters, with the way that the run took.
struct LandscapePanelState {
  ui::HeatmapViewState heatmap;
  bool shown = false;              // instead of the error
  bool principal = false;          // along H's two steepest directions, else over two weights
  Yx places{0, 1};                 // of these weights, in reading order: for y and x
  Tensor bands;                    // the loss's logarithm in steps: contours
  const void* analysis = nullptr;  // what `bands` was drawn from
  LandscapePlane plane;
  PlaneRanges ranges;
  std::uint64_t version = 0;
  bool dragging = false;  // the start
  float controls = 0.0f;  // their height
};

// Inside a card.
void draw_landscape(const PanelContext& context, LandscapePanelState& state, ImVec2 size);

}  // namespace convscope
