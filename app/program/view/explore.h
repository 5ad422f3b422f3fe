#pragma once

#include <optional>

#include "app/program/names.h"
#include "app/program/view/links.h"
#include "app/program/view/predict.h"
#include "app/program/view/sweep.h"
#include "app/session/results.h"

namespace convscope::program {

// A cell that was selected by a click.
struct SelectedCell {
  SweptPlane plane = SweptPlane::kOutput;
  Yx cell;
  friend bool operator==(const SelectedCell&, const SelectedCell&) = default;
};

// How the user explores a layer's planes: by selecting a cell, by a sweep, or by predicting. It is
// not part of the scene. The panels of the output and of the pooled plane share it.
struct Explore {
  std::optional<SelectedCell> selected;
  SweepState sweep;
  PredictState predict;
  // The output that fit() saw last, and the shown picture and channel of it.
  Revision output;
  Index sample = 0;
  Index channel = 0;
};

// Returns the shape of the plane's tensor in the results; null if there is none.
const Shape* plane_shape(const LayerResults* results, SweptPlane plane);

// Moves the selection and the sweep into the planes of the results. If another output, or another
// plane of it, is shown than before, hides the cells that are to be predicted again.
void fit(Explore& explore, const LayerResults* results, Index sample, Index channel);

// Returns the cell for which all panels outline the linked cells: the one under the pointer, else
// the one that the sweep has reached, else the selected one.
Links current_links(const Explore& explore, const Links& pointed, const LayerResults* results);

// Returns whether the cell's value is hidden, because the sweep has not reached the cell or because
// it is still to be predicted.
bool hides(const Explore& explore, const SelectedCell& cell, const LayerResults* results);

// Returns how many cells of the plane are shown, counted in reading order from the first one;
// nullopt if all are shown. Cells that were guessed are shown in addition.
std::optional<Index> shown_count(const Explore& explore, SweptPlane plane,
                                 const LayerResults& results);

// Responds to a click on a cell: moves the sweep there if one sweeps this plane, else selects the
// cell.
void pick(Explore& explore, const SelectedCell& cell, const LayerResults* results);

// Responds to an arrow key: moves the sweep, or else the selected cell, by so many cells. If
// nothing is selected yet, selects the cell under the pointer, or the first cell.
void move(Explore& explore, Yx by, const Links& pointed, const LayerResults* results);

// Begins a sweep over the plane and ends the prediction. If that sweep is on already, ends it.
void toggle_sweep(Explore& explore, SweptPlane plane);
// Begins predicting the output and ends the sweep. If predicting is on already, ends it.
void toggle_predict(Explore& explore, const LayerResults* results);
// Responds to the sweep's key: begins a sweep over the output, or pauses or continues the current
// sweep.
void play_or_pause(Explore& explore, const LayerResults* results);

// Responds to Escape: ends the sweep if there is one, else removes the selection.
void leave(Explore& explore);

}  // namespace convscope::program
