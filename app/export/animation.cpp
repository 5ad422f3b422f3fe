#include "app/export/animation.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/export/figure_layout.h"
#include "app/export/loss_chart.h"
#include "app/export/plane_block.h"
#include "app/export/row_figure.h"
#include "engine/core/error.h"
#include "engine/core/loss_text.h"
#include "engine/learning/learning.h"

namespace convscope::exports {
namespace {

// The colours and blocks that all frames of a learning have in common.
struct LearningFrames {
  const Source& source;
  HeatmapBlock weights, error;
  ChartBlock chart;
  std::vector<std::size_t> rows;  // of source.run, one for each frame

  Figure frame(Index index) const;
};

Figure LearningFrames::frame(Index index) const {
  const RunRow& row = source.run[rows[static_cast<std::size_t>(index)]];
  const TrainingSnapshot& training = *source.training;
  HeatmapBlock learned = weights;
  learned.tensor =
      std::make_shared<const Tensor>(weight_plane(row.values->weight, source.filter, source.slice));
  HeatmapBlock off = error;
  off.tensor = std::make_shared<const Tensor>(prediction_error(*training.problem, *row.values));
  off.data = finite_range(off.tensor->plane(off.sample, off.channel));
  ChartBlock loss = chart;
  loss.until = static_cast<double>(row.step);
  loss.subtitle = "step " + std::to_string(row.step) + " · " + loss_text(row.loss, 4);
  Figure figure;
  figure.blocks = {std::move(learned), std::move(off), std::move(loss)};
  return figure;
}

// A symmetric style that has room for all weights of the run.
HeatmapStyle style_of_run(const Source& source) {
  std::vector<float> ends;
  for (const RunRow& row : source.run) {
    if (!row.values) continue;
    const ValueRange range = finite_range(row.values->weight.values());
    ends.push_back(range.lo);
    ends.push_back(range.hi);
  }
  return style_for(finite_range(ends), source.dark, MapChoice::kDiverging);
}

}  // namespace

FigureLook steady_look(const Animation& animation, FigureLook look) {
  look.cell = cell_side(animation.frame(0), look);
  return look;
}

Animation sweep_animation(const Source& source, Index frames) {
  const HeatmapBlock whole = stage_block(source, StagePart::kOutput);
  const Shape& s = whole.tensor->shape();
  const Index cells = s.h * s.w;
  if (frames == 0 && cells > kMaxFrames)
    throw Error("the output has " + std::to_string(cells) + " cells; an animation has at most " +
                std::to_string(kMaxFrames) + " frames: ask for fewer");
  Animation animation;
  animation.frames = frames == 0 ? cells : std::min(frames, cells);
  animation.frame = [source, cells, width = s.w, count = animation.frames](Index frame) {
    const Index cell = (frame + 1) * cells / count - 1;
    Source at = source;
    at.cell = Yx{cell / width, cell % width};
    at.row_shown = {};  // the sum needs all of them
    at.row_held_back = {false, false, false, false};
    Figure figure = row_figure(at);
    // Pooling comes after the whole output.
    figure.blocks.resize(5);
    std::get<HeatmapBlock>(figure.blocks.back()).revealed = cell + 1;
    return figure;
  };
  return animation;
}

Animation learn_animation(const Source& source, Index most) {
  auto frames = std::make_shared<LearningFrames>(
      LearningFrames{source, weight_block(source), error_block(source), loss_chart(source), {}});
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < source.run.size(); ++row) {
    if (source.run[row].values) kept.push_back(row);
  }
  if (kept.empty()) throw Error("no step of the learning is kept");
  frames->weights.style = style_of_run(source);
  frames->weights.data = {};
  // As at the start, so that it is seen to become small.
  const Tensor error =
      prediction_error(*source.training->problem, *source.run[kept.front()].values);
  frames->error.style =
      style_for(finite_range(error.plane(frames->error.sample, frames->error.channel)), source.dark,
                MapChoice::kDiverging);
  const std::size_t count = std::min(kept.size(), static_cast<std::size_t>(most));
  for (std::size_t i = 0; i < count; ++i)
    frames->rows.push_back(kept[(i + 1) * kept.size() / count - 1]);
  return {static_cast<Index>(count), [frames](Index frame) { return frames->frame(frame); }};
}

}  // namespace convscope::exports
