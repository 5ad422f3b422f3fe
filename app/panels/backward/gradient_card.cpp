#include "app/panels/backward/gradient_card.h"

#include <algorithm>

#include "app/panels/parts/notice.h"
#include "app/panels/parts/shown_sample.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/names.h"

namespace convscope::panels {

const LayerGradients* shown_gradients(const PanelContext& context) {
  const BackwardResults* backward = context.live.backward();
  if (backward == nullptr || context.layer.index >= backward->layers.size()) return nullptr;
  return &backward->layers[context.layer.index];
}

bool waits_for_sweep(const PanelContext& context) {
  const BackwardResults* backward = context.live.backward();
  const LayerGradients* of = shown_gradients(context);
  if (of == nullptr || context.layer.index > 0 || !backward->request.swept) return false;
  const SweptGradient& swept = *backward->request.swept;
  const TensorPtr& plane = swept.pooled ? of->pooled : of->output;
  return plane && swept.cells < plane->shape().h * plane->shape().w;
}

bool output_waits_for_sweep(const PanelContext& context) {
  return waits_for_sweep(context) && context.live.backward()->request.swept->pooled;
}

GradientLayer gradient_layer(const PanelContext& context, const LayerGradients& gradients) {
  const Tensor& output = *gradients.output;
  return {gradients.layer, shown_sample(context, output), shown_channel(context, output),
          gradients.pooled != nullptr};
}

const char* gradient_weight_symbol(const PanelContext& context) {
  return weight_symbol(context.live.backward());
}

const char* gradient_output_symbol(const PanelContext& context) {
  return output_symbol(context.live.backward());
}

std::string channel_cell(const PanelContext& context, const std::string& symbol, Index channel,
                         Yx cell) {
  return context.view.on_kernel_page() ? cell_name(symbol.c_str(), cell)
                                       : map_cell_name(symbol.c_str(), channel, cell);
}

bool spreads(const LayerGradients& gradients, const BackwardState& state) {
  return gradients.spread && state.spread.value_or(gradients.layer.options.stride != Yx{1, 1});
}

void draw_no_gradient(const PanelContext& context, const char* name, ImVec2 size) {
  const BackwardResults* backward = context.live.backward();
  const ui::Palette& color = context.ui.theme.color;
  const bool failed = backward != nullptr && !backward->error.empty();
  draw_notice(context.ui, name, failed ? "No gradient: " + backward->error + "." : "Computing …",
              size, failed ? color.bad : color.muted);
}

ui::HeatmapArgs gradient_args(const PanelContext& context, const char* id, const TensorPtr& tensor,
                              Index channel) {
  ui::HeatmapArgs args;
  args.id = id;
  args.show(tensor);
  args.sample = shown_sample(context, *tensor);
  args.channel = std::clamp<Index>(channel, 0, tensor->shape().c - 1);
  args.style = context.styles.style(id, args.plane(), context.view.settings, CardMeaning::kSigned);
  args.size = ImGui::GetContentRegionAvail();
  return args;
}

void choose_nudge(const PanelContext& context, NudgedPlane plane, const WeightPlace& place,
                  std::optional<std::size_t> layer) {
  const double by = context.view.nudge ? context.view.nudge->by : Nudge{}.by;
  context.actions.push(NudgeCell{Nudge{plane, place, by, layer.value_or(context.layer.index)}});
}

std::optional<Yx> nudged_cell(const PanelContext& context, NudgedPlane plane, Index n, Index c) {
  const std::optional<Nudge>& nudge = context.view.nudge;
  if (!nudge || nudge->layer != context.layer.index || nudge->plane != plane ||
      nudge->place.n != n || nudge->place.c != c)
    return std::nullopt;
  return Yx{nudge->place.y, nudge->place.x};
}

}  // namespace convscope::panels
