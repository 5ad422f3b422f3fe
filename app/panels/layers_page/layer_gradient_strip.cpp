#include "app/panels/layers_page/layer_gradient_strip.h"

#include <algorithm>
#include <span>
#include <string>

#include "app/panels/backward/backward_strip.h"
#include "app/panels/backward/gradient_card.h"
#include "app/panels/layers_page/layer_gradients.h"
#include "app/panels/parts/explanation_line.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

// Share of the line's width for the terms, which leaves room for what the cell reaches.
constexpr float kTermsShare = 0.34f;

// A cell whose way to the loss is told.
struct Start {
  Yx cell;
  std::size_t steps = 0;  // of the chain that lie before it
  std::size_t layer = 0;  // that takes its plane; behind the last one, the cell is of the result
  Index channel = 0;
  double gradient = 0.0;
  bool pixel = false;  // of the scene's input
  bool alone = false;  // no terms are written before it
};

// Returns whether the loss is a single cell that does not depend on this one.
bool misses_loss(const GradientView& view, const Start& start, const CellCross& reach) {
  const BackwardResults& backward = *view.backward;
  const BackwardScene& from = backward.loss;
  if (from.source != GradientSource::kCell && from.source != GradientSource::kOutputCell)
    return false;
  const std::size_t last = backward.layers.size() - 1;
  const LayerGradients& gradients = backward.layers[last];
  const SeedCell loss =
      seed_cell(from, gradients.pooled ? gradients.pooled->shape() : gradients.output->shape());
  const bool maps = start.layer > last ? loss.channel == start.channel
                                       : reached_maps(backward, start.layer, start.channel,
                                                      last)[static_cast<std::size_t>(loss.channel)];
  return !maps || loss.sample != view.look.sample ||
         !std::ranges::binary_search(reach.rows, loss.cell.y) ||
         !std::ranges::binary_search(reach.columns, loss.cell.x);
}

// Writes by how much the cell moves the loss, and what it reaches.
void write_reach(const LayerCards& cards, const Start& start, ExplanationLine& line) {
  const GradientView& view = *cards.gradient;
  const CellCross reach = chained_reach(std::span(view.steps).subspan(start.steps), start.cell);
  const Index count = std::ssize(reach.rows) * std::ssize(reach.columns);
  const std::string where = stage_name(loss_stage(view.scene(), view.backward->layers.size()));
  // Behind a cell of a map stands what its terms are.
  const std::string dot = start.layer > view.look.stage.layer ? "· " : "";
  const std::string what = dot + (start.pixel ? "this input pixel" : "this cell");
  // A cell of the scene's input beside a later layer has no terms, and the line for itself.
  const auto write = [&](std::initializer_list<std::string_view> forms) {
    start.alone ? line.sentence(*forms.begin()) : line.note(forms);
  };
  if (reach.empty())
    return write({what + " does not move the loss, as it reaches no cell of " + where,
                  dot + "reaches no cell of " + where});
  const std::string cells = count_text(count) + (count == 1 ? " cell" : " cells") + " of " + where;
  const std::string region = region_text(reach.bounds());
  const std::string by = number_text(start.gradient, 4);
  if (misses_loss(view, start, reach))
    return write({what + " does not move the loss: it reaches " + cells + ", " + region +
                      (count == 1 ? ", which is not L" : ", and none of them is L"),
                  dot + "does not move L: reaches " + cells + ", " + region,
                  dot + "does not move L"});
  if (start.gradient == 0.0)
    return write({what + " does not move the loss now, though it reaches " + cells + ": " + region,
                  dot + "does not move L, though it reaches " + cells, dot + "reaches " + cells});
  write({what + " moves the loss by " + by + " for each 1 that it changes, through " + cells +
             ": " + region,
         dot + "moves the loss by " + by + " for each 1, through " + cells + ": " + region,
         dot + "reaches " + cells + ": " + region, dot + "reaches " + cells});
}

// Writes which cells of the scene's input move a cell of the result.
void write_movers(const LayerCards& cards, Yx cell, ExplanationLine& line) {
  const GradientView& view = *cards.gradient;
  const CellGrid bounds =
      chained_receptive_field(std::span(view.steps).first(view.through), cell).bounds();
  if (bounds.empty()) return line.note({"· no cell of the input moves it: it sees padding only"});
  const std::string region = region_text(bounds);
  line.note({"· moved by the input's " + region + ", which are outlined where the input is shown",
             "· moved by the input's " + region, "· " + region});
}

