#include "app/gl/heatmap_painter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

#include "app/gl/handle.h"
#include "app/gl/plane_texture.h"
#include "app/gl/program.h"
#include "embedded/heatmap_frag.h"
#include "embedded/heatmap_vert.h"

namespace convscope::gl {
namespace {

constexpr int kKeptFrames = 120;

// Red, green and blue from 0 to 1.
std::array<float, 3> unpacked(std::uint32_t color) {
  const auto channel = [&](int shift) {
    return static_cast<float>(color >> shift & 0xFFu) / 255.0f;
  };
  return {channel(0), channel(8), channel(16)};
}

bool has_colors(const ui::HeatmapPlane& plane) {
  return plane.tensor != nullptr && plane.tensor->shape().c >= 3;
}

// What the picture depends on beside its textures.
struct Look {
  Index revealed = 0;
  Padding ring;
  PaddingMode ring_mode = PaddingMode::kZeros;
  std::vector<ui::CellRange> hatched;
  ui::HeatmapStyle style;
  ui::HeatmapCrop crop;
  friend bool operator==(const Look&, const Look&) = default;
};

// Rows of pixels of a picture: [first, last).
struct PixelRows {
  int first = 0, last = 0;
};

// The pixels that differ between two pictures of which only the number of revealed cells does.
PixelRows newly_revealed(Index before, Index now, const Shape& shape, const ui::HeatmapCrop& crop) {
  const auto row_of = [&](Index count) {
    return std::clamp<Index>(count, 0, shape.h * shape.w) / shape.w;
  };
  const auto pixel_of = [&](Index row) {
    const double pixel = (static_cast<double>(row) - static_cast<double>(crop.y0)) /
                         static_cast<double>(crop.cells_per_pixel);
    return static_cast<int>(std::clamp(pixel, -2.0, static_cast<double>(crop.height) + 2.0));
  };
  // A pixel more at both ends, so that no rounding leaves one out.
  return {std::max(0, pixel_of(row_of(std::min(before, now))) - 1),
          std::min(crop.height, pixel_of(row_of(std::max(before, now)) + 1) + 2)};
}

struct View {
  Look look;
  PlaneTexture values, mask, ghost;
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

  ImTextureID paint(ImGuiID key, const ui::HeatmapPicture& picture, const ui::HeatmapStyle& style,
                    const ui::HeatmapCrop& crop) {
    View& view = views_[key];
    view.idle_frames = 0;
    Look look{picture.reveal.count,
              picture.ring,
              picture.ring_mode,
              {picture.hatched.begin(), picture.hatched.end()},
              style,
              crop};
    look.style.rgb = style.rgb && has_colors(picture.values);
    const Index revealed = view.look.revealed;
    view.look.revealed = look.revealed;
    bool changed = !view.colors || view.look != look;
    changed |= view.values.update(picture.values, look.style.rgb, max_size_);
    changed |= view.mask.update(picture.reveal.mask, false, max_size_);
    changed |= view.ghost.update(picture.reveal.ghost,
                                 look.style.rgb && has_colors(picture.reveal.ghost), max_size_);
    view.look = std::move(look);
    const Shape& shape = picture.values.tensor->shape();
    if (changed) {
      draw(view, shape, {0, crop.height});
    } else if (revealed != view.look.revealed) {
      draw(view, shape, newly_revealed(revealed, view.look.revealed, shape, crop));
    }
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
  void resize(View& view, int width, int height) const {
    if (view.colors && view.width == width && view.height == height) return;
    view.colors = make_data_texture();
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    view.framebuffer = Framebuffer::make();
    glBindFramebuffer(GL_FRAMEBUFFER, view.framebuffer.id());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, view.colors.id(),
                           0);
    view.width = width;
    view.height = height;
  }

  void draw(View& view, const Shape& shape, const PixelRows& rows) {
    const KeepTarget keep;
    resize(view, view.look.crop.width, view.look.crop.height);
    glBindFramebuffer(GL_FRAMEBUFFER, view.framebuffer.id());
    glViewport(0, 0, view.width, view.height);
    glDisable(GL_BLEND);
    glEnable(GL_SCISSOR_TEST);
    glScissor(0, rows.first, view.width, std::max(0, rows.last - rows.first));
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glUseProgram(program_.id());
    set_planes(view, shape);
    set_colors(view.look.style);
    set_hatching(view.look);
    const GLuint colors = table(view.look.style.map).id();
    // Samplers that are not read have a texture all the same: drivers warn of others.
    const GLuint values = view.values.id();
    bind(3, view.ghost.empty() ? values : view.ghost.id());
    bind(2, view.mask.empty() ? values : view.mask.id());
    bind(1, colors);
    bind(0, values);
    glBindVertexArray(vertices_.id());
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glBindVertexArray(0);
    glUseProgram(0);
    glDisable(GL_SCISSOR_TEST);
  }

