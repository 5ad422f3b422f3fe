#include "app/panels/layers_page/layer_filters_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "app/look/range.h"
#include "app/panels/backward/gradient_card.h"
#include "app/panels/layers_page/filter_grid.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/seed_field.h"
#include "app/panels/parts/shown_sample.h"
#include "app/program/view/linked_cells.h"
#include "app/program/view/names.h"
#include "app/scene/layer_presets.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/fields.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/tooltip.h"
#include "app/ui/weight_grid.h"
#include "engine/explain/channel_sum.h"
#include "engine/kernel_info/kernels.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

using ui::EditEvent;

Index input_channels(const PanelContext& context) {
  return input_channels_of(context.layer.scene, context.layer.index);
}

// Outlines the weights of the selected slice that take part in what is pointed at.
std::vector<ui::CellOutline> outlines_of(const LayerCards& cards, const LayerResults* results,
                                         const Tensor& plane) {
  const PanelContext& context = cards.context;
  const ShownPlanes& shown = context.layer.shown;
  std::vector<ui::CellOutline> outlines;
  // The weight under the pointer may belong to another slice.
  const bool other = context.view.links.weight && cards.hovered &&
                     (cards.hovered != shown.input || cards.hovered_filter != shown.output);
  const bool same_size = results != nullptr && results->weight.shape().h == plane.shape().h &&
                         results->weight.shape().w == plane.shape().w;
  if (same_size && !other) {
    for (const CellGrid& grid : linked_weights(context.view.links, *results))
      add_outlines(grid, context.ui.theme.color.linked, outlines);
  }
  return outlines;
}

ui::WeightGridEvent draw_weights(const LayerCards& cards, const ui::WeightGridArgs& args) {
  const ui::WeightGridEvent event = ui::weight_grid(cards.context.ui, args);
  if (!event.hovered) return event;
  cards.context.hovered.weight = event.hovered;
  cards.context.view.layers.hovered = cards.context.layer.shown.input;
  cards.state.hovered_filter = cards.context.layer.shown.output;
  return event;
}

// Draws the gradient of the selected slice.
void draw_gradient_slice(const LayerCards& cards, ImVec2 size) {
  const PanelContext& context = cards.context;
  const LayerGradients& gradients = *cards.gradients();
  const Tensor plane = shown_plane(context, gradients.kernel);
  std::vector<ui::CellOutline> outlines = outlines_of(cards, &gradients.layer, plane);
  if (const std::optional<Yx> cell = nudged_cell(
          context, NudgedPlane::kWeight, context.layer.shown.filter, context.layer.shown.slice))
    outlines.insert(outlines.begin(), {cell->y, cell->x, 1, 1, context.ui.theme.color.accent});
  const std::string symbol = std::string("∂L/∂") + gradient_weight_symbol(context);
  ui::WeightGridArgs args;
  args.id = "layer/gradient";
  args.weight = &plane;
  args.style = ui::style_for(finite_range(gradients.kernel.values()), context.view.settings.dark(),
                             ui::MapChoice::kDiverging);
  args.size = size;
  args.outlines = outlines;
  args.editable = false;
  args.symbol = symbol.c_str();
  const ShownPlanes& shown = context.layer.shown;
  args.indices = plane_indices(context.layer.now().kernel, shown);
  const ui::WeightGridEvent event = draw_weights(cards, args);
  if (event.clicked)
    choose_nudge(context, NudgedPlane::kWeight,
                 {shown.filter, shown.slice, event.clicked->y, event.clicked->x});
}

// Draws the weights of the selected slice for editing.
void draw_slice(const LayerCards& cards, ImVec2 size) {
  if (cards.backward) return draw_gradient_slice(cards, size);
  const PanelContext& context = cards.context;
  const ShownPlanes& shown = context.layer.shown;
  const Tensor plane = weight_plane(context.layer.now().kernel.weight, shown.filter, shown.slice);
  const std::vector<ui::CellOutline> outlines = outlines_of(cards, cards.results(), plane);
  ui::WeightGridArgs args;
  args.id = "layer/weight";
  args.weight = &plane;
  args.style = ui::style_for(finite_range(context.layer.now().kernel.weight.values()),
                             context.view.settings.dark(), ui::MapChoice::kDiverging);
  args.size = size;
  args.outlines = outlines;
  args.indices = plane_indices(context.layer.now().kernel, shown);
  const ui::WeightGridEvent event = draw_weights(cards, args);
  if (!event.edit.event) return;
  KernelScene kernel = context.layer.now().kernel;
  kernel.weight.at(shown.filter, shown.slice, event.edit.cell.y, event.edit.cell.x) =
      event.edit.value;
  kernel.preset = "custom";
  edit_layer(context, std::move(kernel), event.edit.event.continues);
}

