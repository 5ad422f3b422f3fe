#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/panels/layers_page/gallery.h"
#include "app/panels/names.h"

namespace convscope::panels {

// A sum in pictures: term + term + ... + bias = sum.
struct SumRow {
  const PlanePreviews& terms;
  const PlanePreviews& sum;
  std::vector<GalleryTile> tiles;  // of the terms, and of the sum at the end
  std::string bias;                // "bias 0.1"; empty without a bias
};

// Returns the width for the label of a term in pixels.
float sum_label_room(const ui::Theme& theme);

// Draws the row into an area of `size` pixels; where it is too long, the terms and the bias scroll.
// Returns the cell of any of its planes that is pointed at.
std::optional<Yx> draw_sum_row(ui::Ui& ui, const SumRow& sum, ImVec2 size);

}  // namespace convscope::panels
