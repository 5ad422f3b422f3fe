#pragma once

#include <imgui.h>

#include <cstdint>
#include <limits>
#include <optional>

#include "app/ui/heatmap_geometry.h"
#include "app/ui/heatmap_style.h"
#include "engine/core/revision.h"
#include "engine/core/tensor.h"

namespace convscope::ui {

// States that a tensor differs from an earlier one of the same shape only in `cells`, in every
// plane. Whoever holds that version may update just these cells; all others take the whole tensor.
struct PlaneChange {
  const Tensor* tensor = nullptr;  // the earlier one, which may no longer exist; null if unknown
  std::uint64_t version = 0;       // version of the earlier one
  CellRect cells;
  friend bool operator==(const PlaneChange&, const PlaneChange&) = default;
};

// One plane of a tensor. The values of one version never change.
struct HeatmapPlane {
  const Tensor* tensor = nullptr;  // null for none
  std::uint64_t version = 0;       // changes whenever the values do
  Index sample = 0;                // index n of [N, C, H, W]
  Index channel = 0;
  PlaneChange change = {};  // since the previous version
  float at(Index y, Index x) const { return tensor->at(sample, channel, y, x); }
  // Returns whether applying `change` to the plane `held` gives this plane.
  bool follows(const HeatmapPlane& held) const {
    return change.tensor != nullptr && change.tensor == held.tensor &&
           change.version == held.version && sample == held.sample && channel == held.channel;
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
  // Returns the picture's texture. `key` names the view (its ImGuiID). The view's textures are
  // kept, values are uploaded only when the plane changes (by address and version), and the picture
  // is drawn again only when something changed. If the plane follows the previous one, only the
  // changed cells are uploaded and drawn.
  virtual ImTextureID paint(ImGuiID key, const HeatmapPicture& picture, const HeatmapStyle& style,
                            const HeatmapCrop& crop) = 0;
  // Returns a number that changes whenever a picture returned earlier looks different now.
  virtual std::uint64_t pictures_version() const { return 0; }
  // Called after the last view of a frame.
  virtual void end_frame() {}
};

}  // namespace convscope::ui
