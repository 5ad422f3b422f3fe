#pragma once

#include <string_view>

#include "app/panels/names.h"
#include "app/panels/parts/rect.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// Fills a part of a card with text from the top down. A text that doesn't fit is left out as a
// whole, because a sentence that is cut in the middle would say something else.
class TextBlock {
 public:
  TextBlock(ui::Ui& ui, const Rect& rect) : ui_(ui), rest_(rect) {}

  // Writes a title like that of a card. The last `reserved` pixels of its width stay free.
  void title(std::string_view title, std::string_view subtitle, float reserved = 0.0f);
  // Writes a small text, wrapped at the block's width. Returns false if it doesn't fit.
  bool paragraph(std::string_view text, ImU32 color);
  // Writes one small line, cut with … if it is too long. Returns false if there is no room for it.
  bool line(std::string_view text, ImU32 color);
  // Writes a muted label, and its value `column` pixels from the left. Returns false if there is no
  // room for a line.
  bool row(std::string_view label, std::string_view value, float column);
  // Leaves some pixels free.
  void space(float pixels);
  // Returns the rectangle that is left below.
  const Rect& rest() const { return rest_; }

 private:
  float line_height() const;

  ui::Ui& ui_;
  Rect rest_;
};

// Draws text in the small font, with its upper left corner at a point.
void draw_small_text(const ui::Ui& ui, ImVec2 at, std::string_view text, ImU32 color);
// Draws text in the small font, centred at a point.
void draw_small_text_centred(const ui::Ui& ui, ImVec2 centre, std::string_view text, ImU32 color);

}  // namespace convscope::panels
