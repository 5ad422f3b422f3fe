#pragma once

#include <string>
#include <utility>

#include "app/ui/edit_state.h"
#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// What the curvature of the loss says about gradient descent at each rate.
struct RateZones {
  double converges_to = 0.0;   // up to here calmly, without the colour of a warning
  double oscillates_to = 0.0;  // diverges beyond: 2 / λmax; 0 if unknown, for a plain track
  double best = 0.0;           // fastest: 2 / (λmin + λmax); 0 if unknown
};

struct RateSliderArgs {
  const char* id = "";  // ImGui id, and name in the item registry
  float width = 0.0f;   // in pixels; 0 takes all available width
  // The ends of the track, replaced by these defaults unless 0 < lo < hi as floats.
  double lo = 1e-5, hi = 10.0;
  RateZones zones = {};
};

// Draws a slider for learning rates on a logarithmic track. Drag it (three significant digits),
// click and scroll it (twenty notches are a factor of ten), or double click or Ctrl+click to type.
// Below the track are "best 1/36" and "cliff 1/30", in two rows if both are known, so that nothing
// moves while they change. Registers `id` (the track with its knob), "id/knob", "id/best" and
// "id/cliff".
EditEvent rate_slider(Ui& ui, const RateSliderArgs& args, float& rate);
// Returns the slider's height in pixels.
float rate_slider_height(const Ui& ui, const RateZones& zones);

// Writes "1/36" if `rate` is one over a whole number, else three digits: "0.0345".
std::string rate_text(double rate);
// Writes both rates with enough digits to tell them apart.
std::pair<std::string, std::string> rate_texts(double a, double b);
// Returns the positive number with three significant digits that is nearest to `rate`.
double rounded_rate(double rate);

}  // namespace convscope::ui
