#pragma once

#include <cstdint>
#include <vector>

#include "app/gl/handle.h"
#include "app/gl/names.h"
#include "app/ui/heatmap_painter.h"

namespace convscope::gl {

// Creates a 2-D texture for texelFetch, bound to the active unit.
Texture make_data_texture();

// The values of a plane, or the first three channels of its tensor, as a float texture.
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
  Index cells() const { return step_; }  // a texel, if the plane exceeds the largest texture size

  // For tests: the bytes uploaded so far, and the texture's content as rows of texels from the top.
  std::uint64_t uploaded_bytes() const { return uploaded_; }
  std::vector<float> read() const;

 private:
  void upload_all(Index max_size);
  void upload(const CellRect& cells);
  GLenum format() const { return rgb_ ? GL_RGB : GL_RED; }

  ui::HeatmapPlane plane_;
  bool rgb_ = false;
  float scale_ = 1.0f;
  Shape shape_;  // another tensor may reuse the same memory with another shape
  Texture texture_;
  GLsizei width_ = 0, height_ = 0;  // in texels
  GLenum format_ = GL_RED;          // format of the texture
  Index step_ = 1;
  std::uint64_t uploaded_ = 0;
};

}  // namespace convscope::gl
