#include "app/panels/kernel_page/output_panel.h"

#include <algorithm>
#include <array>

#include "app/panels/learning/slow_motion.h"
#include "app/panels/parts/card_facts.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/explore_controls.h"
#include "app/panels/parts/notice.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/range_popup.h"
#include "app/panels/parts/row_curve.h"
#include "app/panels/parts/shift_ghost.h"
#include "app/panels/parts/shown_sample.h"
#include "app/panels/parts/size_lines.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/linked_cells.h"
#include "app/program/view/names.h"
#include "app/scene/option_limits.h"
#include "app/scene/stage.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/fields.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/list_button.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/core/padding.h"
#include "engine/core/shape_text.h"
#include "engine/explain/explain_sum.h"
#include "engine/explain/size_formula.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

using ui::EditEvent;

// Returns the padding of the scene's layer; "same" is computed for the current kernel.
Padding shown_padding(const ConvolutionLayer& layer) {
  const Shape& k = layer.kernel.weight.shape();
  switch (layer.conv.padding_choice) {
    case PaddingChoice::kExplicit:
      return layer.conv.padding;
    case PaddingChoice::kSame:
      return same_padding({k.h, k.w}, layer.conv.dilation);
    case PaddingChoice::kValid:
      break;
  }
  return {};
}

// Draws the formulas of the output size, one line for each axis.
void draw_formulas(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const Shape& x = context.layer.scene.input.tensor->shape();
  const Shape& k = context.layer.now().kernel.weight.shape();
  const Padding p = shown_padding(context.layer.now());
  const ConvScene& conv = context.layer.now().conv;
  const Yx s = conv.stride;
  const Yx d = conv.dilation;
  if (conv.transposed) {
    const Yx more = conv.output_padding;
    draw_size_lines(ui, "output/formula",
                    transposed_size_formula(x.h, p.top, p.bottom, k.h, s.y, d.y, more.y),
                    transposed_size_formula(x.w, p.left, p.right, k.w, s.x, d.x, more.x));
    return;
  }
  draw_size_lines(ui, "output/formula", size_formula(x.h, p.top, p.bottom, k.h, s.y, d.y),
                  size_formula(x.w, p.left, p.right, k.w, s.x, d.x));
}

void draw_padding(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  ConvScene conv = context.layer.now().conv;
  const Padding p = shown_padding(context.layer.now());
  Yx padding{p.top, p.left};
  const bool even = p.top == p.bottom && p.left == p.right;
  const char* label = even ? "padding" : "top, left";
  std::string tip = conv.transposed ? "cells taken off" : "cells added";
  tip += even ? " on both sides of the axis"
              : "; at the bottom " + std::to_string(p.bottom) + ", at the right " +
                    std::to_string(p.right) + ": More… has all four";
  const float room = std::max(ui::label_width(ui, "padding"), ui::label_width(ui, "top, left"));
  constexpr Yx kWidest{kMaxPadding, kMaxPadding};
  ui::flow(ui, room + ui.theme.px(8.0f) + ui::pair_width(ui, "", kWidest));
  ImGui::BeginGroup();
  ui::label_within(ui, label, room);
  const EditEvent event =
      ui::pair_field(ui, "conv/padding", "", padding, {0, 0}, kWidest, tip.c_str());
  ImGui::EndGroup();
  if (event) {
    conv.padding_choice = PaddingChoice::kExplicit;
    conv.padding = {padding.y, padding.x, even ? padding.y : p.bottom, even ? padding.x : p.right};
    edit_layer(context, conv, event.continues);
  }
}

void draw_sides(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  ConvScene conv = context.layer.now().conv;
  conv.padding = shown_padding(context.layer.now());
  const auto side = [&](const char* name, const char* label, Index& cells) {
    const EditEvent event = ui::int_field(ui, name, label, cells, 0, kMaxPadding);
    if (!event) return;
    conv.padding_choice = PaddingChoice::kExplicit;
    edit_layer(context, conv, event.continues);
  };
  side("conv/padding-top", "top", conv.padding.top);
  ImGui::SameLine();
  side("conv/padding-bottom", "bottom", conv.padding.bottom);
  side("conv/padding-left", "left", conv.padding.left);
  ImGui::SameLine();
  side("conv/padding-right", "right", conv.padding.right);
}

// Changes the layer's kind together with its weight, as one undo step.
void set_transposed(const PanelContext& context, bool transposed) {
  ConvolutionLayer layer = context.layer.now();
  ConvScene& conv = layer.conv;
  conv.transposed = transposed;
  conv.groups = 1;
  conv.output_padding = {0, 0};
  if (transposed) {
    conv.padding = shown_padding(context.layer.now());
    conv.padding_choice = PaddingChoice::kExplicit;
    conv.padding_mode = PaddingMode::kZeros;
  }
  if (layer.kernel.layer) layer.kernel.weight = with_channels_swapped(layer.kernel.weight);
  edit_layer(context, LayerScene{std::move(layer)});
}

