#include "app/program/surface.h"

#include <algorithm>
#include <cmath>

#include "app/ui/number_input.h"
#include "app/ui/tooltip.h"
#include "app/ui/wheel.h"

namespace convscope::program {
namespace {

// The height in which everything is laid out, at scale 1: small labels, whose capitals are 10.9 of
// these units high, are 1.6 % of any window's height.
constexpr float kHeight = 680.0f;
constexpr float kSteps = 50.0f;    // fonts are made anew for each step of the scale, not pixel
constexpr float kMaxScale = 6.4f;  // at which a texture holds all fonts
// The least window at scale 1: the titles of three cards stand side by side in it, and a plane
// stands between the bars also while the lower row is unfolded.
constexpr float kLeastWidth = 440.0f;
constexpr float kLeastHeight = 330.0f;

// Returns the scale at font scale 1.
float plain_scale(float display_scale, int height) {
  const float by_height = std::ceil(static_cast<float>(height) / kHeight * kSteps) / kSteps;
  return std::max(display_scale, by_height);
}

// Smaller type can't be read, whatever a window has room for.
constexpr float kMinScale = 0.4f;

// Returns the largest scale at which the window holds a page, or can be read.
float most_scale(int width, int height) {
  const float most =
      std::min(static_cast<float>(width) / kLeastWidth, static_cast<float>(height) / kLeastHeight);
  return std::clamp(std::floor(most * kSteps) / kSteps, kMinScale, kMaxScale);
}

}  // namespace

float interface_scale(float display_scale, int width, int height, float font_scale) {
  return std::min(plain_scale(display_scale, height) * font_scale, most_scale(width, height));
}

float largest_font_scale(float display_scale, int width, int height) {
  return most_scale(width, height) / plain_scale(display_scale, height);
}

bool Surface::prepare(float display_scale, int width, int height, const ViewSettings& settings) {
  const float scale = interface_scale(display_scale, width, height, settings.type_scale());
  const bool new_fonts = scale != fonts_scale_;
  if (!new_fonts && styled_ == settings.theme) return false;
  theme_.scale = scale;
  theme_.color = look::palette_of(settings.theme);
  if (new_fonts) theme_.font = ui::add_fonts(*ImGui::GetIO().Fonts, scale);
  fonts_scale_ = scale;
  styled_ = settings.theme;
  ui::apply_style(theme_);
  return new_fonts;
}

bool Surface::animating() const {
  return ui::wheel_turns(edit_, theme_.scale) || ui::tooltip_waits(edit_);
}

void Surface::begin_frame(const ViewSettings& settings) {
  theme_.numbers = settings.numbers;
  items_.begin_frame();
  ui::follow_input(edit_, theme_.scale);
  ui::follow_tips(edit_, settings.tooltips);
  // Whoever clicks a field watches its effect, which a tooltip would cover, also after typing.
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) edit_.clicked_at = ImGui::GetIO().MousePos;
  focus_.begin_frame(edit_);
}

void Surface::end_frame() {
  focus_.end_frame(theme_);
  painter_.end_frame();
}

}  // namespace convscope::program
