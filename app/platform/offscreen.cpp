#include "app/platform/offscreen.h"

#include <imgui.h>

#include "app/files/write_file.h"
#include "app/gl/frame.h"
#include "app/platform/egl_context.h"
#include "app/platform/gui.h"
#include "app/ui/imgui_shim.h"

namespace convscope::platform {

struct Offscreen::Impl {
  explicit Impl(PixelSize asked) : size(asked), target(asked.width, asked.height) {}
  PixelSize size;
  EglContext egl;  // first, because the others need it
  gl::OffscreenTarget target;
  Gui gui;
};

Offscreen::Offscreen(PixelSize size) : impl_(std::make_unique<Impl>(size)) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
  io.DeltaTime = 1.0f / 60.0f;
  ui::prepare_keys(io);
}

Offscreen::~Offscreen() = default;

bool Offscreen::frame(Client& client) {
  impl_->gui.begin_frame(client, 1.0f, impl_->size.width, impl_->size.height, nullptr);
  client.frame();
  return impl_->gui.draw(client, impl_->size.width, impl_->size.height);
}

void Offscreen::save(const std::filesystem::path& path) const {
  const auto [width, height] = impl_->size;
  write_png(path, gl::read_pixels(width, height), width, height);
}

}  // namespace convscope::platform
