#include "app/panels/layers_page/gradient_controls.h"

#include "app/panels/backward/backward_controls.h"
#include "app/panels/backward/nudge_controls.h"
#include "app/panels/layers_page/layer_maps_card.h"
#include "app/panels/parts/stack_controls.h"

namespace convscope::panels {

void draw_layer_gradient_controls(const LayerCards& cards, Card card) {
  const PanelContext& context = cards.context;
  draw_nudge_controls(context);
  draw_gradient_source(context);
  const BackwardResults* backward = context.live.backward();
  if (context.layer.scene.backward.source == GradientSource::kPicture && backward != nullptr &&
      !backward->layers.empty()) {
    const LayerGradients& last = backward->layers.back();
    draw_gradient_fill(context, (last.pooled ? last.pooled : last.output)->shape());
  }
  if (card == Card::kLayerInput) draw_picture_stepper(context, "stack/picture");
  if (card == Card::kMaps) draw_layer_maps_controls(cards);
}

}  // namespace convscope::panels
