#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "app/ui/theme.h"
#include "app/ui/ui.h"
#include "tests/input_driver.h"
#include "tests/ui/recording_painter.h"

namespace convscope::ui {

// Draws nothing, and records the calls of this frame. Keeps a copy of each plane like a painter
// that uploads only what changed, and checks that nothing else changed.
class RecordingPainter : public HeatmapPainter {
 public:
  struct Call {
    HeatmapPicture picture;
    HeatmapStyle style;
    HeatmapCrop crop;
  };
  ImTextureID paint(ImGuiID key, const HeatmapPicture& picture, const HeatmapStyle& style,
                    const HeatmapCrop& crop) override {
    calls.push_back({picture, style, crop});
    if (picture.values.tensor != nullptr) keep(kept_[key], picture.values);
    return {};
  }
  // Returns the number of cells uploaded so far for the view that shows the tensor.
  Index uploaded(const Tensor& tensor) const {
    for (const auto& [key, kept] : kept_) {
      if (kept.plane.tensor == &tensor) return kept.uploaded;
    }
    ADD_FAILURE() << "no view shows this tensor";
    return 0;
  }
  std::vector<Call> calls;

 private:
  struct Kept {
    HeatmapPlane plane;
    Shape shape;
    std::vector<float> values;
    Index uploaded = 0;
  };

  static void keep(Kept& kept, const HeatmapPlane& plane) {
    const Shape& s = plane.tensor->shape();
    if (kept.plane == plane && kept.shape == s) return;
    const std::span<const float> now = plane.tensor->plane(plane.sample, plane.channel);
    if (plane.follows(kept.plane) && kept.shape == s) {
      const CellRect& cells = plane.change.cells;
      for (Index y = cells.top; y < cells.bottom; ++y)
        std::copy_n(now.begin() + y * s.w + cells.left, cells.width(),
                    kept.values.begin() + y * s.w + cells.left);
      kept.uploaded += cells.empty() ? 0 : cells.height() * cells.width();
      EXPECT_EQ(std::memcmp(kept.values.data(), now.data(), now.size_bytes()), 0)
          << "more cells changed than was said";
    } else {
      kept.values.assign(now.begin(), now.end());
      kept.uploaded += std::ssize(now);
    }
    kept.plane = plane;
    kept.shape = s;
  }

  std::map<ImGuiID, Kept> kept_;
};

// The interface without a window: a real ImGui context with the real fonts, driven by injected
// input. It injects one change of state a frame, as every version of ImGui needs it.
class UiHarness {
 public:
  explicit UiHarness(ImVec2 size = {1280, 720}, float scale = 1.0f) {
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = size;
    io.DeltaTime = 1.0f / 60.0f;
    prepare_keys(io);
    theme.scale = scale;
    theme.color = light_palette();
    theme.font = add_fonts(*ImGui::GetIO().Fonts, scale);
    make_font_pixels();
    apply_style(theme);
  }

  // Draws the content of every frame, in a window that fills the display.
  std::function<void(Ui&)> draw;

  void frame(int count = 1) {
    for (int i = 0; i < count; ++i) {
      ImGuiIO& io = ImGui::GetIO();
      ImGui::NewFrame();
      items.begin_frame();
      painter.calls.clear();
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize(io.DisplaySize);
      ImGui::Begin("window", nullptr,
                   ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                       ImGuiWindowFlags_NoSavedSettings);
      Ui ui{theme, painter, items, edit};
      if (draw) draw(ui);
      ImGui::End();
      ImGui::Render();
    }
  }

  ItemRegistry::Rect rect(const std::string& name) const {
    const auto found = items.find(name);
    EXPECT_TRUE(found.has_value()) << "no item \"" << name << "\" was drawn";
    return found.value_or(ItemRegistry::Rect{{-1, -1}, {-1, -1}});
  }
  // Returns the centre of a cell of the heatmap `name`, whose plane has `rows` x `columns` cells.
  ImVec2 cell(const std::string& name, Index y, Index x, Index rows, Index columns) const {
    const auto plane = rect(name + "/plane");
    const auto at = [](float lo, float hi, Index i, Index n) {
      return lo + (hi - lo) * (static_cast<float>(i) + 0.5f) / static_cast<float>(n);
    };
    return {at(plane.min.x, plane.max.x, x, columns), at(plane.min.y, plane.max.y, y, rows)};
  }

  void move(ImVec2 pos) {
    inject_mouse_pos(ImGui::GetIO(), pos);
    frame();
  }
  void move(const std::string& name) { move(rect(name).center()); }
  void press(int button = 0) {
    inject_mouse_button(ImGui::GetIO(), button, true);
    frame();
  }
  void release(int button = 0) {
    inject_mouse_button(ImGui::GetIO(), button, false);
    frame();
  }
  // Waits long enough that the next press doesn't become a double click.
  void rest() { frame(30); }
  void click(ImVec2 pos, int button = 0) {
    move(pos);
    rest();
    press(button);
    release(button);
  }
  void click(const std::string& name, int button = 0) { click(rect(name).center(), button); }
  void double_click(ImVec2 pos) {
    click(pos);
    press();
    release();
    frame();
  }
  void double_click(const std::string& name) { double_click(rect(name).center()); }
  // Presses at `from`, moves in steps to `to`, and releases.
  void drag(ImVec2 from, ImVec2 to, int button = 0, int steps = 8) {
    move(from);
    rest();
    press(button);
    for (int i = 1; i <= steps; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(steps);
      move(ImVec2{from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t});
    }
    release(button);
  }
  void wheel(ImVec2 pos, float notches) {
    move(pos);
    frame();
    inject_wheel(ImGui::GetIO(), notches);
    frame();
    frame();
  }
  void wheel(const std::string& name, float notches) { wheel(rect(name).center(), notches); }
  void key(Key key, bool ctrl = false, bool shift = false) {
    ImGuiIO& io = ImGui::GetIO();
    inject_modifiers(io, ctrl, shift, false);
    frame();
    inject_key(io, key, true);
    frame();
    inject_key(io, key, false);
    frame();
    inject_modifiers(io, false, false, false);
    frame();
  }
  void hold(bool ctrl, bool shift) {
    inject_modifiers(ImGui::GetIO(), ctrl, shift, false);
    frame();
  }
  // Types character by character into whatever has the keyboard.
  void type(const std::string& ascii) {
    for (const char c : ascii) {
      inject_text(ImGui::GetIO(), std::string(1, c).c_str());
      frame();
    }
  }

  Theme theme;
  ItemRegistry items;
  EditState edit;
  RecordingPainter painter;

 protected:
  void draw_frame() override {
    ImGui::NewFrame();
    items.begin_frame();
    painter.calls.clear();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin(
        "window", nullptr,
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    Ui ui{theme, painter, items, edit};
    if (draw) draw(ui);
    ImGui::End();
    ImGui::Render();
  }
  const ItemRegistry& drawn_items() const override { return items; }
};

}  // namespace convscope::ui
