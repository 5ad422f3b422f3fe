#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/program/names.h"
#include "app/program/view/explore.h"
#include "app/program/view/kernel_info.h"
#include "app/program/view/links.h"
#include "app/program/view/pen.h"
#include "app/program/view/spotlight.h"
#include "app/program/view/view_settings.h"
#include "app/scene/option_limits.h"
#include "app/session/stage_view.h"

namespace convscope::program {

// The sentence in the message bar; empty for none.
struct Message {
  std::string text;
  bool is_error = false;
};

// One sentence about what was done, shown for a moment.
struct Toast {
  std::string text;
  bool undoable = false;  // whether it has the button that undoes it
  float seconds = 0.0f;   // for which it stays
};

// What the Layers page shows: a stage of the layers, and the planes of each layer.
struct LayersView {
  LayerStage stage;
  // The requested planes of the layers after the first, which has those of the view's settings. It
  // ends with the last layer whose planes were chosen.
  std::vector<ShowPlanes> planes;
  // The channel of the cell under the pointer: an output channel for a map, and an input channel
  // for an input cell or a weight.
  std::optional<Index> hovered;

  // Keep the planes with their layers where a layer after the first is added as, or removed from,
  // the index `layer`.
  void add_layer(std::size_t layer);
  void remove_layer(std::size_t layer);
};

// What is shown and what the pointer is over. It is not part of the scene. It has as
// many data members as there are things that several panels, or the workers, need to know of.
struct View {
  ViewSettings settings;
  Links pointed;  // the cell under the pointer in the last frame
  Links links;    // the cell for which all panels outline the linked cells; see current_links()
  Explore explore;
  KernelInfo kernel_info;
  ShiftTool shift;
  std::optional<Nudge> nudge;  // while the gradients are shown
  LayersView layers;
  Message message;
  Toast toast;
  float most_font_scale = kMaxFontScale;  // above which the window has no room for larger type
  Pen pen;
  Spotlight spotlight;

  // Carry out the actions of the view.
  void show(const ShowPlanes& wanted) { settings.planes = wanted; }
  void show(const ShowLayerPlanes& wanted);
  void show(const ShowPage& wanted) { settings.page = wanted.page; }
  void show(const ChooseColors& wanted) { settings.colors = wanted.map; }
  void show(const ChooseRange& wanted) { settings.ranges[wanted.view] = wanted.range; }
  void show(const ChooseSigns& wanted) { settings.signs = wanted.signs; }
  void show(const ChooseNumbers& wanted) { settings.numbers = wanted.style; }
  void show(const SelectCard& wanted);
  void show(const EnlargeCard& wanted);
  void show(const PresentCard& wanted);
  void show(const ChoosePenColor& wanted) { pen.color = wanted.color; }
  void show(ShiftTool wanted) { shift = wanted; }
  void show(const NudgeCell& wanted) { nudge = wanted.nudge; }
  // Unfolds the learning, as something is asked of it.
  void show_learning();
  void show(const ShowMessage& wanted) { message = {wanted.text, wanted.is_error}; }
  void show(const Tell& wanted);
  // Makes the type larger by a factor from the size that is drawn, or says why it can't be.
  void size_type(float factor);
  // Opens "About this kernel" in the lower row, or gives that back as it was before.
  void toggle_kernel_info();
  void toggle_lower_row();
  // Presents the page, with its main row alone, or ends that.
  void toggle_presentation();
  // Carries out the commands that change a setting. App carries out the others.
  void show(ViewCommand command);

  // Takes an old error away, because something has succeeded.
  void succeeded() {
    if (message.is_error) message = {};
  }
  // Shows the error as the message, if there is one.
  void tell_error(std::optional<std::string> error) {
    if (error) message = {*std::move(error), true};
  }
  // Moves the sweep and the toast on by the seconds since the last frame, and moves the explored
  // cells into the planes of the first layer's results, which are null before the first evaluation.
  void advance(const Scene& scene, const LayerResults* results, float seconds);
  // Records the cell under the pointer, and updates `links`.
  void point_at(const Links& cell, const LayerResults* results);

  bool on_kernel_page() const { return settings.page == Page::kKernel; }
  // Returns whether the learning is in sight; its handle tells of it while its cards are folded
  // away.
  bool shows_learning() const { return on_kernel_page() && !settings.kernel_info; }
  // The cards of the page that is shown.
  CardView& cards() { return on_kernel_page() ? settings.kernel_cards : settings.layers_cards; }
  const CardView& cards() const {
    return on_kernel_page() ? settings.kernel_cards : settings.layers_cards;
  }
  // Returns whether the sweep moves on by itself. It rests while the pointer is over a cell.
  bool sweeps() const { return on_kernel_page() && explore.sweep.playing && pointed == Links{}; }
};

// Returns the requested planes of a layer.
ShowPlanes layer_planes(const View& view, std::size_t layer);
// Returns the request for the stage of these results that the Layers page shows.
StageRequest stage_request(const ResultsPtr& results, const View& view);

}  // namespace convscope::program
