#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace convscope::platform {

// What a window or an off-screen picture shows.
class Client {
 public:
  virtual ~Client() = default;
  // Before each frame: takes up the display's scale. True where ImGui's font atlas was filled anew.
  virtual bool prepare(float display_scale) = 0;
  // The frame, between ImGui's NewFrame and Render.
  virtual void frame() = 0;
  virtual std::uint32_t background() const = 0;  // as ImU32
  // Changes whenever a texture that frames show gets another content.
  virtual std::uint64_t textures_version() const = 0;
  // Files that were dropped on the window.
  virtual void drop(std::span<const std::filesystem::path> paths) = 0;
  virtual std::string title() const = 0;  // of the window
  // The next frame should follow at once; else the window sleeps until something happens.
  virtual bool animating() const = 0;
  // The user closes the window, which stays until wants_quit().
  virtual void close() = 0;
  virtual bool wants_quit() const = 0;
  virtual bool wants_full_screen() const = 0;
  // Where the next frame is to be saved as a picture; empty for nowhere.
  virtual std::filesystem::path take_screenshot_path() = 0;
  // It was saved, or was not: then `error` is a sentence that says why.
  virtual void screenshot_saved(const std::filesystem::path& path, const std::string& error) = 0;
};

}  // namespace convscope::platform
