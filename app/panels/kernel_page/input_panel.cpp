#include "app/panels/kernel_page/input_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/files/picture.h"
#include "app/files/printable_text.h"
#include "app/look/number_format.h"
#include "app/look/skipped_cells.h"
#include "app/panels/kernel_page/input_edits.h"
#include "app/panels/kernel_page/input_typing.h"
#include "app/panels/kernel_page/shift_panel.h"
#include "app/panels/parts/card_facts.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/range_popup.h"
#include "app/panels/parts/row_curve.h"
#include "app/panels/parts/stack_controls.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/linked_cells.h"
#include "app/program/view/names.h"
#include "app/scene/option_limits.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/fields.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"
#include "engine/core/patterns.h"
#include "engine/core/shape_text.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

using ui::EditEvent;

constexpr const char* kFullSize = "Full";
constexpr float kPictureControls = 625.0f;  // width at scale 1, from Open… to Edit

// Returns the names of the patterns as menu labels; string_views of literals end in '\0'.
std::vector<const char*> pattern_labels() {
  std::vector<const char*> labels;
  for (const std::string_view name : pattern_names())
    labels.push_back(name.data());
  return labels;
}

int pattern_index(const std::string& name) {
  const auto names = pattern_names();
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

// Paints (left button) or erases (right button) along the pointer's path.
void draw_stroke(const PanelContext& context, const ui::HeatmapEvent& event,
                 InputPanelState& state) {
  const Tensor& input = *context.layer.scene.input.tensor;
  const Shape& s = input.shape();
  if (const std::string told =
          ended_stroke(context.ui, input_symbol(context.layer.scene.input), {s.h, s.w}, state.brush,
                       context.document.undo_step(), state.stroke);
      !told.empty()) {
    context.actions.push(Tell{told, true});
  }
  const std::optional<StrokePiece> piece = next_piece(event, state.stroke);
  if (!piece) return;
  const float value = piece->erases ? 0.0f : state.brush.value;
  context.actions.push(
      paint_change({context.layer.shown.sample, piece->from, piece->to, state.brush.size, value},
                   state.stroke.edited));
  note_piece(
      *piece,
      input.at(context.layer.shown.sample, context.layer.shown.input, piece->from.y, piece->from.x),
      state.stroke);
}

// Returns outlines of the input cells that are linked to the cell under the pointer.
std::vector<ui::CellOutline> linked_cells(const PanelContext& context) {
  std::vector<ui::CellOutline> outlines;
  const LayerResults* results = context.layer.results();
  const ImU32 color = context.ui.theme.color.linked;
  Links links = context.view.links;
  if (links.error)
    links.output = links.error;  // it has the receptive field of the same cell of the output
  if (results == nullptr || !results->output) return outlines;
  for (const CellGrid& grid : linked_inputs(links, *results, results->pool))
    add_outlines(grid, color, outlines);
  const std::optional<Yx> learned = links.learned_place();
  if (learned && context.layer.training != nullptr && context.layer.training->problem) {
    const LearningProblem& problem = *context.layer.training->problem;
    add_outlines(
        touched_inputs(*learned, problem.options, problem.input.shape(), problem.target.shape()),
        color, outlines);
  }
  return outlines;
}

void draw_picture_controls(const PanelContext& context, InputPanelState& state) {
  ui::Ui& ui = context.ui;
  const InputScene& input = context.layer.scene.input;
  constexpr std::array kKinds = {"Grey", "RGB"};
  const auto reload = [&](bool color, Yx size, bool continues = false) {
    context.actions.push(OpenPicture{.path = input.path,
                                     .color = color,
                                     .size = size,
                                     .transposed = input.transposed,
                                     .continues = continues});
  };
  int kind = input.color ? 1 : 0;
  ui::flow(ui, ui::segmented_width(ui, kKinds));
  if (ui::segmented(ui, "input/color", kKinds, kind)) reload(kind == 1, input.scaled_to);
  ui::tooltip(ui, "Reads the picture as one channel of grey, or three of its colours");
  const Shape& shape = input.tensor->shape();
  Yx size{shape.h, shape.w};
  const Yx most{kMaxPictureSize, kMaxPictureSize};
  state.widest_size = most;
  ui::flow(ui, ui::pair_width(ui, "size", most));
  if (const EditEvent event = ui::pair_field(ui, "input/size", "size", size, {1, 1}, most,
                                             "rows and columns that the picture is scaled to")) {
    reload(input.color, size, event.continues);
  }
  ui::flow(ui, ui::button_width(ui, kFullSize));
  if (ui::button(ui, "input/full-size", kFullSize,
                 {.enabled = input.scaled_to != Yx{0, 0},
                  .tooltip = "Read the picture again at the size that it has in its file"})) {
    reload(input.color, {0, 0});
  }
}

void draw_size_field(const PanelContext& context, InputPanelState& state) {
  ui::Ui& ui = context.ui;
  const InputScene& input = context.layer.scene.input;
  const Shape& shape = input.tensor->shape();
  Yx size{shape.h, shape.w};
  const Yx most{std::max(kMaxDrawnSize, shape.h), std::max(kMaxDrawnSize, shape.w)};
  const bool pattern = pattern_index(input.name) >= 0;
  // A photograph that was painted and is made smaller keeps its wide field.
  Yx& widest = state.widest_size;
  widest = pattern ? most : Yx{std::max(most.y, widest.y), std::max(most.x, widest.x)};
  ui::flow(ui, ui::pair_width(ui, "size", widest));
  const EditEvent event =
      ui::pair_field(ui, "input/size", "size", size, {1, 1}, most, "rows and columns", widest);
  if (!event) return;
  const Index numel = (pattern ? 1 : shape.n * shape.c) * size.y * size.x;
  if (numel > kMaxInputValues) {
    context.actions.push(ShowMessage{"At " + size_text(size) + " the input would have " +
                                         count_text(numel) + " values; at most " +
                                         count_text(kMaxInputValues) +
                                         " are accepted: take a smaller size or fewer pictures.",
                                     true});
  } else if (pattern) {
    context.actions.push(
        pattern_change(input.name, size, input.seed, input.transposed, event.continues));
  } else {
    context.actions.push(crop_change(shape, size, event.continues));
  }
}

void choose_source(const PanelContext& context, InputPanelState& state) {
  ui::Ui& ui = context.ui;
  const InputScene& input = context.layer.scene.input;
  const std::vector<const char*> labels = pattern_labels();
  int index = pattern_index(input.name);
  ui::flow(ui, ui::combo_width(ui, labels));
  const std::string shown = index >= 0 ? input.name : input.path.empty() ? "drawn" : "picture";
  if (ui::combo(ui, "input/pattern", labels, index, true, shown.c_str())) {
    const Shape& s = input.tensor->shape();
    const bool small = s.h <= kMaxDrawnSize && s.w <= kMaxDrawnSize;
    context.actions.push(pattern_change(labels[static_cast<std::size_t>(index)],
                                        small ? Yx{s.h, s.w} : Yx{6, 8}, input.seed, false, false));
  }
  ui::tooltip(ui, "Fill the input with a pattern");
  // A photograph has the most controls: in a narrow row the top bar alone opens another.
  const bool full = !input.path.empty() && !ui::has_room(ui, ui.theme.px(kPictureControls));
  if (!full) {
    ui::flow(ui, ui::button_width(ui, "Open…"));
    if (ui::button(ui, "input/open", "Open…", {.tooltip = "Load a picture (Ctrl+O)"}))
      context.actions.push(ShowOpenDialog{});
  }
  if (!input.path.empty()) {
    draw_picture_controls(context, state);
  } else {
    draw_size_field(context, state);
  }
  if (input.name == "noise") {
    auto seed = static_cast<Index>(input.seed);
    ui::flow(ui, ui::field_width(ui, "seed"));
    const EditEvent event = ui::int_field(ui, "input/seed", "seed", seed, 0, 999999);
    if (event) {
      const Shape& s = input.tensor->shape();
      context.actions.push(pattern_change(input.name, {s.h, s.w}, static_cast<std::uint64_t>(seed),
                                          input.transposed, event.continues));
    }
  }
}

void draw_tools(const PanelContext& context, InputPanelState& state) {
  ui::Ui& ui = context.ui;
  const Tensor& input = *context.layer.scene.input.tensor;
  if (input.shape().h * input.shape().w <= kMaxPaintedCells) draw_brush(ui, "input", state.brush);
  draw_input_edits(context, state.numbers);
}

// Returns where the input comes from, and whether it is transposed.
std::string source_text(const InputScene& input) {
  std::string text = input.path.empty() ? input.name : printable(input.name);
  if (input.transposed) text += " · transposed";
  return text;
}

// Returns whether the plane is turning over from its transposed position; called before it is
// drawn.
bool turns_over(const PanelContext& context, InputTurn& turn) {
  const InputScene& input = context.layer.scene.input;
  const double now = ImGui::GetTime();
  if (turn.name == input.name && turn.transposed != input.transposed &&
      !context.view.settings.reduced_motion) {
    turn.from = turn.layout;
    turn.motion.start(now);
  } else if (turn.name != input.name) {
    turn.motion.stop();
  }
  turn.name = input.name;
  turn.transposed = input.transposed;
  return turn.motion.running(now);
}

// Moves every point of the plane straight from the position of cell (x, y) to that of (y, x), so
// that the plane turns over about its diagonal.
void draw_turning(const ui::HeatmapEvent& event, const InputTurn& turn, int first) {
  const auto still = 1.0f - turn.motion.progress(ImGui::GetTime());
  const ui::PlaneLayout& to = turn.layout;
  const ui::PlaneLayout& from = turn.from;
  ui::move_vertices(*ImGui::GetWindowDrawList(), first, [&](ImVec2 p) {
    if (p.y > event.area_max.y) return p;  // a point of the colour bar
    const double y = (static_cast<double>(p.y - event.area_min.y) - to.y) / to.cell;
    const double x = (static_cast<double>(p.x - event.area_min.x) - to.x) / to.cell;
    const ui::PixelPoint before = from.to_pixel(x, y);
    const ImVec2 q{event.area_min.x + static_cast<float>(before.x),
                   event.area_min.y + static_cast<float>(before.y)};
    return ImVec2{p.x + (q.x - p.x) * still, p.y + (q.y - p.y) * still};
  });
}

}  // namespace

