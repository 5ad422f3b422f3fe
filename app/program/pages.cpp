#include "app/program/pages.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "app/panels/backward/backward_controls.h"
#include "app/panels/backward/backward_strip.h"
#include "app/panels/backward/input_gradient_panel.h"
#include "app/panels/backward/kernel_gradient_panel.h"
#include "app/panels/backward/output_gradient_panel.h"
#include "app/panels/backward/pooled_gradient_panel.h"
#include "app/panels/kernel_page/explanation_panel.h"
#include "app/panels/kernel_page/kernel_page_layout.h"
#include "app/panels/learning/learning_title.h"
#include "app/panels/learning/slow_motion.h"
#include "app/panels/lecture/empty_page.h"
#include "app/panels/lesson/pointed_places.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/inspector.h"
#include "app/panels/parts/lecture_tools.h"
#include "app/panels/parts/lower_row.h"
#include "app/panels/parts/operation_sign.h"
#include "app/ui/imgui_shim.h"

namespace convscope::program {
namespace {

// Highlights the cards that a part of a slow-motion step touches in the accent colour.
void draw_lights(const PanelContext& context, const KernelPageLayout& layout) {
  const StageLights lights = lights_of(context);
  const ui::Theme& theme = context.ui.theme;
  const auto light = [&](const char* name, const Rect& rect, bool lit) {
    if (!lit || rect.w <= 0.0f) return;
    const ImVec2 min{std::round(rect.x), std::round(rect.y)};
    const ImVec2 max{std::round(rect.x + rect.w), std::round(rect.y + rect.h)};
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

void draw_kernel_inspector(const PanelContext& context, const Zones& zones, PanelStates& panels) {
  if (zones.inspector.w <= 0.0f) return;
  const Card selected = context.view.settings.kernel_cards.selected;
  draw_inspector(context, zones.inspector, zones.inspector_in_popup, card_title(selected), [&] {
    if (context.view.settings.backward)
      return draw_backward_controls(context, selected, panels.backward);
    switch (selected) {
      case Card::kInput:
        return draw_input_controls(context, panels.input);
      case Card::kKernel:
        return draw_kernel_controls(context, panels.kernel);
      case Card::kPooled:
        return draw_pooling_controls(context);
      default:
        return draw_output_controls(context);
    }
  });
}

constexpr std::array kOutputAndPooled = {Card::kOutput, Card::kPooled};

// Draws the cards of the gradients, in which the arrows point backward.
void draw_backward_row(const PanelContext& context, const KernelPageLayout& layout,
                       BackwardState& state) {
  draw_card(context, Card::kInput, layout.input,
            [&](const Rect& rect) { draw_input_gradient_panel(context, rect, state); });
  draw_card(context, Card::kKernel, layout.kernel,
            [&](const Rect& rect) { draw_kernel_gradient_panel(context, rect, state); });
  const SharedPlace shared{std::span(kOutputAndPooled).first(layout.output_shared ? 2 : 0),
                           "output/tabs"};
  draw_card(
      context, Card::kOutput, layout.output,
      [&](const Rect& rect) { draw_output_gradient_panel(context, rect, shared.cards, state); },
      shared);
  draw_card(
      context, Card::kPooled, layout.pooled,
      [&](const Rect& rect) { draw_pooled_gradient_panel(context, rect, shared.cards, state); },
      shared);
  const ui::Theme& theme = context.ui.theme;
  draw_sign(theme, layout.star, "=");
  draw_sign(theme, layout.equals, "⋆");
  draw_sign(theme, layout.arrow, "←");
}

void draw_main_row(const PanelContext& context, const KernelPageLayout& layout,
                   PanelStates& panels) {
  if (context.view.settings.backward) return draw_backward_row(context, layout, panels.backward);
  panels.backward.shown = false;
  draw_card(context, Card::kInput, layout.input,
            [&](const Rect& rect) { draw_input_panel(context, rect, panels.input); });
  draw_card(context, Card::kKernel, layout.kernel,
            [&](const Rect& rect) { draw_kernel_panel(context, rect, panels.kernel); });
  const SharedPlace shared{std::span(kOutputAndPooled).first(layout.output_shared ? 2 : 0),
                           "output/tabs"};
  draw_card(
      context, Card::kOutput, layout.output,
      [&](const Rect& rect) { draw_output_panel(context, rect, shared.cards, panels.output); },
      shared);
  draw_card(
      context, Card::kPooled, layout.pooled,
      [&](const Rect& rect) { draw_pooling_panel(context, rect, shared.cards, panels.pooling); },
      shared);
  const ConvolutionLayer& layer = first_layer(context.document.scene());
  const ui::Theme& theme = context.ui.theme;
  draw_sign(theme, layout.star, operation_sign(layer.kernel, layer.conv));
  draw_sign(theme, layout.equals, "=");
  draw_sign(theme, layout.arrow, "→");
}

void draw_lower_row(const PanelContext& context, const KernelPageLayout& layout,
                    PanelStates& panels) {
  panels.kernel_info.open = layout.about.w > 0.0f;
  const Rect& row = layout.zones.lower;
  const bool scrolls = row.h > 0.0f;  // else a card of the row may be enlarged
  const float dy = scrolls ? begin_lower_row(row, layout.lower_height) : 0.0f;
  const auto at = [&](Rect rect) {
    rect.y += dy;
    return rect;
  };
  draw_card(context, Card::kAbout, at(layout.about),
            [&](const Rect& rect) { draw_kernel_info_panel(context, rect, panels.kernel_info); });
  draw_card(context, Card::kLearning, at(layout.learning), [&](const Rect& rect) {
    draw_learning_panel(context, rect, context.live.progress(), panels.learning);
  });
  draw_card(context, Card::kLoss, at(layout.loss),
            [&](const Rect& rect) { draw_loss_panel(context, rect, panels.loss); });
  draw_card(context, Card::kError, at(layout.error), [&](const Rect& rect) {
    draw_error_panel(context, rect, panels.loss.kept, panels.error);
  });
  draw_card(context, Card::kLearned, at(layout.learned),
            [&](const Rect& rect) { draw_learned_panel(context, rect, panels.learned); });
  draw_tabs(context, "lower/tabs", at(layout.lower_tabs), layout.lower_shared, layout.lower_front);
  if (scrolls) end_lower_row(row, layout.lower_height);
}

// Returns what is to be known of the learning while its row is folded away.
std::string learning_facts(const PanelContext& context) {
  std::string text = "target: " + target_name(context.layer.scene, false);
  const TrainingSnapshot* training = context.layer.training;
  if (training != nullptr && training->message.empty()) {
    text += " · " + progress_text(context.ui, *training, ImGui::GetIO().DisplaySize.x * 0.5f);
  }
  return text;
}

// Draws the handle of the lower row. While the learning is unfolded, it says where its target is
// not the kernel above it.
void draw_kernel_handle(const PanelContext& context, const Rect& rect, PanelStates& panels) {
  if (context.view.settings.kernel_info) {
    draw_lower_handle(context, rect, card_title(Card::kAbout), "");
    return;
  }
  const bool open = context.view.cards().lower_open;
  // What the learning says might answer the lesson's question.
  const bool asked = context.lessons.lectern.any_open();
  draw_lower_handle(
      context, rect, card_title(Card::kLearning), open || asked ? "" : learning_facts(context),
      [&](const Rect& rest) {
        if (!open || asked) return;
        const float line = ui::font_size(context.ui.theme.font.small);
        ImGui::SetCursorScreenPos({rest.x, std::round(rest.y + (rest.h - line) * 0.5f)});
        draw_target_nudge(context, rest.w, panels.learning.nudge);
      });
}

void draw_kernel_page(const PanelContext& context, PanelStates& panels) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const KernelPageLayout layout =
      layout_kernel_page(display.x, display.y, context.ui.theme.scale, context.view.settings);
  draw_kernel_inspector(context, layout.zones, panels);
  draw_main_row(context, layout, panels);
  if (!draw_kept_back_strip(context, layout.zones.explanation)) {
    if (context.view.settings.backward)
      draw_backward_strip(context, layout.zones.explanation);
    else
      draw_explanation_panel(context, layout.zones.explanation);
  }
  draw_strip_tools(context, layout.zones.tools);
  if (layout.zones.handle.w > 0.0f) {
    draw_kernel_handle(context, layout.zones.handle, panels);
  }
  draw_lower_row(context, layout, panels);
  draw_lights(context, layout);
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
  if (context.view.settings.lesson.left >= ImGui::GetIO().DisplaySize.x) return;
  if (context.view.on_kernel_page())
    draw_kernel_page(context, panels);
  else
    draw_layers_page(context, panels.layers);
  draw_empty_page(context);
  draw_pointed_places(context, panels.lesson.arriving.progress(ImGui::GetTime()));
}

void draw_lesson(const PanelContext& context, PanelStates& panels) {
  const ViewSettings& settings = context.view.settings;
  if (settings.lesson.left <= 0.0f) return;
  const float top = settings.presenting ? 0.0f : std::round(context.ui.theme.px(kTopBar)) + 1.0f;
  draw_lesson_panel(
      context,
      {0.0f, top, settings.lesson.left, std::max(1.0f, ImGui::GetIO().DisplaySize.y - top)},
      panels.lesson);
}

}  // namespace convscope::program
