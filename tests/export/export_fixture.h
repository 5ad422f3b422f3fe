#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/export/figure_file.h"
#include "app/export/panel_figure.h"
#include "app/export/scene_source.h"
#include "app/files/examples.h"
#include "app/look/palette.h"

namespace convscope::exports {

inline Scene shipped(std::string_view name) {
  for (const Example& example : examples()) {
    if (example.name == name) return example_scene(example);
  }
  ADD_FAILURE() << name << " is not shipped";
  return default_scene();
}

inline std::string text_of(const std::vector<std::byte>& bytes) {
  std::string text;
  for (const std::byte byte : bytes)
    text += static_cast<char>(byte);
  return text;
}

// The contents of all text elements of an SVG, in order.
inline std::vector<std::string> texts_of(const std::string& svg) {
  std::vector<std::string> texts;
  for (std::size_t at = svg.find("<text "); at != std::string::npos;
       at = svg.find("<text ", at + 1)) {
    const std::size_t from = svg.find('>', at) + 1;
    texts.push_back(svg.substr(from, svg.find("</text>", from) - from));
  }
  return texts;
}

inline std::array<int, 4> pixel(const Raster& raster, int x, int y) {
  const std::size_t at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(raster.width) +
                          static_cast<std::size_t>(x)) *
                         4;
  return {raster.rgba[at], raster.rgba[at + 1], raster.rgba[at + 2], raster.rgba[at + 3]};
}

inline std::array<int, 4> opaque(Rgb color) {
  return {color.r, color.g, color.b, 255};
}

// Where the first cell of a figure of one plane without a title is, in units, and the side of its
// cells.
inline constexpr int kPlaneX = 16;
inline constexpr int kPlaneY = 16 + 28;
inline constexpr int kCell = 48;

}  // namespace convscope::exports
