#include "app/program/view/backward_view.h"

#include <algorithm>
#include <span>

#include "app/program/view/linked_cells.h"
#include "app/program/view/names.h"
#include "app/program/view/view.h"
#include "engine/ops/backward_links.h"

namespace convscope::program {
namespace {

Yx kernel_of(const LayerResults& layer) {
  return {layer.weight.shape().h, layer.weight.shape().w};
}

void add(const CellGrid& grid, std::vector<CellGrid>& grids) {
  if (!grid.empty() && grids.size() < kMaxLinked) grids.push_back(grid);
}

void add_cells(const std::vector<Yx>& cells, std::vector<CellGrid>& grids) {
  for (const Yx cell : cells)
    add({cell, {1, 1}, {1, 1}}, grids);
}

std::span<const Index> winners(const GradientLayer& of) {
  return pooled_winners(of.layer, of.sample, of.channel);
}

std::vector<Yx> targets_of_pooled(Yx cell, const GradientLayer& of) {
  return pool_gradient_targets(cell, winners(of), of.layer.pool, of.layer.output->shape(),
                               of.layer.pooled->output.shape());
}

bool points_at_pooled(const Links& links, const GradientLayer& of) {
  return of.pooled && of.layer.pooled && inside(links.pooled, of.layer.pooled->output.shape());
}

// Returns the cells of the output that a cell of the input gets its gradient from.
std::vector<Yx> sources_of_input(Yx cell, const LayerResults& layer) {
  return gradient_sources(cell, kernel_of(layer), layer.options, layer.input->shape(),
                          layer.output->shape());
}

}  // namespace

std::optional<BackwardRequest> backward_request(const View& view, const ResultsPtr& results,
                                                const TrainingSnapshotPtr& training) {
  if (!view.settings.backward || !results) return std::nullopt;
  // The pictures of the Layers page show neither the padding's shares nor the zeros of the stride.
  BackwardRequest request{results, 1, nullptr, std::nullopt, view.on_kernel_page()};
  if (!view.on_kernel_page()) request.layers = results->layers.size();
  const bool of_error = results->scene.backward.source == GradientSource::kError;
  if (of_error && request.layers == 1) request.training = training;
  const SweepState& sweep = view.explore.sweep;
  if (view.on_kernel_page() && sweep.on)
    request.swept = {sweep.plane == SweptPlane::kPooled, sweep.cell + 1};
  return request;
}

bool needs_learning(const View& view, const Scene& scene) {
  return view.settings.backward && scene.backward.source == GradientSource::kError &&
         (view.on_kernel_page() || scene.layers.size() == 1);
}

std::optional<GradientLook> gradient_look(const View& view,
                                          const std::optional<BackwardRequest>& backward) {
  if (!backward || view.on_kernel_page()) return std::nullopt;
  const LayerStage stage = existing_stage(backward->results->scene, view.layers.stage);
  const ShowPlanes planes = layer_planes(view, stage.layer);
  return GradientLook{stage, planes.sample, planes.input_channel,
                      view.settings.planes.input_channel};
}

std::optional<NudgeRequest> nudge_request(const View& view,
                                          const std::optional<BackwardRequest>& backward) {
  if (!backward || !view.nudge || view.nudge->layer >= backward->layers) return std::nullopt;
  NudgeRequest request{*backward, view.nudge->plane, view.nudge->place, view.nudge->by,
                       view.nudge->layer};
  request.backward.swept.reset();
  return request;
}

const char* weight_symbol(const BackwardResults* backward) {
  return backward != nullptr && backward->request.training != nullptr ? kLearnedSymbol : "W";
}

const char* output_symbol(const BackwardResults* backward) {
  return backward != nullptr && backward->request.training != nullptr ? kPredictionSymbol : "Y";
}

std::vector<CellGrid> gradient_inputs(const Links& links, const GradientLayer& of) {
  std::vector<CellGrid> grids;
  const LayerResults& layer = of.layer;
  if (!layer.output) return grids;
  const Shape& in = layer.input->shape();
  const auto laid = [&](Yx output) {
    return receptive_field(output, kernel_of(layer), layer.options, in);
  };
  if (inside(links.output, layer.output->shape())) add(laid(*links.output), grids);
  if (inside(links.weight, layer.weight.shape()))
    add(touched_inputs(*links.weight, layer.options, in, layer.output->shape()), grids);
  if (points_at_pooled(links, of)) {
    for (const Yx output : targets_of_pooled(*links.pooled, of))
      add(laid(output), grids);
  }
  if (links.input) add({*links.input, {1, 1}, {1, 1}}, grids);
  return grids;
}

std::vector<CellGrid> gradient_outputs(const Links& links, const GradientLayer& of) {
  std::vector<CellGrid> grids;
  const LayerResults& layer = of.layer;
  if (!layer.output) return grids;
  if (links.input) add_cells(sources_of_input(*links.input, layer), grids);
  if (points_at_pooled(links, of)) add_cells(targets_of_pooled(*links.pooled, of), grids);
  if (inside(links.output, layer.output->shape())) add({*links.output, {1, 1}, {1, 1}}, grids);
  return grids;
}

std::vector<CellGrid> gradient_pooled(const Links& links, const GradientLayer& of) {
  std::vector<CellGrid> grids;
  const LayerResults& layer = of.layer;
  if (!of.pooled || !layer.pooled || !layer.output) return grids;
  std::vector<Yx> outputs;
  if (inside(links.output, layer.output->shape())) outputs = {*links.output};
  if (links.input) outputs = sources_of_input(*links.input, layer);
  for (const Yx output : outputs) {
    if (grids.size() >= kMaxLinked) break;
    add_cells(pool_gradient_sources(output, winners(of), layer.pool, layer.output->shape(),
                                    layer.pooled->output.shape()),
              grids);
  }
  if (points_at_pooled(links, of)) add({*links.pooled, {1, 1}, {1, 1}}, grids);
  return grids;
}

}  // namespace convscope::program
