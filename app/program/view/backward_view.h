#pragma once

#include <optional>
#include <vector>

#include "app/program/names.h"
#include "app/program/view/links.h"
#include "app/session/backward.h"
#include "app/session/gradient_view.h"
#include "app/session/nudge.h"
#include "app/session/results.h"
#include "engine/ops/cell_links.h"

// What is shown of the gradients, and which cells are linked when they go backward.
namespace convscope::program {

struct View;

// Returns the request for the gradients that the page shows; nullopt while the values are shown, or
// before the first results. `training` is the newest snapshot of the learning, or null.
std::optional<BackwardRequest> backward_request(const View& view, const ResultsPtr& results,
                                                const TrainingSnapshotPtr& training);
// Returns whether the gradient that is shown is that of the learning's error.
bool needs_learning(const View& view, const Scene& scene);
// Returns which of these gradients the Layers page shows in pictures; nullopt elsewhere.
std::optional<GradientLook> gradient_look(const View& view,
                                          const std::optional<BackwardRequest>& backward);
// Returns the request for the effect of the view's nudge on the loss of these gradients; nullopt
// without a nudge.
std::optional<NudgeRequest> nudge_request(const View& view,
                                          const std::optional<BackwardRequest>& backward);

// Return the symbols of the weight and of the output that these gradients are of: "W" and "Y", and
// for the learning's error "Ŵ" and "Ŷ". `backward` may be null.
const char* weight_symbol(const BackwardResults* backward);
const char* output_symbol(const BackwardResults* backward);

// The layer whose gradients are shown, with the planes that are.
struct GradientLayer {
  const LayerResults& layer;
  Index sample = 0;
  Index channel = 0;   // of the output
  bool pooled = true;  // whether the gradient came through the pooling
};

// Return the cells of each plane that are linked to the one under the pointer: those that it gets
// its gradient from, and those that it hands its gradient to. Negative cells of the input, and
// those past its end, lie in the padding. Cells that form no grid are grids of one cell each, at
// most kMaxLinked.
std::vector<CellGrid> gradient_inputs(const Links& links, const GradientLayer& of);
std::vector<CellGrid> gradient_outputs(const Links& links, const GradientLayer& of);
std::vector<CellGrid> gradient_pooled(const Links& links, const GradientLayer& of);

}  // namespace convscope::program
