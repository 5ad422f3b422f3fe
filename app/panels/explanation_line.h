#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/panels/context.h"

namespace convscope {

// Writes pieces of a formula from left to right, centred on the strip's middle.
class ExplanationLine {
 public:
  ExplanationLine(ui::Ui& ui, const Rect& rect);

  float room() const { return right_ - x_; }
  void bold(std::string_view shown);
  void plain(std::string_view shown);
  void muted(std::string_view shown);
  void text(std::string_view shown, ImFont* font, ImU32 color);
  // Heat-coloured cells as high as the strip allows; nothing where they would be specks.
  bool cells(Yx size, const ui::HeatmapStyle& style, std::span<const float> values);

  // The longest form of a formula that has room, or this share of it: fewer terms are written out,
  // the rest is summed.
  template <typename Formula>
  std::string fitting(Formula formula, float share = 1.0f) const {
    for (const std::size_t most : {16u, 12u, 9u, 7u, 5u, 4u, 3u, 2u}) {
      const std::string text = formula(most);
      if (fits(text, share)) return text;
    }
    return formula(1);
  }

 private:
  bool fits(std::string_view text, float share) const;

  ui::Ui& ui_;
  float x_, right_, middle_, height_;
};

}  // namespace convscope
