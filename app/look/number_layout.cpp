#include "app/look/number_layout.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace convscope::look {
namespace {

// Whether every value but zero would be written as one that is nearly zero.
bool says_nothing(std::span<const float> values, const CellFormat& format) {
  const auto tells = [&](float value) { return value != 0.0f && cell_text(value, format) != "≈0"; };
  const bool zeros = std::ranges::all_of(values, [](float value) { return value == 0.0f; });
  return !zeros && std::ranges::none_of(values, tells);
}

// A cell leaves a twelfth of its width free of its number.
constexpr float kUsed = 0.92f;

float fitting_size(const NumberRoom& room, std::string_view text) {
  const float share = room.cell * kUsed / room.measure(room.largest, text);
  return std::floor(room.largest * std::min(1.0f, share));
}

TextWidth measure_at(const NumberRoom& room, float size) {
  return [&room, size](std::string_view text) { return room.measure(size, text); };
}

// Takes a smaller size where more decimals are needed to tell values apart.
void refine(const NumberRoom& room, std::span<const float> samples, const NumberStyle& style,
            int least, NumberLayout& layout) {
  const float size = std::exchange(layout.size, room.smallest);
  const CellFormat finer =
      choose_cell_format(samples, room.cell * kUsed, measure_at(room, layout.size), style);
  if (finer.decimals <= layout.format.decimals) {
    layout.size = size;
    return;
  }
  layout.format.decimals = std::min(finer.decimals, least);
  const std::string longest =
      "−0." + std::string(static_cast<std::size_t>(layout.format.decimals), '0');
  layout.size = std::max(room.smallest, std::min(fitting_size(room, longest), size));
}

}  // namespace

NumberLayout layout_numbers(const NumberRoom& room, std::span<const float> values,
                            const NumberStyle& style) {
  NumberLayout layout;
  layout.size = fitting_size(room, "−0.00");
  if (layout.size < room.smallest)
    layout.size = std::max(fitting_size(room, "−0.0"), room.smallest);
  const std::vector<float> samples = width_samples(values, style);
  layout.format =
      choose_cell_format(samples, room.cell * kUsed, measure_at(room, layout.size), style);
  const bool automatic = style.mode == NumberMode::kAutomatic;
  const int least = automatic && !layout.format.scientific ? distinguishing_decimals(samples) : 0;
  if (layout.format.decimals < least && layout.size > room.smallest)
    refine(room, samples, style, least, layout);
  layout.distinguishes = layout.format.decimals >= least;
  if (automatic && says_nothing(samples, layout.format)) {
    layout.size = 0.0f;
    return layout;
  }
  float widest = 0.0f;
  for (const float value : samples)
    widest = std::max(widest, room.measure(layout.size, cell_text(value, layout.format)));
  if (widest <= room.cell * kUsed) return layout;
  const float shrunk =
      std::max(std::floor(layout.size * room.cell * kUsed / widest), room.smallest);
  // Numbers in only some of the cells would mislead.
  const bool fits = widest * shrunk / layout.size <= room.cell - room.rim;
  layout.size = fits ? shrunk : 0.0f;
  return layout;
}

}  // namespace convscope::look
