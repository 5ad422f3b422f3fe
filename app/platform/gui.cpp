#include "app/platform/gui.h"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include "app/gl/frame.h"
#include "app/scene/write_file.h"
#include "engine/error.h"

namespace convscope::platform {

Gui::Gui() {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // the layout is the program's
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = false;  // a blinking caret would wake the loop again and again
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

Gui::~Gui() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext();
}

void Gui::begin_frame(Client& client, float scale, void (*begin_input)()) {
#if IMGUI_VERSION_NUM < 19200
  if (client.prepare(scale)) ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_NewFrame();
  // 1.86 makes its device objects once; a new atlas needs a new texture.
  if (ImGui::GetIO().Fonts->TexID == ImTextureID{}) ImGui_ImplOpenGL3_CreateFontsTexture();
#else
  client.prepare(scale);
  ImGui_ImplOpenGL3_NewFrame();
#endif
  if (begin_input != nullptr) begin_input();
  ImGui::NewFrame();
}

void Gui::draw(Client& client, int width, int height) {
  ImGui::Render();
  gl::begin_frame(width, height, client.background());
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  const std::filesystem::path path = client.take_screenshot_path();
  if (path.empty()) return;
  try {
    write_png(path, gl::read_pixels(width, height), width, height);
    client.screenshot_saved(path, "");
  } catch (const Error& error) {
    client.screenshot_saved(path, error.what());
  }
}

}  // namespace convscope::platform
