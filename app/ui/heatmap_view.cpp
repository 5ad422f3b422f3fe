#include "app/ui/heatmap_view.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/number_format.h"
#include "engine/padding.h"

namespace convscope::ui {
namespace {

constexpr Index kMostNumbers = 4000;    // cells with numbers that one frame draws
constexpr Index kMostRingCells = 4000;  // padding cells drawn one by one

struct Frame {
  ImVec2 min, max;  // the area of the cells on the screen
  PlaneExtent extent;
  PlaneLayout layout;
  ImVec2 at(PixelPoint p) const {
    return {min.x + static_cast<float>(p.x), min.y + static_cast<float>(p.y)};
  }
  PixelPoint pixel(ImVec2 screen) const {
    return {static_cast<double>(screen.x - min.x), static_cast<double>(screen.y - min.y)};
  }
};

// Zoom, pan and fit by the mouse; the last item is the area.
void navigate(const Frame& frame, const HeatmapArgs& args, bool hovered, bool active,
              PlaneView& view) {
  const ImGuiIO& io = ImGui::GetIO();
  if (hovered && io.MouseWheel != 0.0f && !io.KeyCtrl) {
    view = zoomed_at(frame.extent, view, frame.pixel(io.MousePos), std::pow(1.25, io.MouseWheel));
  }
  const bool left_pans = !args.paint || io.KeyCtrl;
  for (const ImGuiMouseButton button : {ImGuiMouseButton_Middle, ImGuiMouseButton_Left}) {
    const bool pans = button == ImGuiMouseButton_Middle || left_pans;
    if (!active || !pans || !ImGui::IsMouseDragging(button)) continue;
    // With the first pixels, in which a drag is not yet told from a click.
    const ImVec2 moved = ImGui::GetMouseDragDelta(button);
    ImGui::ResetMouseDragDelta(button);
    view = panned(frame.extent, view, moved.x, moved.y);
    break;
  }
  if (hovered && !args.paint && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    view = PlaneView{};
  }
}

void read_pointer(const Frame& frame, const HeatmapArgs& args, bool hovered, bool active,
                  HeatmapEvent& event) {
  const ImGuiIO& io = ImGui::GetIO();
  if (!hovered && !active) return;
  const std::optional<Yx> cell =
      plane_cell_at(frame.extent, frame.layout, frame.pixel(io.MousePos));
  event.hovered = cell;
  event.pressed = hovered && (ImGui::IsMouseClicked(ImGuiMouseButton_Left) ||
                              ImGui::IsMouseClicked(ImGuiMouseButton_Right));
  const bool for_caller = !(args.paint && io.KeyCtrl);
  if (active && for_caller) {
    if (io.MouseDown[ImGuiMouseButton_Left]) event.left_down = cell;
    if (io.MouseDown[ImGuiMouseButton_Right]) event.right_down = cell;
  }
  if (hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Left)) {
    const float moved = io.MouseDragMaxDistanceSqr[ImGuiMouseButton_Left];
    if (moved < io.MouseDragThreshold * io.MouseDragThreshold) event.clicked = cell;
  }
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) event.double_clicked = cell;
}

void draw_plane(Ui& ui, const Frame& frame, const HeatmapArgs& args, const HeatmapStyle& style,
                ImDrawList* list, ImGuiID key) {
  // The visible part of the plane, in whole pixels.
  const PlaneExtent& e = frame.extent;
  const PixelRect plane = frame.layout.rect(0, 0, e.height, e.width);
  const double left = std::round(std::clamp(plane.x, 0.0, e.area_width));
  const double top = std::round(std::clamp(plane.y, 0.0, e.area_height));
  const double right = std::round(std::clamp(plane.x + plane.width, 0.0, e.area_width));
  const double bottom = std::round(std::clamp(plane.y + plane.height, 0.0, e.area_height));
  if (right <= left || bottom <= top) return;
  const ImVec2 dense = ImGui::GetIO().DisplayFramebufferScale;
  HeatmapCrop crop;
  crop.y0 = static_cast<float>(std::max(0.0, (top - frame.layout.y) / frame.layout.cell));
  crop.x0 = static_cast<float>(std::max(0.0, (left - frame.layout.x) / frame.layout.cell));
  crop.cells_per_pixel =
      static_cast<float>(1.0 / (frame.layout.cell * static_cast<double>(dense.x)));
  crop.height =
      std::max(1, static_cast<int>(std::lround((bottom - top) * static_cast<double>(dense.y))));
  crop.width =
      std::max(1, static_cast<int>(std::lround((right - left) * static_cast<double>(dense.x))));
  HeatmapStyle dense_style = style;
  dense_style.grid_width *= dense.x;
  const ImTextureID texture =
      ui.painter.paint(key, *args.tensor, args.version, args.channel, dense_style, crop);
  if (texture) list->AddImage(texture, frame.at({left, top}), frame.at({right, bottom}));
}