// Draws the choice of the padding and its mode.
void draw_padding_choice(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  ConvScene conv = context.layer.now().conv;
  const Padding p = shown_padding(context.layer.now());
  constexpr std::array kChoices = {"numbers", "same", "valid"};
  auto choice = static_cast<int>(conv.padding_choice);
  ui::label(ui, "padding by");
  ImGui::SameLine();
  if (ui::combo(ui, "conv/padding-choice", kChoices, choice)) {
    conv.padding_choice = static_cast<PaddingChoice>(choice);
    if (conv.padding_choice == PaddingChoice::kExplicit) conv.padding = p;
    edit_layer(context, conv);
  }
  ui::tooltip(
      ui, "numbers: as in the field; same: the output is as large as the input; valid: no padding");
  if (p == Padding{}) return;
  constexpr std::array kModes = {"zeros", "reflect", "replicate", "circular"};
  auto mode = static_cast<int>(conv.padding_mode);
  ui::label(ui, "filled with");
  ImGui::SameLine();
  if (ui::combo(ui, "conv/padding-mode", kModes, mode)) {
    conv.padding_mode = static_cast<PaddingMode>(mode);
    edit_layer(context, conv);
  }
  ui::tooltip(ui, "What stands in the padding");
}

// Draws the button for rarely changed options.
void draw_more(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  ui::flow(ui, ui::button_width(ui, "More…"));
  if (ui::button(ui, "conv/more", "More…",
                 {.tooltip = "Padding modes, dilation, transposed convolution, groups"})) {
    ImGui::OpenPopup("conv/more/popup");
  }
  if (!ui::begin_popup(ui, "conv/more/popup")) return;
  ConvScene conv = context.layer.now().conv;
  if (!conv.transposed) draw_padding_choice(context);
  draw_sides(context);
  if (const EditEvent event =
          ui::pair_field(ui, "conv/dilation", "dilation", conv.dilation, {1, 1},
                         {kMaxDilation, kMaxDilation}, "cells from one weight to the next")) {
    edit_layer(context, conv, event.continues);
  }
  bool transposed = conv.transposed;
  if (ui::checkbox(ui, "conv/transposed", "transposed convolution", transposed)) {
    set_transposed(context, transposed);
  }
  ui::tooltip(ui,
              "Each input cell adds the kernel, times its value, to the output: the stride spreads "
              "the input, and padding is taken off the output");
  if (conv.transposed) {
    const Index max_y = std::max(conv.stride.y, conv.dilation.y) - 1;
    const Index max_x = std::max(conv.stride.x, conv.dilation.x) - 1;
    if (const EditEvent event = ui::pair_field(
            ui, "conv/output-padding", "output padding", conv.output_padding, {0, 0},
            {max_y, max_x}, "rows and columns added at the bottom and right of the output")) {
      edit_layer(context, conv, event.continues);
    }
  }
  if (context.layer.now().kernel.layer) {
    const Index channels = input_channels_of(context.layer.scene, context.layer.index);
    if (const EditEvent event = ui::int_field(
            ui, "conv/groups", "groups", conv.groups, 1, channels,
            "parts of the channels that do not see each other; must divide both numbers of "
            "channels, else it becomes 1")) {
      edit_layer(context, conv, event.continues);
    }
  }
  ImGui::EndPopup();
}

// Returns whether red, green and blue are each convolved with the same kernel.
bool shows_colours(const ShownLayer& layer) {
  return layer.scene.input.tensor->shape().c == 3 && !layer.now().kernel.layer;
}

constexpr std::array kColourChannels = {"R", "G", "B"};

Index channels_of(const ShownLayer& layer) {
  return output_channels(layer.now().kernel, layer.now().conv, layer.scene.input.tensor->shape().c);
}

// Returns the width that draw_channel needs beside the title.
float channel_width(const PanelContext& context) {
  if (channels_of(context.layer) == 1) return 0.0f;
  return shows_colours(context.layer) ? ui::segmented_width(context.ui, kColourChannels)
                                      : ui::field_width(context.ui, "channel");
}

// Draws the choice of the shown channel, if there are several, in the card's upper right corner.
void draw_channel(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const float width = channel_width(context);
  if (width == 0.0f) return;
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const ImVec2 corner = ImGui::GetWindowPos();
  ImGui::SetCursorScreenPos({corner.x + ImGui::GetWindowSize().x - width, corner.y});
  ShowPlanes planes = context.layer.wanted;
  planes.channel = context.layer.shown.output;
  bool changed = false;
  if (shows_colours(context.layer)) {
    auto channel = static_cast<int>(planes.channel);
    changed = ui::segmented(ui, "output/channel", kColourChannels, channel);
    ui::tooltip(ui, "The channel of the output that is shown: that of one colour");
    planes.channel = channel;
  } else {
    const EditEvent event = ui::int_field(
        ui, "output/channel", "channel", planes.channel, 0, channels_of(context.layer) - 1,
        "the channel of the output that is shown, counted from 0");
    changed = event.changed;
  }
  if (changed) context.actions.push(planes);
  ImGui::SetCursorScreenPos(below);
}

