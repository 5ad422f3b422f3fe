#include "app/panels/kernel_page/kernel_info_figures.h"

#include <algorithm>
#include <cmath>

#include "app/panels/kernel_page/small_plane.h"
#include "app/panels/parts/text_block.h"
#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/widgets.h"
#include "app/ui/within.h"
#include "engine/core/number_text.h"
#include "engine/kernel_info/kernel_text.h"

namespace convscope {
namespace {

float width_of(const Tensor& plane, float cell) {
  return cell * static_cast<float>(plane.shape().w);
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
                  theme.px(kLargestSmallCell)}));
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

}  // namespace convscope