// Values of a range of cells, padding included, in reading order.
std::vector<float> values_of(const HeatmapArgs& args, const CellRange& range) {
  const Shape& shape = args.tensor->shape();
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(range.h * range.w));
  for (Index y = range.y; y < range.y + range.h; ++y) {
    const Index sy = padding_source(y, shape.h, args.ring_mode);
    for (Index x = range.x; x < range.x + range.w; ++x) {
      const Index sx = padding_source(x, shape.w, args.ring_mode);
      // A ring that is too large for its mode is refused elsewhere, but may be shown before.
      const bool inside = sy >= 0 && sy < shape.h && sx >= 0 && sx < shape.w;
      values.push_back(inside ? args.tensor->at(0, args.channel, sy, sx) : 0.0f);
    }
  }
  return values;
}

// The four sides of the ring, as far as they are visible.
std::vector<CellRange> ring_ranges(const Frame& frame) {
  const CellRange v = visible_cells(frame.extent, frame.layout, true);
  const CellRange p = visible_cells(frame.extent, frame.layout, false);
  std::vector<CellRange> ranges;
  const auto add = [&](CellRange r) {
    if (r.h > 0 && r.w > 0) ranges.push_back(r);
  };
  add({v.y, v.x, p.y - v.y, v.w});
  add({p.y + p.h, v.x, v.y + v.h - p.y - p.h, v.w});
  add({p.y, v.x, p.h, p.x - v.x});
  add({p.y, p.x + p.w, p.h, v.x + v.w - p.x - p.w});
  return ranges;
}

// Padding cells are pale: half their value's colour, half the card's.
void draw_ring(const Theme& theme, const Frame& frame, const HeatmapArgs& args,
               const HeatmapStyle& style, ImDrawList* list) {
  const float cell = static_cast<float>(frame.layout.cell);
  const float gap = style.grid_width;
  for (const CellRange& range : ring_ranges(frame)) {
    const PixelRect all = frame.layout.rect(range.y, range.x, range.h, range.w);
    if (range.h * range.w > kMostRingCells || cell < 4.0f) {
      list->AddRectFilled(frame.at({all.x, all.y}),
                          frame.at({all.x + all.width, all.y + all.height}),
                          mixed(theme.color.card, theme.color.muted, 0.25f));
      continue;
    }
    const std::vector<float> values = values_of(args, range);
    std::size_t i = 0;
    for (Index y = range.y; y < range.y + range.h; ++y) {
      for (Index x = range.x; x < range.x + range.w; ++x, ++i) {
        const ImVec2 min =
            frame.at(frame.layout.to_pixel(static_cast<double>(y), static_cast<double>(x)));
        list->AddRectFilled({min.x + gap * 0.5f, min.y + gap * 0.5f},
                            {min.x + cell - gap * 0.5f, min.y + cell - gap * 0.5f},
                            mixed(theme.color.card, value_color(style, values[i]), 0.3f));
        if (cell < theme.px(kSmallestNumberCell)) continue;
        const std::string text = cell_text(values[i], {1, false});
        const float size = font_size(theme.font.small) * 0.9f;
        const ImVec2 extent = text_size(theme.font.small, size, text);
        if (extent.x > cell) continue;
        draw_text(list, theme.font.small, size,
                  {std::round(min.x + (cell - extent.x) * 0.5f),
                   std::round(min.y + (cell - extent.y) * 0.5f)},
                  theme.color.muted, text);
      }
    }
  }
}

void draw_outlines(const Theme& theme, const Frame& frame, const HeatmapArgs& args,
                   const std::optional<Yx>& hovered, ImDrawList* list) {
  const auto outline = [&](Index y, Index x, Index h, Index w, ImU32 color) {
    const PixelRect r = frame.layout.rect(y, x, h, w);
    draw_outline(theme, list, frame.at({r.x, r.y}), frame.at({r.x + r.width, r.y + r.height}),
                 color);
  };
  for (const CellOutline& o : args.outlines)
    outline(o.y, o.x, o.h, o.w, o.color);
  if (args.paint && hovered && args.brush.y > 0 && args.brush.x > 0) {
    const PixelRect r =
        frame.layout.rect(hovered->y - (args.brush.y - 1) / 2, hovered->x - (args.brush.x - 1) / 2,
                          args.brush.y, args.brush.x);
    const ImVec2 min = frame.at({r.x, r.y});
    const ImVec2 max = frame.at({r.x + r.width, r.y + r.height});
    stroke_rect(list, min, max, faded(theme.color.card, 0.8f), 2.0f, theme.px(3.0f));
    stroke_rect(list, min, max, theme.color.ink, 2.0f, std::max(1.0f, theme.px(1.0f)));
  }
}

