#include "app/panels/kernel_page/kernel_panel.h"

#include <algorithm>
#include <array>

#include "app/look/number_format.h"
#include "app/look/range.h"
#include "app/panels/learning/slow_motion.h"
#include "app/panels/parts/card_facts.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/seed_field.h"
#include "app/panels/parts/shown_sample.h"
#include "app/panels/parts/size_lines.h"
#include "app/program/view/linked_cells.h"
#include "app/program/view/names.h"
#include "app/scene/layer_presets.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/fields.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "app/ui/weight_grid.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"
#include "engine/kernel_info/kernels.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

using ui::EditEvent;

constexpr const char* kCustom = "custom";
constexpr const char* kRandom = "random";

std::vector<const char*> preset_labels() {
  std::vector<const char*> labels;
  for (const KernelPreset& preset : kernel_presets())
    labels.push_back(preset.name.data());
  return labels;
}

int preset_index(const std::string& name) {
  const auto presets = kernel_presets();
  const auto found = std::ranges::find(presets, name, &KernelPreset::name);
  return found == presets.end() ? -1 : static_cast<int>(found - presets.begin());
}

void edit_plane(const PanelContext& context, const Tensor& plane, bool continues = false) {
  KernelScene kernel = context.layer.now().kernel;
  kernel.weight =
      with_plane(kernel.weight, context.layer.shown.filter, context.layer.shown.slice, plane);
  kernel.preset = kCustom;
  edit_layer(context, std::move(kernel), continues);
}

void choose_preset(const PanelContext& context, int index) {
  const KernelPreset& preset = kernel_presets()[static_cast<std::size_t>(index)];
  KernelScene kernel = context.layer.now().kernel;
  const Shape& s = kernel.weight.shape();
  // A blur or an identity with a single row would be surprising, so these begin at 3 x 3.
  const Yx size = s.h < 2 || s.w < 2 ? Yx{3, 3} : Yx{s.h, s.w};
  kernel.weight = with_plane(kernel.weight, context.layer.shown.filter, context.layer.shown.slice,
                             named_kernel(kernel, preset.name, size));
  kernel.preset = preset.name;
  edit_layer(context, std::move(kernel));
}

void change_size(const PanelContext& context, Yx size, bool continues) {
  edit_layer(context, with_size(context.layer.now().kernel, context.layer.now().conv, size),
             continues);
}

void edit_all(const PanelContext& context, Tensor weight) {
  KernelScene kernel = context.layer.now().kernel;
  kernel.weight = std::move(weight);
  kernel.preset = kCustom;
  edit_layer(context, std::move(kernel));
}

void apply_operation(const PanelContext& context, int operation) {
  Tensor weight = shown_plane(context, context.layer.now().kernel.weight);
  switch (operation) {
    case 0:
      edit_layer(context, rotated_180(context.layer.now().kernel));
      return;
    case 1:
      flip_horizontal(weight);
      break;
    case 2:
      flip_vertical(weight);
      break;
    case 3:
      if (context.layer.now().kernel.layer && weight.shape().h != weight.shape().w) {
        edit_all(context, rotated(context.layer.now().kernel.weight));
        return;
      }
      weight = rotated(weight);
      break;
    case 4:
      negate(weight);
      break;
    case 5:
      normalise(weight);
      break;
    default:
      weight.fill(0.0f);
  }
  edit_plane(context, weight);
}

// Makes the shown kernel the random one of this seed.
void draw_weights(const PanelContext& context, Index seed, bool continues) {
  KernelScene kernel = context.layer.now().kernel;
  const Shape& s = kernel.weight.shape();
  kernel.seed = static_cast<std::uint64_t>(seed);
  kernel.preset = kRandom;
  kernel.weight = with_plane(kernel.weight, context.layer.shown.filter, context.layer.shown.slice,
                             named_kernel(kernel, kRandom, {s.h, s.w}));
  edit_layer(context, std::move(kernel), continues);
}

