#pragma once

#include <imgui.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/panels/parts/style_cache.h"
#include "app/program/view/explore.h"
#include "app/program/view/links.h"
#include "app/program/view/view_settings.h"
#include "app/scene/actions.h"
#include "app/scene/scene.h"
#include "app/session/gradient_explainer.h"
#include "app/session/results.h"
#include "app/session/trainer.h"
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

// The planes of a scene's tensors that all panels show.
struct ShownPlanes {
  Index sample = 0;         // picture of the stack
  Index input = 0;          // channel of the input
  Index output = 0;         // channel of the output
  Index filter = 0;         // the kernel is weight.plane(filter, slice)
  Index slice = 0;          //
  bool in_colours = false;  // all three channels of an RGB input at once
  friend bool operator==(const ShownPlanes&, const ShownPlanes&) = default;
};

ShownPlanes shown_planes(const Scene& scene, const ShowPlanes& wanted);

// How what is shown differs from the version before, where that is known.
struct ShownChanges {
  ui::PlaneChange input, output, pooled;
};

// What every panel is given to draw. Panels read it, write `hovered` and their own state, and
// enqueue actions.
struct PanelContext {
  ui::Ui& ui;
  const Scene& scene;                // as it is now
  const Results* results;            // of a scene not long ago; null at the start
  const TrainingSnapshot* training;  // null at the start
  const ViewSettings& view;
  ShownPlanes shown;           // of `scene`
  std::optional<Stage> stage;  // of the present step in slow motion; empty without it
  StyleCache& styles;
  GradientExplainer& gradients;
  std::uint64_t input_version;
  std::uint64_t results_version;
  std::uint64_t training_version;
  ShownChanges changes;
  std::string_view note;  // of the scene, while it is as it was opened; empty for none
  std::string busy;       // what is being computed or read; empty for nothing
  const Links& links;     // what the pointer was over in the last frame; else swept or selected
  Links& hovered;         // what it is over in this one
  Explore& explore;       // shared by the panels of the output and of what is pooled
  Actions& actions;
};

// The picture and channel that are shown of a tensor that was computed from the scene not long ago.
Index shown_sample(const PanelContext& context, const Tensor& tensor);
Index shown_channel(const PanelContext& context, const Tensor& tensor);

// The plane that is shown of a weight, or of a tensor of its shape.
Tensor shown_plane(const PanelContext& context, const Tensor& weight);

// Outlines for the cells of a grid: one rectangle where they touch, else one for each cell.
void add_outlines(const CellGrid& grid, ImU32 color, std::vector<ui::CellOutline>& outlines);

// "Y[2, 1]"
std::string cell_name(const char* symbol, Yx cell);

// "6 × 8", "3 × 480 × 640" with channels, "4 × 3 × 28 × 28" with several pictures.
std::string plane_text(const Shape& shape);

// "X", or "Xᵀ" where its rows and columns are swapped.
const char* input_symbol(const InputScene& input);

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
