#include "app/ui/heatmap_layers.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/look/number_format.h"
#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/within.h"
#include "engine/core/padding.h"

namespace convscope::ui {
namespace {

constexpr Index kMaxNumbers = 4000;  // maximum number of cells with numbers in one frame
// If there are at most kFewHatched strips, each is made at least kThinnestHatch pixels (at scale 1)
// wide.
constexpr double kThinnestHatch = 4.0;
constexpr std::size_t kFewHatched = 4;

// Extends `run` to at least `min_count` cells within [lo, hi).
CellRun widened(CellRun run, Index min_count, Index lo, Index hi) {
  if (run.count <= 0 || run.count >= min_count) return run;
  run.first = std::max(lo, std::min(run.first - (min_count - run.count) / 2, hi - min_count));
  run.count = std::min(min_count, hi - run.first);
  return run;
}

// Returns the visible hatched strips. If there are many, strips thinner than a pixel are left out,
// because they would cover everything; if there are few, each is made wide enough to be seen.
CellStrips visible_hatching(const HeatmapFrame& frame, const HeatmapArgs& args) {
  const PlaneExtent& e = frame.extent;
  const double cell = frame.layout.cell;
  const CellRange sight = visible_cells(e, frame.layout, true);
  const bool few = args.hatched.rows.size() + args.hatched.columns.size() <= kFewHatched;
  const auto min_count = few ? static_cast<Index>(std::ceil(kThinnestHatch * e.scale / cell)) : 1;
  const auto seen = [&](const std::vector<CellRun>& runs, Index lo, Index hi, Index from,
                        Index count) {
    std::vector<CellRun> result;
    for (const CellRun& run : runs) {
      if (!few && static_cast<double>(run.count) * cell < 1.0) continue;
      const CellRun wide = widened(run, min_count, lo, hi);
      if (wide.first < from + count && wide.first + wide.count > from) result.push_back(wide);
    }
    return result;
  };
  return {seen(args.hatched.rows, -e.ring.top, e.height + e.ring.bottom, sight.y, sight.h),
          seen(args.hatched.columns, -e.ring.left, e.width + e.ring.right, sight.x, sight.w)};
}

// Returns the value at a position of the plane or its ring.
float value_at(const HeatmapPlane& plane, Index y, Index x, PaddingMode mode) {
  const Shape& shape = plane.tensor->shape();
  const Index sy = padding_source(y, shape.h, mode);
  const Index sx = padding_source(x, shape.w, mode);
  // A ring that is too large for its mode is refused elsewhere, but may be shown for a moment
  // before.
  const bool inside = sy >= 0 && sy < shape.h && sx >= 0 && sx < shape.w;
  return inside ? plane.at(sy, sx) : 0.0f;
}

CellNumber number_at(const HeatmapArgs& args, Index y, Index x) {
  const Shape& shape = args.tensor->shape();
  CellNumber number{value_at(args.plane(), y, x, args.ring_mode)};
  number.hatched = args.hatched.has_row(y) || args.hatched.has_column(x);
  if (y < 0 || x < 0 || y >= shape.h || x >= shape.w) {
    number.kind = CellKind::kPadding;
  } else if (!is_shown(args, {y, x})) {
    const bool ghost = args.reveal.ghost.tensor != nullptr;
    number.kind = ghost ? CellKind::kGhost : CellKind::kHidden;
    if (ghost) number.value = args.reveal.ghost.at(y, x);
  }
  return number;
}

}  // namespace

bool is_shown(const HeatmapArgs& args, Yx cell) {
  return args.reveal.shows(cell.y, cell.x, args.tensor->shape().w);
}

HeatmapStyle complete_style(const Theme& theme, const HeatmapFrame& frame, HeatmapStyle style) {
  const float cell = static_cast<float>(frame.layout.cell);
  set_grid(theme, cell, style);
  style.pale_color = mixed(theme.color.card, theme.color.muted, 0.15f);
  style.hatch_pitch = std::round(std::clamp(cell * 0.3f, theme.px(5.0f), theme.px(9.0f)));
  style.hatch_width = theme.px(1.2f);
  style.mark_size = mark_size(theme, cell);
  return style;
}

void draw_plane(HeatmapPainter& painter, const HeatmapFrame& frame, const HeatmapArgs& args,
                const HeatmapStyle& style, ImDrawList* list, ImGuiID key) {
  // Draws the visible part of the plane with its ring, in whole pixels.
  const PlaneExtent& e = frame.extent;
  const PlaneLayout& layout = frame.layout;
  const PixelRect plane = layout.rect(-e.ring.top, -e.ring.left, e.rows(), e.columns());
  const double left = std::round(within(plane.x, 0.0, e.area_width));
  const double top = std::round(within(plane.y, 0.0, e.area_height));
  const double right = std::round(within(plane.x + plane.width, 0.0, e.area_width));
  const double bottom = std::round(within(plane.y + plane.height, 0.0, e.area_height));
  if (right <= left || bottom <= top) return;
  const ImVec2 dense = ImGui::GetIO().DisplayFramebufferScale;
  const auto corner = [](Index first, double cells) {
    return static_cast<float>(std::max(static_cast<double>(first), cells));
  };
  HeatmapCrop crop;
  crop.y0 = corner(-e.ring.top, (top - layout.y) / layout.cell);
  crop.x0 = corner(-e.ring.left, (left - layout.x) / layout.cell);
  crop.cells_per_pixel = static_cast<float>(1.0 / (layout.cell * static_cast<double>(dense.x)));
  crop.height =
      std::max(1, static_cast<int>(std::lround((bottom - top) * static_cast<double>(dense.y))));
  crop.width =
      std::max(1, static_cast<int>(std::lround((right - left) * static_cast<double>(dense.x))));
  HeatmapStyle dense_style = style;
  dense_style.grid_width *= dense.x;
  dense_style.hatch_pitch *= dense.x;
  dense_style.hatch_width *= dense.x;
  dense_style.mark_size *= dense.x;
  const HeatmapPicture picture{args.plane(), args.reveal, e.ring, args.ring_mode,
                               visible_hatching(frame, args)};
  const ImTextureID texture = painter.paint(key, picture, dense_style, crop);
  if (texture) list->AddImage(texture, frame.at({left, top}), frame.at({right, bottom}));
}

void draw_numbers(const Theme& theme, const HeatmapFrame& frame, const HeatmapArgs& args,
                  const HeatmapStyle& style, ImDrawList* list) {
  const bool large = frame.layout.cell >= static_cast<double>(theme.px(kSmallestNumberCell));
  if (!args.numbers || !large) return;
  const CellRange range = visible_cells(frame.extent, frame.layout, true);
  if (range.h * range.w > kMaxNumbers) return;
  std::vector<CellNumber> numbers;
  std::vector<float> ghosted;  // the plane's values in cells that show a ghost instead
  numbers.reserve(static_cast<std::size_t>(range.h * range.w));
  for (Index y = range.y; y < range.y + range.h; ++y) {
    for (Index x = range.x; x < range.x + range.w; ++x) {
      numbers.push_back(number_at(args, y, x));
      if (numbers.back().kind == CellKind::kGhost) ghosted.push_back(args.plane().at(y, x));
    }
  }
  draw_cell_numbers(theme, list, frame.min, frame.layout, range, style, numbers, ghosted);
}

void draw_outlines(const Theme& theme, const HeatmapFrame& frame, const HeatmapArgs& args,
                   const std::optional<Yx>& hovered, ImDrawList* list) {
  const auto outline = [&](Index y, Index x, Index h, Index w, ImU32 color) {
    const PixelRect r = frame.layout.rect(y, x, h, w);
    draw_outline(theme, list, frame.at({r.x, r.y}), frame.at({r.x + r.width, r.y + r.height}),
                 color);
  };
  // The selected cell may be linked, too: what is pointed at now is seen over what was chosen.
  if (args.selected) outline(args.selected->y, args.selected->x, 1, 1, theme.color.accent);
  for (const CellOutline& o : args.outlines)
    outline(o.y, o.x, o.h, o.w, o.color);
  if (args.paint && hovered && args.brush.y > 0 && args.brush.x > 0) {
    const PixelRect r =
        frame.layout.rect(hovered->y - (args.brush.y - 1) / 2, hovered->x - (args.brush.x - 1) / 2,
                          args.brush.y, args.brush.x);
    const ImVec2 min = frame.at({r.x, r.y});
    const ImVec2 max = frame.at({r.x + r.width, r.y + r.height});
    stroke_rect(list, min, max, theme.color.card, 2.0f, std::max(3.0f, theme.px(3.0f)));
    stroke_rect(list, min, max, theme.color.ink, 2.0f, std::max(1.0f, theme.px(1.0f)));
  }
}

}  // namespace convscope::ui