// Draws the seed of a random kernel, which keeps its place when the kernel is edited by hand.
void draw_seed(const PanelContext& context, KernelPanelState& state) {
  const KernelScene& kernel = context.layer.now().kernel;
  const bool random = kernel.preset == kRandom;
  if (kernel.preset != kCustom) state.seeded = random;
  if (!state.seeded) return;
  const SeedEvent event =
      draw_seed_field(context.ui, "kernel/seed", static_cast<Index>(kernel.seed), random);
  if (event.drawn) draw_weights(context, event.seed, event.continues);
}

// Starts the animation if the kernel was rotated since the last frame. Returns the angle, in
// radians, by which the cells are still away from their final positions.
float remaining_turn(const PanelContext& context, KernelPanelState& state) {
  constexpr float kHalfTurn = 3.14159265f;
  const double now = ImGui::GetTime();
  const bool turned = context.layer.now().kernel.turned;
  if (state.turned.value_or(turned) != turned && !context.view.settings.reduced_motion) {
    state.turning.start(now);
  }
  state.turned = turned;
  return (state.turning.progress(now) - 1.0f) * kHalfTurn;
}

// Returns the kernel's symbol, with the filter and slice of a layer's weight, and its size.
std::string subtitle(const PanelContext& context, const Tensor& plane) {
  std::string text = "W";
  if (context.layer.now().kernel.layer) {
    text += "[" + std::to_string(context.layer.shown.filter) + ", " +
            std::to_string(context.layer.shown.slice) + "]";
  }
  return text + " · " + size_text({plane.shape().h, plane.shape().w});
}

// Returns the kernel's name, its bias, and whether it is rotated.
std::string kernel_facts(const PanelContext& context) {
  const KernelScene& kernel = context.layer.now().kernel;
  const auto output = kernel.layer ? static_cast<std::size_t>(context.layer.shown.output) : 0u;
  std::string text = kernel.turned ? "turned by 180° · " : "";
  text += kernel.preset;
  return text + " · bias " + number_text(static_cast<double>(kernel.bias[output]), 3);
}

// Draws, in slow motion, the learned weights, which give the prediction in the next card. They
// can't be edited.
void draw_learned_kernel(const PanelContext& context, const Rect& rect, const Tensor& learned) {
  ui::Ui& ui = context.ui;
  const Tensor plane = weight_plane(learned, context.layer.shown.filter, context.layer.shown.slice);
  // In a narrow card there is only room for the title.
  const std::string size = "Ŵ · " + size_text({plane.shape().h, plane.shape().w});
  const bool fits = ui::label_width(ui, size) <= rect.w - ui.theme.px(194.0f);
  ui::begin_card(ui, "card/kernel", rect.min(), rect.size(), "Learned kernel", fits ? size : "");
  ui::WeightGridArgs args;
  args.id = "kernel/learned";
  args.weight = &plane;
  args.style = ui::style_for(plane, 0, context.view.settings.dark(), ui::MapChoice::kDiverging);
  constexpr const char* kText =
      "Ŷ comes from these weights, Ŵ. The kernel of the scene is back when slow motion ends.";
  const ImVec2 room = ImGui::GetContentRegionAvail();
  ImFont* small = ui.theme.font.small;
  const float text = ui::wrapped_text_size(small, ui::font_size(small), room.x, kText).y;
  args.size = {room.x, std::max(ui.theme.px(40.0f), room.y - text - ui.theme.px(6.0f))};
  args.editable = false;
  args.symbol = kLearnedSymbol;
  if (const auto hovered = ui::weight_grid(ui, args).hovered) context.hovered.learned = hovered;
  ui::paragraph(ui, kText, small, ui.theme.color.muted);
  ui::end_card();
}

}  // namespace

