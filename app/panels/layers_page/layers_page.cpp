#include "app/panels/layers_page/layers_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/layers_page/layer_chain_card.h"
#include "app/panels/layers_page/layer_explanation.h"
#include "app/panels/layers_page/layer_facts_card.h"
#include "app/panels/layers_page/layer_filters_card.h"
#include "app/panels/layers_page/layer_input_card.h"
#include "app/panels/layers_page/layer_maps_card.h"
#include "app/panels/layers_page/layer_sum_card.h"
#include "app/panels/parts/layout.h"
#include "app/ui/imgui_shim.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kMinUpper = 400.0f;
constexpr float kMinLower = 168.0f;
constexpr std::array<CardWidth, 4> kUpper = {
    {{236.0f, 0.7f}, {340.0f, 0.7f}, {312.0f, 1.2f}, {280.0f, 0.25f}}};
constexpr std::array<CardWidth, 2> kLower = {{{560.0f, 1.0f}, {480.0f, 0.15f}}};

void draw_cards(const LayerCards& cards, const LayersLayout& layout) {
  draw_layer_input(cards, layout.input);
  draw_layer_filters(cards, layout.filters);
  draw_layer_maps(cards, layout.maps);
  draw_layer_chain(cards, layout.chain);
  draw_layer_sum(cards, layout.sum);
  draw_layer_facts(cards, layout.facts);
  draw_layer_explanation(cards, layout.explanation);
}

}  // namespace

LayersLayout layout_layers(float width, float height, float scale) {
  const PagePlaces places =
      place_rows({kUpper, kLower, kMinUpper, kMinLower, 0.7f}, width, height, scale);
  LayersLayout layout;
  layout.input = places.upper[0];
  layout.filters = places.upper[1];
  layout.maps = places.upper[2];
  layout.chain = places.upper[3];
  layout.star = sign_between(layout.input, layout.filters);
  layout.equals = sign_between(layout.filters, layout.maps);
  layout.explanation = places.explanation;
  layout.sum = places.lower[0];
  layout.facts = places.lower[1];
  layout.content_height = places.content_height;
  return layout;
}

LayersLayout moved(const LayersLayout& layout, float dy) {
  LayersLayout result = layout;
  for (Rect* rect : {&result.input, &result.filters, &result.maps, &result.chain, &result.sum,
                     &result.facts, &result.explanation, &result.star, &result.equals}) {
    rect->y += dy;
  }
  return result;
}

void draw_layers_page(const PanelContext& context, const LayersLayout& layout,
                      LayersPageState& state) {
  const Scene& scene = context.layer.scene;
  LayersView& layers = context.view.layers;
  layers.planes.resize(scene.layers.size() - 1);
  layers.stage = existing_stage(scene, layers.stage);
  // Shows the previous stage until the requested one is made.
  const StageView* made = context.live.stage().get();
  const bool there =
      made != nullptr && existing_stage(scene, made->request.stage) == made->request.stage;
  const StageView* view = there ? made : nullptr;
  const LayerStage stage = there ? view->request.stage : layers.stage;
  const ShowPlanes wanted = layer_planes(context.view, stage.layer);
  const ShownLayer shown{.scene = scene,
                         .index = stage.layer,
                         .all = there ? view->request.results.get() : nullptr,
                         .training = nullptr,
                         .wanted = wanted,
                         .shown = shown_planes(scene, stage.layer, wanted),
                         .input = there ? view->layer().input : nullptr,
                         .step_part = std::nullopt,
                         .explore = context.layer.explore};
  const PanelContext inner{context.ui,      context.styles, context.document,
                           context.live,    context.view,   shown,
                           context.hovered, context.busy,   context.actions};
  const LayerCards cards{
      inner,
      view,
      stage,
      there ? shown_planes(view->request.results->scene, stage.layer, wanted) : shown.shown,
      std::exchange(layers.hovered, std::nullopt),
      state.hovered_filter,
      state};
  draw_cards(cards, layout);
}

}  // namespace convscope::panels