void write_scene_input(const LayerCards& cards, Yx cell, ExplanationLine& line) {
  const GradientView& view = *cards.gradient;
  const Tensor& gradient = *view.backward->layers.front().input;
  const Index channel = view.look.scene_channel;
  const std::string name = "∂L/∂" + channel_name(view.scene(), 0, channel);
  const auto value = static_cast<double>(gradient.at(view.look.sample, channel, cell.y, cell.x));
  line.bold(cell_name(name.c_str(), cell));
  write_reach(cards, {cell, 0, 0, channel, value, true, true}, line);
}

// Writes what follows the terms of the cell that is pointed at.
void write_way(const LayerCards& cards, ExplanationLine& line) {
  const GradientView& view = *cards.gradient;
  const LayerGradients& gradients = view.layer();
  const Links& links = cards.context.view.links;
  const std::size_t layer = view.look.stage.layer;
  if (inside(links.input, gradients.input->shape()) && cards.hovered_channel()) {
    const Index channel = std::min(*cards.hovered_channel(), gradients.input->shape().c - 1);
    const auto value = static_cast<double>(
        gradients.input->at(view.look.sample, channel, links.input->y, links.input->x));
    return write_reach(cards, {*links.input, view.before, layer, channel, value, layer == 0, false},
                       line);
  }
  const std::optional<Yx> cell = links.output ? links.output : links.pooled;
  const Shape& s = view.maps.shape;
  if (view.maps.empty() || !inside(cell, s) || !cards.hovered_map()) return;
  if (shows_loss(cards)) return write_movers(cards, *cell, line);
  const Index map = std::min(*cards.hovered_map(), s.c - 1);
  const TensorPtr maps = view.stage();
  write_reach(
      cards,
      {*cell, view.through, layer + 1, map,
       static_cast<double>(maps->at(view.look.sample, map, cell->y, cell->x)), false, false},
      line);
}

void say_what_is_known(const LayerCards& cards, ExplanationLine& line) {
  const PanelContext& context = cards.context;
  if (say_nudge(context, line)) return;
  if (!context.document.note().empty()) return line.sentence(context.document.note());
  const Scene& scene = context.layer.scene;
  std::string begin;
  const std::string where = stage_name(loss_stage(scene, scene.layers.size()));
  const GradientSource source = scene.backward.source;
  if (source == GradientSource::kPicture)
    begin = "Click a cell of " + where + " to turn its 1 in G on or off. ";
  else if (source != GradientSource::kError)
    begin = "Click a cell of " + where + " to make it the loss L. ";
  line.sentence(begin +
                "Point at any cell to see where its gradient comes from and which cells of " +
                where + " it reaches; click " + (begin.empty() ? "one" : "any other") +
                " to nudge its value by hand.");
}

}  // namespace

void draw_layer_gradient_strip(const LayerCards& cards, const Rect& rect) {
  ui::Ui& ui = cards.context.ui;
  const PanelContext& context = cards.context;
  ui::begin_card(ui, "explanation", rect.min(), rect.size());
  ExplanationLine line(ui, rect);
  ShownLayer pointed = context.layer;
  pointed.wanted = pointed_planes(cards);
  pointed.shown = shown_planes(pointed.scene, pointed.index, pointed.wanted);
  const PanelContext of_pointed{context.ui,      context.styles, context.document, context.live,
                                context.view,    pointed,        context.hovered,  context.busy,
                                context.actions, context.lessons};
  const BackwardResults* backward = context.live.backward();
  const LayerGradients* gradients = shown_gradients(of_pointed);
  const std::optional<Yx>& scene_input = context.view.links.scene_input;
  const GradientLine how{kTermsShare, cards.stage.part == StagePart::kActivated};
  if (backward != nullptr && !backward->error.empty())
    line.sentence("There is no gradient now: " + backward->error + ".");
  else if (gradients == nullptr || cards.gradient == nullptr)
    line.muted("Computing …");
  else if (scene_input && inside(scene_input, cards.gradient->original.shape))
    write_scene_input(cards, *scene_input, line);
  else if (explain_pointed_gradient(of_pointed, *gradients, line, how))
    write_way(cards, line);
  else
    say_what_is_known(cards, line);
  ui::end_card();
}

}  // namespace convscope::panels
