#include "app/panels/kernel_info_figures.h"

#include <algorithm>
#include <cmath>

#include "app/panels/text_block.h"
#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/number_format.h"
#include "app/ui/widgets.h"
#include "app/ui/within.h"
#include "engine/kernel_text.h"
#include "engine/number_text.h"

namespace convscope {
namespace {

constexpr float kLargestCell = 44.0f;  // at scale 1

// Cells with their own colour range at a place, with a tooltip that tells the number under the
// pointer. Registers `id`. Gives the cell under the pointer.
std::optional<Yx> draw_plane(const PanelContext& context, const char* id, const char* symbol,
                             const Tensor& plane, const ui::HeatmapStyle& style, ImVec2 at,
                             float cell) {
  ui::Ui& ui = context.ui;
  const Shape& s = plane.shape();
  const ImVec2 min{std::round(at.x), std::round(at.y)};
  const ImVec2 max{min.x + cell * static_cast<float>(s.w), min.y + cell * static_cast<float>(s.h)};
  ui::draw_cells(ui.theme, ImGui::GetWindowDrawList(), min, cell, s.h, s.w, style, plane.values());
  ui.items.add(id, min, max);
  if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(min, max)) return std::nullopt;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Yx hovered{std::clamp<Index>(static_cast<Index>((mouse.y - min.y) / cell), 0, s.h - 1),
                   std::clamp<Index>(static_cast<Index>((mouse.x - min.x) / cell), 0, s.w - 1)};
  if (symbol != nullptr) {
    const std::string text =
        cell_name(symbol, hovered) + " = " + ui::exact_text(plane.at(hovered.y, hovered.x));
    ImGui::SetTooltip("%s", text.c_str());
  }
  return hovered;
}

float width_of(const Tensor& plane, float cell) {
  return cell * static_cast<float>(plane.shape().w);
}

ui::HeatmapStyle signed_style(const PanelContext& context, const Tensor& plane) {
  return ui::style_for(plane, 0, context.view.dark, ui::MapChoice::kDiverging);
}

}  // namespace

void draw_singular_values(const PanelContext& context, const Rect& rect, const KernelInfo& info) {
  const ui::Theme& theme = context.ui.theme;
  const std::vector<double>& values = info.svd.values;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float base = std::round(rect.y + rect.h);
  const float step =
      std::floor(std::min(rect.w / static_cast<float>(values.size()), theme.px(20.0f)));
  const float gap = step >= 4.0f ? std::max(1.0f, std::round(step * 0.2f)) : 0.0f;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const bool counts = static_cast<Index>(k) < info.svd.rank;
    const double share = counts ? values[k] / values.front() : 0.0;
    const float height = std::max(2.0f, std::round(rect.h * static_cast<float>(share)));
    const float x = std::round(rect.x) + step * static_cast<float>(k);
    list->AddRectFilled({x, base - height}, {x + step - gap, base},
                        counts ? theme.color.accent : theme.color.line);
  }
  const ImVec2 max{rect.x + step * static_cast<float>(values.size()), base};
  context.ui.items.add("about/singular-values", rect.min(), max);
  if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(rect.min(), max)) return;
  const auto k = std::min(static_cast<std::size_t>((ImGui::GetIO().MousePos.x - rect.x) / step),
                          values.size() - 1);
  ImGui::SetTooltip("singular value %zu of %zu: %s", k + 1, values.size(),
                    number_text(values[k], 6).c_str());
}

