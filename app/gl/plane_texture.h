#pragma once

#include "app/gl/handle.h"
#include "app/ui/heatmap_painter.h"

namespace convscope::gl {

// A 2-D texture that is read with texelFetch only, bound to the active unit.
Texture make_data_texture();

// A plane's values, or the first three channels of its tensor, as a float texture.
class PlaneTexture {
 public:
  // Uploads where the plane is another one than the last; true where anything changed. No plane
  // frees the texture. `max_size` is that of the driver's textures.
  bool update(const ui::HeatmapPlane& plane, bool rgb, Index max_size);

  GLuint id() const { return texture_.id(); }
  bool empty() const { return !texture_; }
  Index cells() const { return step_; }  // a texel, where the plane is larger than a texture may be

 private:
  void upload(Index max_size);

  ui::HeatmapPlane plane_;
  bool rgb_ = false;
  Shape shape_;  // memory may be used again for a tensor of another shape
  Texture texture_;
  Index step_ = 1;
};

}  // namespace convscope::gl
