#pragma once

#include <imgui.h>

#include <cstdint>
#include <limits>

#include "app/ui/heatmap_geometry.h"
#include "app/ui/heatmap_style.h"
#include "engine/core/cell_rect.h"
#include "engine/core/tensor.h"

namespace convscope::ui {

// That the values of a tensor differ from those of an earlier one of the same shape in `cells`
// only, in every plane. Whoever holds just that version may bring it up to date; all others take
// the whole.
struct PlaneChange {
  const Tensor* tensor = nullptr;  // the earlier one, which need not exist any more; null: unknown
  std::uint64_t version = 0;       // of it
  CellRect cells;
  friend bool operator==(const PlaneChange&, const PlaneChange&) = default;
};

// One plane of a tensor, of which the values of one version never change.
struct HeatmapPlane {
  const Tensor* tensor = nullptr;  // null for none
  std::uint64_t version = 0;       // changes whenever the values do
  Index sample = 0;                // N of NCHW
  Index channel = 0;
  PlaneChange change = {};  // since the version before
  float at(Index y, Index x) const { return tensor->at(sample, channel, y, x); }
  // Whether `held`, which somebody has, becomes this plane by what changed.
  bool follows(const HeatmapPlane& held) const {
    return change.tensor != nullptr && change.tensor == held.tensor &&
           change.version == held.version && sample == held.sample && channel == held.channel;
  }
  friend bool operator==(const HeatmapPlane&, const HeatmapPlane&) = default;
};

// Which cells of a plane are shown: the first `count` in reading order, and those where `mask` is
// not 0; all of them by default. In place of the others stand the values of `ghost`, pale, or
// nothing. Mask and ghost have the height and width of the plane.
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

// Everything of a picture but its style and its place.
struct HeatmapPicture {
  HeatmapPlane values = {};
  HeatmapReveal reveal = {};
  Padding ring = {};  // padding cells around the plane, pale, with their values
  PaddingMode ring_mode = PaddingMode::kZeros;
  CellStrips hatched = {};
};

// The part of a plane with its ring that is shown, in cells, and where it goes, in framebuffer
// pixels. A cell may be larger or smaller than a pixel.
struct HeatmapCrop {
  float y0 = 0.0f, x0 = 0.0f;  // upper left corner, in cells; negative in the ring
  float cells_per_pixel = 1.0f;
  int height = 0, width = 0;  // in pixels
  friend bool operator==(const HeatmapCrop&, const HeatmapCrop&) = default;
};

// Turns a plane of a tensor into a picture that ImGui can show. app/gl has the one that draws on
// the GPU; tests without OpenGL use one that draws nothing.
class HeatmapPainter {
 public:
  virtual ~HeatmapPainter() = default;
  // `key` names the view (its ImGuiID): textures are kept for it, uploaded only when a plane is
  // another one (by address and version), and drawn again only when anything changed. Of a plane
  // that follows the one before, only the cells that changed are uploaded and drawn.
  virtual ImTextureID paint(ImGuiID key, const HeatmapPicture& picture, const HeatmapStyle& style,
                            const HeatmapCrop& crop) = 0;
  // Changes whenever a picture that was given out before looks different now.
  virtual std::uint64_t pictures_version() const { return 0; }
  // After the last view of a frame.
  virtual void end_frame() {}
};

}  // namespace convscope::ui