void draw_separable_pair(const PanelContext& context, const Rect& rect, const KernelInfo& info) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const Index h = info.svd.size.y;
  const Index w = info.svd.size.x;
  const auto cell_size = [&](float signs, Index cells) {
    return std::floor(
        std::min({rect.h / static_cast<float>(h), (rect.w - signs) / static_cast<float>(cells),
                  theme.px(kLargestCell)}));
  };
  const float gap = theme.px(8.0f);
  const auto signs = [&](const char* last) {
    return ui::label_width(ui, "v") + ui::label_width(ui, "· h") + ui::label_width(ui, last) +
           5 * gap;
  };
  // The product, too, if that leaves room for the numbers: the kernel itself is not far.
  const bool exact = info.svd.separable();
  const char* equals = exact ? "= W" : "≈ W";
  float cell = cell_size(signs(equals), w + 1);
  const float with = cell_size(signs(exact ? "= W =" : "≈ W ≈"), 2 * w + 1);
  const bool with_product = with == cell || with >= theme.px(ui::kSmallestNumberCell);
  if (with_product) {
    cell = with;
    equals = exact ? "= W =" : "≈ W ≈";
  }
  if (cell < 1.0f) return;
  const float height = cell * static_cast<float>(h);
  const float middle = rect.y + height * 0.5f;
  float x = rect.x;
  const auto sign = [&](const char* text) {
    const float width = ui::label_width(ui, text);
    draw_small_text_centred(ui, {x + width * 0.5f, middle}, text, theme.color.muted);
    x += width + gap;
  };
  const auto plane = [&](const char* id, const char* symbol, const Tensor& tensor) {
    const float top = middle - cell * static_cast<float>(tensor.shape().h) * 0.5f;
    draw_plane(context, id, symbol, tensor, signed_style(context, tensor), {x, top}, cell);
    x += width_of(tensor, cell) + gap;
  };
  sign("v");
  plane("about/column", "v", info.column);
  sign("· h");
  plane("about/row", "h", info.row);
  sign(equals);
  if (with_product) plane("about/product", "(v · h)", info.product);
}

namespace {

// Where the heatmap's cell of a frequency has its centre.
ImVec2 frequency_place(const ui::HeatmapEvent& event, double fy, double fx) {
  const double steps = 2.0 * static_cast<double>(kFrequencySteps);
  return event.screen((fy + 0.5) * steps + 0.5, (fx + 0.5) * steps + 0.5);
}

void draw_frequency_axes(const ui::Ui& ui, const ui::HeatmapEvent& event, float left, float below) {
  const ImU32 color = ui.theme.color.muted;
  const float half_line = ui::font_size(ui.theme.font.small) * 0.5f;
  // Labels at the ends stay beside the plot.
  const auto label = [&](double f, const char* text) {
    const float width = ui::label_width(ui, text);
    const float x = frequency_place(event, 0.0, f).x;
    const float y = frequency_place(event, f, 0.0).y;
    if (x >= event.area_min.x && x <= event.area_max.x) {
      const float at = ui::within(x - width * 0.5f, event.area_min.x, event.area_max.x - width);
      draw_small_text(ui, {at, below}, text, color);
    }
    if (y >= event.area_min.y && y <= event.area_max.y) {
      const float at =
          ui::within(y, event.area_min.y + half_line, event.area_max.y - half_line) - half_line;
      draw_small_text(ui, {left - width, at}, text, color);
    }
  };
  label(-0.5, "−½");
  label(0.0, "0");
  label(0.5, "½");
  draw_small_text_centred(ui, {frequency_place(event, 0.0, 0.25).x, below + half_line}, "fx",
                          color);
  const float width = ui::label_width(ui, "fy");
  draw_small_text_centred(ui, {left - width * 0.5f, frequency_place(event, 0.25, 0.0).y}, "fy",
                          color);
}

}  // namespace