// Returns what matters of the layer's options: "padding 1 · stride 2".
std::string conv_facts(const ConvolutionLayer& layer) {
  const ConvScene& conv = layer.conv;
  std::string text = "padding " + brief_padding_text(shown_padding(layer));
  if (conv.padding_choice == PaddingChoice::kSame) text = "padding same";
  text += " · stride " + brief_pair_text(conv.stride);
  if (conv.dilation != Yx{1, 1}) text += " · dilation " + brief_pair_text(conv.dilation);
  if (conv.groups > 1) text += " · groups " + std::to_string(conv.groups);
  return text;
}

std::vector<ui::CellOutline> linked_cells(const PanelContext& context) {
  std::vector<ui::CellOutline> outlines;
  const LayerResults& results = *context.layer.results();
  const ImU32 color = context.ui.theme.color.linked;
  const Links& links = context.view.links;
  for (const CellGrid& grid : linked_outputs(links, results, results.pool))
    add_outlines(grid, color, outlines);
  if (links.pooled && results.pooled) {
    const PooledSum sum =
        explain_pooled(*results.activated, results.pool, shown_sample(context, *results.output),
                       shown_channel(context, *results.output), *links.pooled);
    if (sum.winner && !context.layer.explore.predict.hides_pooled()) {
      outlines.push_back({sum.winner->y, sum.winner->x, 1, 1, context.ui.theme.color.accent});
    }
  }
  return outlines;
}

}  // namespace

void draw_conv_controls(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  ConvScene conv = context.layer.now().conv;
  draw_padding(context);
  ui::flow(ui, ui::pair_width(ui, "stride", {kMaxStride, kMaxStride}));
  if (const EditEvent event =
          ui::pair_field(ui, "conv/stride", "stride", conv.stride, {1, 1}, {kMaxStride, kMaxStride},
                         "cells from one window to the next")) {
    edit_layer(context, conv, event.continues);
  }
  draw_more(context);
}

void draw_output_panel(const PanelContext& context, const Rect& rect, std::span<const Card> shared,
                       OutputPanelState& state) {
  ui::Ui& ui = context.ui;
  const LayerResults* results = context.layer.results();
  const bool there = results != nullptr && results->output != nullptr;
  const Tensor* prediction = shown_prediction(context);
  std::string subtitle = prediction != nullptr ? "Ŷ" : "Y";
  if (there) {
    subtitle += " · " + plane_text(results->output->shape());
    if (results->options.transposed) subtitle += " · transposed";
  }
  if (!context.busy.empty()) subtitle += " · " + std::string(context.busy);
  const char* title = prediction != nullptr ? "Prediction" : "Output";
  if (prediction != nullptr && !shared.empty()) subtitle = "Prediction · " + subtitle;
  begin_card(context, rect, {"card/output", Card::kOutput, title, subtitle, channel_width(context)},
             shared, "output/tabs");
  draw_channel(context);
  if (!is_low(ui.theme, rect))
    draw_card_facts(context, Card::kOutput, "output/facts",
                    facts_or_move(context, SweptPlane::kOutput, conv_facts(context.layer.now())));
  const ImVec2 size = ImGui::GetContentRegionAvail();
  if (there) {
    const bool own = prediction == nullptr;
    const Tensor& output = own ? *results->output : *prediction;
    const std::vector<ui::CellOutline> outlines = linked_cells(context);
    ui::HeatmapArgs args;
    args.id = own ? "output" : "prediction";
    args.show(own ? results->output : context.layer.training->prediction);
    args.sample = shown_sample(context, output);
    args.channel = shown_channel(context, output);
    args.style = context.styles.style(args.id, args.plane(), context.view.settings,
                                      output_meaning(context.layer.scene, context.view.settings));
    args.size = size;
    args.outlines = outlines;
    args.color_bar = !is_very_low(ui.theme, rect);
    args.symbol = own ? "Y" : "Ŷ";
    if (own) show_explored(context, SweptPlane::kOutput, args);
    const ui::HeatmapEvent event = draw_with_curve(context, args.id, args, state.heatmap);
    if (event.hovered) context.hovered.output = event.hovered;
    if (own) explore_cells(context, SweptPlane::kOutput, event);
    if (own) draw_shift_ghost(context, SweptPlane::kOutput, event);
  } else if (results != nullptr) {
    draw_notice(ui, "output/notice", "No output: " + results->output_error + ".", size,
                ui.theme.color.bad);
  }
  ui::end_card();
}

void draw_output_controls(const PanelContext& context) {
  draw_output_exploring(context, [&] { draw_conv_controls(context); });
  draw_formulas(context);
}

}  // namespace convscope::panels
