#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/program/names.h"
#include "app/program/view/explore.h"
#include "app/program/view/kernel_info.h"
#include "app/program/view/links.h"
#include "app/program/view/view_settings.h"
#include "app/session/stage_view.h"

namespace convscope::program {

// The sentence in the message bar; empty for none.
struct Message {
  std::string text;
  bool is_error = false;
};

// Which layer the Layers page shows, and which planes of it.
struct LayersView {
  LayerStage stage;
  std::vector<ShowPlanes> planes;  // of the layers after the first, which has the window's
  // What the cell under the pointer is of: the map, or the channel of an input cell or of a weight.
  std::optional<Index> hovered;
};

// What is shown and pointed at; no part of the scene.
struct View {
  ViewSettings settings;
  Links pointed;  // the cell under the pointer in the last frame
  Links links;    // what all panels link to: that, else the swept or the selected one
  Explore explore;
  KernelInfo kernel_info;
  LayersView layers;
  Message message;

  void show(const ShowPlanes& wanted) { settings.planes = wanted; }
  void show(const ShowLayerPlanes& wanted);
  void show(const ShowPage& wanted) { settings.page = wanted.page; }
  void show(const ChooseColors& wanted) { settings.colors = wanted.map; }
  void show(const ChooseRange& wanted) { settings.ranges[wanted.view] = wanted.range; }
  void show(const ChooseNumbers& wanted) { settings.numbers = wanted.style; }
  void show(const ShowMessage& wanted) { message = {wanted.text, false}; }
  // Those of the commands that change a setting; the others are the program's.
  void show(ViewCommand command);

  // Shows an error, where there is one.
  void tell_error(std::optional<std::string> error) {
    if (error) message = {*std::move(error), true};
  }
  // Moves the sweep on by the time since the last frame, and brings what is explored into the first
  // layer's results, which are null at the start.
  void advance(const Scene& scene, const LayerResults* results, float seconds);
  // Takes over the cell under the pointer, and what all panels link to.
  void point_at(const Links& cell, const LayerResults* results);

  bool on_kernel_page() const { return settings.page == Page::kKernel; }
  bool shows_learning() const { return on_kernel_page() && !settings.kernel_info; }
  // The sweep goes on by itself; it rests while the pointer is over a cell.
  bool sweeps() const { return on_kernel_page() && explore.sweep.playing && pointed == Links{}; }
};

// The planes of a layer that were asked for.
ShowPlanes layer_planes(const View& view, std::size_t layer);
// What the Layers page needs for these results.
StageRequest stage_request(const ResultsPtr& results, const View& view);

}  // namespace convscope::program
