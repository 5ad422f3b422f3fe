#include "app/platform/gui.h"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <cstring>
#include <type_traits>

#include "app/files/write_file.h"
#include "app/gl/frame.h"
#include "app/ui/imgui_shim.h"
#include "engine/core/error.h"

namespace convscope::platform {
namespace {

// A hash to tell frames apart; not collision-resistant against deliberate attempts.
class Digest {
 public:
  template <typename T>
  void add(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    add(&value, sizeof(T));
  }
  void add(const void* data, std::size_t size) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    for (; size >= sizeof(std::uint64_t); size -= sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes, sizeof(word));
      mix(word);
      bytes += sizeof(word);
    }
    std::uint64_t rest = size;
    std::memcpy(&rest, bytes, size);
    mix(rest);
  }
  std::uint64_t value() const { return value_; }

 private:
  void mix(std::uint64_t word) {
    value_ = (value_ ^ word) * 0x9E3779B97F4A7C15u;
    value_ ^= value_ >> 29;
  }
  std::uint64_t value_ = 0xCBF29CE484222325u;
};

void add(Digest& digest, const ImDrawData& data) {
  digest.add(data.DisplayPos);
  digest.add(data.DisplaySize);
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    digest.add(list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
    digest.add(list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list.CmdBuffer) {
      digest.add(command.ClipRect);
      digest.add(ui::texture_key(command));
      digest.add(command.ElemCount);
      digest.add(command.IdxOffset);
    }
  }
}

}  // namespace

Gui::Gui() {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // this program does its own layout
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = false;  // a blinking caret would keep waking the loop
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

Gui::~Gui() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext();
}

void Gui::begin_frame(Client& client, float scale, int width, int height, void (*begin_input)()) {
#if IMGUI_VERSION_NUM < 19200
  if (client.prepare(scale, width, height)) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    shown_.reset();
  }
  ImGui_ImplOpenGL3_NewFrame();
  // ImGui 1.86 creates its device objects only once, but a new atlas needs a new texture.
  if (ImGui::GetIO().Fonts->TexID == ImTextureID{}) ImGui_ImplOpenGL3_CreateFontsTexture();
#else
  if (client.prepare(scale, width, height)) shown_.reset();
  ImGui_ImplOpenGL3_NewFrame();
#endif
  if (begin_input != nullptr) begin_input();
  ImGui::NewFrame();
}

bool Gui::draw(Client& client, int width, int height) {
  ImGui::Render();
  const std::filesystem::path path = client.take_screenshot_path();
  Digest digest;
  digest.add(client.textures_version());
  digest.add(client.background());
  digest.add(width);
  digest.add(height);
  add(digest, *ImGui::GetDrawData());
  if (path.empty() && shown_ == digest.value()) return false;
  shown_ = digest.value();
  gl::begin_frame(width, height, client.background());
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (path.empty()) return true;
  try {
    write_png(path, gl::read_pixels(width, height), width, height);
    client.screenshot_saved(path, "");
  } catch (const Error& error) {
    client.screenshot_saved(path, error.what());
  }
  return true;
}

}  // namespace convscope::platform
