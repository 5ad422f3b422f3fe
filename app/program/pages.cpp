#include "app/program/pages.h"

#include <cmath>

#include "app/panels/kernel_page/explanation_panel.h"
#include "app/panels/learning/slow_motion.h"
#include "app/panels/parts/layout.h"
#include "app/panels/parts/operation_sign.h"
#include "app/ui/imgui_shim.h"

namespace convscope::program {
namespace {

Rect moved(Rect rect, float dx, float dy) {
  return {rect.x + dx, rect.y + dy, rect.w, rect.h};
}

// Draws the area below the top bar, which scrolls if needed. make(width, height) returns the layout
// of the cards, and draw(layout, dy) draws them moved down by dy.
template <typename MakeLayout, typename DrawCards>
void scrolling_page(const ui::Theme& theme, MakeLayout make, DrawCards draw) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  auto layout = make(display.x, display.y);
  const bool scrolls = layout.content_height > display.y + 0.5f;
  if (scrolls) layout = make(display.x - ImGui::GetStyle().ScrollbarSize, display.y);
  const float top = std::round(theme.px(kTopBar));
  ImGui::SetCursorScreenPos({0, top});
  ImGui::BeginChild("content", {display.x, display.y - top}, false,
                    scrolls ? ImGuiWindowFlags_None
                            : ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  const float dy = -ImGui::GetScrollY();
  draw(layout, dy);
  ImGui::SetCursorScreenPos({0, layout.content_height + dy - 1.0f});
  ImGui::Dummy({1.0f, 1.0f});
  ImGui::EndChild();
}

// Outlines the cards that take part in the current part of a slow-motion step in the accent colour.
void draw_lights(const PanelContext& context, const Layout& layout, float dy) {
  const StageLights lights = lights_of(context);
  const ui::Theme& theme = context.ui.theme;
  const auto light = [&](const char* name, const Rect& rect, bool lit) {
    if (!lit) return;
    const ImVec2 min{std::round(rect.x), std::round(rect.y + dy)};
    const ImVec2 max{std::round(rect.x + rect.w), std::round(rect.y + rect.h + dy)};
    ui::stroke_rect(ImGui::GetWindowDrawList(), min, max, theme.color.accent, theme.px(10.0f),
                    std::round(theme.px(3.0f)));
    context.ui.items.add(name, min, max);
  };
  light("lit/input", layout.input, lights.input);
  light("lit/kernel", layout.kernel, lights.kernel);
  light("lit/output", layout.output, lights.output);
  light("lit/error", layout.error, lights.error);
  light("lit/learned", layout.learned, lights.learned);
}

void draw_kernel_page(const PanelContext& context, PanelStates& panels) {
  const ui::Theme& theme = context.ui.theme;
  const auto make = [&](float width, float height) {
    return layout_window(width, height, theme.scale);
  };
  scrolling_page(theme, make, [&](const Layout& layout, float dy) {
    const auto at = [&](const Rect& rect) { return moved(rect, 0.0f, dy); };
    draw_input_panel(context, at(layout.input), panels.input);
    draw_kernel_panel(context, at(layout.kernel), panels.kernel);
    draw_output_panel(context, at(layout.output), panels.output);
    draw_pooling_panel(context, at(layout.pooled), panels.pooling);
    const ConvolutionLayer& layer = first_layer(context.document.scene());
    draw_sign(theme, at(layout.star), operation_sign(layer.kernel, layer.conv));
    draw_sign(theme, at(layout.equals), "=");
    draw_sign(theme, at(layout.arrow), "→");
    draw_explanation_panel(context, at(layout.explanation));
    if (context.view.settings.kernel_info) {
      draw_kernel_info_panel(context, at(layout.lower()), panels.kernel_info);
      return;
    }
    panels.kernel_info.open = false;
    draw_learning_panel(context, at(layout.learning), context.live.progress(), panels.learning);
    draw_loss_panel(context, at(layout.loss), panels.loss);
    draw_error_panel(context, at(layout.error), panels.error);
    draw_learned_panel(context, at(layout.learned), panels.learned);
    draw_lights(context, layout, dy);
  });
}

void draw_layers(const PanelContext& context, PanelStates& panels) {
  const ui::Theme& theme = context.ui.theme;
  const auto make = [&](float width, float height) {
    return layout_layers(width, height, theme.scale);
  };
  scrolling_page(theme, make, [&](const LayersLayout& layout, float dy) {
    const LayersLayout at = moved(layout, dy);
    draw_layers_page(context, at, panels.layers);
    const Scene& scene = context.document.scene();
    const std::size_t layer = existing_stage(scene, context.view.layers.stage).layer;
    const ConvolutionLayer& shown = convolution(scene.layers[layer]);
    draw_sign(theme, at.star, operation_sign(shown.kernel, shown.conv));
    draw_sign(theme, at.equals, "=");
  });
}

}  // namespace

void begin_content() {
  constexpr ImGuiWindowFlags kPlain =
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
      ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoBackground;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("Convscope", nullptr, kPlain);
  ImGui::PopStyleVar();
}

ShownLayer first_shown_layer(const Document& document, const Live& live, View& view,
                             Explore& no_explore) {
  return {.scene = document.scene(),
          .all = live.results().get(),
          .training = live.training().snapshot.get(),
          .wanted = view.settings.planes,
          .shown = shown_planes(document.scene(), 0, view.settings.planes),
          .input = document.scene().input.tensor,
          .step_part = live.step_part(),
          .training_version = live.training().version,
          .explore = view.on_kernel_page() ? view.explore : no_explore};
}

void draw_page(const PanelContext& context, PanelStates& panels) {
  if (context.view.on_kernel_page())
    draw_kernel_page(context, panels);
  else
    draw_layers(context, panels);
}

}  // namespace convscope::program
