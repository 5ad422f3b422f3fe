#pragma once

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/export/names.h"
#include "app/look/card_meaning.h"
#include "app/look/range.h"
#include "app/session/gradient_view.h"
#include "app/session/results.h"
#include "app/session/training_snapshot.h"

namespace convscope::exports {

// The state of a run after so many steps.
struct RunRow {
  Index step = 0;
  double loss = 0.0;
  double distance = 0.0;             // to the exact solution; NaN if unknown
  std::optional<Parameters> values;  // unset where they are not known any more
};

// Which planes of the equation a figure of it has.
struct RowParts {
  bool input = true, kernel = true, output = true, pooled = true;
};

// What is on the axes of the landscape.
struct LandscapeAxes {
  bool steepest = false;  // the two steepest directions, instead of two parameters
  Yx places{0, 1};        // of the parameters in parameter_order()
};

// What figures are made of: what the window would show of a scene, and how. It has many data
// members, because each is something that the window's user chooses.
struct Source {
  ResultsPtr results;
  TrainingSnapshotPtr training;  // null if nothing is learned
  BackwardPtr backward = {};     // the gradients of the layers; null if none are asked for
  std::vector<RunRow> run;       // of `training`
  float rate = 0.0f;             // of the predicted loss
  bool dark = false;
  MapChoice colors = MapChoice::kAuto;
  SignChoice signs = SignChoice::kByMeaning;
  std::map<std::string, RangeChoice> ranges = {};  // of the colour bars that are not automatic
  std::size_t layer = 0;
  Index sample = 0;             // picture of a stack
  Index channel = 0;            // of the output
  Index input_channel = 0;      // of the input
  Index filter = 0, slice = 0;  // the kernel's plane, weight.plane(filter, slice)
  bool in_colours = true;       // whether an RGB input shows its colours
  std::optional<Yx> cell = {};  // the cell of the output that is explained and linked
  bool log_loss = true;
  LandscapeAxes landscape = {};
  bool log_directions = false;  // whether the errors along the eigenvectors have a logarithmic axis
  RowParts row_shown = {};      // the others are left out
  RowParts row_held_back = {false, false, false, false};  // these are pale

  const LayerResults& layer_results() const { return results->layers[layer]; }
  const ConvolutionLayer& shown_layer() const { return convolution(results->scene.layers[layer]); }
};

// Returns the rows of a snapshot's run; the weights are those of the steps that it keeps.
std::vector<RunRow> run_rows(const TrainingSnapshot& training);

}  // namespace convscope::exports
