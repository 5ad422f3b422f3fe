#include "app/export/figure_file.h"

#include <cairo-pdf.h>
#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

#include "app/export/cairo_canvas.h"
#include "app/export/figure_layout.h"
#include "app/export/svg_canvas.h"
#include "app/files/write_file.h"
#include "engine/core/error.h"

namespace convscope::exports {
namespace {

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;
using Cairo = std::unique_ptr<cairo_t, Destroy>;

// A figure that is placed, in a picture that may be larger.
struct Ready {
  FigureLook look;
  FigureLayout layout;
  FigureSize size;  // of the picture, in units
  Point shift;      // of the content
};

constexpr double kLeastScale = 0.75;  // at which text can still be read

// The scale with which a figure of these units fills the pixels. Above 1 it is a multiple of 1/2,
// so that the borders of cells are borders of pixels.
double filling_scale(const FigureSize& units, const Yx& pixels) {
  const double scale = std::min(static_cast<double>(pixels.x) / units.width,
                                static_cast<double>(pixels.y) / units.height);
  return scale >= 1.0 ? std::floor(scale * 2.0) / 2.0 : std::max(scale, kLeastScale);
}

Ready make_ready(const Figure& figure, const FigureLook& look, const PixelSize& size,
                 const Fonts& fonts) {
  Ready ready;
  ready.look = look;
  if (size && look.scale <= 0.0) {
    ready.look.cell = cell_side(figure, look);
    ready.look.scale = filling_scale(lay_out(figure, ready.look, fonts).size, *size);
    // Below that, cells become smaller and not the text.
    if (ready.look.scale <= kLeastScale) ready.look.cell = look.cell;
  }
  if (size) {
    ready.size = {static_cast<double>(size->x) / ready.look.scale,
                  static_cast<double>(size->y) / ready.look.scale};
    ready.look = fitted(figure, ready.look, ready.size, fonts);
  }
  ready.layout = lay_out(figure, ready.look, fonts);
  if (!size) ready.size = ready.layout.size;
  ready.shift = {std::floor((ready.size.width - ready.layout.size.width) / 2.0),
                 std::floor((ready.size.height - ready.layout.size.height) / 2.0)};
  // The content moves, the ground does not.
  for (Box& area : ready.layout.areas) {
    area.x += ready.shift.x;
    area.y += ready.shift.y;
  }
  ready.layout.caption += ready.shift.y;
  ready.layout.title += ready.shift.y;
  ready.layout.middle += ready.shift.x;
  ready.layout.size = ready.size;
  return ready;
}

Yx pixels_of(const Ready& ready) {
  const Yx size{static_cast<Index>(std::ceil(ready.size.height * ready.look.scale - 1e-6)),
                static_cast<Index>(std::ceil(ready.size.width * ready.look.scale - 1e-6))};
  if (size.y <= kMaxFigureSide && size.x <= kMaxFigureSide && size.y * size.x <= kMaxFigurePixels)
    return size;
  throw Error("the picture would have " + std::to_string(size.x) + "x" + std::to_string(size.y) +
              " pixels; at most " + std::to_string(kMaxFigureSide) + " on a side and " +
              std::to_string(kMaxFigurePixels / 1'000'000) +
              " million in all are accepted: take a smaller scale or smaller cells");
}

// Undoes cairo's premultiplied colours.
void unpack(const unsigned char* data, int stride, Raster& raster) {
  raster.rgba.resize(static_cast<std::size_t>(raster.width) *
                     static_cast<std::size_t>(raster.height) * 4);
  std::uint8_t* to = raster.rgba.data();
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x, to += 4) {
      std::uint32_t argb = 0;
      std::memcpy(&argb, data + y * stride + x * 4, sizeof argb);
      const std::uint32_t alpha = argb >> 24;
      const auto channel = [&](int shift) {
        const std::uint32_t value = argb >> shift & 0xFF;
        return static_cast<std::uint8_t>(alpha == 0 ? 0 : (value * 255 + alpha / 2) / alpha);
      };
      to[0] = channel(16);
      to[1] = channel(8);
      to[2] = channel(0);
      to[3] = static_cast<std::uint8_t>(alpha);
    }
  }
}

void require(cairo_status_t status) {
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  if (status != CAIRO_STATUS_SUCCESS)
    throw Error("the figure can't be drawn: cairo says \"" +
                std::string(cairo_status_to_string(status)) + "\"");
}

std::vector<std::byte> bytes_of(std::string_view text) {
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

cairo_status_t append(void* to, const unsigned char* data, unsigned int length) {
  auto& bytes = *static_cast<std::vector<std::byte>*>(to);
  const auto* from = reinterpret_cast<const std::byte*>(data);
  bytes.insert(bytes.end(), from, from + length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Raster raster(const Figure& figure, const FigureLook& look, const PixelSize& size) {
  const Fonts fonts;
  const Ready ready = make_ready(figure, look, size, fonts);
  const Yx pixels = pixels_of(ready);
  Raster result{static_cast<int>(pixels.x), static_cast<int>(pixels.y), {}};
  const Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, result.width, result.height));
  require(cairo_surface_status(surface.get()));
  {
    const Cairo cairo(cairo_create(surface.get()));
    cairo_scale(cairo.get(), ready.look.scale, ready.look.scale);
    CairoCanvas canvas(cairo.get(), fonts);
    // The last row and column may be parts of a unit.
    Ready drawn = ready;
    drawn.layout.size = {std::ceil(ready.size.width) + 1.0, std::ceil(ready.size.height) + 1.0};
    draw(figure, drawn.layout, drawn.look, fonts, canvas);
    require(cairo_status(cairo.get()));
  }
  cairo_surface_flush(surface.get());
  unpack(cairo_image_surface_get_data(surface.get()), cairo_image_surface_get_stride(surface.get()),
         result);
  return result;
}

std::vector<std::byte> png(const Figure& figure, const FigureLook& look, const PixelSize& size) {
  const Raster drawn = raster(figure, look, size);
  return png_bytes(drawn.rgba, drawn.width, drawn.height);
}

std::vector<std::byte> svg(const Figure& figure, const FigureLook& look, const PixelSize& size) {
  const Fonts fonts;
  const Ready ready = make_ready(figure, look, size, fonts);
  SvgCanvas canvas(ready.size.width, ready.size.height);
  draw(figure, ready.layout, ready.look, fonts, canvas);
  return bytes_of(canvas.document(figure.title.empty() ? "Convscope" : figure.title));
}

std::vector<std::byte> pdf(const Figure& figure, const FigureLook& look, const PixelSize& size) {
  constexpr double kPoints = 0.75;  // a unit is a pixel of 1/96 inch
  std::vector<std::byte> bytes;
  const Fonts fonts;
  const Ready ready = make_ready(figure, look, size, fonts);
  const Surface surface(cairo_pdf_surface_create_for_stream(
      append, &bytes, ready.size.width * kPoints, ready.size.height * kPoints));
  require(cairo_surface_status(surface.get()));
  if (!figure.title.empty())
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, figure.title.c_str());
  {
    const Cairo cairo(cairo_create(surface.get()));
    cairo_scale(cairo.get(), kPoints, kPoints);
    CairoCanvas canvas(cairo.get(), fonts);
    draw(figure, ready.layout, ready.look, fonts, canvas);
    require(cairo_status(cairo.get()));
  }
  cairo_surface_finish(surface.get());
  require(cairo_surface_status(surface.get()));
  return bytes;
}

}  // namespace convscope::exports
