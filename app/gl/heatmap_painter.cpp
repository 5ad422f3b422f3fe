#include "app/gl/heatmap_painter.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "app/gl/handle.h"
#include "app/gl/program.h"
#include "embedded/heatmap_frag.h"
#include "embedded/heatmap_vert.h"

namespace convscope::gl {
namespace {

constexpr int kKeptFrames = 120;

// A 2-D texture that is read with texelFetch only.
Texture make_texture() {
  Texture texture = Texture::make();
  glBindTexture(GL_TEXTURE_2D, texture.id());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return texture;
}

// The values as they are uploaded: every `step`-th cell, RGB interleaved.
std::vector<float> gathered(const Tensor& tensor, Index channel, bool rgb, Index step) {
  const Shape& s = tensor.shape();
  const Index planes = rgb ? 3 : 1;
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>((s.h / step + 1) * (s.w / step + 1) * planes));
  for (Index y = 0; y < s.h; y += step) {
    for (Index x = 0; x < s.w; x += step) {
      for (Index c = 0; c < planes; ++c)
        values.push_back(tensor.row(0, rgb ? c : channel, y)[x]);
    }
  }
  return values;
}

// Everything that the picture depends on.
struct Picture {
  const Tensor* tensor = nullptr;
  Shape shape;  // memory may be used again for a tensor of another shape
  std::uint64_t version = 0;
  Index channel = 0;
  ui::HeatmapStyle style;
  ui::HeatmapCrop crop;
  bool same_values(const Picture& o) const {
    return tensor == o.tensor && shape == o.shape && version == o.version && channel == o.channel &&
           style.rgb == o.style.rgb;
  }
};

struct View {
  Picture picture;
  Texture values;
  Index step = 1;  // cells a texel, where the plane is larger than a texture may be
  Texture colors;
  Framebuffer framebuffer;
  int width = 0, height = 0;  // of `colors`
  int idle_frames = 0;
};

// Where a program draws to is the caller's; it is the same again afterwards.
class KeepTarget {
 public:
  KeepTarget() {
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer_);
    glGetIntegerv(GL_VIEWPORT, viewport_.data());
  }
  ~KeepTarget() {
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(framebuffer_));
    glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
  }
  KeepTarget(const KeepTarget&) = delete;
  KeepTarget& operator=(const KeepTarget&) = delete;

 private:
  GLint framebuffer_ = 0;
  std::array<GLint, 4> viewport_{};
};

}  // namespace

