#pragma once

#include <utility>

#include "app/panels/names.h"
#include "app/session/known_rates.h"
#include "app/ui/heatmap_view.h"
#include "engine/learning/momentum_map.h"

// What is drawn over the map of rates and momenta.
namespace convscope::panels {

// Where the map is on the screen.
struct MapPlace {
  const ui::HeatmapEvent& event;
  const MomentumMapAxes& axes;
  Yx cells;

  ImVec2 to_screen(double rate, double beta) const;
  // Returns the rate and the momentum at a place of the screen, within the axes.
  std::pair<double, double> at(ImVec2 screen) const;
};

// Draws the lines of some momenta, where it diverges, the cliff, the numbers of the contours, the
// best point and the present one (rate, momentum). Registers "momentum/cliff", "momentum/best" and
// "momentum/now".
void draw_map_marks(ui::Ui& ui, const MapPlace& place, const KnownRates& known,
                    std::pair<double, double> now);

}  // namespace convscope::panels
