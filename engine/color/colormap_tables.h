#pragma once

#include <array>

#include "engine/color/colormap.h"

// The 256 colours of each map; assets/make_colormaps.py writes them.
namespace convscope::tables {

extern const std::array<Rgb, 256> kViridis;
extern const std::array<Rgb, 256> kMagma;
extern const std::array<Rgb, 256> kGrey;
extern const std::array<Rgb, 256> kDiverging;
extern const std::array<Rgb, 256> kDivergingDark;

}  // namespace convscope::tables
