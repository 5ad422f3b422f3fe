#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/session/stage_view.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// One plane of some previews, with what is written below it.
struct GalleryTile {
  Index channel = 0;
  std::string name;  // in the item registry
  std::string label;
  ui::HeatmapStyle style;
  bool selected = false;
  std::span<const ui::CellOutline> outlines = {};
  float label_room = 0.0f;  // width for the label; 0: little more than the picture's
};

struct TileEvent {
  std::size_t tile = 0;
  std::optional<Yx> cell;  // of the plane, under the pointer
  bool clicked = false;
};

// One tile at ImGui's cursor: `size` is that of the picture, the label is below it. Nothing where
// the pointer is elsewhere.
std::optional<TileEvent> draw_tile(ui::Ui& ui, const PlanePreviews& previews,
                                   const GalleryTile& tile, ImVec2 size);
float tile_label_height(const ui::Ui& ui);

// All tiles in rows, as large as the area allows; where they would be too small, the area scrolls,
// and only what can be seen is drawn. `id` names the area.
std::optional<TileEvent> draw_gallery(ui::Ui& ui, const char* id, const PlanePreviews& previews,
                                      std::span<const GalleryTile> tiles, ImVec2 size);

// Columns of a gallery and the size of its pictures.
struct GalleryGrid {
  Index columns = 1;
  float width = 0.0f, height = 0.0f;  // of one picture
  bool scrolls = false;
};
// For `count` pictures of the aspect height / width in an area, with `label` below and `gap`
// between them, none smaller than `least`.
GalleryGrid gallery_grid(Index count, float aspect, ImVec2 area, float label, float gap,
                         float least, float scrollbar);

}  // namespace convscope::panels
