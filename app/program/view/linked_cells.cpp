#include "app/program/view/linked_cells.h"

#include <algorithm>
#include <tuple>

namespace convscope::program {
namespace {

Yx kernel_of(const LayerResults& layer) {
  return {layer.weight.shape().h, layer.weight.shape().w};
}

std::vector<Yx> without_repetitions(std::vector<Yx> cells) {
  std::ranges::sort(cells, {}, [](Yx c) { return std::tuple(c.y, c.x); });
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

// Returns one grid of a single cell for each cell.
std::vector<CellGrid> single_cells(const std::vector<Yx>& cells) {
  std::vector<CellGrid> grids;
  for (const Yx cell : cells) {
    if (grids.size() == kMaxLinked) break;
    grids.push_back({cell, {1, 1}, {1, 1}});
  }
  return grids;
}

// Returns whether the padding holds copies of cells, which reach outputs of their own.
bool has_copies(const LayerResults& layer) {
  return layer.options.padding_mode != PaddingMode::kZeros && layer.options.padding != Padding{};
}

std::vector<Link> links_from_input(Yx cell, const LayerResults& layer) {
  return links_of_input(cell, kernel_of(layer), layer.options, layer.input->shape(),
                        layer.output->shape());
}

// Returns whether a cell that is pointed at lies in the padding, which takes part in an ordinary
// convolution.
bool in_padding(const std::optional<Yx>& cell, const LayerResults& layer) {
  const Shape& in = layer.input->shape();
  return !layer.options.transposed && !inside(cell, in) && inside(cell, in, layer.options.padding);
}

// Returns the products of a cell of the input with its copies, or of a cell of the padding alone.
std::vector<Link> links_of_pointed(Yx cell, const LayerResults& layer) {
  if (inside(cell, layer.input->shape())) return links_from_input(cell, layer);
  return links_of_position(cell, kernel_of(layer), layer.options, layer.input->shape(),
                           layer.output->shape());
}

void add(std::vector<CellGrid>& grids, const CellGrid& grid) {
  if (!grid.empty()) grids.push_back(grid);
}

}  // namespace

std::vector<CellGrid> linked_inputs(const Links& links, const LayerResults& layer,
                                    const Pool2dOptions& pool) {
  std::vector<CellGrid> grids;
  if (!layer.output) return grids;
  const Shape& in = layer.input->shape();
  const Shape& out = layer.output->shape();
  const Shape& k = layer.weight.shape();
  if (inside(links.output, out)) {
    add(grids, receptive_field(*links.output, kernel_of(layer), layer.options, in));
  }
  if (inside(links.weight, k)) {
    add(grids, touched_inputs(*links.weight, layer.options, in, out));
  }
  if (links.pooled && layer.pooled && inside(*links.pooled, layer.pooled->output.shape())) {
    add(grids,
        pooled_receptive_field(*links.pooled, pool, in, out, kernel_of(layer), layer.options));
  }
  if (inside(links.input, in)) add(grids, {*links.input, {1, 1}, {1, 1}});
  return grids;
}

std::vector<CellGrid> linked_weights(const Links& links, const LayerResults& layer) {
  if (links.weight) return {{*links.weight, {1, 1}, {1, 1}}};
  if (!layer.output) return {};
  const bool from_output = inside(links.output, layer.output->shape());
  const bool from_input =
      inside(links.input, layer.input->shape()) || in_padding(links.input, layer);
  if (!from_output && !from_input) return {};
  const std::vector<Link> found =
      from_output ? links_of_output(*links.output, kernel_of(layer), layer.options,
                                    layer.input->shape(), layer.output->shape())
                  : links_of_pointed(*links.input, layer);
  std::vector<Yx> cells;
  cells.reserve(found.size());
  for (const Link& link : found)
    cells.push_back(link.weight);
  cells = without_repetitions(std::move(cells));
  const Yx k = kernel_of(layer);
  // Highlighting all cells would say nothing.
  if (std::ssize(cells) == k.y * k.x) return {};
  return single_cells(cells);
}

std::vector<CellGrid> linked_outputs(const Links& links, const LayerResults& layer,
                                     const Pool2dOptions& pool) {
  std::vector<CellGrid> grids;
  if (!layer.output) return grids;
  const Shape& out = layer.output->shape();
  if (inside(links.input, layer.input->shape())) {
    if (has_copies(layer)) {
      std::vector<Yx> cells;
      for (const Link& link : links_from_input(*links.input, layer))
        cells.push_back(link.output);
      grids = single_cells(without_repetitions(std::move(cells)));
    } else {
      add(grids, reached_outputs(*links.input, kernel_of(layer), layer.options, out));
    }
  }
  if (links.pooled && layer.pooled && inside(*links.pooled, layer.pooled->output.shape())) {
    add(grids, pool_window(*links.pooled, pool));
  }
  if (inside(links.output, out)) add(grids, {*links.output, {1, 1}, {1, 1}});
  return grids;
}

std::vector<CellGrid> linked_pooled(const Links& links, const LayerResults& layer,
                                    const Pool2dOptions& pool) {
  std::vector<CellGrid> grids;
  if (!layer.pooled || !layer.output) return grids;
  const Shape& pooled = layer.pooled->output.shape();
  if (inside(links.output, layer.output->shape())) {
    add(grids, pooled_cells_of(*links.output, pool, pooled));
  }
  if (inside(links.pooled, pooled)) {
    add(grids, {*links.pooled, {1, 1}, {1, 1}});
  }
  return grids;
}

}  // namespace convscope::program
