#pragma once

#include <string>

#include "app/export/canvas.h"
#include "app/export/names.h"

namespace convscope::exports {

// Writes SVG: shapes, and text as text.
class SvgCanvas : public Canvas {
 public:
  // The figure's size in its units.
  SvgCanvas(double width, double height);

  void fill(const Box& box, Color color) override;
  void ramp(const Box& box, std::span<const Color> colors) override;
  void pixels(const Box& box, Index rows, Index columns, std::span<const Color> cells) override;
  void polygon(std::span<const Point> corners, Color color) override;
  void line(std::span<const Point> points, const LineLook& look) override;
  void outline(const Box& box, double radius, const LineLook& look) override;
  void text(const Point& at, std::string_view text, const TextStyle& style) override;

  // Returns the whole file, with `title` for readers that can't see it.
  std::string document(std::string_view title) const;

 private:
  double width_, height_;
  std::string body_;
  int ramps_ = 0;
};

}  // namespace convscope::exports
