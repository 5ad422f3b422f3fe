#pragma once

#include <string_view>

#include "app/panels/names.h"
#include "app/panels/parts/rect.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// A part of a card that is filled with text from the top down. What has no room any more is left
// out as a whole: a sentence that is cut in the middle says something else.
class TextBlock {
 public:
  TextBlock(ui::Ui& ui, const Rect& rect) : ui_(ui), rest_(rect) {}

  // As a card's title; the last `reserved` pixels of its width stay free.
  void title(std::string_view title, std::string_view subtitle, float reserved = 0.0f);
  // Small and wrapped at the block's width. False where it has no room.
  bool paragraph(std::string_view text, ImU32 color);
  // One small line, cut with … where it is too long. False where it has no room.
  bool line(std::string_view text, ImU32 color);
  // A muted label, and what it is, `column` pixels from the left. False where it has no room.
  bool row(std::string_view label, std::string_view value, float column);
  void space(float pixels);
  // What is left below.
  const Rect& rest() const { return rest_; }

 private:
  float line_height() const;

  ui::Ui& ui_;
  Rect rest_;
};

// Text of the small font, centred at a place or beginning at it.
void draw_small_text(const ui::Ui& ui, ImVec2 at, std::string_view text, ImU32 color);
void draw_small_text_centred(const ui::Ui& ui, ImVec2 centre, std::string_view text, ImU32 color);

}  // namespace convscope::panels
