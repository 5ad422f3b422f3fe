#include "app/panels/kernel_page/matrix_row_figure.h"

#include <algorithm>
#include <cmath>

#include "app/panels/kernel_page/small_plane.h"
#include "app/panels/parts/shown_sample.h"
#include "app/panels/parts/text_block.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/names.h"
#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

// Returns the row squeezed into a line of `pixels`: each pixel has the number farthest from 0 among
// those it stands for. A single number takes at least two pixels.
std::vector<float> row_pixels(const MatrixRow& row, std::size_t pixels) {
  std::vector<float> line(pixels, 0.0f);
  const double scale = static_cast<double>(pixels) / static_cast<double>(row.columns);
  for (const MatrixEntry& entry : row.entries) {
    const auto first = static_cast<std::size_t>(static_cast<double>(entry.column) * scale);
    const auto end = static_cast<std::size_t>(static_cast<double>(entry.column + 1) * scale);
    for (std::size_t p = first; p < std::min(std::max(first + 2, end), pixels); ++p) {
      if (std::abs(entry.value) > std::abs(static_cast<double>(line[p])))
        line[p] = static_cast<float>(entry.value);
    }
  }
  return line;
}

void draw_line(const PanelContext& context, const Rect& rect, const KernelInfo& info,
               const ui::HeatmapStyle& style) {
  const ui::Theme& theme = context.ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 min{std::round(rect.x), std::round(rect.y)};
  const ImVec2 max{std::round(rect.x + rect.w), std::round(rect.y + rect.h)};
  list->AddRectFilled(min, max, theme.color.line);
  list->AddRectFilled({min.x + 1, min.y + 1}, {max.x - 1, max.y - 1}, ui::value_color(style, 0.0f));
  const std::vector<float> line =
      row_pixels(info.matrix, static_cast<std::size_t>(std::max(1.0f, max.x - min.x - 2.0f)));
  for (std::size_t begin = 0; begin < line.size();) {
    std::size_t end = begin + 1;
    while (end < line.size() && line[end] == line[begin])
      ++end;
    if (line[begin] != 0.0f) {
      const float x = min.x + 1;
      list->AddRectFilled({x + static_cast<float>(begin), min.y + 1},
                          {x + static_cast<float>(end), max.y - 1},
                          ui::value_color(style, line[begin]));
    }
    begin = end;
  }
  context.ui.items.add("about/matrix-row", min, max);
}

// The position of the channel's part of the row, wrapped into the shape of the input: each column
// of the matrix is drawn at the position of its input cell.
struct WrappedRow {
  Rect rect;
  float cell = 1.0f;
  Index first = 0;  // the column of the channel's first cell
};

WrappedRow wrap_row(const PanelContext& context, const Rect& rect, const KernelInfo& info) {
  const Shape& x = info.input;
  const ui::Theme& theme = context.ui.theme;
  float cell = std::min({rect.w / static_cast<float>(x.w), rect.h / static_cast<float>(x.h),
                         theme.px(kMaxSmallCell)});
  if (cell >= 1.0f) cell = std::floor(cell);
  return {{rect.x, rect.y, std::max(2.0f, cell * static_cast<float>(x.w)),
           std::max(2.0f, cell * static_cast<float>(x.h))},
          cell,
          info.channel * x.h * x.w};
}

void draw_wrapped(const PanelContext& context, const WrappedRow& row, const KernelInfo& info,
                  const ui::HeatmapStyle& style) {
  const ui::Theme& theme = context.ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Shape& in = info.input;
  constexpr Index kMaxCells = 400;  // larger planes are filled, and only nonzero cells are drawn
  const bool each = in.h * in.w <= kMaxCells;
  std::vector<float> values(each ? static_cast<std::size_t>(in.h * in.w) : 0u, 0.0f);
  const ImVec2 max{row.rect.x + row.rect.w, row.rect.y + row.rect.h};
  if (!each) {
    list->AddRectFilled({row.rect.x - 1, row.rect.y - 1}, {max.x + 1, max.y + 1}, theme.color.line);
    list->AddRectFilled(row.rect.min(), max, ui::value_color(style, 0.0f));
  }
  for (const MatrixEntry& entry : info.part) {
    const Index place = entry.column - row.first;
    if (each) {
      values[static_cast<std::size_t>(place)] = static_cast<float>(entry.value);
      continue;
    }
    if (entry.value == 0.0) continue;
    const ImVec2 at{row.rect.x + static_cast<float>(place % in.w) * row.cell,
                    row.rect.y + static_cast<float>(place / in.w) * row.cell};
    const float side = std::max(row.cell, 2.0f);
    list->AddRectFilled(at, {at.x + side, at.y + side},
                        ui::value_color(style, static_cast<float>(entry.value)));
  }
  if (each) ui::draw_cells(theme, list, row.rect.min(), row.cell, in.h, in.w, style, values);
  context.ui.items.add("about/matrix", row.rect.min(), max);
}