void show_tooltip(const Theme& theme, const HeatmapArgs& args, Yx cell) {
  const float value = args.tensor->at(0, args.channel, cell.y, cell.x);
  std::string text = std::string(args.symbol) + "[" + std::to_string(cell.y) + ", " +
                     std::to_string(cell.x) + "] = " + exact_text(value);
  if (std::isnan(value)) text += " (not a number)";
  if (std::isinf(value)) text += " (infinite)";
  ImGui::BeginTooltip();
  push_font(theme.font.body);
  ImGui::TextUnformatted(text.c_str());
  pop_font();
  ImGui::EndTooltip();
}

}  // namespace

HeatmapEvent heatmap_view(Ui& ui, const HeatmapArgs& args, HeatmapViewState& state) {
  const Theme& theme = ui.theme;
  const float bar = args.color_bar ? color_bar_height(theme) : 0.0f;
  const float gap = args.color_bar ? std::round(theme.px(8.0f)) : 0.0f;
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  const ImVec2 size{std::floor(std::max(args.size.x, 8.0f)),
                    std::floor(std::max(args.size.y - bar - gap, 8.0f))};
  Frame frame;
  frame.min = {std::floor(cursor.x), std::floor(cursor.y)};
  frame.max = {frame.min.x + size.x, frame.min.y + size.y};

  ImGui::PushID(args.id);
  ImGui::InvisibleButton("##cells", size,
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  claim_wheel();
  const bool hovered = ImGui::IsItemHovered();
  const bool active = ImGui::IsItemActive();
  const ImGuiID key = ImGui::GetID("##cells");
  ui.items.add(args.id, frame.min, frame.max);
  HeatmapEvent event;
  event.area_min = frame.min;
  event.area_max = frame.max;

  ImDrawList* list = ImGui::GetWindowDrawList();
  if (args.tensor != nullptr && !args.tensor->empty()) {
    const Shape& shape = args.tensor->shape();
    frame.extent = {shape.h, shape.w, args.ring, size.x, size.y, theme.scale};
    navigate(frame, args, hovered, active, state.view);
    frame.layout = event.layout = layout_plane(frame.extent, state.view);
    read_pointer(frame, args, hovered, active, event);
    const PixelRect plane = frame.layout.rect(0, 0, shape.h, shape.w);
    ui.items.add(std::string(args.id) + "/plane", frame.at({plane.x, plane.y}),
                 frame.at({plane.x + plane.width, plane.y + plane.height}));

    HeatmapStyle style = args.style;
    set_grid(theme, static_cast<float>(frame.layout.cell), style);
    list->PushClipRect(frame.min, frame.max, true);
    draw_plane(ui, frame, args, style, list, key);
    draw_ring(theme, frame, args, style, list);
    const CellRange range = visible_cells(frame.extent, frame.layout, false);
    if (args.numbers && frame.layout.cell >= static_cast<double>(theme.px(kSmallestNumberCell)) &&
        range.h * range.w <= kMostNumbers) {
      draw_cell_numbers(theme, list, frame.min, frame.layout, range, style, values_of(args, range));
    }
    list->PopClipRect();
    // Outlines of cells at the rim may reach a little out of the area.
    const float rim = theme.px(3.0f);
    list->PushClipRect({frame.min.x - rim, frame.min.y - rim},
                       {frame.max.x + rim, frame.max.y + rim}, true);
    draw_outlines(theme, frame, args, event.hovered, list);
    list->PopClipRect();
    if (hovered && !active && event.hovered && args.symbol != nullptr) {
      show_tooltip(theme, args, *event.hovered);
    }
  }
  if (args.color_bar) {
    const float value =
        event.hovered ? args.tensor->at(0, args.channel, event.hovered->y, event.hovered->x) : 0.0f;
    const ImVec2 bar_min{frame.min.x, frame.max.y + gap};
    draw_color_bar(theme, list, bar_min, {frame.max.x, bar_min.y + bar}, args.style,
                   event.hovered ? &value : nullptr);
    ui.items.add(std::string(args.id) + "/bar", bar_min, {frame.max.x, bar_min.y + bar});
    ImGui::SetCursorScreenPos({cursor.x, bar_min.y});
    ImGui::Dummy({size.x, bar});
  }
  ImGui::PopID();
  return event;
}

}  // namespace convscope::ui
