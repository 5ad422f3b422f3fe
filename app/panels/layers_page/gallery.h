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

// A picture of one plane, with a label below it.
struct GalleryTile {
  Index channel = 0;  // the plane's channel in the previews
  std::string name;   // name in the item registry
  std::string label;
  ui::HeatmapStyle style;
  bool selected = false;
  std::span<const ui::CellOutline> outlines = {};
  float label_room = 0.0f;  // width for the label in pixels; 0 for a little more than the picture's
};

// What the pointer does over a tile.
struct TileEvent {
  std::size_t tile = 0;    // position of the tile in the gallery
  std::optional<Yx> cell;  // the cell of the full plane under the pointer
  bool clicked = false;
  bool entered = false;  // Enter was pressed in the cell
};

// Draws a tile at ImGui's cursor: a picture of `size` pixels and the label below it. Returns
// nothing if the pointer is elsewhere.
std::optional<TileEvent> draw_tile(ui::Ui& ui, const PlanePreviews& previews,
                                   const GalleryTile& tile, ImVec2 size);
// Returns the height of a tile's label in pixels.
float tile_label_height(const ui::Ui& ui);

// Draws tiles in rows that fill an area of `size` pixels, with pictures as large as possible. Where
// they would be too small the area scrolls, and only visible tiles are drawn. Returns what the
// pointer does over a tile; nothing if it is elsewhere. Registers `id` for the area.
std::optional<TileEvent> draw_gallery(ui::Ui& ui, const char* id, const PlanePreviews& previews,
                                      std::span<const GalleryTile> tiles, ImVec2 size);

// The arrangement of a gallery.
struct GalleryGrid {
  Index columns = 1;
  float width = 0.0f, height = 0.0f;  // size of a picture in pixels
  bool scrolls = false;
};
// Returns the arrangement of `count` pictures whose height / width is `aspect`, in an area where
// `label` pixels below each picture and `gap` pixels between tiles stay free. If the longer side of
// the largest possible pictures is below `min_size`, the gallery scrolls instead; below half
// of it where all stand in one row.
GalleryGrid gallery_grid(Index count, float aspect, ImVec2 area, float label, float gap,
                         float min_size, float scrollbar);

}  // namespace convscope::panels