class HeatmapPainter::Impl {
 public:
  Impl() : program_(link_program(embedded::heatmap_vert(), embedded::heatmap_frag())) {
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &max_size_);
  }

  ImTextureID paint(ImGuiID key, const Picture& picture) {
    View& view = views_[key];
    view.idle_frames = 0;
    const bool same_values = view.values && view.picture.same_values(picture);
    const bool same_look = view.picture.style == picture.style && view.picture.crop == picture.crop;
    if (!same_values) upload(view, picture);
    if (!same_values || !same_look) draw(view, picture);
    view.picture = picture;
    return reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(view.colors.id()));
  }

  void end_frame() {
    for (auto& [key, view] : views_)
      ++view.idle_frames;
    std::erase_if(views_, [](const auto& entry) { return entry.second.idle_frames > kKeptFrames; });
  }

  std::vector<std::uint8_t> read(ImGuiID key) const {
    const auto found = views_.find(key);
    if (found == views_.end()) return {};
    const View& view = found->second;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(view.width * view.height) * 4);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glBindTexture(GL_TEXTURE_2D, view.colors.id());
    glGetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
    return pixels;
  }

 private:
  void upload(View& view, const Picture& picture) const {
    const Shape& s = picture.tensor->shape();
    const bool rgb = picture.style.rgb && s.c >= 3;
    view.step = (std::max(s.h, s.w) + max_size_ - 1) / max_size_;
    if (!view.values) view.values = make_texture();
    glBindTexture(GL_TEXTURE_2D, view.values.id());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    const auto width = static_cast<GLsizei>((s.w + view.step - 1) / view.step);
    const auto height = static_cast<GLsizei>((s.h + view.step - 1) / view.step);
    std::vector<float> values;
    if (rgb || view.step > 1) values = gathered(*picture.tensor, picture.channel, rgb, view.step);
    const float* data = values.empty() ? picture.tensor->row(0, picture.channel, 0) : values.data();
    glTexImage2D(GL_TEXTURE_2D, 0, rgb ? GL_RGB32F : GL_R32F, width, height, 0,
                 rgb ? GL_RGB : GL_RED, GL_FLOAT, data);
  }

  void resize(View& view, int width, int height) const {
    if (view.colors && view.width == width && view.height == height) return;
    view.colors = make_texture();
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    view.framebuffer = Framebuffer::make();
    glBindFramebuffer(GL_FRAMEBUFFER, view.framebuffer.id());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, view.colors.id(),
                           0);
    view.width = width;
    view.height = height;
  }

  void draw(View& view, const Picture& picture) {
    const KeepTarget keep;
    resize(view, picture.crop.width, picture.crop.height);
    glBindFramebuffer(GL_FRAMEBUFFER, view.framebuffer.id());
    glViewport(0, 0, view.width, view.height);
    glDisable(GL_BLEND);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glUseProgram(program_.id());
    set_uniforms(view, picture);
    glActiveTexture(GL_TEXTURE1);
    glBindTexture(GL_TEXTURE_2D, table(picture.style.map).id());
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, view.values.id());
    glBindVertexArray(vertices_.id());
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glBindVertexArray(0);
    glUseProgram(0);
  }

  void set_uniforms(const View& view, const Picture& picture) const {
    const auto at = [&](const char* name) { return glGetUniformLocation(program_.id(), name); };
    const auto step = static_cast<float>(view.step);
    const ui::HeatmapStyle& style = picture.style;
    glUniform1i(at("values"), 0);
    glUniform1i(at("table"), 1);
    glUniform2f(at("origin"), picture.crop.x0 / step, picture.crop.y0 / step);
    glUniform1f(at("pitch"), picture.crop.cells_per_pixel / step);
    glUniform2f(at("range"), style.lo, style.hi);
    glUniform1i(at("rgb"), style.rgb && picture.tensor->shape().c >= 3 ? 1 : 0);
    glUniform1f(at("grid_width"), style.grid_width);
    const auto channel = [&](int shift) {
      return static_cast<float>(style.grid_color >> shift & 0xFFu) / 255.0f;
    };
    glUniform4f(at("grid_color"), channel(0), channel(8), channel(16), 1.0f);
    std::array<float, 9> special{};
    const std::array colors = {kNanColor, kPosInfColor, kNegInfColor};
    for (std::size_t i = 0; i < 3; ++i) {
      special[3 * i] = static_cast<float>(colors[i].r) / 255.0f;
      special[3 * i + 1] = static_cast<float>(colors[i].g) / 255.0f;
      special[3 * i + 2] = static_cast<float>(colors[i].b) / 255.0f;
    }
    glUniform3fv(at("special"), 3, special.data());
  }

  const Texture& table(ColorMap map) {
    Texture& texture = tables_[map];
    if (!texture) {
      texture = make_texture();
      glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
      glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, 256, 1, 0, GL_RGB, GL_UNSIGNED_BYTE,
                   colormap_table(map).data());
    }
    return texture;
  }

  Program program_;
  VertexArray vertices_ = VertexArray::make();  // empty: the core profile wants one
  std::map<ColorMap, Texture> tables_;
  std::unordered_map<ImGuiID, View> views_;
  GLint max_size_ = 1024;
};

HeatmapPainter::HeatmapPainter() : impl_(std::make_unique<Impl>()) {}
HeatmapPainter::~HeatmapPainter() = default;

ImTextureID HeatmapPainter::paint(ImGuiID key, const Tensor& tensor, std::uint64_t version,
                                  Index channel, const ui::HeatmapStyle& style,
                                  const ui::HeatmapCrop& crop) {
  return impl_->paint(key, {&tensor, tensor.shape(), version, channel, style, crop});
}

void HeatmapPainter::end_frame() {
  impl_->end_frame();
}

std::vector<std::uint8_t> HeatmapPainter::read(ImGuiID key) const {
  return impl_->read(key);
}

}  // namespace convscope::gl