void choose_kind(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  constexpr std::array kKinds = {"per channel", "layer"};
  int kind = context.layer.now().kernel.layer ? 1 : 0;
  ui::flow(ui, ui::segmented_width(ui, kKinds));
  const bool chosen = ui::segmented(ui, "layer/kind", kKinds, kind);
  ui::tooltip(
      ui,
      "One kernel that goes over each channel alone, or a layer whose filters each sum over "
      "all channels");
  if (!chosen) return;
  const ShownPlanes& shown = context.layer.shown;
  const ConvolutionLayer& layer = context.layer.now();
  edit_layer(context,
             kind == 1 ? as_layer(layer.kernel, layer.conv, input_channels(context))
                       : as_single_kernel(layer.kernel, shown.filter, shown.slice, shown.output));
}

// Draws the list of possible numbers of groups, which divide the numbers of input and output
// channels.
void choose_groups(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const ConvolutionLayer& layer = context.layer.now();
  const Index max_groups =
      std::gcd(input_channels(context), filter_count(layer.kernel, layer.conv));
  std::vector<std::string> texts;
  std::vector<Index> groups;
  int index = 0;
  for (Index g = 1; g <= max_groups; ++g) {
    if (max_groups % g != 0) continue;
    if (g == layer.conv.groups) index = static_cast<int>(groups.size());
    groups.push_back(g);
    texts.push_back(g == 1 ? "1 group" : std::to_string(g) + " groups");
  }
  if (groups.size() < 2) return;
  std::vector<const char*> labels;
  labels.reserve(texts.size());
  for (const std::string& text : texts)
    labels.push_back(text.c_str());
  ui::flow(ui, ui::combo_width(ui, labels));
  if (ui::combo(ui, "layer/groups", labels, index)) {
    ConvScene conv = layer.conv;
    conv.groups = groups[static_cast<std::size_t>(index)];
    edit_layer(context, conv);
  }
  ui::tooltip(ui, "Parts of the channels that do not see each other");
}

void draw_sizes(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const KernelScene& kernel = context.layer.now().kernel;
  if (kernel.layer) {
    ui::FieldOptions options;
    options.limits = {1.0, static_cast<double>(kMaxFilters), 1.0, true};
    options.tooltip = "channels of the output, C_out";
    options.width = ui.theme.px(46.0f);
    auto count = static_cast<float>(filter_count(kernel, context.layer.now().conv));
    ui::flow(ui, ui::field_width(ui, "filters", options.width));
    if (const EditEvent event = ui::float_field(ui, "layer/filters", "filters", count, options)) {
      edit_layer(context,
                 with_filter_count(kernel, context.layer.now().conv,
                                   static_cast<Index>(std::lround(count))),
                 event.continues);
    }
  }
  const Shape& k = kernel.weight.shape();
  Yx size{k.h, k.w};
  ui::flow(ui, ui::pair_width(ui, "size", {kMaxKernelSize, kMaxKernelSize}));
  if (const EditEvent event =
          ui::pair_field(ui, "layer/size", "size", size, {1, 1}, {kMaxKernelSize, kMaxKernelSize},
                         "rows and columns of every filter")) {
    edit_layer(context, with_size(kernel, context.layer.now().conv, size), event.continues);
  }
  const auto output = kernel.layer ? static_cast<std::size_t>(context.layer.shown.output) : 0u;
  ui::FieldOptions options;
  options.limits = {-ui::kMaxNumber, ui::kMaxNumber, 0.05};
  options.tooltip = "is added to every value of the selected filter's map";
  options.width = ui.theme.px(60.0f);
  float bias = kernel.bias[output];
  ui::flow(ui, ui::field_width(ui, "bias", options.width));
  if (const EditEvent event = ui::float_field(ui, "layer/bias", "bias", bias, options)) {
    KernelScene edited = kernel;
    edited.bias[output] = bias;
    edit_layer(context, std::move(edited), event.continues);
  }
}

// Sets the notebook's layer: 7 filters of 5 x 5.
void set_notebook(const PanelContext& context, Index padding) {
  ConvolutionLayer layer = context.layer.now();
  layer.kernel = random_layer(7, input_channels(context), {5, 5}, layer.kernel.seed);
  layer.conv = {};
  layer.conv.padding = {padding, padding, padding, padding};
  edit_layer(context, LayerScene{std::move(layer)});
}

void draw_presets(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const KernelScene& kernel = context.layer.now().kernel;
  constexpr std::array kPresets = {"random weights", "edges and blurs, on the mean of the channels",
                                   "the notebook's: 7 filters 5 × 5",
                                   "the notebook's with padding 2"};
  int chosen = -1;
  ui::flow(ui, ui::menu_width(ui, "Fill"));
  if (ui::menu(ui, "layer/fill", "Fill", kPresets, chosen)) {
    const ConvScene& conv = context.layer.now().conv;
    const KernelScene layer = as_layer(kernel, conv, input_channels(context));
    if (chosen == 0) edit_layer(context, redrawn(layer, conv, kernel.seed));
    if (chosen == 1) edit_layer(context, with_known_filters(layer, conv));
    if (chosen >= 2) set_notebook(context, chosen == 2 ? 0 : 2);
  }
  ui::tooltip(ui, "Weights for all filters");
}

