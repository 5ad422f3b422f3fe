#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "app/export/canvas.h"
#include "app/export/names.h"

typedef struct _cairo cairo_t;

namespace convscope::exports {

// A font of the program for cairo.
class FontFile;

// The embedded fonts, as cairo draws them. All digits of a font have the same width, as in the
// window. Each thread needs an object of its own.
class Fonts {
 public:
  Fonts();
  ~Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  // Returns the width of a line of text in an em of `size`.
  double width(Weight weight, double size, std::string_view text) const;
  // Draws a line of text with its left end at a point of its baseline, in cairo's colour.
  void draw(cairo_t* cairo, Weight weight, double size, const Point& at,
            std::string_view text) const;

 private:
  struct Piece;
  std::vector<Piece> pieces(Weight weight, double size, std::string_view text) const;

  std::unique_ptr<FontFile> regular_, semibold_, others_;
};

}  // namespace convscope::exports
