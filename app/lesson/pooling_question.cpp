#include "app/lesson/pooling_question.h"

#include <algorithm>
#include <utility>

#include "engine/core/shape_text.h"
#include "engine/explain/explain_sum.h"

namespace convscope::lesson {
namespace {

constexpr std::size_t kMostCells = 36;  // of a window that is looked through by eye

// A window of the pooling that can be asked about.
struct Window {
  Yx place;          // of the pooled value
  PooledSum sum;     // with a winner
  bool tie = false;  // whether other cells are as large
};

Value cell_value(Yx cell) {
  return text_value(pair_text(cell));
}

PooledSum sum_at(const LayerResults& layer, Yx place) {
  return explain_pooled(*layer.activated, layer.pool, 0, 0, place);
}

// Where several cells are the largest, the window serves only if the first of them wins, which can
// be said in a sentence.
std::optional<Window> window_at(const LayerResults& layer, Yx place) {
  Window window{place, sum_at(layer, place)};
  const std::vector<PooledCell>& cells = window.sum.cells;
  if (!window.sum.winner || cells.size() < 2 || cells.size() > kMostCells) return std::nullopt;
  const auto largest = [&](const PooledCell& c) {
    return static_cast<double>(c.value) == window.sum.value;
  };
  const auto first = std::ranges::find_if(cells, largest);
  if (first == cells.end() || first->cell != *window.sum.winner) return std::nullopt;
  const auto tied = std::ranges::count_if(cells, largest);
  if (tied == std::ssize(cells)) return std::nullopt;  // nothing to look for
  window.tie = tied > 1;
  return window;
}

// Prefers a window with a single largest cell.
std::optional<Window> any_window(const LayerResults& layer, Random& random) {
  const Shape& shape = layer.pooled->output.shape();
  const Index count = shape.h * shape.w;
  const Index begin = random_below(random, count);
  std::optional<Window> tied;
  for (Index i = 0; i < std::min(count, kTriedCells); ++i) {
    std::optional<Window> window = window_at(layer, plane_cell((begin + i) % count, shape));
    if (window && !window->tie) return window;
    if (!tied) tied = std::move(window);
  }
  return tied;
}

std::vector<Value> wrong_winners(const LayerResults& layer, const Window& window) {
  const std::vector<PooledCell>& cells = window.sum.cells;
  const Yx winner = *window.sum.winner;
  const auto by_value = [](const PooledCell& a, const PooledCell& b) { return a.value < b.value; };
  std::vector<Value> wrong;
  // A tied cell that comes later, or else the second largest.
  const PooledCell* second = nullptr;
  for (const PooledCell& cell : cells)
    if (cell.cell != winner && (second == nullptr || cell.value > second->value)) second = &cell;
  if (second != nullptr) wrong.push_back(cell_value(second->cell));
  wrong.push_back(cell_value(std::ranges::min_element(cells, by_value)->cell));
  // The place in the window instead of that in the plane, and columns before rows.
  const Yx first = cells.front().cell;
  wrong.push_back(cell_value({winner.y - first.y, winner.x - first.x}));
  wrong.push_back(cell_value({winner.x, winner.y}));
  const Shape& shape = layer.pooled->output.shape();
  const Yx beside{window.place.y, (window.place.x + 1) % shape.w};
  const PooledSum other = sum_at(layer, beside);
  if (other.winner) wrong.push_back(cell_value(*other.winner));
  for (const PooledCell& cell : cells)
    wrong.push_back(cell_value(cell.cell));
  return wrong;
}

// The values under the window; the cells come row by row.
std::string rows_of(const std::vector<PooledCell>& cells) {
  std::vector<double> values;
  values.reserve(cells.size());
  for (const PooledCell& cell : cells)
    values.push_back(static_cast<double>(cell.value));
  const auto columns = static_cast<std::size_t>(std::ranges::count_if(
      cells, [&](const PooledCell& c) { return c.cell.y == cells.front().cell.y; }));
  return plain_rows(values, columns);
}

}  // namespace

std::optional<QuestionDraft> winner_question(const AskedScene& asked, Random& random) {
  const LayerResults& layer = asked.start.results->layers.front();
  if (!layer.pooled || !layer.activated || layer.pool.kind != PoolKind::kMax) return std::nullopt;
  const std::optional<Window> window = any_window(layer, random);
  if (!window) return std::nullopt;
  const std::vector<PooledCell>& cells = window->sum.cells;
  const Yx first = cells.front().cell;
  const Yx last = cells.back().cell;
  const bool relu = first_layer(asked.scene).relu;
  QuestionDraft draft;
  draft.title = "The winner of a pooling window";
  draft.point = "output[" + span_text(first.y, last.y) + ", " + span_text(first.x, last.x) + "]";
  draft.text = "A max pooling has its window on rows " + std::to_string(first.y) + " to " +
               std::to_string(last.y) + " and columns " + std::to_string(first.x) + " to " +
               std::to_string(last.x) + " of " + plane_prefix(layer.pooled->output.shape()) +
               "the output" + (relu ? ", after the ReLU" : "") + ". There stand " + rows_of(cells) +
               ".";
  draft.question = "Which cell, row before column, wins?";
  if (window->tie) draft.question += " Of equal ones the first does, row by row.";
  draft.hide = "pooled";
  draft.answer = "pooled" + cell_index(window->place, layer.pooled->output.shape()) + ".winner";
  draft.wrong = wrong_winners(layer, *window);
  draft.explanation = "{pooled" + cell_index(window->place, layer.pooled->output.shape()) +
                      ".terms}, and that value stands at {" + draft.answer + "}.";
  return draft;
}

}  // namespace convscope::lesson
