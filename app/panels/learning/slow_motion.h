#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/explanation_line.h"

// One step of gradient descent in four stages: each lights the cards that it touches, and the strip
// has its numbers.
namespace convscope::panels {

struct StageLights {
  bool input = false, kernel = false, output = false, error = false, learned = false;
};
// None without slow motion; the cards of the kernel and the output only where they show the
// prediction and its weights.
StageLights lights_of(const PanelContext& context);

// What the Output card shows in slow motion instead of the kernel's output; null without it.
const Tensor* shown_prediction(const PanelContext& context);

// What the Kernel card shows beside that prediction: the weights that make it; null without it.
const Tensor* shown_learned(const PanelContext& context);

// The four parts, of which the present one is filled; a click goes to a part.
void draw_stages(const PanelContext& context);

// The stage's formula with its numbers, or what is behind the cell under the pointer. False where
// the pointer is over something that has nothing to do with the stage.
bool explain_stage(const PanelContext& context, ExplanationLine& line);

// "E[2, 1] = 0.3 − 1 = −0.7": prediction minus target, in any case.
void explain_error_cell(const PanelContext& context, ExplanationLine& line, Yx cell);

}  // namespace convscope::panels
