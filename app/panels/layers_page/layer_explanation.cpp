#include "app/panels/layers_page/layer_explanation.h"

#include <algorithm>

#include "app/panels/parts/explanation_line.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"
#include "engine/explain/channel_sum.h"
#include "engine/explain/explain_text.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

// Writes the cells of the scene's input that a cell depends on, and the size, jump and start of all
// such fields.
std::string field_text(std::span<const ChainStep> steps, Yx cell) {
  const CellGrid bounds = chained_receptive_field(steps, cell).bounds();
  if (bounds.empty()) return "sees padding only";
  std::string text = "sees " + region_text(bounds);
  if (const std::optional<ChainFields> fields = chain_fields(steps)) {
    const auto pair = [](Index y, Index x) {
      return y == x ? number_text(static_cast<double>(y))
                    : "(" + number_text(static_cast<double>(y)) + ", " +
                          number_text(static_cast<double>(x)) + ")";
    };
    text += ": size " + size_text({fields->y.size, fields->x.size}) + ", jump " +
            pair(fields->y.jump, fields->x.jump) + ", start " +
            pair(fields->y.start, fields->x.start);
  }
  return text;
}

// Share of the line's width for the formula, which leaves room for the receptive field.
constexpr float kFormulaShare = 0.42f;
constexpr std::size_t kAllNamed = 3;  // channels that are all written

void write_output(const LayerCards& cards, ExplanationLine& line, Index map, Yx cell) {
  const LayerResults& layer = *cards.results();
  const CellSum sum = explain_output(*layer.input, layer.weight, layer.bias, layer.options,
                                     cards.view->sample, map, cell);
  const bool activated = cards.view->request.stage.part == StagePart::kActivated;
  line.bold(map_cell_name("Y", map, cell));
  line.plain("=");
  if (activated) {
    line.plain("max(" + number_text(sum.value, 4) +
               ", 0) = " + number_text(std::max(sum.value, 0.0), 4));
    return;
  }
  // With a single channel the sum is written by its products.
  const Index channels = summed_channels(layer.weight.shape(), layer.options);
  const auto name = [&](Index channel) {
    return channel_name(cards.view->request.results->scene, cards.view->request.stage.layer,
                        channel);
  };
  if (channels > 1 && static_cast<std::size_t>(channels) <= kAllNamed) {
    // All are named, with fewer digits before one is left out.
    line.plain(line.fitting([&](std::size_t max_terms) {
      return channel_formula(sum, kAllNamed, max_terms > kAllNamed ? 3 : 2, name);
    }));
    return;
  }
  line.plain(line.fitting(
      [&](std::size_t max_terms) {
        return channels == 1 ? sum_formula(sum, max_terms)
                             : channel_formula(sum, max_terms, 3, name);
      },
      kFormulaShare));
}

void write_pooled(const LayerCards& cards, ExplanationLine& line, Index map, Yx cell) {
  const LayerResults& layer = *cards.results();
  const PooledSum sum = explain_pooled(*layer.activated, layer.pool, cards.view->sample, map, cell);
  line.bold(map_cell_name("P", map, cell));
  line.plain("=");
  line.plain(line.fitting([&](std::size_t max_terms) { return pooled_formula(sum, max_terms); },
                          kFormulaShare));
}

// Writes a sentence instead of an explanation.
void write_sentence(const LayerCards& cards, const Rect& rect, std::string_view sentence) {
  ui::begin_card(cards.context.ui, "explanation", rect.min(), rect.size());
  ExplanationLine(cards.context.ui, rect).sentence(sentence);
  ui::end_card();
}

bool inside(const std::optional<Yx>& cell, Index map, const Shape& s) {
  return cell && cell->y < s.h && cell->x < s.w && map < s.c;
}

}  // namespace

void draw_layer_explanation(const LayerCards& cards, const Rect& rect) {
  const Links& links = cards.context.view.links;
  const LayerResults* layer = cards.results();
  if (layer == nullptr || !layer->output) {
    write_sentence(cards, rect,
                   layer == nullptr ? "Computing …" : first_failure(*cards.view) + ".");
    return;
  }
  if (links == Links{}) {
    write_sentence(
        cards, rect,
        !cards.context.document.note().empty()
            ? cards.context.document.note()
            : "Point at a cell of a map to see its sum over the channels and what it sees of "
              "the input; click a map to see that sum in pictures.");
    return;
  }
  const bool output = cards.hovered && inside(links.output, *cards.hovered, layer->output->shape());
  const bool pooled = layer->pooled && cards.hovered &&
                      inside(links.pooled, *cards.hovered, layer->pooled->output.shape());
  if (!output && !pooled) {
    const PanelContext& context = cards.context;
    ShownLayer pointed = context.layer;
    pointed.wanted = pointed_planes(cards);
    pointed.shown = shown_planes(pointed.scene, pointed.index, pointed.wanted);
    draw_explanation_panel(
        {context.ui, context.styles, context.document, context.live, context.view, pointed,
         context.hovered, context.busy, context.actions, context.lessons},
        rect);
    return;
  }
  ui::Ui& ui = cards.context.ui;
  ui::begin_card(ui, "explanation", rect.min(), rect.size());
  ExplanationLine line(ui, rect);
  const Yx cell = output ? *links.output : *links.pooled;
  if (output) {
    write_output(cards, line, *cards.hovered, cell);
  } else {
    write_pooled(cards, line, *cards.hovered, cell);
  }
  if (!cards.view->steps.empty()) line.muted(field_text(cards.view->steps, cell));
  ui::end_card();
}

}  // namespace convscope::panels
