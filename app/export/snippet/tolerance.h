#pragma once

#include <string>

#include "app/export/names.h"
#include "app/export/snippet/steps.h"

namespace convscope::exports {

// How far a layer's values in a snippet may be from those on the screen, as both round.
struct Tolerance {
  std::string value;  // a Python expression, which may use the tolerance of the layer before
  std::string why;    // for a comment
};

// Returns a bound that holds for every order of the sums: each of the roundings of a value is at
// most 2^-24 of the largest sum of magnitudes there can be, in the window and in the snippet.
Tolerance tolerance_of(const SnippetLayer& layer, bool first);

}  // namespace convscope::exports
