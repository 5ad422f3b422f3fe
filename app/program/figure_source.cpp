#include "app/program/figure_source.h"

#include "app/program/view/shown_planes.h"
#include "app/session/training_pace.h"

namespace convscope::program {

exports::Source figure_source(const Live& live, const View& view, const ErrorPanelState& axes) {
  exports::Source source;
  source.results = live.results();
  const Scene& scene = source.results->scene;
  source.layer = view.on_kernel_page() ? 0 : existing_stage(scene, view.layers.stage).layer;
  const ShownPlanes shown = shown_planes(scene, source.layer, layer_planes(view, source.layer));
  source.sample = shown.sample;
  source.channel = shown.output;
  source.input_channel = shown.input;
  source.filter = shown.filter;
  source.slice = shown.slice;
  source.in_colours = shown.in_colours;
  source.dark = view.settings.dark();
  source.colors = view.settings.colors;
  source.signs = view.settings.signs;
  source.ranges = view.settings.ranges;
  if (view.on_kernel_page()) source.cell = view.links.output;
  if (view.settings.backward) source.backward = live.shared_backward();
  source.landscape = {axes.landscape.principal, axes.landscape.places};
  source.log_directions = axes.directions.log;
  source.training = live.training().snapshot;
  if (!source.training || source.training->weight.empty()) return source;
  source.run = exports::run_rows(*source.training);
  const QuadraticAnalysis* spectrum =
      source.training->analysis ? &source.training->analysis->spectrum : nullptr;
  source.rate = step_rate(training_pace(scene.learning), spectrum);
  return source;
}

}  // namespace convscope::program
