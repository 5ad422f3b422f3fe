#include "app/panels/kernel_page/kernel_info_panel.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/panels/kernel_page/frequency_figure.h"
#include "app/panels/kernel_page/matrix_row_figure.h"
#include "app/panels/kernel_page/separability_figures.h"
#include "app/panels/parts/notice.h"
#include "app/panels/parts/shown_sample.h"
#include "app/panels/parts/text_block.h"
#include "app/program/view/names.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"
#include "engine/kernel_info/kernel_text.h"

namespace convscope::panels {
namespace {

constexpr std::size_t kBlocks = 4;
// Minimum widths of the blocks at scale 1, and their shares of the remaining width.
constexpr std::array<float, kBlocks> kMinWidth = {232.0f, 262.0f, 282.0f, 300.0f};
constexpr std::array<float, kBlocks> kShare = {0.6f, 0.9f, 1.0f, 1.1f};
// More singular values than the title has room for are also drawn as bars.
constexpr std::size_t kMaxValuesInTitle = 5;
constexpr float kGap = 25.0f;  // gap between two blocks, with a line in its middle

// Places the blocks in one row. If the card is too narrow, a row has two blocks or one.
std::array<Rect, kBlocks> place_blocks(const Rect& inside, float scale) {
  const float gap = std::round(kGap * scale);
  const auto width_of = [&](std::size_t columns) {
    float width = gap * static_cast<float>(columns - 1);
    for (std::size_t i = 0; i < columns; ++i)
      width += std::max(kMinWidth[i], columns < kBlocks ? kMinWidth[i + columns] : 0.0f) * scale;
    return width;
  };
  const std::size_t columns = width_of(4) <= inside.w ? 4 : width_of(2) <= inside.w ? 2 : 1;
  const std::size_t rows = kBlocks / columns;
  const float height =
      std::floor((inside.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows));
  std::array<Rect, kBlocks> rects;
  for (std::size_t begin = 0; begin < kBlocks; begin += columns) {
    float min_width = gap * static_cast<float>(columns - 1);
    float shares = 0.0f;
    for (std::size_t i = begin; i < begin + columns; ++i) {
      min_width += kMinWidth[i] * scale;
      shares += kShare[i];
    }
    float x = inside.x;
    const float y = inside.y + static_cast<float>(begin / columns) * (height + gap);
    for (std::size_t i = begin; i < begin + columns; ++i) {
      const float more = (inside.w - min_width) * kShare[i] / shares;
      const float w = columns == 1 ? inside.w : std::floor(kMinWidth[i] * scale + more);
      rects[i] = {x, y, w, height};
      x += w + gap;
    }
  }
  return rects;
}

void draw_facts(const PanelContext& context, TextBlock& block, const KernelInfo& info) {
  ui::Ui& ui = context.ui;
  const KernelFacts& facts = info.facts;
  const ImVec2 from = block.rest().min();
  const float column =
      std::max(ui::label_width(ui, "left–right"), ui::label_width(ui, "norm √Σw²")) +
      ui.theme.px(16.0f);
  block.row("sum", number_text(facts.sum, 4), column);
  block.row("Σ|w|", number_text(facts.absolute_sum, 4), column);
  block.row("norm √Σw²", number_text(facts.norm, 4), column);
  block.row("left–right", name(facts.left_right), column);
  block.row("up–down", name(facts.up_down), column);
  block.row("under 180°", name(facts.half_turn), column);
  std::string all;
  block.space(std::round(ui.theme.px(4.0f)));
  for (const std::string& sentence : kernel_sentences(facts)) {
    block.paragraph(sentence, ui.theme.color.ink);
    all += (all.empty() ? "" : "\n") + sentence;
  }
  // The tooltip has all sentences, because the block leaves out those that don't fit.
  const ImVec2 to{from.x + block.rest().w, block.rest().y};
  ui.items.add("about/facts", from, to);
  ImGui::SetCursorScreenPos(from);
  ImGui::Dummy({to.x - from.x, to.y - from.y});
  ui::tooltip(ui, all);
}

void draw_separability(const PanelContext& context, TextBlock& block, const KernelInfo& info) {
  const ui::Palette& color = context.ui.theme.color;
  block.paragraph(separability_text(info.svd), color.ink);
  block.space(std::round(context.ui.theme.px(8.0f)));
  if (info.svd.values.size() > kMaxValuesInTitle) {
    const float height = std::round(context.ui.theme.px(26.0f));
    draw_singular_values(context, {block.rest().x, block.rest().y, block.rest().w, height}, info);
    block.space(height + std::round(context.ui.theme.px(8.0f)));
  }
  if (info.svd.rank > 0) draw_separable_pair(context, block.rest(), info);
}

void draw_matrix(const PanelContext& context, TextBlock& block, const KernelInfo& info) {
  const ui::Palette& color = context.ui.theme.color;
  if (info.matrix.rows == 0) {
    block.paragraph("There is no output now; the Output card says why.", color.muted);
    return;
  }
  block.paragraph(cell_name("Y", info.cell) + " is " + matrix_row_text(info.matrix) + ".",
                  color.ink);
  block.line(nonzeros_text(info.matrix, 12), color.muted);
  block.space(std::round(context.ui.theme.px(6.0f)));
  draw_matrix_row(context, block.rest(), info);
}

// Draws a line between two blocks that are side by side.
void draw_separators(const ui::Theme& theme, const std::array<Rect, kBlocks>& rects) {
  for (std::size_t i = 1; i < kBlocks; ++i) {
    if (rects[i].x == rects[0].x) continue;
    const float x = std::round(rects[i].x - kGap * theme.scale * 0.5f);
    ImGui::GetWindowDrawList()->AddRectFilled({x, rects[i].y}, {x + 1, rects[i].y + rects[i].h},
                                              theme.color.line);
  }
}

void draw_close(const PanelContext& context, const Rect& inside) {
  ui::Ui& ui = context.ui;
  const float side = ui::row_height(ui);
  ImGui::SetCursorScreenPos({inside.x + inside.w - side, inside.y - ui.theme.px(4.0f)});
  const ui::ButtonOptions options{.kind = ui::ButtonKind::kFlat,
                                  .icon = ui::Icon::kClose,
                                  .tooltip = "Back to the learning (K or Escape)"};
  if (ui::button(ui, "about/close", "", options)) {
    context.actions.push(ViewCommand::kToggleKernelInfo);
  }
}

void draw_blocks(const PanelContext& context, const std::array<Rect, kBlocks>& rects, float close,
                 KernelInfoPanelState& state) {
  ui::Ui& ui = context.ui;
  const KernelInfo& info = context.view.kernel_info;
  const bool last_in_corner = rects[3].y == rects[0].y;
  const auto begin = [&](std::size_t i, std::string_view title, std::string_view subtitle) {
    TextBlock block(ui, rects[i]);
    // The title of the block in the upper right corner leaves room for the button that closes the
    // card.
    const bool corner = i == (last_in_corner ? 3u : rects[1].y == rects[0].y ? 1u : 0u);
    block.title(title, subtitle, corner ? close : 0.0f);
    return block;
  };
  TextBlock facts = begin(0, "About this kernel", size_text(info.svd.size));
  draw_facts(context, facts, info);
  TextBlock separability = begin(1, "Separability", "σ = " + singular_values_text(info.svd));
  draw_separability(context, separability, info);
  const TextBlock frequency = begin(2, "Frequency response", "|F|");
  draw_frequencies(context, frequency.rest(), info, state.frequencies);
  TextBlock matrix = begin(3, "As a matrix", "im2col: Y = M · X + b");
  draw_matrix(context, matrix, info);
}

}  // namespace

void draw_kernel_info_panel(const PanelContext& context, const Rect& rect,
                            KernelInfoPanelState& state) {
  ui::Ui& ui = context.ui;
  KernelInfo& info = context.view.kernel_info;
  const ShownLayer& layer = context.layer;
  update({.kernel = shown_plane(context, layer.now().kernel.weight),
          .dilation = layer.now().conv.dilation,
          .results = layer.all,
          .wanted = layer.wanted,
          .pointed = context.view.links.output},
         info);
  if (!state.open) {  // scrolls the newly opened card into view
    ImGui::SetScrollFromPosY(rect.y - ImGui::GetWindowPos().y, 0.0f);
    state.open = true;
  }
  ui::begin_card(ui, "card/about", rect.min(), rect.size());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = ImGui::GetContentRegionAvail();
  const Rect inside{at.x, at.y, size.x, size.y};
  if (info.error.empty()) {
    const std::array<Rect, kBlocks> rects = place_blocks(inside, ui.theme.scale);
    draw_separators(ui.theme, rects);
    draw_blocks(context, rects, ui::row_height(ui), state);
  } else {
    draw_notice(ui, "about/notice", "Nothing can be said: " + info.error + ".", size,
                ui.theme.color.muted);
  }
  draw_close(context, inside);
  ui::end_card();
}

}  // namespace convscope::panels
