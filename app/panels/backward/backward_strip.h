#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/explanation_line.h"
#include "app/panels/parts/rect.h"
#include "app/session/backward.h"

namespace convscope::panels {

// How much of a line an explanation may take, and of which plane the cell of the output is.
struct GradientLine {
  float share = 1.0f;
  bool activated = false;  // after ReLU
};
// Writes where the gradient of the cell that is pointed at comes from, term by term: for the layer
// of the context, also through the layer behind it. Returns false, having written nothing, where
// none of its cells is pointed at.
bool explain_pointed_gradient(const PanelContext& context, const LayerGradients& gradients,
                              ExplanationLine& line, const GradientLine& how = {});

// Writes what the nudge does to the loss. Returns false, having written nothing, where none is
// shown.
bool say_nudge(const PanelContext& context, ExplanationLine& line);

// Draws the strip that explains the gradient of the cell that is pointed at: where it comes from,
// term by term.
void draw_backward_strip(const PanelContext& context, const Rect& rect);

}  // namespace convscope::panels
