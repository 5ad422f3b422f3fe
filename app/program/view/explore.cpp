#include "app/program/view/explore.h"

#include <algorithm>

namespace convscope::program {

const Shape* plane_shape(const LayerResults* results, SweptPlane plane) {
  if (results == nullptr) return nullptr;
  if (plane == SweptPlane::kPooled) {
    return results->pooled ? &results->pooled->output.shape() : nullptr;
  }
  return results->output ? &results->output->shape() : nullptr;
}

void fit(Explore& explore, const LayerResults* results, Index sample, Index channel) {
  if (const Shape* shape = plane_shape(results, explore.sweep.plane)) fit(explore.sweep, *shape);
  if (explore.selected) {
    if (const Shape* shape = plane_shape(results, explore.selected->plane)) {
      Yx& cell = explore.selected->cell;
      cell = {std::min(cell.y, shape->h - 1), std::min(cell.x, shape->w - 1)};
    }
  }
  const Revision now = results != nullptr ? results->output.revision() : Revision{};
  if (now == explore.output && sample == explore.sample && channel == explore.channel) return;
  explore.output = now;
  explore.sample = sample;
  explore.channel = channel;
  const Shape* output = plane_shape(results, SweptPlane::kOutput);
  if (explore.predict.on && output != nullptr) hide(explore.predict, *output);
}

std::optional<Index> shown_count(const Explore& explore, SweptPlane plane,
                                 const LayerResults& results) {
  const PredictState& predict = explore.predict;
  if (predict.on && !predict.all_shown) return 0;
  const SweepState& sweep = explore.sweep;
  if (!sweep.on) return std::nullopt;
  const Index reached = sweep.cell + 1;
  if (sweep.plane == plane) return reached;
  // The pooled plane follows the output during a sweep over the output; a sweep over the pooled
  // plane uses the complete output.
  if (plane == SweptPlane::kOutput || !results.pooled) return std::nullopt;
  return pooled_by(reached, results.output->shape(), results.pool, results.pooled->output.shape());
}

bool hides(const Explore& explore, const SelectedCell& cell, const LayerResults* results) {
  const Shape* shape = plane_shape(results, cell.plane);
  if (shape == nullptr) return false;
  if (cell.plane == SweptPlane::kOutput && explore.predict.on) {
    return explore.predict.hides(cell.cell);
  }
  const std::optional<Index> count = shown_count(explore, cell.plane, *results);
  return count && cell.cell.y * shape->w + cell.cell.x >= *count;
}

Links current_links(const Explore& explore, const Links& pointed, const LayerResults* results) {
  if (pointed != Links{}) return pointed;
  std::optional<SelectedCell> cell = explore.selected;
  const Shape* swept = plane_shape(results, explore.sweep.plane);
  if (explore.sweep.on && swept != nullptr) {
    cell = SelectedCell{explore.sweep.plane, swept_cell(explore.sweep, *swept)};
  }
  Links links;
  if (!cell || plane_shape(results, cell->plane) == nullptr) return links;
  (cell->plane == SweptPlane::kOutput ? links.output : links.pooled) = cell->cell;
  return links;
}

void pick(Explore& explore, const SelectedCell& cell, const LayerResults* results) {
  SweepState& sweep = explore.sweep;
  const Shape* shape = plane_shape(results, cell.plane);
  if (sweep.on && sweep.plane == cell.plane && shape != nullptr) {
    const bool playing = sweep.playing;
    scrub(sweep, cell.cell.y * shape->w + cell.cell.x, *shape);
    sweep.playing = playing;
  } else {
    explore.selected = cell;
  }
}

void move(Explore& explore, Yx by, const Links& pointed, const LayerResults* results) {
  if (explore.sweep.on) {
    if (const Shape* shape = plane_shape(results, explore.sweep.plane)) {
      step(explore.sweep, by.y * shape->w + by.x, *shape);
    }
    return;
  }
  if (!explore.selected) {
    const bool pooled = pointed.pooled.has_value();
    explore.selected = SelectedCell{pooled ? SweptPlane::kPooled : SweptPlane::kOutput,
                                    pooled ? *pointed.pooled : pointed.output.value_or(Yx{0, 0})};
    return;
  }
  const Shape* shape = plane_shape(results, explore.selected->plane);
  if (shape == nullptr) return;
  Yx& cell = explore.selected->cell;
  cell = {std::clamp<Index>(cell.y + by.y, 0, shape->h - 1),
          std::clamp<Index>(cell.x + by.x, 0, shape->w - 1)};
}

void toggle_sweep(Explore& explore, SweptPlane plane) {
  SweepState& sweep = explore.sweep;
  if (sweep.on && sweep.plane == plane) {
    sweep.on = sweep.playing = false;
  } else {
    begin(sweep, plane);
    explore.predict.on = false;
  }
}

void play_or_pause(Explore& explore, const LayerResults* results) {
  const Shape* shape = plane_shape(results, explore.sweep.plane);
  if (!explore.sweep.on) {
    toggle_sweep(explore, SweptPlane::kOutput);
  } else if (shape != nullptr) {
    toggle_playing(explore.sweep, *shape);
  }
}

void toggle_predict(Explore& explore, const LayerResults* results) {
  if (explore.predict.on) {
    explore.predict.on = false;
    return;
  }
  const Shape* shape = plane_shape(results, SweptPlane::kOutput);
  if (shape == nullptr) return;
  explore.sweep.on = explore.sweep.playing = false;
  begin(explore.predict, *shape);
}

void leave(Explore& explore) {
  if (explore.sweep.on) {
    explore.sweep.on = explore.sweep.playing = false;
  } else {
    explore.selected.reset();
  }
}

}  // namespace convscope::program
