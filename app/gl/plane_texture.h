#pragma once

#include <cstdint>
#include <vector>

#include "app/gl/handle.h"
#include "app/ui/heatmap_painter.h"

namespace convscope::gl {

// A 2-D texture that is read with texelFetch only, bound to the active unit.
Texture make_data_texture();

// A plane's values, or the first three channels of its tensor, as a float texture.
class PlaneTexture {
 public:
  // Uploads what is not there yet: only the cells in which the plane says that it differs
  // from the last one, or all. No plane frees the texture. `max_size` is that of the driver's
  // textures. Returns the cells that may look different now: none where nothing is another, all of
  // them where that is not known. All values are multiplied by `scale`; another one is another
  // plane.
  CellRect update(const ui::HeatmapPlane& plane, bool rgb, Index max_size, float scale = 1.0f);

  GLuint id() const { return texture_.id(); }
  bool empty() const { return !texture_; }
  Index cells() const { return step_; }  // a texel, where the plane is larger than a texture may be

  // For tests: what was uploaded since it was made, and what is there, rows of texels from the top.
  std::uint64_t uploaded_bytes() const { return uploaded_; }
  std::vector<float> read() const;

 private:
  void upload_all(Index max_size);
  void upload(const CellRect& cells);
  GLenum format() const { return rgb_ ? GL_RGB : GL_RED; }

  ui::HeatmapPlane plane_;
  bool rgb_ = false;
  float scale_ = 1.0f;
  Shape shape_;  // memory may be used again for a tensor of another shape
  Texture texture_;
  GLsizei width_ = 0, height_ = 0;  // in texels
  GLenum format_ = GL_RED;          // of the texture
  Index step_ = 1;
  std::uint64_t uploaded_ = 0;
};

}  // namespace convscope::gl
