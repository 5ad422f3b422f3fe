#include "app/gl/plane_texture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace convscope::gl {
namespace {

// Multiplies a value by the scale; finite values stay finite.
float scaled(float value, float scale) {
  constexpr float kMax = std::numeric_limits<float>::max();
  return std::isfinite(value) ? std::clamp(value * scale, -kMax, kMax) : value;
}

// Returns the values of `cells` for uploading: every cell whose position is a multiple of `step`,
// with red, green and blue of a cell next to each other.
std::vector<float> gathered(const ui::HeatmapPlane& plane, bool rgb, Index step, float scale,
                            const CellRect& cells) {
  const Index channels = rgb ? 3 : 1;
  const auto first = [&](Index place) { return (place + step - 1) / step * step; };
  std::vector<float> values;
  values.reserve(
      static_cast<std::size_t>((cells.height() / step + 1) * (cells.width() / step + 1)) *
      static_cast<std::size_t>(channels));
  for (Index y = first(cells.top); y < cells.bottom; y += step) {
    for (Index x = first(cells.left); x < cells.right; x += step) {
      for (Index c = 0; c < channels; ++c)
        values.push_back(
            scaled(plane.tensor->at(plane.sample, rgb ? c : plane.channel, y, x), scale));
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

CellRect PlaneTexture::update(const ui::HeatmapPlane& plane, bool rgb, Index max_size,
                              float scale) {
  const Shape shape = plane.tensor != nullptr ? plane.tensor->shape() : Shape{};
  if (plane == plane_ && rgb == rgb_ && scale == scale_ && shape == shape_) return {};
  const CellRect was = whole(shape_);
  std::optional<CellRect> changed;
  if (texture_ && plane.tensor != nullptr && rgb == rgb_ && scale == scale_ && shape == shape_)
    changed = plane.changed_since(plane_);
  plane_ = plane;
  rgb_ = rgb;
  scale_ = scale;
  shape_ = shape;
  if (plane.tensor == nullptr) {
    texture_ = {};
    return was;
  }
  if (!changed) {
    upload_all(max_size);
    return united(was, whole(shape));
  }
  upload(*changed);
  return *changed;
}

void PlaneTexture::upload_all(Index max_size) {
  step_ = (std::max(shape_.h, shape_.w) + max_size - 1) / max_size;
  const auto width = static_cast<GLsizei>((shape_.w + step_ - 1) / step_);
  const auto height = static_cast<GLsizei>((shape_.h + step_ - 1) / step_);
  if (!texture_ || width != width_ || height != height_ || format() != format_) {
    width_ = width;
    height_ = height;
    format_ = format();
    if (!texture_) texture_ = make_data_texture();
    glBindTexture(GL_TEXTURE_2D, texture_.id());
    glTexImage2D(GL_TEXTURE_2D, 0, rgb_ ? GL_RGB32F : GL_R32F, width, height, 0, format_, GL_FLOAT,
                 nullptr);
  }
  upload(whole(shape_));
}

void PlaneTexture::upload(const CellRect& cells) {
  const auto texel = [&](Index cell) { return static_cast<GLint>((cell + step_ - 1) / step_); };
  const GLint x = texel(cells.left);
  const GLint y = texel(cells.top);
  const GLsizei width = texel(cells.right) - x;
  const GLsizei height = texel(cells.bottom) - y;
  if (width <= 0 || height <= 0) return;
  std::vector<float> values;
  const bool gathers = rgb_ || step_ > 1 || scale_ != 1.0f;
  if (gathers) values = gathered(plane_, rgb_, step_, scale_, cells);
  const float* data =
      gathers ? values.data()
              : plane_.tensor->row(plane_.sample, plane_.channel, cells.top) + cells.left;
  glBindTexture(GL_TEXTURE_2D, texture_.id());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, gathers ? 0 : static_cast<GLint>(shape_.w));
  glTexSubImage2D(GL_TEXTURE_2D, 0, x, y, width, height, format(), GL_FLOAT, data);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  uploaded_ += static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height) *
               (rgb_ ? 3 : 1) * sizeof(float);
}

std::vector<float> PlaneTexture::read() const {
  const std::size_t channels = rgb_ ? 3 : 1;
  std::vector<float> values(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) *
                            channels);
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glBindTexture(GL_TEXTURE_2D, texture_.id());
  glGetTexImage(GL_TEXTURE_2D, 0, format(), GL_FLOAT, values.data());
  return values;
}

}  // namespace convscope::gl
