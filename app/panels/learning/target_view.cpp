#include "app/panels/learning/target_view.h"

#include <algorithm>
#include <utility>

#include "app/files/picture.h"
#include "app/panels/kernel_page/input_panel.h"
#include "app/panels/parts/card_controls.h"
#include "app/panels/parts/notice.h"
#include "app/panels/parts/shown_sample.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/names.h"
#include "app/scene/shared_tensor.h"
#include "app/ui/buttons.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/rows.h"

namespace convscope::panels {
namespace {

const Tensor* present_output(const PanelContext& context) {
  return context.layer.results() != nullptr ? context.layer.results()->output.get() : nullptr;
}

void draw_stroke(const PanelContext& context, const ui::HeatmapEvent& event,
                 TargetViewState& state) {
  const Tensor& picture = *context.layer.scene.learning.picture;
  const Shape& s = picture.shape();
  if (const std::string told = ended_stroke(context.ui, "T", {s.h, s.w}, state.brush,
                                            context.document.undo_step(), state.stroke);
      !told.empty()) {
    context.actions.push(Tell{told, true});
  }
  const std::optional<StrokePiece> piece = next_piece(event, state.stroke);
  if (!piece) return;
  std::optional<PaintedPiece> made = painted(picture, shown_sample(context, picture),
                                             shown_channel(context, picture), *piece, state.brush);
  if (!made) return;
  LearningScene learning = context.layer.scene.learning;
  learning.picture =
      shared_tensor(std::move(made->tensor), learning.picture.revision().followed_by(made->cells));
  learning.picture_name = "drawn";
  context.actions.edit(std::move(learning), state.stroke.edited);
  note_piece(*piece, made->before, state.stroke);
}

void draw_controls(const PanelContext& context, TargetViewState& state, bool own) {
  ui::Ui& ui = context.ui;
  if (target_misfits(context)) {
    ui::flow(ui, ui::button_width(ui, "Fit"));
    if (ui::button(ui, "target/fit", "Fit",
                   {.kind = ui::ButtonKind::kPrimary,
                    .tooltip = "Scale the target picture to the output's size"})) {
      fit_target(context);
    }
  } else if (own) {
    draw_brush(ui, "target", state.brush);
  } else {
    ui::flow(ui, ui::button_width(ui, "Draw a target"));
    if (ui::button(ui, "target/draw", "Draw a target",
                   {.tooltip = "Paint on a copy of the present output; it becomes the target"})) {
      draw_own_target(context);
      state.brush.taken = true;
    }
  }
  ui::flow(ui, ui::button_width(ui, "Open…"));
  if (ui::button(ui, "target/open", "Open…",
                 {.enabled = present_output(context) != nullptr,
                  .tooltip = "Load a picture as the target, scaled to the output's size"})) {
    open_target(context);
  }
}

}  // namespace

bool target_misfits(const PanelContext& context) {
  const LearningScene& learning = context.layer.scene.learning;
  const Tensor* output = present_output(context);
  return learning.target == LearningTarget::kPicture && learning.picture != nullptr &&
         output != nullptr && learning.picture->shape() != output->shape();
}

void draw_own_target(const PanelContext& context) {
  LearningScene learning = context.layer.scene.learning;
  const Tensor* output = present_output(context);
  if (output == nullptr) return;
  learning.target = LearningTarget::kPicture;
  if (!learning.picture || learning.picture->shape() != output->shape()) {
    learning.picture = context.layer.results()->output;
    learning.picture_name = "drawn";
  }
  context.actions.edit(std::move(learning));
}

void fit_target(const PanelContext& context) {
  LearningScene learning = context.layer.scene.learning;
  const Shape& wanted = present_output(context)->shape();
  Tensor planes = with_planes(*learning.picture, wanted.n, wanted.c);
  learning.picture = shared_tensor(scaled(planes, {wanted.h, wanted.w}));
  context.actions.edit(std::move(learning));
}

void open_target(const PanelContext& context) {
  context.actions.push(ShowOpenDialog{OpenPurpose::kTarget});
}

void draw_target_view(const PanelContext& context, TargetViewState& state, ImVec2 size) {
  ui::Ui& ui = context.ui;
  const LearningScene& learning = context.layer.scene.learning;
  const bool own = learning.target == LearningTarget::kPicture && learning.picture;
  const TensorPtr target = own                      ? learning.picture
                           : context.layer.training ? context.layer.training->target
                                                    : nullptr;
  const ImVec2 room{size.x, height_above(ui, state.controls)};
  if (target_misfits(context)) {
    const std::string text = "The target picture is " + plane_text(target->shape()) +
                             ", and the output is " + plane_text(present_output(context)->shape()) +
                             ".";
    draw_notice(ui, "target/notice", text, room, ui.theme.color.bad);
  } else if (target == nullptr) {
    draw_notice(ui, "target/notice", "There is no target to show yet.", room, ui.theme.color.muted);
  } else {
    const Shape& s = target->shape();
    ui::HeatmapArgs args;
    args.id = "target";
    args.show(target);
    args.sample = shown_sample(context, *target);
    args.channel = shown_channel(context, *target);
    args.style = context.styles.style("target", args.plane(), context.view.settings,
                                      target_meaning(context.layer.scene, context.view.settings));
    args.size = room;
    args.symbol = "T";
    args.color_bar = false;  // leaves its room to the picture
    const std::string& name = learning.picture_name;
    keep_brush(state.brush, own && name != "drawn" ? name : "");
    args.paint = own && state.brush.taken && s.h * s.w <= kMaxPaintedCells;
    args.brush = {state.brush.size, state.brush.size};
    const ui::HeatmapEvent event = ui::heatmap_view(ui, args, state.heatmap);
    if (args.paint) draw_stroke(context, event, state);
    state.hovered = event.hovered.has_value();
  }
  begin_controls(ui, state.controls);
  draw_controls(context, state, own);
  state.controls = end_controls(ui, state.controls);
}

}  // namespace convscope::panels