void draw_frequencies(const PanelContext& context, const Rect& rect, const KernelInfo& info,
                      ui::HeatmapViewState& heatmap) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const float line = std::ceil(ui::font_size(theme.font.small));
  const float left = ui::label_width(ui, "−½") + theme.px(6.0f);
  const float gap = theme.px(12.0f);
  const float text_width = theme.px(120.0f);
  const float side = std::floor(
      std::max(theme.px(40.0f), std::min(rect.h - line, rect.w - left - gap - text_width)));
  ui::HeatmapArgs args;
  args.id = "about/frequency";
  args.tensor = &info.response;
  args.version = info.version;
  args.style = ui::style_for(info.response, 0, context.view.dark, ui::MapChoice::kViridis);
  args.size = {side, side};
  args.color_bar = false;
  args.numbers = false;
  ImGui::SetCursorScreenPos({rect.x + left, rect.y});
  const ui::HeatmapEvent event = ui::heatmap_view(ui, args, heatmap);
  draw_frequency_axes(ui, event, rect.x + left - theme.px(4.0f), rect.y + side);
  float value = 0.0f;
  if (event.hovered) {
    value = info.response.at(event.hovered->y, event.hovered->x);
    const auto f = [](Index i) {
      return number_text(
          static_cast<double>(i - kFrequencySteps) / (2.0 * static_cast<double>(kFrequencySteps)),
          4);
    };
    ImGui::SetTooltip("fy %s, fx %s: multiplied by %s", f(event.hovered->y).c_str(),
                      f(event.hovered->x).c_str(),
                      number_text(static_cast<double>(value), 4).c_str());
  }
  const float x = rect.x + left + side + gap;
  TextBlock text(ui, {x, rect.y, rect.x + rect.w - x, rect.h});
  const ImVec2 bar{x, rect.y};
  const ImVec2 bar_max{rect.x + rect.w, rect.y + ui::color_bar_height(theme)};
  ui::draw_color_bar(theme, ImGui::GetWindowDrawList(), bar, bar_max, args.style,
                     event.hovered ? &value : nullptr);
  ui.items.add("about/frequency/bar", bar, bar_max);
  text.space(ui::color_bar_height(theme) + theme.px(6.0f));
  text.paragraph(frequency_text(info.frequencies), theme.color.ink);
  text.paragraph("fy, fx: cycles per pixel", theme.color.muted);
}

namespace {

// What a line of `pixels` shows of the row in its true order: in each place the number that is
// farthest from 0. A single number takes two pixels at least.
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

// The part of the row that belongs to the channel, wrapped like the input: column c of the matrix
// is the input cell in the same place.
struct WrappedRow {
  Rect rect;
  float cell = 1.0f;
  Index first = 0;  // column of the channel's first cell
};

WrappedRow wrap_row(const PanelContext& context, const Rect& rect, const KernelInfo& info) {
  const Shape& x = info.input;
  const ui::Theme& theme = context.ui.theme;
  float cell = std::min(
      {rect.w / static_cast<float>(x.w), rect.h / static_cast<float>(x.h), theme.px(kLargestCell)});
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
  constexpr Index kMostCells = 400;  // that are drawn one by one
  const bool each = in.h * in.w <= kMostCells;
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

// The column under the pointer, and the input cell that it belongs to.
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

// Values side by side, as cells with numbers where these have room.
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

// The row of the patch matrix above the weights that it is multiplied with.
void draw_patch(const PanelContext& context, const Rect& rect, const KernelInfo& info) {
  ui::Ui& ui = context.ui;
  TextBlock block(ui, rect);
  const auto count = static_cast<float>(info.patch.size());
  if (rect.w < count) return;
  const float line = std::ceil(ui::font_size(ui.theme.font.small));
  const float gap = std::round(ui.theme.px(4.0f));
  const float least = std::round(ui.theme.px(6.0f));
  const float readable = ui.theme.px(12.0f);  // of strips whose cells are narrower
  const float most = std::min((rect.h - gap) * 0.5f - line, ui.theme.px(32.0f));
  if (most < least) return;
  const float height = std::floor(std::min(std::max(rect.w / count, readable), most));
  const auto strip = [&](const char* label, const char* id, std::span<const float> values,
                         const ui::HeatmapStyle& style) {
    block.line(label, ui.theme.color.muted);
    const Rect& rest = block.rest();
    draw_strip(context, id, {std::round(rest.x), std::round(rest.y), rest.w, height}, values,
               style);
    block.space(height + gap);
  };
  strip("its row of the patch matrix", "about/patch", info.patch,
        context.styles.style("input",
                             {context.scene.input.tensor.get(), context.input_version,
                              context.shown.sample, context.shown.input},
                             context.view));
  strip("times the weights", "about/weights", info.weights.values(),
        signed_style(context, info.weights));
}

}  // namespace

void draw_matrix_row(const PanelContext& context, const Rect& rect, const KernelInfo& info) {
  const ui::Theme& theme = context.ui.theme;
  // Numbers of the row can be larger than every weight, where the padding adds some up.
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

}  // namespace convscope
