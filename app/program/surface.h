#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "app/program/names.h"
#include "app/program/view/view_settings.h"
#include "app/ui/ui.h"

namespace convscope::program {

// Returns the scale of everything that is drawn in a window of `width` x `height` pixels. It grows
// with the window's height, so that labels are the same share of every window, and is no smaller
// than the display's; the user's font scale multiplies it, as far as the window has room for the
// cards of a page beside each other.
float interface_scale(float display_scale, int width, int height, float font_scale);
// Returns the font scale above which interface_scale() does not grow.
float largest_font_scale(float display_scale, int width, int height);

// Everything that frames are drawn with: theme, fonts, the painter of heatmaps, the registry of
// drawn items, the number that is being typed and the control that the keyboard has reached.
class Surface {
 public:
  // `painter` must outlive this object.
  explicit Surface(ui::HeatmapPainter& painter) : painter_(painter) {}

  // Adapts fonts and colours to the display's scale, the window's size in pixels and the
  // settings. Returns whether ImGui's font atlas was filled anew, so that it must be uploaded
  // again.
  bool prepare(float display_scale, int width, int height, const ViewSettings& settings);
  void begin_frame(const ViewSettings& settings);
  void end_frame();
  ui::Ui ui() { return {theme_, painter_, items_, edit_, focus_}; }
  bool animating() const;  // a gesture of the wheel ends, and a tooltip appears, by a pause
  // Which limits were applied to a number that was typed; empty for none.
  std::string take_said() { return std::exchange(edit_.said, {}); }
  const ui::Theme& theme() const { return theme_; }
  const ui::ItemRegistry& items() const { return items_; }
  const ui::Focus& focus() const { return focus_; }
  std::uint64_t textures_version() const { return painter_.pictures_version(); }

 private:
  ui::HeatmapPainter& painter_;
  ui::Theme theme_;
  ui::ItemRegistry items_;
  ui::EditState edit_;
  ui::Focus focus_;
  float fonts_scale_ = 0.0f;          // the scale at which the fonts were made
  std::optional<SceneTheme> styled_;  // the theme of the applied style; nullopt before the first
};

}  // namespace convscope::program
