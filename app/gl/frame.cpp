#include "app/gl/frame.h"

#include <glad/gl.h>

#include <algorithm>
#include <string>

#include "app/gl/handle.h"
#include "app/gl/no_display.h"

namespace convscope::gl {

void load(LoadProc load_proc) {
  const int version = gladLoadGL(load_proc);
  if (version == 0) throw NoDisplay("OpenGL can't be loaded; OpenGL 3.3 is needed.");
  const int major = GLAD_VERSION_MAJOR(version);
  const int minor = GLAD_VERSION_MINOR(version);
  if (major > 3 || (major == 3 && minor >= 3)) return;
  throw NoDisplay("This display has OpenGL " + std::to_string(major) + "." + std::to_string(minor) +
                  "; 3.3 or newer is needed.");
}

void begin_frame(int width, int height, std::uint32_t background) {
  const auto channel = [&](int shift) {
    return static_cast<float>(background >> shift & 0xFFu) / 255.0f;
  };
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(channel(0), channel(8), channel(16), 1.0f);
  glClear(GL_COLOR_BUFFER_BIT);
}

std::vector<std::uint8_t> read_pixels(int width, int height) {
  const auto row = static_cast<std::size_t>(width) * 4;
  std::vector<std::uint8_t> upwards(row * static_cast<std::size_t>(height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, upwards.data());
  std::vector<std::uint8_t> pixels(upwards.size());
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
    const std::uint8_t* from = upwards.data() + (static_cast<std::size_t>(height) - 1 - y) * row;
    std::copy(from, from + row, pixels.data() + y * row);
  }
  // The window's alpha is a by-product of blending; the picture is opaque.
  for (std::size_t i = 3; i < pixels.size(); i += 4)
    pixels[i] = 255;
  return pixels;
}

struct OffscreenTarget::Objects {
  Renderbuffer color = Renderbuffer::make();
  Framebuffer framebuffer = Framebuffer::make();
};

OffscreenTarget::OffscreenTarget(int width, int height) : objects_(std::make_unique<Objects>()) {
  glBindRenderbuffer(GL_RENDERBUFFER, objects_->color.id());
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, objects_->framebuffer.id());
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                            objects_->color.id());
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    throw NoDisplay("OpenGL can't draw a picture of " + std::to_string(width) + " × " +
                    std::to_string(height) + " pixels off screen; choose a smaller --size.");
  }
}

OffscreenTarget::~OffscreenTarget() = default;

}  // namespace convscope::gl
