#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/export/figure.h"
#include "app/export/names.h"

namespace convscope::exports {

// The most pixels of a picture, on each side and in all.
inline constexpr Index kMaxFigureSide = 16384;
inline constexpr Index kMaxFigurePixels = Index{64} << 20;

// A figure's pixels, rows from the top, not premultiplied.
struct Raster {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;
};

// How large a figure becomes. Without a size it is as large as its content; with one, in pixels, it
// has exactly that and its content is centred.
using PixelSize = std::optional<Yx>;

// Draws a figure as pixels. Throws Error, with the sizes and what would be accepted, for more than
// kMaxFigureSide or kMaxFigurePixels, and where the figure does not fit into `size`.
Raster raster(const Figure& figure, const FigureLook& look, const PixelSize& size = {});

// Return the bytes of a file. Throw Error as raster() does.
std::vector<std::byte> png(const Figure& figure, const FigureLook& look,
                           const PixelSize& size = {});
std::vector<std::byte> svg(const Figure& figure, const FigureLook& look,
                           const PixelSize& size = {});
std::vector<std::byte> pdf(const Figure& figure, const FigureLook& look,
                           const PixelSize& size = {});

}  // namespace convscope::exports
