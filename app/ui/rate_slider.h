#pragma once

#include <string>
#include <utility>

#include "app/ui/edit_state.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// What is known of gradient descent at each rate, from the curvature of the loss.
struct RateZones {
  double converges_to = 0.0;   // without oscillation up to here: 1 / λmax
  double oscillates_to = 0.0;  // the cliff, 2 / λmax: diverges beyond; 0: unknown, a plain track
  double best = 0.0;           // the fastest, 2 / (λmin + λmax); 0: unknown
};

struct RateSliderArgs {
  const char* id = "";  // ImGui id and name in the item registry
  float width = 0.0f;   // pixels; 0: all that there is
  double lo = 1e-5,
         hi = 10.0;  // the ends of the track; the usual ones unless 0 < lo < hi as floats
  RateZones zones = {};
};

// A slider for learning rates on a logarithmic track. Drag it (three significant digits), scroll it
// (twenty notches are a factor of ten), double click or Ctrl+click to type. Below the track are
// "best 1/36" and "cliff 1/30", in two rows where both are known, so that nothing moves while they
// change. Registers `id` (the track with its knob), "id/knob", "id/best" and "id/cliff".
EditEvent rate_slider(Ui& ui, const RateSliderArgs& args, float& rate);
// In pixels.
float rate_slider_height(const Ui& ui, const RateZones& zones);

// "1/36" where `rate` is one over a whole number, else three digits: "0.0345".
std::string rate_text(double rate);
// Both, with as many digits as tell them apart.
std::pair<std::string, std::string> rate_texts(double a, double b);
// The positive number nearest to `rate` with three significant digits.
double rounded_rate(double rate);

}  // namespace convscope::ui
