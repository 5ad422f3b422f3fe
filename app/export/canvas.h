#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "app/export/names.h"
#include "app/look/palette.h"
#include "engine/core/tensor.h"

// What figures are drawn on. Lengths are in units of the figure: a pixel of a PNG at scale 1, and
// 3/4 of a point in a PDF. y points downwards.
namespace convscope::exports {

struct Point {
  double x = 0.0, y = 0.0;
};

struct Box {
  double x = 0.0, y = 0.0, width = 0.0, height = 0.0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
};

enum class Weight { kRegular, kSemibold };
enum class Align { kLeft, kCenter, kRight };

struct TextStyle {
  double size = 14.0;  // of an em
  Color color = 0;
  Weight weight = Weight::kRegular;
  Align align = Align::kLeft;
};

struct LineLook {
  Color color = 0;
  double width = 1.0;
  bool dashed = false;
};

// Draws shapes and text. Text is UTF-8 of characters that the fonts have.
class Canvas {
 public:
  virtual ~Canvas() = default;
  virtual void fill(const Box& box, Color color) = 0;
  // Fills with colours from left to right, evenly spaced.
  virtual void ramp(const Box& box, std::span<const Color> colors) = 0;
  // Fills a box with rows x columns cells without gaps, row by row.
  virtual void pixels(const Box& box, Index rows, Index columns, std::span<const Color> cells) = 0;
  virtual void polygon(std::span<const Point> corners, Color color) = 0;
  virtual void line(std::span<const Point> points, const LineLook& look) = 0;
  // Draws the outline of a box with rounded corners.
  virtual void outline(const Box& box, double radius, const LineLook& look) = 0;
  // Writes a line of text at a point of its baseline.
  virtual void text(const Point& at, std::string_view text, const TextStyle& style) = 0;
};

}  // namespace convscope::exports
