#pragma once

#include "app/export/canvas.h"
#include "app/export/fonts.h"
#include "app/export/names.h"

namespace convscope::exports {

// Draws by cairo.
class CairoCanvas : public Canvas {
 public:
  // Both must outlive this object, and what `cairo` draws on.
  CairoCanvas(cairo_t* cairo, const Fonts& fonts);

  void fill(const Box& box, Color color) override;
  void ramp(const Box& box, std::span<const Color> colors) override;
  void pixels(const Box& box, Index rows, Index columns, std::span<const Color> cells) override;
  void polygon(std::span<const Point> corners, Color color) override;
  void line(std::span<const Point> points, const LineLook& look) override;
  void outline(const Box& box, double radius, const LineLook& look) override;
  void text(const Point& at, std::string_view text, const TextStyle& style) override;

 private:
  void take(Color color);
  void trace(std::span<const Point> points);

  cairo_t* cairo_;
  const Fonts& fonts_;
};

}  // namespace convscope::exports
