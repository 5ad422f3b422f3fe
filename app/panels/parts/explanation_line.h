#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Writes pieces of a formula from left to right, vertically centred in the strip. Registers each
// piece as "explanation/" followed by its text.
class ExplanationLine {
 public:
  ExplanationLine(ui::Ui& ui, const Rect& rect);

  // Returns the width that is left, in pixels.
  float room() const { return right_ - x_; }
  // Return the widths of plain() and cells(); 0 for cells that would be too small to see.
  float plain_width(std::string_view shown) const;
  float cells_width(Yx size) const;
  // Write a text in the given font and colour, cut if it doesn't fit.
  void text(std::string_view shown, ImFont* font, ImU32 color);
  void bold(std::string_view shown);
  void plain(std::string_view shown);
  void muted(std::string_view shown);
  // Writes a sentence that fills the strip. If one line is too short, it is small and has as many
  // lines as fit.
  void sentence(std::string_view shown);
  // Writes the first of these forms that leaves `after` pixels free; nothing if none does.
  void note(std::initializer_list<std::string_view> forms, float after = 0.0f);
  // Draws coloured cells as high as the strip allows; nothing if cells_width() is 0.
  void cells(Yx size, const ui::HeatmapStyle& style, std::span<const float> values);

  // Returns the longest form of a formula that fits into this share of the room. formula(max_terms)
  // writes out at most so many terms and sums the rest. If no form fits, returns the shortest one,
  // or only the result at its end if even that is longer than the whole room.
  template <typename Formula>
  std::string fitting(Formula formula, float share = 1.0f) const {
    for (const std::size_t max_terms : {16u, 12u, 9u, 7u, 5u, 4u, 3u, 2u, 1u}) {
      std::string text = formula(max_terms);
      if (fits(text, share)) return text;
    }
    std::string shortest = formula(1);
    return fits(shortest, 1.0f) ? shortest : result_of(shortest);
  }

 private:
  bool fits(std::string_view text, float share) const;
  static std::string result_of(const std::string& formula);
  float cell_size(Yx size) const;

  ui::Ui& ui_;
  float x_, right_, middle_, height_;
};

// Writes that the sweep waits, where it does so because a cell is pointed at.
void say_that_sweep_waits(const PanelContext& context, ExplanationLine& line);

}  // namespace convscope::panels
