#pragma once

#include <cstdint>
#include <optional>

#include "app/program/names.h"
#include "app/program/view/view_settings.h"
#include "app/ui/ui.h"

namespace convscope::program {

// What frames are drawn with: theme, fonts, the painter of heatmaps, the items of the last frame
// and the number that is being typed.
class Surface {
 public:
  // `painter` must outlive it.
  explicit Surface(ui::HeatmapPainter& painter) : painter_(painter) {}

  // Takes up the display's scale and the settings. True where ImGui's font atlas was filled anew.
  bool prepare(float display_scale, const ViewSettings& settings);
  void begin_frame(const ViewSettings& settings);
  void end_frame() { painter_.end_frame(); }
  ui::Ui ui() { return {theme_, painter_, items_, edit_}; }
  const ui::Theme& theme() const { return theme_; }
  const ui::ItemRegistry& items() const { return items_; }
  std::uint64_t textures_version() const { return painter_.pictures_version(); }

 private:
  ui::HeatmapPainter& painter_;
  ui::Theme theme_;
  ui::ItemRegistry items_;
  ui::EditState edit_;
  float fonts_scale_ = 0.0f;  // at which the fonts were made
  std::optional<bool> styled_dark_;
};

}  // namespace convscope::program
