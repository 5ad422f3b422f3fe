#pragma once

#include <functional>
#include <string_view>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws the handle of the lower row, which folds and unfolds it: the row's title, and what is to be
// known of it while it is folded. `more` draws what else stands in the rest of the handle.
void draw_lower_handle(const PanelContext& context, const Rect& rect, std::string_view title,
                       std::string_view facts,
                       const std::function<void(const Rect&)>& more = nullptr);

// Begins the lower row, whose cards need `content` pixels of height: it scrolls where it is lower.
// Returns how far its cards are to be moved down. Always call end_lower_row.
float begin_lower_row(const Rect& row, float content);
void end_lower_row(const Rect& row, float content);
// Returns the place for the cards of a row that may scroll: as high as they need, and beside the
// scroll bar.
Rect lower_content(const Rect& row, float content);

}  // namespace convscope::panels
