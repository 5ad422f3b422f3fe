#include "app/panels/kernel_page/separability_figures.h"

#include <algorithm>
#include <cmath>

#include "app/panels/kernel_page/small_plane.h"
#include "app/panels/parts/text_block.h"
#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"
#include "engine/core/number_text.h"
#include "engine/kernel_info/kernel_text.h"

namespace convscope::panels {

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
                  theme.px(kMaxSmallCell)}));
  };
  const float gap = theme.px(8.0f);
  const auto signs = [&](const char* last) {
    return ui::label_width(ui, "v") + ui::label_width(ui, "· h") + ui::label_width(ui, last) +
           5 * gap;
  };
  // The product is drawn only if its numbers still fit; the kernel itself is shown nearby.
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

}  // namespace convscope::panels