  static void bind(GLuint unit, GLuint texture) {
    glActiveTexture(GL_TEXTURE0 + unit);
    glBindTexture(GL_TEXTURE_2D, texture);
  }

  GLint at(const char* name) const { return glGetUniformLocation(program_.id(), name); }
  void set_color(const char* name, std::uint32_t packed) const {
    const std::array<float, 3> c = unpacked(packed);
    glUniform3f(at(name), c[0], c[1], c[2]);
  }

  void set_planes(const View& view, const Shape& shape) const {
    const Look& look = view.look;
    glUniform1i(at("values"), 0);
    glUniform1i(at("table"), 1);
    glUniform1i(at("mask"), 2);
    glUniform1i(at("ghost"), 3);
    const auto texels = [](const PlaneTexture& plane) {
      return 1.0f / static_cast<float>(plane.cells());
    };
    glUniform3f(at("cell_texels"), texels(view.values), texels(view.mask), texels(view.ghost));
    glUniform2i(at("size"), static_cast<GLint>(shape.w), static_cast<GLint>(shape.h));
    const Padding& ring = look.ring;
    glUniform4i(at("ring"), static_cast<GLint>(ring.left), static_cast<GLint>(ring.top),
                static_cast<GLint>(ring.right), static_cast<GLint>(ring.bottom));
    glUniform2f(at("origin"), look.crop.x0, look.crop.y0);
    glUniform1f(at("pitch"), look.crop.cells_per_pixel);
    glUniform1i(at("ring_mode"), static_cast<GLint>(look.ring_mode));
    glUniform1i(at("masked"), view.mask.empty() ? 0 : 1);
    glUniform1i(at("ghosted"), view.ghost.empty() ? 0 : 1);
    const Index revealed = std::clamp<Index>(look.revealed, 0, shape.h * shape.w);
    glUniform2i(at("revealed"), static_cast<GLint>(revealed / shape.w),
                static_cast<GLint>(revealed % shape.w));
  }

  void set_colors(const ui::HeatmapStyle& style) const {
    glUniform2f(at("range"), style.lo, style.hi);
    glUniform1i(at("rgb"), style.rgb ? 1 : 0);
    glUniform1f(at("grid_width"), style.grid_width);
    set_color("grid_color", style.grid_color);
    set_color("pale_color", style.pale_color);
    set_color("text_colors[0]", ui::kLightText);
    set_color("text_colors[1]", ui::kDarkText);
    glUniform1f(at("light_cell"), static_cast<float>(ui::kLightCell));
    glUniform2f(at("pale"), ui::kRingColor, ui::kGhostColor);
    std::array<float, 9> special{};
    const std::array colors = {kNanColor, kPosInfColor, kNegInfColor};
    for (std::size_t i = 0; i < 3; ++i) {
      special[3 * i] = static_cast<float>(colors[i].r) / 255.0f;
      special[3 * i + 1] = static_cast<float>(colors[i].g) / 255.0f;
      special[3 * i + 2] = static_cast<float>(colors[i].b) / 255.0f;
    }
    glUniform3fv(at("special"), 3, special.data());
  }

  void set_hatching(const Look& look) const {
    std::array<float, 4 * ui::kMostHatched> boxes{};
    const std::size_t count = std::min(look.hatched.size(), ui::kMostHatched);
    for (std::size_t i = 0; i < count; ++i) {
      const ui::CellRange& r = look.hatched[i];
      const std::array corners = {r.x, r.y, r.x + r.w, r.y + r.h};
      for (std::size_t k = 0; k < 4; ++k)
        boxes[4 * i + k] = static_cast<float>(corners[k]);
    }
    glUniform1i(at("hatched_count"), static_cast<GLint>(count));
    glUniform4fv(at("hatched"), static_cast<GLsizei>(ui::kMostHatched), boxes.data());
    // In double: where one is zoomed far in, this is many thousands of pixels.
    const auto pitch = static_cast<double>(look.style.hatch_pitch);
    const double start = (static_cast<double>(look.crop.x0) + static_cast<double>(look.crop.y0)) /
                         static_cast<double>(look.crop.cells_per_pixel);
    glUniform4f(at("hatch"), look.style.hatch_pitch, look.style.hatch_width,
                static_cast<float>(start - std::floor(start / pitch) * pitch), ui::kHatchOpacity);
  }

  const Texture& table(ColorMap map) {
    Texture& texture = tables_[map];
    if (!texture) {
      texture = make_data_texture();
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

ImTextureID HeatmapPainter::paint(ImGuiID key, const ui::HeatmapPicture& picture,
                                  const ui::HeatmapStyle& style, const ui::HeatmapCrop& crop) {
  return impl_->paint(key, picture, style, crop);
}

void HeatmapPainter::end_frame() {
  impl_->end_frame();
}

std::vector<std::uint8_t> HeatmapPainter::read(ImGuiID key) const {
  return impl_->read(key);
}

}  // namespace convscope::gl
