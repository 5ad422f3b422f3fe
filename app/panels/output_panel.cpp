#include "app/panels/output_panel.h"

#include <array>

#include "app/ui/widgets.h"
#include "engine/padding.h"
#include "engine/shape_text.h"
#include "engine/size_formula.h"

namespace convscope {
namespace {

using ui::EditEvent;

constexpr Index kMaxPadding = 64;
constexpr Index kMaxStride = 64;
constexpr Index kMaxDilation = 32;

// The padding that the scene asks for; "same" for the kernel as it is.
Padding shown_padding(const Scene& scene) {
  const Shape& k = scene.kernel.weight.shape();
  switch (scene.conv.padding_choice) {
    case PaddingChoice::kExplicit:
      return scene.conv.padding;
    case PaddingChoice::kSame:
      return same_padding({k.h, k.w}, scene.conv.dilation);
    case PaddingChoice::kValid:
      break;
  }
  return {};
}

// The output size with its numbers put in, one line an axis.
void draw_formulas(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const Scene& scene = context.scene;
  const Shape& x = scene.input.tensor->shape();
  const Shape& k = scene.kernel.weight.shape();
  const Padding p = shown_padding(scene);
  const ConvScene& conv = scene.conv;
  const std::string height =
      size_formula(x.h, p.top, p.bottom, k.h, conv.stride.y, conv.dilation.y);
  const std::string width = size_formula(x.w, p.left, p.right, k.w, conv.stride.x, conv.dilation.x);
  draw_size_lines(ui, "output/formula", height, width);
}

void draw_padding(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  ConvScene conv = context.scene.conv;
  const Padding p = shown_padding(context.scene);
  Yx padding{p.top, p.left};
  ui::flow(ui, ui::pair_width(ui, "padding", padding));
  const EditEvent event =
      ui::pair_field(ui, "conv/padding", "padding", padding, {0, 0}, {kMaxPadding, kMaxPadding},
                     "cells added on both sides of the axis");
  if (event) {
    conv.padding_choice = PaddingChoice::kExplicit;
    conv.padding = {padding.y, padding.x, padding.y, padding.x};
    context.actions.edit(conv, event.continues);
  }
  constexpr std::array kChoices = {"numbers", "same", "valid"};
  auto choice = static_cast<int>(conv.padding_choice);
  ui::flow(ui, ui::combo_width(ui, kChoices));
  if (ui::combo(ui, "conv/padding-choice", kChoices, choice)) {
    conv.padding_choice = static_cast<PaddingChoice>(choice);
    if (conv.padding_choice == PaddingChoice::kExplicit) conv.padding = p;
    context.actions.edit(conv);
  }
  ui::tooltip(
      ui, "numbers: as in the field; same: the output is as large as the input; valid: no padding");
  if (p == Padding{}) return;
  constexpr std::array kModes = {"zeros", "reflect", "replicate", "circular"};
  auto mode = static_cast<int>(conv.padding_mode);
  ui::flow(ui, ui::combo_width(ui, kModes));
  if (ui::combo(ui, "conv/padding-mode", kModes, mode)) {
    conv.padding_mode = static_cast<PaddingMode>(mode);
    context.actions.edit(conv);
  }
  ui::tooltip(ui, "What stands in the padding");
}

// Which channel is shown, where there are several.
void draw_channel(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const Scene& scene = context.scene;
  const Index channels = output_channels(scene.kernel, scene.conv, scene.input.tensor->shape().c);
  if (channels == 1) return;
  ShowPlanes planes = context.view.planes;
  if (channels == 3 && !scene.kernel.layer) {
    constexpr std::array kChannels = {"R", "G", "B"};
    auto channel = static_cast<int>(context.shown.output);
    ui::flow(ui, ui::segmented_width(ui, kChannels));
    if (ui::segmented(ui, "output/channel", kChannels, channel)) {
      planes.channel = channel;
      context.actions.push(planes);
    }
    return;
  }
  planes.channel = context.shown.output;
  ui::flow(ui, ui::field_width(ui, "channel"));
  if (ui::int_field(ui, "output/channel", "channel", planes.channel, 0, channels - 1,
                    "the channel of the output that is shown, counted from 0")) {
    context.actions.push(planes);
  }
}

void draw_controls(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  ConvScene conv = context.scene.conv;
  draw_padding(context);
  ui::flow(ui, ui::pair_width(ui, "stride", conv.stride));
  if (const EditEvent event =
          ui::pair_field(ui, "conv/stride", "stride", conv.stride, {1, 1}, {kMaxStride, kMaxStride},
                         "cells from one window to the next")) {
    context.actions.edit(conv, event.continues);
  }
  ui::flow(ui, ui::pair_width(ui, "dilation", conv.dilation));
  if (const EditEvent event =
          ui::pair_field(ui, "conv/dilation", "dilation", conv.dilation, {1, 1},
                         {kMaxDilation, kMaxDilation}, "cells from one weight to the next")) {
    context.actions.edit(conv, event.continues);
  }
  draw_channel(context);
}

std::vector<ui::CellOutline> linked_cells(const PanelContext& context) {
  std::vector<ui::CellOutline> outlines;
  const Results& results = *context.results;
  const ImU32 color = context.ui.theme.color.linked;
  const Links& links = context.links;
  const Shape& k = results.scene.kernel.weight.shape();
  if (links.input) {
    add_outlines(
        reached_outputs(*links.input, {k.h, k.w}, results.options, results.output->shape()), color,
        outlines);
  }
  if (links.pooled && results.pooled) {
    add_outlines(pool_window(*links.pooled, results.scene.pool.options), color, outlines);
    const PooledSum sum = explain_pooled(*results.activated, results.scene.pool.options,
                                         shown_sample(context, *results.output),
                                         shown_channel(context, *results.output), *links.pooled);
    if (sum.winner) {
      outlines.push_back({sum.winner->y, sum.winner->x, 1, 1, context.ui.theme.color.accent});
    }
  }
  if (links.output) outlines.push_back({links.output->y, links.output->x, 1, 1, color});
  return outlines;
}

}  // namespace

void draw_output_panel(const PanelContext& context, const Rect& rect, OutputPanelState& state) {
  ui::Ui& ui = context.ui;
  const Results* results = context.results;
  const bool there = results != nullptr && results->output != nullptr;
  std::string subtitle = "Y";
  if (there) subtitle += " · " + plane_text(results->output->shape());
  if (!context.busy.empty()) subtitle += " · " + context.busy;
  ui::begin_card(ui, "card/output", rect.min(), rect.size(), "Output", subtitle);
  draw_formulas(context);
  const ImVec2 size{ImGui::GetContentRegionAvail().x, height_above(ui, state.controls)};
  if (there) {
    const Tensor& output = *results->output;
    const std::vector<ui::CellOutline> outlines = linked_cells(context);
    ui::HeatmapArgs args;
    args.id = "output";
    args.tensor = &output;
    args.version = context.results_version;
    args.channel = shown_channel(context, output);
    args.style =
        context.styles.style("output", output, context.results_version, args.channel, context.view);
    args.size = size;
    args.outlines = outlines;
    args.symbol = "Y";
    const ui::HeatmapEvent event = ui::heatmap_view(ui, args, state.heatmap);
    if (event.hovered) context.hovered.output = event.hovered;
  } else if (results != nullptr) {
    draw_notice(ui, "output/notice", "No output: " + results->output_error + ".", size,
                ui.theme.color.bad);
  }
  begin_controls(ui, state.controls);
  draw_controls(context);
  state.controls = end_controls(ui, state.controls);
  ui::end_card();
}

}  // namespace convscope
