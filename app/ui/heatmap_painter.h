#pragma once

#include <imgui.h>

#include "app/ui/heatmap_style.h"
#include "engine/tensor.h"

namespace convscope::ui {

// The part of a plane that is shown, in cells, and where it goes, in framebuffer pixels. A cell may
// be larger or smaller than a pixel.
struct HeatmapCrop {
  float y0 = 0.0f, x0 = 0.0f;  // upper left corner, in cells
  float cells_per_pixel = 1.0f;
  int height = 0, width = 0;  // in pixels
  friend bool operator==(const HeatmapCrop&, const HeatmapCrop&) = default;
};

// Turns a plane of a tensor into a picture that ImGui can show. app/gl has the one that draws on
// the GPU; tests without OpenGL use one that draws nothing.
class HeatmapPainter {
 public:
  virtual ~HeatmapPainter() = default;
  // `key` names the view (its ImGuiID): textures are kept for it, uploaded only when `tensor` is
  // another one (by address and version), and drawn again only when data, style or crop changed.
  virtual ImTextureID paint(ImGuiID key, const Tensor& tensor, std::uint64_t version, Index channel,
                            const HeatmapStyle& style, const HeatmapCrop& crop) = 0;
  // After the last view of a frame.
  virtual void end_frame() {}
};

}  // namespace convscope::ui
