#pragma once

#include <imgui.h>

#include <cstdint>
#include <limits>
#include <optional>

#include "app/ui/heatmap_geometry.h"
#include "app/ui/heatmap_style.h"
#include "app/ui/names.h"
#include "engine/core/revision.h"
#include "engine/core/tensor.h"

namespace convscope::ui {

// One plane of a tensor.
struct HeatmapPlane {
  const Tensor* tensor = nullptr;  // null for none
  Revision revision = {};          // of its values; none: those at this place never change
  Index sample = 0;                // index n of [N, C, H, W]
  Index channel = 0;
  float at(Index y, Index x) const { return tensor->at(sample, channel, y, x); }
  // The cells by which `held`, which somebody has of this shape, becomes this plane; nothing where
  // that is not known. All others then take the whole.
  std::optional<CellRect> changed_since(const HeatmapPlane& held) const {
    if (sample != held.sample || channel != held.channel) return std::nullopt;
    return revision.changed_since(held.revision);
  }
  friend bool operator==(const HeatmapPlane&, const HeatmapPlane&) = default;
};

// Which cells of a plane are shown: the first `count` cells row by row and those where `mask` is
// not 0; by default all. The other cells show the value of `ghost` in pale, or nothing. Mask and
// ghost have the plane's height and width.
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
  Padding ring = {};  // padding cells around the plane, pale, with their values
  PaddingMode ring_mode = PaddingMode::kZeros;
  CellStrips hatched = {};
};

// The visible part of a plane with its ring, in cells, and its size in framebuffer pixels. A cell
// may be larger or smaller than a pixel.
struct HeatmapCrop {
  float y0 = 0.0f, x0 = 0.0f;  // upper left corner in cells; negative in the ring
  float cells_per_pixel = 1.0f;
  int height = 0, width = 0;  // in pixels
  friend bool operator==(const HeatmapCrop&, const HeatmapCrop&) = default;
};

// Turns a plane of a tensor into a picture that ImGui can show. app/gl implements it on the GPU;
// tests without OpenGL use an implementation that draws nothing.
class HeatmapPainter {
 public:
  virtual ~HeatmapPainter() = default;
  // `key` names the view (its ImGuiID): textures are kept for it, uploaded only when a plane is
  // another one (by its revision), and drawn again only when anything changed. Of a plane that
  // tells how it differs from the one before, only these cells are uploaded and drawn.
  virtual ImTextureID paint(ImGuiID key, const HeatmapPicture& picture, const HeatmapStyle& style,
                            const HeatmapCrop& crop) = 0;
  // Returns a number that changes whenever a picture returned earlier looks different now.
  virtual std::uint64_t pictures_version() const { return 0; }
  // Called after the last view of a frame.
  virtual void end_frame() {}
};

}  // namespace convscope::ui
