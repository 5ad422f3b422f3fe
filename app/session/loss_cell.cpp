#include "app/session/loss_cell.h"

#include <algorithm>
#include <optional>

namespace convscope::session {
namespace {

// So many rows and columns around the middle one are looked at.
constexpr Index kFarthest = 64;

// Returns the cell nearest to `middle` that is not 0, the first of equally near ones in reading
// order; nullopt where all within kFarthest are 0.
std::optional<Yx> nearest_nonzero(const Tensor& plane, Index n, Index c, Yx middle) {
  const Shape& s = plane.shape();
  if (plane.at(n, c, middle.y, middle.x) != 0.0f) return middle;
  const Yx last{std::min(s.h - 1, middle.y + kFarthest), std::min(s.w - 1, middle.x + kFarthest)};
  std::optional<Yx> nearest;
  Index least = 0;
  for (Index y = std::max<Index>(0, middle.y - kFarthest); y <= last.y; ++y) {
    for (Index x = std::max<Index>(0, middle.x - kFarthest); x <= last.x; ++x) {
      if (plane.at(n, c, y, x) == 0.0f) continue;
      const Yx away{y - middle.y, x - middle.x};
      const Index squared = away.y * away.y + away.x * away.x;
      if (nearest && squared >= least) continue;
      nearest = Yx{y, x};
      least = squared;
    }
  }
  return nearest;
}

}  // namespace

BackwardScene loss_of(const BackwardRequest& request) {
  BackwardScene backward = request.results->scene.backward;
  const bool cell =
      backward.source == GradientSource::kCell || backward.source == GradientSource::kOutputCell;
  if (!cell || backward.cell) return backward;
  const Tensor& plane = seed_plane(backward, request.results->layers[request.layers - 1]);
  const SeedCell middle = seed_cell(backward, plane.shape());
  backward.cell = nearest_nonzero(plane, middle.sample, middle.channel, middle.cell);
  return backward;
}

}  // namespace convscope::session
