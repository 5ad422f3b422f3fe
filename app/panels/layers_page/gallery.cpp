#include "app/panels/layers_page/gallery.h"

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"
#include "app/ui/thumbnail.h"

namespace convscope::panels {
namespace {

constexpr float kMinTile = 58.0f;  // minimum of a tile's longer side in pixels at scale 1
constexpr float kGap = 10.0f;
constexpr float kRim = 4.0f;  // around the area, for the frame of a selected tile

// Goes to the first tile or the last one, which may not be drawn yet: Home and End.
void go_to_ends(ui::Ui& ui, std::span<const GalleryTile> tiles) {
  const std::optional<ui::FocusStop> stop = ui.focus.shown_stop();
  if (!stop || stop->group != ImGui::GetID("tiles") || ui.focus.place()) return;
  const bool home = ui::key_pressed({ui::Key::kHome});
  if (!home && !ui::key_pressed({ui::Key::kEnd})) return;
  ImGui::SetScrollY(home ? 0.0f : ImGui::GetScrollMaxY());
  const GalleryTile& tile = home ? tiles.front() : tiles.back();
  ui.focus.give(ImGui::GetID(tile.name.c_str()));
}

}  // namespace

float tile_label_height(const ui::Ui& ui) {
  return std::round(ui::font_size(ui.theme.font.small) + ui.theme.px(3.0f));
}

std::optional<TileEvent> draw_tile(ui::Ui& ui, const PlanePreviews& previews,
                                   const GalleryTile& tile, ImVec2 size) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ui::ThumbnailArgs args;
  args.id = tile.name.c_str();
  args.picture = {&previews.cells, previews.revision, 0, tile.channel};
  args.step = previews.step;
  args.height = previews.shape.h;
  args.width = previews.shape.w;
  args.style = tile.style;
  args.size = size;
  args.selected = tile.selected;
  args.group = ImGui::GetID("tiles");
  args.outlines = tile.outlines;
  const ui::ThumbnailEvent event = ui::thumbnail(ui, args);
  ImFont* font = ui.theme.font.small;
  const float room = std::max(tile.label_room, size.x + ui.theme.px(kGap) * 0.5f);
  const std::string shown = ui::elided(font, tile.label, room);
  const float width = ui::text_size(font, ui::font_size(font), shown).x;
  ui::draw_text(
      ImGui::GetWindowDrawList(), font, ui::font_size(font),
      {std::round(at.x + (size.x - width) * 0.5f), std::round(at.y + size.y + ui.theme.px(2.0f))},
      tile.selected ? ui::legible(ui.theme.color.accent, ui.theme.color) : ui.theme.color.muted,
      shown);
  if (!event.hovered && !event.clicked) return std::nullopt;
  return TileEvent{0, event.hovered, event.clicked, event.entered};
}

GalleryGrid gallery_grid(Index count, float aspect, ImVec2 area, float label, float gap,
                         float min_size, float scrollbar) {
  GalleryGrid best;
  const auto picture = [&](Index columns, float width) {
    return std::floor((width - gap * static_cast<float>(columns - 1)) /
                      static_cast<float>(columns));
  };
  for (Index columns = 1; columns <= count; ++columns) {
    const auto rows = static_cast<float>((count + columns - 1) / columns);
    const float high = (area.y - gap * (rows - 1.0f)) / rows - label;
    const float width = std::floor(std::min(picture(columns, area.x), high / aspect));
    if (width > best.width) best = {columns, width, std::floor(width * aspect), false};
  }
  // Where the area is so low that not even one row of the least tiles fits, scrolling would show
  // no more of them, but only their halves.
  const bool low = best.columns >= count;
  if (std::max(best.width, best.height) >= (low ? 0.5f : 1.0f) * min_size) return best;
  const float room = area.x - scrollbar;
  const float wanted = aspect > 1.0f ? std::max(min_size / aspect, 12.0f) : min_size;
  const auto columns = std::max<Index>(1, static_cast<Index>((room + gap) / (wanted + gap)));
  const float width = std::max(1.0f, picture(columns, room));
  return {columns, width, std::max(1.0f, std::floor(width * aspect)), true};
}

std::optional<TileEvent> draw_gallery(ui::Ui& ui, const char* id, const PlanePreviews& previews,
                                      std::span<const GalleryTile> tiles, ImVec2 size) {
  std::optional<TileEvent> event;
  const ui::Theme& theme = ui.theme;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  ui.items.add(id, start, {start.x + size.x, start.y + size.y});
  if (tiles.empty() || previews.empty()) {
    ImGui::Dummy(size);
    return event;
  }
  const float rim = std::round(theme.px(kRim));
  const float gap = std::round(theme.px(kGap));
  const float label = tile_label_height(ui);
  const float aspect = static_cast<float>(previews.shape.h) / static_cast<float>(previews.shape.w);
  const auto count = static_cast<Index>(tiles.size());
  const GalleryGrid grid = gallery_grid(count, aspect, {size.x - 2 * rim, size.y - 2 * rim}, label,
                                        gap, theme.px(kMinTile), ImGui::GetStyle().ScrollbarSize);
  ImGui::BeginChild(id, size, false,
                    grid.scrolls ? ImGuiWindowFlags_NoBackground
                                 : ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar |
                                       ImGuiWindowFlags_NoScrollWithMouse);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float pitch_x = grid.width + gap;
  const float pitch_y = grid.height + label + gap;
  // Centres the tiles if they are few.
  const float used = static_cast<float>(std::min(grid.columns, count)) * pitch_x - gap;
  const float left = grid.scrolls ? rim : std::max(rim, std::floor((size.x - used) * 0.5f));
  const auto rows = (count + grid.columns - 1) / grid.columns;
  if (grid.scrolls) go_to_ends(ui, tiles);
  const float top = ImGui::GetScrollY();
  // One row more at both ends, for the arrows to go to.
  const auto first = std::max<Index>(0, static_cast<Index>((top - rim) / pitch_y) - 1);
  const auto last = std::min<Index>(rows, static_cast<Index>((top + size.y - rim) / pitch_y) + 2);
  for (Index i = first * grid.columns; i < std::min(count, last * grid.columns); ++i) {
    ImGui::SetCursorScreenPos({origin.x + left + static_cast<float>(i % grid.columns) * pitch_x,
                               origin.y + rim + static_cast<float>(i / grid.columns) * pitch_y});
    const std::optional<TileEvent> on =
        draw_tile(ui, previews, tiles[static_cast<std::size_t>(i)], {grid.width, grid.height});
    if (on) event = TileEvent{static_cast<std::size_t>(i), on->cell, on->clicked, on->entered};
  }
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({1.0f, grid.scrolls ? static_cast<float>(rows) * pitch_y + rim : 1.0f});
  ImGui::EndChild();
  return event;
}

}  // namespace convscope::panels
