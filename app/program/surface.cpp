#include "app/program/surface.h"

#include "app/ui/number_input.h"
#include "app/ui/wheel.h"

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

bool Surface::animating() const {
  return ui::wheel_turns(edit_, theme_.scale);
}

void Surface::begin_frame(const ViewSettings& settings) {
  theme_.numbers = settings.numbers;
  items_.begin_frame();
  ui::follow_input(edit_, theme_.scale);
}

}  // namespace convscope::program
