#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Writes pieces of a formula from left to right, centred on the strip's middle.
class ExplanationLine {
 public:
  ExplanationLine(ui::Ui& ui, const Rect& rect);

  float room() const { return right_ - x_; }
  // What plain() and cells() take; no width for cells where they would be specks.
  float plain_width(std::string_view shown) const;
  float cells_width(Yx size) const;
  void bold(std::string_view shown);
  void plain(std::string_view shown);
  void muted(std::string_view shown);
  // A sentence that is all of the strip: small and in as many lines as fit where one is too short.
  void sentence(std::string_view shown);
  // The first of these forms that leaves room for `after` more pixels; nothing where none does.
  void note(std::initializer_list<std::string_view> forms, float after = 0.0f);
  void text(std::string_view shown, ImFont* font, ImU32 color);
  // Heat-coloured cells as high as the strip allows, where cells_width() has a width for them.
  void cells(Yx size, const ui::HeatmapStyle& style, std::span<const float> values);

  // The longest form of a formula that has room, or this share of it: fewer terms are written out,
  // the rest is summed. The result stands at the end and is always there, alone if need be.
  template <typename Formula>
  std::string fitting(Formula formula, float share = 1.0f) const {
    for (const std::size_t most : {16u, 12u, 9u, 7u, 5u, 4u, 3u, 2u, 1u}) {
      std::string text = formula(most);
      if (fits(text, share)) return text;
    }
    std::string least = formula(1);
    return fits(least, 1.0f) ? least : result_of(least);
  }

 private:
  bool fits(std::string_view text, float share) const;
  static std::string result_of(const std::string& formula);
  float cell_size(Yx size) const;

  ui::Ui& ui_;
  float x_, right_, middle_, height_;
};

}  // namespace convscope::panels
