#pragma once

#include <optional>

#include "app/program/names.h"
#include "app/program/view/links.h"
#include "app/program/view/predict.h"
#include "app/program/view/sweep.h"
#include "app/session/results.h"

namespace convscope::program {

struct SelectedCell {
  SweptPlane plane = SweptPlane::kOutput;
  Yx cell;
  friend bool operator==(const SelectedCell&, const SelectedCell&) = default;
};

// What one looks at of a layer, apart from the pointer: no part of the scene. The output's panel
// and that of the pooled plane share it.
struct Explore {
  std::optional<SelectedCell> selected;
  SweepState sweep;
  PredictState predict;
  Revision output;    // that was last fitted to, and the picture and channel of it
  Index sample = 0;   //
  Index channel = 0;  //
};

// The shape of the plane in the results; null where there is none.
const Shape* plane_shape(const LayerResults* results, SweptPlane plane);

// Brings selection and sweep into the planes of the results, and hides what is to be predicted
// where another output, or another plane of it, is shown.
void fit(Explore& explore, const LayerResults* results, Index sample, Index channel);

// What all panels link to: the cell under the pointer, else the one that the sweep has reached,
// else the selected one.
Links followed(const Explore& explore, const Links& pointed, const LayerResults* results);

// Whether the cell is not to be shown: the sweep has not reached it, or it is to be predicted.
bool hides(const Explore& explore, const SelectedCell& cell, const LayerResults* results);

// Cells of the plane that are shown, the first in reading order; all of them where nothing hides
// any. Cells that were guessed are shown besides.
std::optional<Index> shown_count(const Explore& explore, SweptPlane plane,
                                 const LayerResults& results);

// A click on a cell: the sweep goes there, or it is selected.
void pick(Explore& explore, const SelectedCell& cell, const LayerResults* results);

// The arrow keys: the sweep, or the selection, goes `by` cells further. Where nothing is selected,
// the cell under the pointer is, or the first one.
void move(Explore& explore, Yx by, const Links& pointed, const LayerResults* results);

// Turn one of the two on, and the other off; or off where it is on.
void toggle_sweep(Explore& explore, SweptPlane plane);
// The key for it: begins a sweep over the output, or pauses the one that is on, or goes on.
void play_or_pause(Explore& explore, const LayerResults* results);
void toggle_predict(Explore& explore, const LayerResults* results);

// Escape: ends the sweep, else selects nothing.
void leave(Explore& explore);

}  // namespace convscope::program
