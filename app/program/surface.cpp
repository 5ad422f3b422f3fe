#include "app/program/surface.h"

namespace convscope::program {

bool Surface::prepare(float display_scale, const ViewSettings& settings) {
  const float scale = display_scale * settings.font_scale;
  const bool new_fonts = scale != fonts_scale_;
  if (!new_fonts && styled_dark_ == settings.dark) return false;
  theme_.scale = scale;
  theme_.dark = settings.dark;
  theme_.color = settings.dark ? ui::dark_palette() : ui::light_palette();
  if (new_fonts) theme_.font = ui::add_fonts(*ImGui::GetIO().Fonts, scale);
  fonts_scale_ = scale;
  styled_dark_ = settings.dark;
  ui::apply_style(theme_);
  return new_fonts;
}

void Surface::begin_frame(const ViewSettings& settings) {
  theme_.numbers = settings.numbers;
  items_.begin_frame();
}

}  // namespace convscope::program
