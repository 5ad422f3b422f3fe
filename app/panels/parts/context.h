#pragma once

#include <imgui.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/panels/parts/style_cache.h"
#include "app/program/actions.h"
#include "app/program/document/document.h"
#include "app/program/live/live.h"
#include "app/program/view/names.h"
#include "app/program/view/view.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/range.h"
#include "app/ui/ui.h"
#include "engine/ops/cell_links.h"

namespace convscope {

// A rectangle of the window, in pixels.
struct Rect {
  float x = 0.0f, y = 0.0f, w = 0.0f, h = 0.0f;
  ImVec2 min() const { return {x, y}; }
  ImVec2 size() const { return {w, h}; }
  friend bool operator==(const Rect&, const Rect&) = default;
};

// How what is shown differs from the version before, where that is known.
struct ShownChanges {
  ui::PlaneChange input, output, pooled;
};

// The layer that the cards are of, as the first of a scene: on the Kernel page the scene itself, on
// the Layers page the scene as the shown layer sees it.
struct ShownLayer {
  const Scene& scene;                 // as it is now
  const Results* results;             // of a scene not long ago; null at the start
  const TrainingSnapshot* training;   // null at the start, and beside a layer that does not learn
  ShowPlanes wanted;                  // the planes that were asked for
  ShownPlanes shown;                  // those of `scene`
  std::optional<StepPart> step_part;  // of the present step in slow motion; empty without it
  std::uint64_t input_version = 0;
  std::uint64_t results_version = 0;
  std::uint64_t training_version = 0;
  ShownChanges changes = {};
  // Sweep, prediction and selection, which the panels of the output and of what is pooled share; on
  // the Layers page there are none.
  Explore& explore;
};

// What every panel is given to draw. Panels read the document and what follows from it, write
// `hovered`, the explored cells and their own state, and enqueue actions for all else.
struct PanelContext {
  ui::Ui& ui;
  StyleCache& styles;
  const Document& document;
  Live& live;
  View& view;
  const ShownLayer& layer;
  Links& hovered;         // what the pointer is over in this frame
  std::string_view busy;  // what is being computed or read; empty for nothing
  Actions& actions;
};

// The picture and channel that are shown of a tensor that was computed from the scene not long ago.
Index shown_sample(const PanelContext& context, const Tensor& tensor);
Index shown_channel(const PanelContext& context, const Tensor& tensor);

// The plane that is shown of a weight, or of a tensor of its shape.
Tensor shown_plane(const PanelContext& context, const Tensor& weight);

// Outlines for the cells of a grid: one rectangle where they touch, else one for each cell.
void add_outlines(const CellGrid& grid, ImU32 color, std::vector<ui::CellOutline>& outlines);

// Where a number is typed over a cell of a heatmap, on the screen.
struct CellBox {
  ImVec2 min, max;
};
CellBox editor_box(const ui::Ui& ui, const ui::HeatmapEvent& event, Yx cell);

// One sentence in the middle of the rest of a card, in place of a heatmap.
void draw_notice(ui::Ui& ui, const char* name, std::string_view text, ImVec2 size, ImU32 color);

// The formulas of an output's height and width, small, one line an axis.
void draw_size_lines(ui::Ui& ui, const char* name, std::string_view height, std::string_view width);

// The height for what stands above a card's controls, which were `controls` high in the last frame.
float height_above(const ui::Ui& ui, float controls);
// Begins the controls at the bottom of a card; `flow` puts them in rows. end_controls gives their
// height for the next frame.
void begin_controls(const ui::Ui& ui, float controls);
float end_controls(const ui::Ui& ui, float controls);

}  // namespace convscope