void draw_kernel_panel(const PanelContext& context, const Rect& rect, KernelPanelState& state) {
  ui::Ui& ui = context.ui;
  if (const Tensor* learned = shown_learned_weight(context)) {
    draw_learned_kernel(context, rect, *learned);
    return;
  }
  const Tensor plane = shown_plane(context, context.layer.now().kernel.weight);
  const Shape& s = plane.shape();
  ui::begin_card(ui, "card/kernel", rect.min(), rect.size(), "Kernel", subtitle(context, plane));
  if (!is_low(ui.theme, rect))
    draw_card_facts(context, Card::kKernel, "kernel/facts", kernel_facts(context));
  std::vector<ui::CellOutline> outlines;
  const bool of_this_size = context.layer.results() != nullptr &&
                            context.layer.results()->weight.shape().h == s.h &&
                            context.layer.results()->weight.shape().w == s.w;
  if (of_this_size) {
    for (const CellGrid& grid : linked_weights(context.view.links, *context.layer.results()))
      add_outlines(grid, ui.theme.color.linked, outlines);
  }
  ui::WeightGridArgs args;
  args.id = "kernel/weight";
  args.weight = &plane;
  args.style = ui::style_for(plane, 0, context.view.settings.dark(), ui::MapChoice::kDiverging);
  args.size = inset_for_outlines(ui);
  args.outlines = outlines;
  args.indices = plane_indices(context.layer.now().kernel, context.layer.shown);
  args.turn = remaining_turn(context, state);
  args.takes_digits = !context.view.settings.presenting;  // there they hide and show cards
  const ui::WeightGridEvent event = ui::weight_grid(ui, args);
  if (event.hovered) context.hovered.weight = event.hovered;
  if (event.edit.event) {
    Tensor edited = plane;
    edited.at(event.edit.cell.y, event.edit.cell.x) = event.edit.value;
    edit_plane(context, edited, event.edit.event.continues);
  }
  ui::end_card();
}

void draw_kernel_controls(const PanelContext& context, KernelPanelState& state) {
  ui::Ui& ui = context.ui;
  const KernelScene& kernel = context.layer.now().kernel;
  const std::vector<const char*> labels = preset_labels();
  int index = preset_index(kernel.preset);
  ui::flow(ui, ui::combo_width(ui, labels));
  if (ui::combo(ui, "kernel/preset", labels, index, true,
                index < 0 ? kernel.preset.c_str() : nullptr)) {
    choose_preset(context, index);
  }
  ui::tooltip(ui, "Kernels by name");
  constexpr std::array kOperations = {
      "flip 180°", "flip left and right", "flip up and down", "rotate 90°", "negate", "normalise",
      "zero"};
  int operation = -1;
  ui::flow(ui, ui::menu_width(ui, "Edit"));
  if (ui::menu(ui, "kernel/edit", "Edit", kOperations, operation)) {
    apply_operation(context, operation);
  }
  ui::tooltip(ui,
              "Changes all weights at once: flips, rotates, negates, normalises or zeroes them");
  ui::flow(ui, ui::button_width(ui, "About…"));
  if (ui::button(ui, "kernel/about", "About…",
                 {.tooltip = "What its numbers say: sum, symmetry, rank, frequencies (K)"})) {
    context.actions.push(ViewCommand::kToggleKernelInfo);
  }
  const Shape& s = kernel.weight.shape();
  Yx size{s.h, s.w};
  ui::flow(ui, ui::pair_width(ui, "size", {kMaxKernelSize, kMaxKernelSize}));
  if (const EditEvent event =
          ui::pair_field(ui, "kernel/size", "size", size, {1, 1}, {kMaxKernelSize, kMaxKernelSize},
                         "rows and columns of the kernel")) {
    change_size(context, size, event.continues);
  }
  ui::FieldOptions options;
  options.limits = {-ui::kMaxNumber, ui::kMaxNumber, 0.05};
  options.tooltip = "is added to every output value";
  options.width = ui.theme.px(52.0f);
  const auto output = kernel.layer ? static_cast<std::size_t>(context.layer.shown.output) : 0u;
  float bias = kernel.bias[output];
  ui::flow(ui, ui::field_width(ui, "bias", options.width));
  if (const EditEvent event = ui::float_field(ui, "kernel/bias", "bias", bias, options)) {
    KernelScene edited = kernel;
    edited.bias[output] = bias;
    edit_layer(context, std::move(edited), event.continues);
  }
  draw_seed(context, state);
  draw_note_line(ui, "kernel/note",
                 index < 0 ? "weights of its own"
                           : kernel_presets()[static_cast<std::size_t>(index)].description);
}

}  // namespace convscope::panels
