#pragma once

#include "app/panels/names.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// What the seed of random weights is to become.
struct SeedEvent {
  bool drawn = false;      // the weights are to be drawn from `seed`
  bool continues = false;  // by the same gesture as in the frames before
  Index seed = 0;
};

// Draws the seed of weights that are `random`, or were before they were edited by hand: then it is
// named the old seed, and entering one, changed or not, draws them again. The field has the same
// place and width in both cases.
SeedEvent draw_seed_field(ui::Ui& ui, const char* name, Index seed, bool random);

}  // namespace convscope::panels