void draw_input_panel(const PanelContext& context, const Rect& rect, InputPanelState& state) {
  ui::Ui& ui = context.ui;
  const InputScene& input = context.layer.scene.input;
  const Tensor& tensor = *input.tensor;
  const Shape& shape = tensor.shape();
  // The zoom would show another part of an input with another size, so it is reset.
  if (const Yx size{shape.h, shape.w}; std::exchange(state.zoomed, size) != size)
    state.heatmap = {};
  const std::string subtitle = std::string(input_symbol(input)) + " · " + plane_text(shape);
  ui::begin_card(ui, "card/input", rect.min(), rect.size(), "Input", subtitle);
  if (!is_low(ui.theme, rect))
    draw_card_facts(context, Card::kInput, "input/facts", source_text(input));
  const std::vector<ui::CellOutline> outlines = linked_cells(context);
  ui::HeatmapArgs args;
  args.id = "input";
  args.show(input.tensor);
  args.sample = context.layer.shown.sample;
  args.channel = context.layer.shown.input;
  args.style = context.styles.style("input", args.plane(), context.view.settings,
                                    input_meaning(context.layer.scene, context.view.settings));
  args.style.rgb = context.layer.shown.in_colours;
  args.numbers = !context.layer.shown.in_colours;
  args.color_bar = !context.layer.shown.in_colours && !is_very_low(ui.theme, rect);
  args.size = ImGui::GetContentRegionAvail();
  const bool shifts = context.view.shift.on;
  if (shifts) state.brush.taken = false;
  keep_brush(state.brush, input.path);
  const bool paints = state.brush.taken && shape.h * shape.w <= kMaxPaintedCells;
  args.paint = paints || shifts;
  args.brush = shifts ? Yx{0, 0} : Yx{state.brush.size, state.brush.size};
  args.outlines = outlines;
  args.symbol = input_symbol(input);
  if (context.layer.results() != nullptr && !context.layer.results()->options.transposed) {
    args.ring = context.layer.results()->options.padding;
    args.ring_mode = context.layer.results()->options.padding_mode;
    if (context.layer.results()->input && context.layer.results()->input->shape() == shape) {
      const Shape& k = context.layer.results()->weight.shape();
      args.hatched = look::skipped_cells(shape, {k.h, k.w}, context.layer.results()->options);
    }
  }
  const bool turning = turns_over(context, state.turn);
  args.numbers = args.numbers && !turning;
  const int first = ImGui::GetWindowDrawList()->VtxBuffer.Size;
  const ui::HeatmapEvent event = draw_with_curve(context, "input", args, state.heatmap);
  state.turn.layout = event.layout;
  if (turning) draw_turning(event, state.turn, first);
  if (event.hovered) context.hovered.input = event.hovered;
  type_input_value(context, event, state);
  if (paints && ui.edit.typing == 0) draw_stroke(context, event, state);
  drag_shift(context, event, state.shift);
  if (shifts && event.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  ui::end_card();
}

void draw_input_controls(const PanelContext& context, InputPanelState& state) {
  draw_picture_stepper(context, "input/picture");
  if (context.view.shift.on) return draw_shift_controls(context);
  choose_source(context, state);
  draw_tools(context, state);
}

}  // namespace convscope::panels
