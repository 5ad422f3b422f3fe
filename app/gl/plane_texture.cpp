#include "app/gl/plane_texture.h"

#include <algorithm>
#include <vector>

namespace convscope::gl {
namespace {

// The values as they are uploaded: every `step`-th cell, RGB interleaved.
std::vector<float> gathered(const ui::HeatmapPlane& plane, bool rgb, Index step) {
  const Shape& s = plane.tensor->shape();
  const Index channels = rgb ? 3 : 1;
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>((s.h / step + 1) * (s.w / step + 1) * channels));
  for (Index y = 0; y < s.h; y += step) {
    for (Index x = 0; x < s.w; x += step) {
      for (Index c = 0; c < channels; ++c)
        values.push_back(plane.tensor->at(plane.sample, rgb ? c : plane.channel, y, x));
    }
  }
  return values;
}

}  // namespace

Texture make_data_texture() {
  Texture texture = Texture::make();
  glBindTexture(GL_TEXTURE_2D, texture.id());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return texture;
}

bool PlaneTexture::update(const ui::HeatmapPlane& plane, bool rgb, Index max_size) {
  const Shape shape = plane.tensor != nullptr ? plane.tensor->shape() : Shape{};
  if (plane == plane_ && rgb == rgb_ && shape == shape_) return false;
  plane_ = plane;
  rgb_ = rgb;
  shape_ = shape;
  if (plane.tensor != nullptr) {
    upload(max_size);
  } else {
    texture_ = {};
  }
  return true;
}

void PlaneTexture::upload(Index max_size) {
  step_ = (std::max(shape_.h, shape_.w) + max_size - 1) / max_size;
  if (!texture_) texture_ = make_data_texture();
  glBindTexture(GL_TEXTURE_2D, texture_.id());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  const auto width = static_cast<GLsizei>((shape_.w + step_ - 1) / step_);
  const auto height = static_cast<GLsizei>((shape_.h + step_ - 1) / step_);
  std::vector<float> values;
  if (rgb_ || step_ > 1) values = gathered(plane_, rgb_, step_);
  const float* data =
      values.empty() ? plane_.tensor->row(plane_.sample, plane_.channel, 0) : values.data();
  glTexImage2D(GL_TEXTURE_2D, 0, rgb_ ? GL_RGB32F : GL_R32F, width, height, 0,
               rgb_ ? GL_RGB : GL_RED, GL_FLOAT, data);
}

}  // namespace convscope::gl
