#include "app/panels/layers_page/layers_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "app/panels/layers_page/gradient_controls.h"
#include "app/panels/layers_page/gradient_sum_card.h"
#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/layers_page/layer_chain_card.h"
#include "app/panels/layers_page/layer_explanation.h"
#include "app/panels/layers_page/layer_facts_card.h"
#include "app/panels/layers_page/layer_filters_card.h"
#include "app/panels/layers_page/layer_gradient_strip.h"
#include "app/panels/layers_page/layer_input_card.h"
#include "app/panels/layers_page/layer_input_gradient_card.h"
#include "app/panels/layers_page/layer_map_gradients_card.h"
#include "app/panels/layers_page/layer_maps_card.h"
#include "app/panels/layers_page/layer_sum_card.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/inspector.h"
#include "app/panels/parts/layout.h"
#include "app/panels/parts/lecture_tools.h"
#include "app/panels/parts/lower_row.h"
#include "app/panels/parts/operation_sign.h"
#include "app/ui/imgui_shim.h"

namespace convscope::panels {
namespace {

constexpr std::array<CardWidth, 4> kMain = {
    {{236.0f, 0.7f}, {280.0f, 0.7f}, {312.0f, 1.2f}, {280.0f, 0.25f}}};
constexpr std::array kSharing = {Card::kMaps, Card::kChain};  // a place in a narrow window
constexpr float kLowerHeight = 168.0f;                        // at scale 1
constexpr std::array<CardWidth, 2> kLower = {{{560.0f, 1.0f}, {440.0f, 0.15f}}};

void draw_inspector_of(const LayerCards& cards, const Zones& zones) {
  if (zones.inspector.w <= 0.0f) return;
  const Card selected = cards.context.view.settings.layers_cards.selected;
  draw_inspector(cards.context, zones.inspector, zones.inspector_in_popup, card_title(selected),
                 [&] {
                   if (cards.backward && selected != Card::kChain)
                     return draw_layer_gradient_controls(cards, selected);
                   switch (selected) {
                     case Card::kLayerInput:
                       return draw_layer_input_controls(cards);
                     case Card::kMaps:
                       return draw_layer_maps_controls(cards);
                     case Card::kChain:
                       return draw_layer_chain_controls(cards);
                     default:
                       return draw_layer_filters_controls(cards);
                   }
                 });
}

void draw_lower_row(const LayerCards& cards, const LayersLayout& layout) {
  const PanelContext& context = cards.context;
  const Rect& row = layout.zones.lower;
  const bool scrolls = row.h > 0.0f;  // else a card of the row may be enlarged
  const float dy = scrolls ? begin_lower_row(row, layout.lower_height) : 0.0f;
  const auto at = [&](Rect rect) {
    rect.y += dy;
    return rect;
  };
  draw_card(context, Card::kSum, at(layout.sum), [&](const Rect& rect) {
    cards.backward ? draw_gradient_sum(cards, rect) : draw_layer_sum(cards, rect);
  });
  draw_card(context, Card::kFacts, at(layout.facts),
            [&](const Rect& rect) { draw_layer_facts(cards, rect); });
  constexpr std::array kShared = {Card::kSum, Card::kFacts};
  draw_tabs(context, "lower/tabs", at(layout.lower_tabs), kShared,
            layout.facts.w > 0.0f ? Card::kFacts : Card::kSum);
  if (scrolls) end_lower_row(row, layout.lower_height);
}

void draw_cards(const LayerCards& cards, const LayersLayout& layout) {
  const PanelContext& context = cards.context;
  const auto draw = [&](Card card, const Rect& rect, void (*panel)(const LayerCards&, const Rect&),
                        const SharedPlace& shared = {}) {
    draw_card(
        context, card, rect, [&](const Rect& place) { panel(cards, place); }, shared);
  };
  const SharedPlace sharing{cards.sharing, "maps/tabs"};
  draw_inspector_of(cards, layout.zones);
  const bool backward = cards.backward;
  draw(Card::kLayerInput, layout.input, backward ? draw_layer_input_gradient : draw_layer_input);
  draw(Card::kFilters, layout.filters, draw_layer_filters);
  draw(Card::kMaps, layout.maps, backward ? draw_layer_map_gradients : draw_layer_maps, sharing);
  draw(Card::kChain, layout.chain, draw_layer_chain, sharing);
  if (!draw_kept_back_strip(context, layout.zones.explanation))
    backward ? draw_layer_gradient_strip(cards, layout.zones.explanation)
             : draw_layer_explanation(cards, layout.zones.explanation);
  draw_strip_tools(context, layout.zones.tools);
  if (layout.zones.handle.w > 0.0f)
    draw_lower_handle(
        context, layout.zones.handle,
        backward ? "Sum over the maps, size and cost" : "Sum over channels, size and cost", "");
  draw_lower_row(cards, layout);
  const ConvolutionLayer& shown = context.layer.now();
  const ui::Theme& theme = context.ui.theme;
  draw_sign(theme, layout.star, backward ? "←" : operation_sign(shown.kernel, shown.conv));
  draw_sign(theme, layout.equals, backward ? "←" : "=");
}

Rect& place_of(Card card, LayersLayout& layout) {
  switch (card) {
    case Card::kLayerInput:
      return layout.input;
    case Card::kMaps:
      return layout.maps;
    case Card::kChain:
      return layout.chain;
    case Card::kSum:
      return layout.sum;
    case Card::kFacts:
      return layout.facts;
    default:
      return layout.filters;
  }
}

void place_main_row(const ViewSettings& settings, float scale, LayersLayout& layout) {
  const CardView& cards = settings.layers_cards;
  const Rect& row = layout.zones.main;
  const float gap = std::round(kSignGap * scale);
  std::vector<Card> shown;
  std::vector<CardWidth> widths;
  for (std::size_t i = 0; i < kMain.size(); ++i) {
    const auto card = static_cast<Card>(static_cast<std::size_t>(Card::kLayerInput) + i);
    if (settings.hides(card)) continue;
    shown.push_back(card);
    widths.push_back(kMain[i]);
  }
  if (shown.empty()) return;
  // Maps and chain, the last two, share a place where there is no room for both.
  const bool both =
      shown.size() >= 2 && shown[shown.size() - 2] == Card::kMaps && shown.back() == Card::kChain;
  const bool shared = both && min_width(widths, gap, scale) > row.w;
  if (shared) {
    widths.erase(widths.end() - 1);
    shown.erase(cards.selected == Card::kChain ? shown.end() - 2 : shown.end() - 1);
  }
  std::vector<Rect> places = place_row(widths, gap, row, scale);
  for (std::size_t i = 1; i < shown.size(); ++i) {
    const Rect between = sign_between(places[i - 1], places[i]);
    if (shown[i] == Card::kFilters) layout.star = between;
    if (shown[i - 1] == Card::kFilters) layout.equals = between;
  }
  layout.chain_shared = shared;
  for (std::size_t i = 0; i < shown.size(); ++i)
    place_of(shown[i], layout) = places[i];
}

void place_lower_row(const ViewSettings& settings, float scale, LayersLayout& layout) {
  const CardView& cards = settings.layers_cards;
  const Rect& all = layout.zones.lower;
  const float gap = std::round(kCardGap * scale);
  layout.lower_height = std::max(all.h, std::round(kLowerHeight * scale));
  const Rect row = lower_content(all, layout.lower_height);
  if (settings.hides(Card::kSum) && settings.hides(Card::kFacts)) return;
  if (settings.hides(Card::kSum) || settings.hides(Card::kFacts)) {
    (settings.hides(Card::kSum) ? layout.facts : layout.sum) = row;
    return;
  }
  if (min_width(kLower, gap, scale) <= row.w) {
    const std::vector<Rect> places = place_row(kLower, gap, row, scale);
    layout.sum = places[0];
    layout.facts = places[1];
    return;
  }
  Rect shared = row;
  layout.lower_tabs = take_tabs(shared, scale);
  (cards.lower_tab == Card::kFacts ? layout.facts : layout.sum) = shared;
}

// Returns the view of the stage's gradients, whose pictures may still be those of another stage.
const GradientView* shown_gradient_view(const PanelContext& context, const LayerStage& stage) {
  const GradientView* view = context.live.gradient_view();
  const bool fits = context.view.settings.backward && view != nullptr && view->look.stage == stage;
  return fits ? view : nullptr;
}

}  // namespace

LayersLayout layout_layers(float width, float height, float scale, const ViewSettings& settings) {
  const CardView& cards = settings.layers_cards;
  LayersLayout layout;
  const float lower = kLowerHeight;
  layout.zones = divide_window(width, height, scale, zones_wanted(settings, cards, lower));
  if (cards.enlarged) {
    place_of(*cards.enlarged, layout) = layout.zones.main;
    return layout;
  }
  place_main_row(settings, scale, layout);
  if (layout.zones.lower.h > 0.0f) place_lower_row(settings, scale, layout);
  return layout;
}

void draw_layers_page(const PanelContext& context, LayersPageState& state) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const LayersLayout layout =
      layout_layers(display.x, display.y, context.ui.theme.scale, context.view.settings);
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
  const PanelContext inner{context.ui,      context.styles, context.document, context.live,
                           context.view,    shown,          context.hovered,  context.busy,
                           context.actions, context.lessons};
  const LayerCards cards{
      inner,
      view,
      stage,
      there ? shown_planes(view->request.results->scene, stage.layer, wanted) : shown.shown,
      std::exchange(layers.hovered, std::nullopt),
      state.hovered_filter,
      std::span(kSharing).first(layout.chain_shared ? 2 : 0),
      state,
      context.view.settings.backward,
      shown_gradient_view(context, stage)};
  draw_cards(cards, layout);
}

}  // namespace convscope::panels
