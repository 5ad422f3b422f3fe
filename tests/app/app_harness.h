#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/program/app.h"
#include "tests/input_driver.h"
#include "tests/ui/recording_painter.h"

namespace convscope {

// Runs the whole program in this process, without window or OpenGL, with injected input.
class AppHarness {
 public:
  explicit AppHarness(ImVec2 size = {1280, 720}, Scene scene = default_scene(),
                      ViewSettings view = {})
      : scale_(view.font_scale) {
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = size;
    io.DeltaTime = 1.0f / 60.0f;
    ui::prepare_keys(io);
    app_ = std::make_unique<App>(
        painter_, [] {}, std::move(scene), view);
    app_->settle();
    frame(6);
  }
  ~AppHarness() {
    app_.reset();
    ImGui::DestroyContext(context_);
  }
  AppHarness(const AppHarness&) = delete;
  AppHarness& operator=(const AppHarness&) = delete;

  App& app() { return *app_; }
  const App& app() const { return *app_; }
  // Returns the heatmaps of the last frame.
  const std::vector<ui::RecordingPainter::Call>& painted() const { return painter_.calls; }

  // Returns the number of cells uploaded so far for the heatmap of `tensor`.
  Index uploaded(const Tensor& tensor) const { return painter_.uploaded(tensor); }

  void frame(int count = 1) {
    for (int i = 0; i < count; ++i) {
      if (app_->prepare(1.0f)) {
        unsigned char* pixels = nullptr;
        int width = 0;
        int height = 0;
        ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
      }
      painter_.calls.clear();
      ImGui::NewFrame();
      app_->frame();
      ImGui::Render();
    }
  }
  // Computes, takes up and draws everything that is pending.
  void settle() {
    app_->settle();
    frame(3);
  }

  App& app() { return app_; }
  const App& app() const { return app_; }

  // Returns what the heatmap of `tensor` drew in the last frame.
  ui::HeatmapPicture painted(const Tensor& tensor) {
    for (const auto& call : painter_.calls) {
      if (call.picture.values.tensor == &tensor) return call.picture;
    }
    ADD_FAILURE() << "no heatmap of this tensor was drawn";
    return {};
  }
  // Cells that were uploaded so far for the heatmap of `tensor`.
  Index uploaded(const Tensor& tensor) const { return painter_.uploaded(tensor); }

  // Everything computed, taken up and drawn.
  void settle() {
    app_.settle();
    frame(3);
  }
  void press(int button = 0) {
    ui::inject_mouse_button(ImGui::GetIO(), button, true);
    frame();
  }
  void release(int button = 0) {
    ui::inject_mouse_button(ImGui::GetIO(), button, false);
    frame();
  }
  void click(ImVec2 pos, int button = 0) {
    move(pos);
    frame(30);  // long enough not to become a double click
    press(button);
    release(button);
    frame(2);
  }
  void click(const std::string& name) { click(rect(name).center()); }
  void double_click(const std::string& name) {
    click(name);
    press();
    release();
    frame();
  }
  void drag(ImVec2 from, ImVec2 to, int button = 0, int steps = 8) {
    move(from);
    frame(30);
    press(button);
    for (int i = 1; i <= steps; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(steps);
      move({from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t});
    }
    release(button);
    frame();
  }
  void wheel(const std::string& name, float notches) {
    move(rect(name).center());
    ui::inject_wheel(ImGui::GetIO(), notches);
    frame(2);
  }
  void key(ui::Key key, bool ctrl = false, bool shift = false) {
    ImGuiIO& io = ImGui::GetIO();
    ui::inject_modifiers(io, ctrl, shift, false);
    frame();
    ui::inject_key(io, key, true);
    frame();
    ui::inject_key(io, key, false);
    frame();
    ui::inject_modifiers(io, false, false, false);
    frame();
  }
  void type(const std::string& ascii) {
    for (const char c : ascii) {
      ui::inject_text(ImGui::GetIO(), std::string(1, c).c_str());
      frame();
    }
  }
  // Types a number into a field that opens with a double click.
  void enter(const std::string& field, const std::string& number) {
    double_click(field);
    frame(2);
    type(number);
    key(ui::Key::kEnter);
    settle();
  }

 protected:
  void draw_frame() override {
    if (app_.prepare(1.0f)) make_font_pixels();
    painter_.calls.clear();
    ImGui::NewFrame();
    app_.frame();
    ImGui::Render();
  }
  const ui::ItemRegistry& drawn_items() const override { return app_.items(); }

 private:
  ui::RecordingPainter painter_;
  App app_;
};

}  // namespace convscope
