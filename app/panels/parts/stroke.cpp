#include "app/panels/parts/stroke.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/look/number_format.h"
#include "app/scene/input_change.h"
#include "app/ui/buttons.h"
#include "app/ui/fields.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"

namespace convscope::panels {
namespace {

// "row 2" or "rows 2 to 5", as far as they are in the plane.
std::string run_text(const char* one, Index first, Index last, Index count) {
  first = std::max<Index>(0, first);
  last = std::min(last, count - 1);
  if (first == last) return std::string(one) + " " + std::to_string(first);
  return std::string(one) + "s " + std::to_string(first) + " to " + std::to_string(last);
}

}  // namespace

void keep_brush(Brush& brush, std::string_view file) {
  if (!brush.taken) brush.picture = file;
  if (!file.empty() && file != brush.picture) brush.taken = false;
}

std::optional<StrokePiece> next_piece(const ui::HeatmapEvent& event, StrokeState& state) {
  if (event.pressed) state = {};
  const std::optional<Yx> cell = event.left_down ? event.left_down : event.right_down;
  if (!cell) {
    if (!ImGui::IsMouseDown(0) && !ImGui::IsMouseDown(1)) state.last.reset();
    return std::nullopt;
  }
  if (state.last == cell) return std::nullopt;
  const Yx from = state.last.value_or(*cell);
  state.last = cell;
  return StrokePiece{from, *cell, !event.left_down.has_value()};
}

std::optional<PaintedPiece> painted(const Tensor& tensor, Index sample, Index channel,
                                    const StrokePiece& piece, const Brush& brush) {
  const BrushLine line{.n = sample,
                       .from = piece.from,
                       .to = piece.to,
                       .size = brush.size,
                       .value = piece.erases ? 0.0f : brush.value};
  PaintedPiece result{tensor, intersected(cells_of(line), whole(tensor.shape())),
                      tensor.at(sample, channel, piece.from.y, piece.from.x)};
  if (!paint(result.tensor, line, channel, channel + 1)) return std::nullopt;
  return result;
}

void note_piece(const StrokePiece& piece, float before, StrokeState& state) {
  const Yx lo{std::min(piece.from.y, piece.to.y), std::min(piece.from.x, piece.to.x)};
  const Yx hi{std::max(piece.from.y, piece.to.y), std::max(piece.from.x, piece.to.x)};
  if (!state.edited) {
    state.lo = lo;
    state.hi = hi;
    state.before = before;
  }
  state.lo = {std::min(state.lo.y, lo.y), std::min(state.lo.x, lo.x)};
  state.hi = {std::max(state.hi.y, hi.y), std::max(state.hi.x, hi.x)};
  state.erases = piece.erases;
  state.edited = true;
}

std::string ended_stroke(const ui::Ui& ui, std::string_view symbol, Yx size, const Brush& brush,
                         std::uint64_t undo_step, StrokeState& state) {
  // Undo goes back to a lower number; what is painted from then on is a step of its own.
  if (undo_step < std::exchange(state.step, undo_step)) state.edited = false;
  if (!state.edited || ImGui::IsMouseDown(0) || ImGui::IsMouseDown(1)) return "";
  const StrokeState ended = std::exchange(state, {});
  const float value = ended.erases ? 0.0f : brush.value;
  const std::string what = ended.erases ? "Erased " : "Painted ";
  const std::string now = ui::value_text(value, ui.theme.numbers);
  if (ended.lo == ended.hi && brush.size == 1) {
    if (ended.before == value) return "";
    return what + std::string(symbol) + "[" + std::to_string(ended.lo.y) + ", " +
           std::to_string(ended.lo.x) + "]: " + ui::value_text(ended.before, ui.theme.numbers) +
           " → " + now + ".";
  }
  const Index before = (brush.size - 1) / 2;
  const Index after = brush.size - 1 - before;
  return what + std::string(symbol) + " in " +
         run_text("row", ended.lo.y - before, ended.hi.y + after, size.y) + ", " +
         run_text("column", ended.lo.x - before, ended.hi.x + after, size.x) +
         (ended.erases ? "." : " with " + now + ".");
}

void draw_brush(ui::Ui& ui, const std::string& prefix, Brush& brush) {
  ui::flow(ui, ui::row_height(ui));
  ui::toggle_button(ui, (prefix + "/paint").c_str(), "", brush.taken,
                    {.icon = ui::Icon::kBrush,
                     .tooltip = "Take the brush, or lay it down (E): the left button paints, the "
                                "right one erases"});
  ui::FieldOptions value;
  value.limits = {-ui::kMaxNumber, ui::kMaxNumber, 0.1};
  value.tooltip = "the value that the left button paints; the right button erases to 0";
  value.width = ui.theme.px(50.0f);
  ui::flow(ui, value.width);
  ui::float_field(ui, (prefix + "/brush").c_str(), "", brush.value, value);
  ui::FieldOptions width;
  width.limits = {1, 16, 1, true};
  width.tooltip = "width of the brush in cells";
  width.width = ui.theme.px(34.0f);
  auto size = static_cast<float>(brush.size);
  ui::flow(ui, width.width);
  ui::float_field(ui, (prefix + "/brush-size").c_str(), "", size, width);
  brush.size = static_cast<Index>(std::lround(size));
}

}  // namespace convscope::panels