// Marks the input cell of the column under the pointer as hovered, and shows the column's number as
// a tooltip.
void point_at(const PanelContext& context, const WrappedRow& row, const KernelInfo& info) {
  const ImVec2 max{row.rect.x + row.rect.w, row.rect.y + row.rect.h};
  if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(row.rect.min(), max)) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto place = [&](float from, float pointer, Index count) {
    return std::clamp<Index>(static_cast<Index>((pointer - from) / row.cell), 0, count - 1);
  };
  const Yx cell{place(row.rect.y, mouse.y, info.input.h), place(row.rect.x, mouse.x, info.input.w)};
  context.hovered.input = cell;
  const Index column = row.first + cell.y * info.input.w + cell.x;
  const auto entry = std::ranges::find(info.matrix.entries, column, &MatrixEntry::column);
  const double value = entry == info.matrix.entries.end() ? 0.0 : entry->value;
  ImGui::SetTooltip("column %s, %s: %s", count_text(column).c_str(), cell_name("X", cell).c_str(),
                    number_text(value, 6).c_str());
}

// Draws values side by side as cells, with numbers if they fit.
void draw_strip(const PanelContext& context, const char* id, const Rect& rect,
                std::span<const float> values, const ui::HeatmapStyle& style) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto count = static_cast<float>(values.size());
  const float cell = std::min(rect.h, rect.w / count);
  if (cell >= rect.h) {
    ui::draw_cells(context.ui.theme, list, rect.min(), cell, 1, std::ssize(values), style, values);
  } else {
    for (std::size_t k = 0; k < values.size(); ++k) {
      const float left = std::round(rect.x + cell * static_cast<float>(k));
      const float right = std::round(rect.x + cell * static_cast<float>(k + 1));
      list->AddRectFilled({left, rect.y}, {right, rect.y + rect.h},
                          ui::value_color(style, values[k]));
    }
  }
  context.ui.items.add(id, rect.min(), {rect.x + cell * count, rect.y + rect.h});
}

// Draws the row of the patch matrix above the weights that multiply it.
void draw_patch(const PanelContext& context, const Rect& rect, const KernelInfo& info) {
  ui::Ui& ui = context.ui;
  TextBlock block(ui, rect);
  const auto count = static_cast<float>(info.patch.size());
  if (rect.w < count) return;
  const float line = std::ceil(ui::font_size(ui.theme.font.small));
  const float gap = std::round(ui.theme.px(4.0f));
  const float min_height = std::round(ui.theme.px(6.0f));
  // Strips are this high even if their cells are narrower.
  const float readable = ui.theme.px(12.0f);
  const float max_height = std::min((rect.h - gap) * 0.5f - line, ui.theme.px(32.0f));
  if (max_height < min_height) return;
  const float height = std::floor(std::min(std::max(rect.w / count, readable), max_height));
  const auto strip = [&](const char* label, const char* id, std::span<const float> values,
                         const ui::HeatmapStyle& style) {
    block.line(label, ui.theme.color.muted);
    const Rect& rest = block.rest();
    draw_strip(context, id, {std::round(rest.x), std::round(rest.y), rest.w, height}, values,
               style);
    block.space(height + gap);
  };
  strip("its row of the patch matrix", "about/patch", info.patch,
        context.styles.style("input", shown_input(context), context.view.settings,
                             input_meaning(context.layer.scene, context.view.settings)));
  strip("times the weights", "about/weights", info.weights.values(),
        signed_style(context, info.weights));
}

}  // namespace

void draw_matrix_row(const PanelContext& context, const Rect& rect, const KernelInfo& info) {
  const ui::Theme& theme = context.ui.theme;
  // A number of the row can exceed every weight, because several weights are added up where the
  // padding repeats an input cell.
  ui::HeatmapStyle style = signed_style(context, info.weights);
  style.hi = std::max(style.hi, static_cast<float>(info.largest));
  style.lo = -style.hi;
  const float height = std::round(theme.px(12.0f));
  const float gap = std::round(theme.px(6.0f));
  draw_line(context, {rect.x, rect.y, rect.w, height}, info, style);
  const float top = rect.y + height + gap;
  const float patch_width = theme.px(150.0f);
  const Rect rest{rect.x, top, rect.w - patch_width - theme.px(14.0f),
                  rect.y + rect.h - top - 1.0f};
  if (rest.h < theme.px(16.0f)) return;
  const WrappedRow wrapped = wrap_row(context, rest, info);
  draw_wrapped(context, wrapped, info, style);
  point_at(context, wrapped, info);
  const float x = wrapped.rect.x + wrapped.rect.w + theme.px(14.0f);
  draw_patch(context, {x, top, rect.x + rect.w - x, rest.h}, info);
}

}  // namespace convscope::panels
