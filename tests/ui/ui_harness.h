#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "app/ui/number_input.h"
#include "app/ui/theme.h"
#include "app/ui/ui.h"
#include "tests/input_driver.h"
#include "tests/ui/recording_painter.h"

namespace convscope::ui {

// A part of the interface, drawn with the real fonts in a window that fills the display.
class UiHarness : public InputDriver {
 public:
  explicit UiHarness(ImVec2 size = {1280, 720}, float scale = 1.0f) : InputDriver(size) {
    theme.scale = scale;
    theme.color = light_palette();
    theme.font = add_fonts(*ImGui::GetIO().Fonts, scale);
    make_font_pixels();
    apply_style(theme);
  }

  // What is drawn every frame.
  std::function<void(Ui&)> draw;
  Theme theme;
  ItemRegistry items;
  EditState edit;
  Focus focus;
  RecordingPainter painter;

 protected:
  void draw_frame() override {
    ImGui::NewFrame();
    follow_input(edit, theme.scale);
    focus.begin_frame(edit);
    items.begin_frame();
    painter.calls.clear();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin(
        "window", nullptr,
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    Ui ui{theme, painter, items, edit, focus};
    if (draw) draw(ui);
    ImGui::End();
    focus.end_frame(theme);
    ImGui::Render();
  }
  const ItemRegistry& drawn_items() const override { return items; }
};

}  // namespace convscope::ui
