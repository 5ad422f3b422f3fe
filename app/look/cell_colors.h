#pragma once

#include <vector>

#include "app/look/heatmap_style.h"
#include "app/look/names.h"
#include "app/look/palette.h"

namespace convscope::look {

// Returns dark or white, whichever is legible on `cell`.
Color text_color_on(Rgb cell);

// Returns the colours of an outline from its outer rim to its line. On every colour that a cell can
// have, one of them has a contrast of at least 3:1 (WCAG 2): black on all but the darkest cells,
// and on those a light line, or a white rim beside a dark line.
std::vector<Color> outline_tones(Color color);

}  // namespace convscope::look
