#pragma once

#include <memory>
#include <vector>

#include "app/gl/names.h"
#include "app/ui/heatmap_painter.h"

namespace convscope::gl {

// Draws heatmaps on the GPU. The values of each view stay in a float texture, and a shader colours
// them into an RGBA8 texture of the size in pixels at which ImGui shows it. Must stay on the thread
// of the OpenGL context.
class HeatmapPainter : public ui::HeatmapPainter {
 public:
  HeatmapPainter();
  ~HeatmapPainter() override;

  ImTextureID paint(ImGuiID key, const ui::HeatmapPicture& picture, const ui::HeatmapStyle& style,
                    const ui::HeatmapCrop& crop) override;
  std::uint64_t pictures_version() const override;
  // Frees the textures of views that have not been painted for some time.
  void end_frame() override;

  // Returns the picture last painted for `key`, as RGBA from the top; empty for an unknown key. For
  // tests.
  std::vector<std::uint8_t> read(ImGuiID key) const;
  // Return the texture with the values of `key`, and the number of bytes uploaded for its pictures.
  // For tests.
  std::vector<float> read_values(ImGuiID key) const;
  std::uint64_t uploaded_bytes(ImGuiID key) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope::gl
