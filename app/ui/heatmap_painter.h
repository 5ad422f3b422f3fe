#pragma once

#include <imgui.h>

#include <cstdint>
#include <limits>
#include <optional>

#include "app/look/heatmap_style.h"
#include "app/ui/heatmap_geometry.h"
#include "app/ui/names.h"
#include "engine/core/revision.h"
#include "engine/core/tensor.h"

namespace convscope::ui {

// One plane of a tensor.
struct HeatmapPlane {
  const Tensor* tensor = nullptr;  // [N, C, H, W]; null for none
  // Revision of the tensor's values. A tensor without a revision must never change.
  Revision revision = {};
  Index sample = 0;  // index n of the plane
  Index channel = 0;
  // Returns the value of a cell.
  float at(Index y, Index x) const { return tensor->at(sample, channel, y, x); }
  // Returns the cells outside of which this plane equals `held`, an earlier plane of the same
  // shape; nothing if they are not known, so that the whole plane must be taken.
  std::optional<CellRect> changed_since(const HeatmapPlane& held) const {
    if (sample != held.sample || channel != held.channel) return std::nullopt;
    return revision.changed_since(held.revision);
  }
  friend bool operator==(const HeatmapPlane&, const HeatmapPlane&) = default;
};

// Which cells of a plane show their value: the first `count` cells row by row, and those where
// `mask` is not 0. By default all cells do. The other cells show the value of `ghost` in a pale
// colour, or nothing. Mask and ghost have the plane's height and width.
struct HeatmapReveal {
  static constexpr Index kAll = std::numeric_limits<Index>::max();
  Index count = kAll;
  HeatmapPlane mask = {};
  HeatmapPlane ghost = {};
  bool shows(Index y, Index x, Index width) const {
    return y * width + x < count || (mask.tensor != nullptr && mask.at(y, x) != 0.0f);
  }
  friend bool operator==(const HeatmapReveal&, const HeatmapReveal&) = default;
};

// The content of a picture, without its style and position.
struct HeatmapPicture {
  HeatmapPlane values = {};
  HeatmapReveal reveal = {};
  Padding ring = {};  // padding cells to draw around the plane, in pale colours of their values
  PaddingMode ring_mode = PaddingMode::kZeros;
  CellStrips hatched = {};  // rows and columns to hatch
};

// The visible part of a plane with its ring, in cells, and its size in framebuffer pixels. A cell
// may be larger or smaller than a pixel.
struct HeatmapCrop {
  float y0 = 0.0f, x0 = 0.0f;  // upper left corner in cells; negative in the ring
  float cells_per_pixel = 1.0f;
  int height = 0, width = 0;  // size of the picture in pixels
  friend bool operator==(const HeatmapCrop&, const HeatmapCrop&) = default;
};

// Turns a plane of a tensor into a picture that ImGui can show. app/gl implements it on the GPU;
// tests without OpenGL use an implementation that draws nothing.
class HeatmapPainter {
 public:
  virtual ~HeatmapPainter() = default;
  // Returns a texture with the visible part `crop` of a picture. `key` identifies the view (its
  // ImGuiID), for which textures are kept between frames. They are uploaded only when the plane has
  // another revision and drawn only when something has changed, and then only the changed cells if
  // the revision knows them.
  virtual ImTextureID paint(ImGuiID key, const HeatmapPicture& picture, const HeatmapStyle& style,
                            const HeatmapCrop& crop) = 0;
  // Returns a number that changes whenever a picture that was returned earlier is drawn again.
  virtual std::uint64_t pictures_version() const { return 0; }
  // Must be called after the last view of a frame.
  virtual void end_frame() {}
};

}  // namespace convscope::ui
