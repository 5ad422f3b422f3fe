#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "app/platform/names.h"

namespace convscope::platform {

// The content of a window or an off-screen picture.
class Client {
 public:
  virtual ~Client() = default;
  // Called before each frame with the display's scale and the frame's size in pixels. Returns
  // whether ImGui's font atlas was rebuilt.
  virtual bool prepare(float display_scale, int width, int height) = 0;
  // Draws the frame; called between ImGui's NewFrame and Render.
  virtual void frame() = 0;
  // Called instead of a frame while nothing of the window can be seen.
  virtual void unseen() {}
  virtual std::uint32_t background() const = 0;  // as ImU32
  // Returns a number that changes whenever a texture shown in frames gets new content.
  virtual std::uint64_t textures_version() const = 0;
  // Called when files are dropped on the window.
  virtual void drop(std::span<const std::filesystem::path> paths) = 0;
  virtual std::string title() const = 0;  // of the window
  // Returns whether the next frame should follow at once; otherwise the window sleeps until
  // something happens.
  virtual bool animating() const = 0;
  // Called when the user closes the window, which stays open until wants_quit() is true.
  virtual void close() = 0;
  virtual bool wants_quit() const = 0;
  virtual bool wants_full_screen() const = 0;
  // Returns where to save the next frame as a picture; empty if it should not be saved.
  virtual std::filesystem::path take_screenshot_path() = 0;
  // Called after saving a frame. `error` is a sentence that says why it failed, or empty.
  virtual void screenshot_saved(const std::filesystem::path& path, const std::string& error) = 0;
};

}  // namespace convscope::platform
