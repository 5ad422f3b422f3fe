#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/program/app.h"
#include "tests/input_driver.h"
#include "tests/ui/recording_painter.h"

namespace convscope::program {

// Runs the whole program in this process, without window or OpenGL, with injected input.
class AppHarness : public InputDriver {
 public:
  explicit AppHarness(ImVec2 size = {1280, 720}, Scene scene = default_scene(),
                      ViewSettings view = {})
      : InputDriver(size),
        app_(
            painter_, [] {}, std::move(scene), view) {
    settle();
    frame(3);
  }

  App& app() { return app_; }
  const App& app() const { return app_; }

  // Returns the heatmaps of the last frame.
  const std::vector<ui::RecordingPainter::Call>& painted() const { return painter_.calls; }
  // Returns what the heatmap of `tensor` drew in the last frame.
  ui::HeatmapPicture painted(const Tensor& tensor) const {
    for (const auto& call : painter_.calls) {
      if (call.picture.values.tensor == &tensor) return call.picture;
    }
    ADD_FAILURE() << "no heatmap of this tensor was drawn";
    return {};
  }
  // Returns the number of cells uploaded so far for the heatmap of `tensor`.
  Index uploaded(const Tensor& tensor) const { return painter_.uploaded(tensor); }

  // Computes, takes up and draws everything that is pending.
  void settle() {
    app_.settle();
    frame(3);
  }
  // Takes the brush for the input.
  void take_brush() { key(ui::Key::kB); }
  ImVec2 input_cell(Index y, Index x) const {
    const Shape& s = app_.document().scene().input.tensor->shape();
    return cell("input", y, x, s.h, s.w);
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
  const ui::ItemRegistry& drawn_items() const override { return app_.surface().items(); }

 private:
  ui::RecordingPainter painter_;
  App app_;
};

}  // namespace convscope::program
