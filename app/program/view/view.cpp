#include "app/program/view/view.h"

#include <algorithm>

#include "app/look/palette.h"
#include "app/program/view/shown_planes.h"

namespace convscope::program {
namespace {

constexpr float kFontStep = 1.1f;
constexpr float kToastSeconds = 5.0f;

// Returns whether the pooled plane, or while the gradients are shown its gradient, is not there.
bool lacks_pooled(const View& view, const Scene& scene, const LayerResults* results) {
  if (results == nullptr || !results->output) return false;  // it may come back
  return !results->pooled || (view.settings.backward && begins_at_output(scene.backward.source));
}

// Ends what would go on unseen.
void end_unseen(const Scene& scene, const LayerResults* results, View& view) {
  SweepState& sweep = view.explore.sweep;
  if (lacks_pooled(view, scene, results)) {
    if (sweep.plane == SweptPlane::kPooled) sweep.on = sweep.playing = false;
    if (view.on_kernel_page() && view.nudge && view.nudge->plane == NudgedPlane::kPooled)
      view.nudge.reset();
  }
  // The gradients would give a hidden output away, and they have no place for guesses.
  if (view.settings.backward) view.explore.predict.on = false;
}

// Carries out what concerns the pen and the spotlight.
void show_over_page(ViewCommand command, View& view) {
  if (command == ViewCommand::kUndoStroke) view.pen.undo();
  if (command == ViewCommand::kClearStrokes) view.pen.clear();
  if (command == ViewCommand::kToggleSpotlight) view.spotlight.on = !view.spotlight.on;
  if (command != ViewCommand::kTogglePen) return;
  view.pen.in_hand = !view.pen.in_hand;
  view.pen.end();
}

}  // namespace

void View::show(const ShowLayerPlanes& wanted) {
  if (wanted.layer == 0) {
    show(wanted.planes);
    return;
  }
  settings.planes.sample = wanted.planes.sample;
  if (layers.planes.size() < wanted.layer) layers.planes.resize(wanted.layer);
  layers.planes[wanted.layer - 1] = wanted.planes;
}

void View::show(const Tell& wanted) {
  toast = {wanted.text, wanted.undoable, kToastSeconds};
}

void View::show(const SelectCard& wanted) {
  settings.page = page_of(wanted.card);
  if (!in_lower_row(wanted.card)) {
    cards().selected = wanted.card;
  } else if (wanted.card != Card::kAbout) {
    cards().lower_tab = wanted.card;
  }
}

void View::show(const EnlargeCard& wanted) {
  show(SelectCard{wanted.card});
  std::optional<Card>& enlarged = cards().enlarged;
  if (enlarged == wanted.card) {
    enlarged.reset();
  } else {
    enlarged = wanted.card;
  }
}

void View::show(const PresentCard& wanted) {
  if (settings.presenting) cards().hidden ^= 1u << static_cast<unsigned>(wanted.card);
}

void View::show_learning() {
  settings.kernel_cards.lower_open = true;
  settings.kernel_cards.folds_back = false;
  settings.kernel_info = false;
}

void View::toggle_kernel_info() {
  CardView& kernel = settings.kernel_cards;
  bool& unfolded = settings.unfolded(kernel);
  const bool shown = settings.kernel_info && unfolded && !kernel.enlarged;
  if (shown) {
    if (kernel.folds_back) unfolded = false;
  } else {
    kernel.folds_back = !unfolded;
    kernel.enlarged.reset();
    unfolded = true;
  }
  settings.kernel_info = !shown;
}

void View::toggle_lower_row() {
  bool& unfolded = settings.unfolded(cards());
  unfolded = !unfolded;
  cards().folds_back = false;
  if (!unfolded) settings.kernel_info = false;
}

void View::toggle_presentation() {
  // What was opened over the presented page alone goes with it.
  if (settings.kernel_cards.lower_presented && settings.kernel_cards.folds_back)
    settings.kernel_info = false;
  for (CardView* page : {&settings.kernel_cards, &settings.layers_cards})
    page->lower_presented = false;
  settings.presenting = !settings.presenting;
  settings.full_screen = settings.presenting;
  settings.inspector_asked = false;
}

void View::size_type(float factor) {
  float& asked = settings.font_scale;
  const float most = std::min(most_font_scale, kMaxFontScale);
  if (factor > 1.0f && asked >= most) {
    show(Tell{.text = most < kMaxFontScale ? "Larger type needs a larger window."
                                           : "The type is as large as it can be."});
    return;
  }
  // What was asked beyond the window's room waits for a larger window, and is not to be gone back.
  const float drawn = factor < 1.0f ? std::min(asked, most) : asked;
  asked = std::clamp(drawn * factor, kMinFontScale, kMaxFontScale);
}

void View::show(ViewCommand command) {
  switch (command) {
    case ViewCommand::kNextTheme:
      settings.theme = look::next(settings.theme);
      break;
    case ViewCommand::kLargerFont:
      size_type(kFontStep);
      break;
    case ViewCommand::kSmallerFont:
      size_type(1.0f / kFontStep);
      break;
    case ViewCommand::kNormalFont:
      settings.font_scale = 1.0f;
      break;
    case ViewCommand::kToggleFullScreen:
      settings.full_screen = !settings.full_screen;
      break;
    case ViewCommand::kToggleHelp:
      settings.help = !settings.help;
      break;
    case ViewCommand::kToggleKernelInfo:
      toggle_kernel_info();
      break;
    case ViewCommand::kToggleLowerRow:
      toggle_lower_row();
      break;
    case ViewCommand::kEnlargeSelected:
      show(EnlargeCard{cards().enlarged.value_or(cards().selected)});
      break;
    case ViewCommand::kTogglePresentation:
      toggle_presentation();
      break;
    case ViewCommand::kToggleInspector:
      settings.inspector_asked = settings.presenting && !settings.inspector_asked;
      break;
    case ViewCommand::kToggleTooltips:
      settings.tooltips = !settings.tooltips;
      break;
    case ViewCommand::kToggleBackward:
      settings.backward = !settings.backward;
      nudge.reset();
      explore.sweep.on = false;
      break;
    case ViewCommand::kTogglePen:
    case ViewCommand::kUndoStroke:
    case ViewCommand::kClearStrokes:
    case ViewCommand::kToggleSpotlight:
      show_over_page(command, *this);
      break;
    case ViewCommand::kSavePicture:
      toast = {};  // which would be in the picture
      break;
    case ViewCommand::kCopyAddress:
    case ViewCommand::kCopyAsPytorch:
    case ViewCommand::kCopyAsNumpy:
    case ViewCommand::kCopyAsLists:
    case ViewCommand::kToggleBrush:
    case ViewCommand::kQuit:
      break;
  }
}

void View::advance(const Scene& scene, const LayerResults* results, float seconds) {
  const ShownPlanes shown = shown_planes(scene, 0, settings.planes);
  fit(explore, results, shown.sample, shown.output);
  end_unseen(scene, results, *this);
  const Shape* plane = plane_shape(results, explore.sweep.plane);
  if (plane != nullptr && sweeps())
    program::advance(explore.sweep, static_cast<double>(seconds), *plane);
  if (on_kernel_page()) links = current_links(explore, pointed, results);
  toast.seconds -= seconds;
  if (toast.seconds <= 0.0f) toast = {};
}

void View::point_at(const Links& cell, const LayerResults* results) {
  pointed = cell;
  links = on_kernel_page() ? current_links(explore, cell, results) : cell;
}

void LayersView::add_layer(std::size_t layer) {
  if (layer - 1 < planes.size())
    planes.insert(planes.begin() + static_cast<std::ptrdiff_t>(layer - 1), ShowPlanes{});
}

void LayersView::remove_layer(std::size_t layer) {
  if (layer - 1 < planes.size())
    planes.erase(planes.begin() + static_cast<std::ptrdiff_t>(layer - 1));
}

ShowPlanes layer_planes(const View& view, std::size_t layer) {
  if (layer == 0) return view.settings.planes;
  const std::vector<ShowPlanes>& of = view.layers.planes;
  ShowPlanes planes = layer <= of.size() ? of[layer - 1] : ShowPlanes{};
  planes.sample = view.settings.planes.sample;
  return planes;
}

StageRequest stage_request(const ResultsPtr& results, const View& view) {
  const LayerStage stage = existing_stage(results->scene, view.layers.stage);
  const ShowPlanes planes = layer_planes(view, stage.layer);
  return {results, stage, planes.sample, planes.channel};
}

}  // namespace convscope::program