// Draws the seed of random filters, which keeps its place when they are edited by hand.
void draw_seed(const LayerCards& cards) {
  const PanelContext& context = cards.context;
  const KernelScene& kernel = context.layer.now().kernel;
  const bool random = kernel.preset == kRandomLayer;
  std::optional<std::size_t>& seeded = cards.state.seeded;
  if (kernel.preset != "custom") seeded.reset();
  if (random) seeded = context.layer.index;
  if (seeded != context.layer.index || !kernel.layer) return;
  const SeedEvent event =
      draw_seed_field(context.ui, "layer/seed", static_cast<Index>(kernel.seed), random);
  if (!event.drawn) return;
  edit_layer(context,
             redrawn(kernel, context.layer.now().conv, static_cast<std::uint64_t>(event.seed)),
             event.continues);
}

// Draws the choice of colours where filters differ.
void draw_ranges(const LayerCards& cards) {
  const PanelContext& context = cards.context;
  const ConvolutionLayer& layer = context.layer.now();
  if (!layer.kernel.layer || filter_count(layer.kernel, layer.conv) < 2) return;
  constexpr std::array kRanges = {"one range", "each its own"};
  int range = cards.state.separate_filters ? 1 : 0;
  ui::flow(context.ui, ui::segmented_width(context.ui, kRanges));
  if (ui::segmented(context.ui, "layer/range", kRanges, range))
    cards.state.separate_filters = range == 1;
  ui::tooltip(
      context.ui,
      "Whether a colour means the same weight in all filters of the grid, or each filter has "
      "all colours; the weights stay as they are");
}

void take_event(const LayerCards& cards, const FilterGridEvent& event) {
  const PanelContext& context = cards.context;
  const ConvolutionLayer& layer = context.layer.now();
  ShowPlanes planes = context.layer.wanted;
  planes.channel = planes.input_channel = event.filter;
  if (layer.kernel.layer) {
    Conv2dOptions options;
    options.groups = layer.conv.groups;
    options.transposed = layer.conv.transposed;
    planes.input_channel =
        first_input_channel(layer.kernel.weight.shape(), options, event.filter) + event.slice;
  }
  if (event.weight) {
    context.hovered.weight = event.weight;
    cards.context.view.layers.hovered = planes.input_channel;
    cards.state.hovered_filter = event.filter;
  }
  if (event.clicked) context.actions.push(ShowLayerPlanes{context.layer.index, planes});
}

std::string subtitle_of(const LayerCards& cards) {
  const KernelScene& kernel = cards.context.layer.now().kernel;
  if (!cards.backward)
    return kernel.layer ? "W · " + to_string(kernel.weight.shape()) + " + bias"
                        : "one kernel for every channel";
  std::string text = std::string("∂L/∂") + gradient_weight_symbol(cards.context);
  if (cards.gradients() == nullptr) return text;
  return kernel.layer ? to_string(cards.gradients()->kernel.shape()) + " · " + text + ", ∂L/∂b"
                      : text + " · summed over the channels";
}

}  // namespace

void draw_layer_filters(const LayerCards& cards, const Rect& rect) {
  const PanelContext& context = cards.context;
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "card/layer-filters", rect.min(), rect.size(), "Filters", subtitle_of(cards));
  if (cards.backward && cards.gradients() == nullptr) {
    draw_no_gradient(context, "filters/notice", ImGui::GetContentRegionAvail());
    return ui::end_card();
  }
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = ImGui::GetContentRegionAvail().y;
  const float gap = std::round(ui.theme.px(8.0f));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // The slice is placed beside the grid if that costs it little, else below it.
  const ImVec2 narrow{std::floor((width - gap) * 0.62f), height};
  const ImVec2 low{width, std::floor((height - gap) * 0.6f)};
  const FilterGridFit fit = fit_filter_grid(cards, narrow);
  const bool beside = fit.width <= narrow.x && fit.cell >= 0.75f * fit_filter_grid(cards, low).cell;
  const ImVec2 grid = beside ? ImVec2{fit.width, height} : low;
  if (const auto event = draw_filter_grid(cards, grid)) take_event(cards, *event);
  if (beside) {
    ImGui::SetCursorScreenPos({at.x + grid.x + gap, at.y});
    draw_slice(cards, {width - grid.x - gap, height});
  } else {
    ImGui::SetCursorScreenPos({at.x, at.y + grid.y + gap});
    draw_slice(cards, {width, height - grid.y - gap});
  }
  ui::end_card();
}

void draw_layer_filters_controls(const LayerCards& cards) {
  const PanelContext& context = cards.context;
  choose_kind(context);
  draw_sizes(context);
  if (context.layer.now().kernel.layer) choose_groups(context);
  draw_presets(context);
  draw_seed(cards);
  draw_ranges(cards);
}

}  // namespace convscope::panels
