#include "app/export/cairo_canvas.h"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <vector>

namespace convscope::exports {
namespace {

double channel(Color color, int shift) {
  return static_cast<double>(color >> shift & 0xFF) / 255.0;
}

}  // namespace

CairoCanvas::CairoCanvas(cairo_t* cairo, const Fonts& fonts) : cairo_(cairo), fonts_(fonts) {
  // Glyphs don't depend on the machine's settings, and are where the figure puts them.
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_set_font_options(cairo_, options);
  cairo_font_options_destroy(options);
}

void CairoCanvas::take(Color color) {
  cairo_set_source_rgba(cairo_, channel(color, 0), channel(color, 8), channel(color, 16),
                        channel(color, 24));
}

void CairoCanvas::trace(std::span<const Point> points) {
  cairo_new_path(cairo_);
  for (const Point& point : points)
    cairo_line_to(cairo_, point.x, point.y);
}

void CairoCanvas::fill(const Box& box, Color color) {
  take(color);
  cairo_rectangle(cairo_, box.x, box.y, box.width, box.height);
  cairo_fill(cairo_);
}

void CairoCanvas::ramp(const Box& box, std::span<const Color> colors) {
  cairo_pattern_t* pattern = cairo_pattern_create_linear(box.x, 0.0, box.right(), 0.0);
  for (std::size_t i = 0; i < colors.size(); ++i)
    cairo_pattern_add_color_stop_rgb(
        pattern, static_cast<double>(i) / static_cast<double>(colors.size() - 1),
        channel(colors[i], 0), channel(colors[i], 8), channel(colors[i], 16));
  cairo_set_source(cairo_, pattern);
  cairo_rectangle(cairo_, box.x, box.y, box.width, box.height);
  cairo_fill(cairo_);
  cairo_pattern_destroy(pattern);
}

void CairoCanvas::pixels(const Box& box, Index rows, Index columns, std::span<const Color> cells) {
  const auto width = static_cast<int>(columns);
  cairo_surface_t* image =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, static_cast<int>(rows));
  if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS) {
    unsigned char* data = cairo_image_surface_get_data(image);
    const int stride = cairo_image_surface_get_stride(image);
    std::vector<std::uint32_t> row(static_cast<std::size_t>(columns));
    for (Index y = 0; y < rows; ++y) {
      for (std::size_t x = 0; x < row.size(); ++x) {
        const Rgb c = rgb_of(cells[static_cast<std::size_t>(y * columns) + x]);
        row[x] = static_cast<std::uint32_t>(c.r << 16 | c.g << 8 | c.b);
      }
      std::memcpy(data + y * stride, row.data(), row.size() * sizeof row.front());
    }
    cairo_surface_mark_dirty(image);
  }
  cairo_save(cairo_);
  cairo_translate(cairo_, box.x, box.y);
  cairo_scale(cairo_, box.width / static_cast<double>(columns),
              box.height / static_cast<double>(rows));
  cairo_set_source_surface(cairo_, image, 0.0, 0.0);
  double across = 1.0;  // pixels of a cell
  double down = 1.0;
  cairo_user_to_device_distance(cairo_, &across, &down);
  cairo_pattern_set_filter(cairo_get_source(cairo_),
                           across < 1.0 ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
  cairo_rectangle(cairo_, 0.0, 0.0, static_cast<double>(columns), static_cast<double>(rows));
  cairo_fill(cairo_);
  cairo_restore(cairo_);
  cairo_surface_destroy(image);
}

void CairoCanvas::polygon(std::span<const Point> corners, Color color) {
  take(color);
  trace(corners);
  cairo_close_path(cairo_);
  cairo_fill(cairo_);
}

void CairoCanvas::line(std::span<const Point> points, const LineLook& look) {
  if (points.size() < 2) return;
  take(look.color);
  cairo_set_line_width(cairo_, look.width);
  cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
  const std::array dash = {6.0, 4.0};
  cairo_set_dash(cairo_, dash.data(), look.dashed ? 2 : 0, 0.0);
  trace(points);
  cairo_stroke(cairo_);
  cairo_set_dash(cairo_, nullptr, 0, 0.0);
}

void CairoCanvas::outline(const Box& box, double radius, const LineLook& look) {
  constexpr double kQuarter = std::numbers::pi / 2.0;
  take(look.color);
  cairo_set_line_width(cairo_, look.width);
  const double r = std::min(radius, std::min(box.width, box.height) / 2.0);
  cairo_new_path(cairo_);
  cairo_arc(cairo_, box.right() - r, box.y + r, r, -kQuarter, 0.0);
  cairo_arc(cairo_, box.right() - r, box.bottom() - r, r, 0.0, kQuarter);
  cairo_arc(cairo_, box.x + r, box.bottom() - r, r, kQuarter, 2.0 * kQuarter);
  cairo_arc(cairo_, box.x + r, box.y + r, r, 2.0 * kQuarter, 3.0 * kQuarter);
  cairo_close_path(cairo_);
  cairo_stroke(cairo_);
}

void CairoCanvas::text(const Point& at, std::string_view text, const TextStyle& style) {
  Point from = at;
  if (style.align != Align::kLeft) {
    const double width = fonts_.width(style.weight, style.size, text);
    from.x -= style.align == Align::kCenter ? width / 2.0 : width;
  }
  take(style.color);
  fonts_.draw(cairo_, style.weight, style.size, from, text);
}

}  // namespace convscope::exports
