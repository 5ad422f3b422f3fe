#include "app/panels/backward/backward_controls.h"

#include <array>
#include <span>
#include <string>
#include <utility>

#include "app/panels/backward/gradient_card.h"
#include "app/panels/backward/nudge_controls.h"
#include "app/panels/kernel_page/output_panel.h"
#include "app/panels/kernel_page/pooling_panel.h"
#include "app/panels/parts/explore_controls.h"
#include "app/scene/shared_tensor.h"
#include "app/ui/buttons.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

// The sources, and what they are called where several layers are shown.
constexpr std::array kSources = {"a cell of P", "a cell of Y", "a picture", "the error"};
constexpr std::array kChainSources = {"a cell of the last result", "a cell of the last Y",
                                      "a picture", "the error"};

// Makes every cell of the picture the same.
void fill(const PanelContext& context, const Shape& plane, float value) {
  BackwardScene backward = context.layer.scene.backward;
  backward.picture = shared_tensor(Tensor(plane, value));
  context.actions.edit(std::move(backward));
}

void draw_picture_tools(const PanelContext& context, BackwardState& state) {
  ui::Ui& ui = context.ui;
  const LayerGradients* gradients = shown_gradients(context);
  if (gradients == nullptr || !gradients->pooled) return;
  const Shape& plane = gradients->pooled->shape();
  draw_brush(ui, "backward", state.brush);
  draw_gradient_fill(context, plane);
}

void draw_spread(const PanelContext& context, BackwardState& state) {
  ui::Ui& ui = context.ui;
  const LayerGradients* gradients = shown_gradients(context);
  if (gradients == nullptr || (!gradients->spread && gradients->no_spread.empty())) return;
  bool on = spreads(*gradients, state);
  ui::flow(ui, ui::button_width(ui, "Spread"));
  const char* tip = gradients->spread
                        ? "Shows the zeros that the stride puts between the cells, and those "
                          "around them: over these the turned kernel goes to give ∂L/∂X"
                        : gradients->no_spread.c_str();
  if (ui::toggle_button(ui, "backward/spread", "Spread", on,
                        {.enabled = gradients->spread != nullptr, .tooltip = tip}))
    state.spread = on;
}

}  // namespace

void draw_gradient_source(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  BackwardScene backward = context.layer.scene.backward;
  auto source = static_cast<int>(backward.source);
  const std::span<const char* const> sources =
      context.view.on_kernel_page() ? std::span(kSources) : std::span(kChainSources);
  ui::flow(ui, ui::label_width(ui, "L is") + ImGui::GetStyle().ItemSpacing.x +
                   ui::combo_width(ui, sources));
  ui::label(ui, "L is");
  ImGui::SameLine();
  const bool chosen = ui::combo(ui, "backward/source", sources, source);
  ui::tooltip(ui,
              "What the gradient begins with: a single 1 in a cell, so that L is that cell; a "
              "picture G that is drawn, so that L = Σ G · result; or the error of the learning");
  if (!chosen) return;
  backward.source = static_cast<GradientSource>(source);
  context.actions.edit(std::move(backward));
}

void draw_gradient_fill(const PanelContext& context, const Shape& plane) {
  ui::Ui& ui = context.ui;
  ui::flow(ui, ui::button_width(ui, "All 1"));
  if (ui::button(ui, "backward/ones", "All 1", {.tooltip = "L is the sum of all cells"}))
    fill(context, plane, 1.0f);
  ui::flow(ui, ui::button_width(ui, "All 0"));
  if (ui::button(ui, "backward/zeros", "All 0", {.tooltip = "Begins an empty picture"}))
    fill(context, plane, 0.0f);
}

void draw_backward_controls(const PanelContext& context, Card card, BackwardState& state) {
  // What a nudge does is in sight whatever else the card has: its controls come first.
  draw_nudge_controls(context);
  draw_gradient_source(context);
  if (context.layer.scene.backward.source == GradientSource::kPicture)
    draw_picture_tools(context, state);
  if (card == Card::kOutput) draw_spread(context, state);
  const LayerGradients* gradients = shown_gradients(context);
  const bool pooled = gradients != nullptr && gradients->pooled;
  if (card == Card::kOutput)
    draw_backward_sweep(context, SweptPlane::kOutput, [&] { draw_conv_controls(context); });
  if (card == Card::kPooled && pooled)
    draw_backward_sweep(context, SweptPlane::kPooled, [&] { draw_pool_controls(context); });
}

}  // namespace convscope::panels
