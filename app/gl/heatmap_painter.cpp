#include "app/gl/heatmap_painter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>
#include <utility>

#include "app/gl/handle.h"
#include "app/gl/heatmap_look.h"
#include "app/gl/plane_texture.h"
#include "app/gl/program.h"
#include "app/ui/imgui_shim.h"
#include "embedded/heatmap_frag.h"
#include "embedded/heatmap_vert.h"

namespace convscope::gl {
namespace {

constexpr int kKeptFrames = 120;

// Returns red, green and blue from 0 to 1.
std::array<float, 3> unpacked(std::uint32_t color) {
  const auto channel = [&](int shift) {
    return static_cast<float>(color >> shift & 0xFFu) / 255.0f;
  };
  return {channel(0), channel(8), channel(16)};
}

bool has_colors(const ui::HeatmapPlane& plane) {
  return plane.tensor != nullptr && plane.tensor->shape().c >= 3;
}

// Returns the factor for values before they go to the GPU, which may treat subnormal numbers as 0.
// If the range of the style is that small, a power of two makes it large, without rounding.
float scale_of(const ui::HeatmapStyle& style) {
  const float size = std::max(std::abs(style.lo), std::abs(style.hi));
  return !style.rgb && size < 0x1p-100f ? 0x1p100f : 1.0f;
}

struct View {
  Look look;
  PlaneTexture values, mask, ghost;
  Texture strips;  // the hatching: hatched pixel columns in row 0, hatched pixel rows in row 1
  Texture colors;
  Framebuffer framebuffer;
  int width = 0, height = 0;  // size of `colors`
  int idle_frames = 0;
};

// Restores the caller's framebuffer and viewport on destruction.
class RestoreTarget {
 public:
  RestoreTarget() {
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer_);
    glGetIntegerv(GL_VIEWPORT, viewport_.data());
  }
  ~RestoreTarget() {
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(framebuffer_));
    glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
  }
  RestoreTarget(const RestoreTarget&) = delete;
  RestoreTarget& operator=(const RestoreTarget&) = delete;

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
    Look look{picture.reveal.count, picture.ring, picture.ring_mode, picture.hatched, style, crop};
    look.style.rgb = style.rgb && has_colors(picture.values);
    const Shape& shape = picture.values.tensor->shape();
    CellRect changed =
        newly_revealed(std::exchange(view.look.revealed, look.revealed), look.revealed, shape);
    const bool same_look = view.colors && view.look == look;
    view.look = std::move(look);
    changed = united(changed, update_textures(view, picture));
    if (!same_look) upload_strips(view);
    if (!same_look || (!changed.empty() && repeats_cells(view.look))) {
      draw(view, shape, all_pixels(crop));
    } else if (!changed.empty()) {
      draw(view, shape, pixels_of(changed, crop));
    }
    return ui::texture_id(view.colors.id());
  }

  std::uint64_t pictures_version() const { return drawn_; }

  void end_frame() {
    for (auto& [key, view] : views_)
      ++view.idle_frames;
    std::erase_if(views_, [](const auto& entry) { return entry.second.idle_frames > kKeptFrames; });
  }

  std::uint64_t uploaded_bytes(ImGuiID key) const {
    const auto found = views_.find(key);
    if (found == views_.end()) return 0;
    const View& view = found->second;
    return view.values.uploaded_bytes() + view.mask.uploaded_bytes() + view.ghost.uploaded_bytes();
  }

  std::vector<float> read_values(ImGuiID key) const {
    const auto found = views_.find(key);
    return found != views_.end() ? found->second.values.read() : std::vector<float>{};
  }

  std::vector<std::uint8_t> read(ImGuiID key) const {
    const auto found = views_.find(key);
    if (found == views_.end()) return {};
    const View& view = found->second;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(view.width * view.height) * 4);
    glFinish();  // otherwise Mesa's llvmpipe may return the pixels from before the last drawing
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glBindTexture(GL_TEXTURE_2D, view.colors.id());
    glGetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
    return pixels;
  }

 private:
  static void upload_strips(View& view) {
    const ui::CellStrips& hatched = view.look.hatched;
    const ui::HeatmapCrop& crop = view.look.crop;
    view.strips = {};
    if (hatched.empty()) return;
    const int size = std::max(crop.width, crop.height);
    std::vector<std::uint8_t> marks(2 * static_cast<std::size_t>(size));
    const auto cell_at = [&](float origin, int pixel) {
      return static_cast<Index>(
          std::floor(origin + (static_cast<float>(pixel) + 0.5f) * crop.cells_per_pixel));
    };
    for (int i = 0; i < size; ++i) {
      const auto at = static_cast<std::size_t>(i);
      marks[at] = hatched.has_column(cell_at(crop.x0, i)) ? 255 : 0;
      marks[at + marks.size() / 2] = hatched.has_row(cell_at(crop.y0, i)) ? 255 : 0;
    }
    view.strips = make_data_texture();
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, size, 2, 0, GL_RED, GL_UNSIGNED_BYTE, marks.data());
  }

  // Updates the textures of all planes and returns the cells whose picture differs now.
  CellRect update_textures(View& view, const ui::HeatmapPicture& picture) const {
    const bool rgb = view.look.style.rgb;
    const ui::HeatmapReveal& reveal = picture.reveal;
    // One texel may stand for several cells.
    const auto shown = [](const CellRect& cells, const PlaneTexture& plane) {
      const Index more = plane.cells() - 1;
      if (cells.empty()) return cells;
      return CellRect{cells.top - more, cells.left - more, cells.bottom + more, cells.right + more};
    };
    const float scale = scale_of(view.look.style);
    CellRect changed =
        shown(view.values.update(picture.values, rgb, max_size_, scale), view.values);
    changed = united(changed, shown(view.mask.update(reveal.mask, false, max_size_), view.mask));
    const bool rgb_ghost = rgb && has_colors(reveal.ghost);
    return united(changed,
                  shown(view.ghost.update(reveal.ghost, rgb_ghost, max_size_, scale), view.ghost));
  }

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

  void draw(View& view, const Shape& shape, const PixelBox& box) {
    const RestoreTarget restore;
    ++drawn_;
    resize(view, view.look.crop.width, view.look.crop.height);
    glBindFramebuffer(GL_FRAMEBUFFER, view.framebuffer.id());
    glViewport(0, 0, view.width, view.height);
    glDisable(GL_BLEND);
    glEnable(GL_SCISSOR_TEST);
    glScissor(box.left, box.top, std::max(0, box.right - box.left),
              std::max(0, box.bottom - box.top));
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glUseProgram(program_.id());
    set_planes(view, shape);
    set_colors(view.look.style);
    set_hatching(view);
    const GLuint colors = table(view.look.style.map).id();
    // Samplers that the shader doesn't read need a texture too, or drivers warn.
    const GLuint values = view.values.id();
    bind(4, view.strips ? view.strips.id() : colors);
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
    const float scale = scale_of(style);
    glUniform2f(at("range"), style.lo * scale, style.hi * scale);
    glUniform1i(at("rgb"), style.rgb ? 1 : 0);
    glUniform1f(at("grid_width"), style.grid_width);
    set_color("grid_color", style.grid_color);
    set_color("pale_color", style.pale_color);
    set_color("text_colors[0]", ui::kLightText);
    set_color("text_colors[1]", ui::kDarkText);
    glUniform1f(at("mark_size"), style.mark_size);
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

  void set_hatching(const View& view) const {
    const Look& look = view.look;
    glUniform1i(at("strips"), 4);
    glUniform1i(at("striped"), view.strips ? 1 : 0);
    // Computes in double: zoomed far in, this is many thousands of pixels.
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
  // Without content, but the core profile requires one.
  VertexArray vertices_ = VertexArray::make();
  std::map<ColorMap, Texture> tables_;
  std::unordered_map<ImGuiID, View> views_;
  GLint max_size_ = 1024;
  std::uint64_t drawn_ = 0;  // number of pictures drawn
};

HeatmapPainter::HeatmapPainter() : impl_(std::make_unique<Impl>()) {}
HeatmapPainter::~HeatmapPainter() = default;

ImTextureID HeatmapPainter::paint(ImGuiID key, const ui::HeatmapPicture& picture,
                                  const ui::HeatmapStyle& style, const ui::HeatmapCrop& crop) {
  return impl_->paint(key, picture, style, crop);
}

std::uint64_t HeatmapPainter::pictures_version() const {
  return impl_->pictures_version();
}

void HeatmapPainter::end_frame() {
  impl_->end_frame();
}

std::vector<std::uint8_t> HeatmapPainter::read(ImGuiID key) const {
  return impl_->read(key);
}

std::vector<float> HeatmapPainter::read_values(ImGuiID key) const {
  return impl_->read_values(key);
}

std::uint64_t HeatmapPainter::uploaded_bytes(ImGuiID key) const {
  return impl_->uploaded_bytes(key);
}

}  // namespace convscope::gl
