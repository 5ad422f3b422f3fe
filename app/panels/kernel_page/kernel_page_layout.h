#pragma once

#include <vector>

#include "app/panels/names.h"
#include "app/panels/parts/layout.h"
#include "app/panels/parts/rect.h"
#include "app/program/view/view_settings.h"

namespace convscope::panels {

// Where the cards of the Kernel page are, with as many data members as there are places; cards that
// are not shown have an empty place. The data
// flows from left to right in one row. Where that is too narrow for four cards, the output and the
// pooled plane share a place with tabs in place of its title, and so do the cards of the lower row.
struct KernelPageLayout {
  Zones zones;
  Rect input, kernel, output, pooled;
  Rect star, equals, arrow;    // the signs between the cards
  bool output_shared = false;  // the output and the pooled plane share a place
  Rect learning, loss, error, learned, about;
  Rect lower_tabs;                     // over the cards of the lower row that share a place
  std::vector<Card> lower_shared;      // those cards, in their order
  Card lower_front = Card::kLearning;  // the one of them that is seen
  float lower_height = 0.0f;           // what the cards of the lower row need
};

// For a window of `width` x `height` pixels at a scale of the interface.
KernelPageLayout layout_kernel_page(float width, float height, float scale,
                                    const ViewSettings& settings);

}  // namespace convscope::panels
