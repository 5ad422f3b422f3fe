#include "app/ui/thumbnail.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/ui/cells.h"
#include "app/ui/heatmap_geometry.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/within.h"

namespace convscope::ui {
namespace {

struct Box {
  ImVec2 min, max;
};

void draw_picture(Ui& ui, const ThumbnailArgs& args, ImGuiID key, const PlaneLayout& layout,
                  const Box& plane) {
  const ImVec2 dense = ImGui::GetIO().DisplayFramebufferScale;
  HeatmapCrop crop;
  crop.cells_per_pixel = static_cast<float>(
      1.0 / (layout.cell * static_cast<double>(args.step) * static_cast<double>(dense.x)));
  crop.height = std::max(1, static_cast<int>(std::lround((plane.max.y - plane.min.y) * dense.y)));
  crop.width = std::max(1, static_cast<int>(std::lround((plane.max.x - plane.min.x) * dense.x)));
  HeatmapStyle style = args.style;
  set_grid(ui.theme, static_cast<float>(layout.cell), style);
  style.grid_width *= dense.x;
  style.mark_size = mark_size(ui.theme, static_cast<float>(layout.cell)) * dense.x;
  HeatmapPicture picture;
  picture.values = args.picture;
  const ImTextureID texture = ui.painter.paint(key, picture, style, crop);
  if (texture) ImGui::GetWindowDrawList()->AddImage(texture, plane.min, plane.max);
}

// Draws numbers in cells that are large enough; a plane that is shown subsampled or in RGB has
// none.
void draw_numbers(const Ui& ui, const ThumbnailArgs& args, const PlaneLayout& layout, ImVec2 min) {
  const bool large = layout.cell >= static_cast<double>(ui.theme.px(kSmallestNumberCell));
  if (!large || args.step != 1 || args.style.rgb) return;
  std::vector<CellNumber> numbers;
  for (Index y = 0; y < args.height; ++y) {
    for (Index x = 0; x < args.width; ++x)
      numbers.push_back({args.picture.at(y, x)});
  }
  draw_cell_numbers(ui.theme, ImGui::GetWindowDrawList(), min, layout,
                    {0, 0, args.height, args.width}, args.style, numbers);
}

// Enter on the selected picture goes into its cells, from the middle one; then the arrows go from
// cell to cell. Returns the cell that they have reached; nullopt while they go from picture to
// picture.
std::optional<Yx> cell_by_keys(Focus& focus, const FocusKeys& keys, const ThumbnailArgs& args) {
  constexpr Index kLargeStep = 10;
  std::optional<Index>& place = focus.place();
  if (!keys.focused || args.group == 0 || args.height <= 0 || args.width <= 0) return std::nullopt;
  if (!place && keys.pressed && args.selected)
    place = (args.height - 1) / 2 * args.width + (args.width - 1) / 2;
  if (!place) return std::nullopt;
  const Index step = ctrl_down() ? kLargeStep : 1;
  const Yx cell{std::clamp<Index>(*place / args.width + step * keys.y, 0, args.height - 1),
                std::clamp<Index>(*place % args.width + step * keys.x, 0, args.width - 1)};
  place = cell.y * args.width + cell.x;
  return cell;
}

}  // namespace

ThumbnailEvent thumbnail(Ui& ui, const ThumbnailArgs& args) {
  ThumbnailEvent event;
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  const ImVec2 min{std::floor(cursor.x), std::floor(cursor.y)};
  const ImVec2 size{std::max(1.0f, std::floor(args.size.x)),
                    std::max(1.0f, std::floor(args.size.y))};
  const ImGuiID key = ImGui::GetID(args.id);
  event.clicked = ImGui::InvisibleButton(args.id, size);
  const bool hovered = ImGui::IsItemHovered();
  const FocusKeys keys = ui.focus.stop({.id = key,
                                        .min = min,
                                        .max = {min.x + size.x, min.y + size.y},
                                        .group = args.group,
                                        .preferred = args.selected,
                                        .hovered = hovered});
  const bool in_cells = keys.focused && ui.focus.place().has_value();
  const std::optional<Yx> cell = cell_by_keys(ui.focus, keys, args);
  event.clicked |= keys.pressed && !cell;
  event.entered = keys.pressed && cell && in_cells;
  ui.items.add(args.id, min, {min.x + size.x, min.y + size.y});
  if (args.picture.tensor == nullptr || args.picture.tensor->empty()) return event;
  const PlaneExtent extent{args.height, args.width, {}, size.x, size.y, ui.theme.scale};
  const PlaneLayout layout = layout_plane(extent, {});
  const PixelRect r = layout.rect(0, 0, args.height, args.width);
  const auto place = [&](double x, double y) {
    return ImVec2{min.x + static_cast<float>(within(x, 0.0, extent.area_width)),
                  min.y + static_cast<float>(within(y, 0.0, extent.area_height))};
  };
  const ImVec2 corner = place(std::round(r.x), std::round(r.y));
  const Box plane{corner, place(std::round(r.x + r.width), std::round(r.y + r.height))};
  ui.items.add(std::string(args.id) + "/plane", plane.min, plane.max);
  draw_picture(ui, args, key, layout, plane);
  draw_numbers(ui, args, layout, min);
  if (hovered) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    event.hovered =
        plane_cell_at(extent, layout,
                      {static_cast<double>(mouse.x - min.x), static_cast<double>(mouse.y - min.y)});
  }
  if (cell && ui.focus.leads()) event.hovered = cell;
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (const CellOutline& o : args.outlines) {
    const PixelRect around = layout.rect(o.y, o.x, o.h, o.w);
    draw_outline(ui.theme, list, place(around.x, around.y),
                 place(around.x + around.width, around.y + around.height), o.color);
  }
  if (args.selected || hovered) {
    const float thickness = std::max(1.0f, std::round(ui.theme.px(args.selected ? 3.0f : 1.0f)));
    stroke_rect(list, {plane.min.x - thickness, plane.min.y - thickness},
                {plane.max.x + thickness, plane.max.y + thickness},
                args.selected ? ui.theme.color.accent : ui.theme.color.muted, ui.theme.px(3.0f),
                thickness);
  }
  return event;
}

}  // namespace convscope::ui
