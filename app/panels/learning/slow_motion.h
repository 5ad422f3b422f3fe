#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/explanation_line.h"

// Slow motion shows one step of gradient descent in four stages: forward, error, gradient and
// update. Each stage highlights the cards that take part in it, and the explanation strip shows its
// formula with numbers.
namespace convscope::panels {

// Which cards the current stage highlights.
struct StageLights {
  bool input = false, kernel = false, output = false, error = false, learned = false;
};
// Returns the cards to highlight, none outside slow motion. The Kernel and Output cards are
// included only while they show the learned weights and the prediction.
StageLights lights_of(const PanelContext& context);

// Returns the prediction [N, C', H', W'] that the Output card shows in slow motion instead of the
// kernel's output. Returns null outside slow motion, and where the shapes of prediction and output
// differ.
const Tensor* shown_prediction(const PanelContext& context);

// Returns the weights of that prediction, shaped as in Parameters, which the Kernel card then shows
// beside the kernel. Returns null where shown_prediction does.
const Tensor* shown_learned_weight(const PanelContext& context);

// Draws a button for each of the four stages; the current one is filled. Clicking selects a stage.
void draw_stages(const PanelContext& context);

// Writes the current stage's formula with its numbers or, if the pointer is over a cell of the
// prediction, the sum behind that cell. Returns false, without writing, outside slow motion and
// where the pointer is over a cell that the stage does not explain.
bool explain_stage(const PanelContext& context, ExplanationLine& line);

// Writes how a cell of the error follows from prediction and target, in slow motion or not:
// "E[2, 1] = Ŷ − T = 0.3 − 1 = −0.7".
void explain_error_cell(const PanelContext& context, ExplanationLine& line, Yx cell);

}  // namespace convscope::panels
