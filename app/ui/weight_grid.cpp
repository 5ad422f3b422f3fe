#include "app/ui/weight_grid.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/look/number_format.h"
#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"

namespace convscope::ui {
namespace {

constexpr float kLargestCell = 72.0f;  // pixels at scale 1
constexpr float kEditorWidth = 72.0f;  // of the text field over smaller cells
constexpr float kEditorHeight = 31.0f;

struct Grid {
  ImVec2 min, max;  // screen area of all cells
  float cell = 1.0f;
  Index rows = 0, columns = 0;
  std::vector<std::string> names;  // of all cells row by row, and the ImGui ids made from them
  std::vector<ImGuiID> ids;

  ImVec2 corner(Index y, Index x) const {
    return {min.x + static_cast<float>(x) * cell, min.y + static_cast<float>(y) * cell};
  }
  Index count() const { return rows * columns; }
  Yx at(Index i) const { return {i / columns, i % columns}; }
  std::size_t index(Yx which) const {
    return static_cast<std::size_t>(which.y * columns + which.x);
  }
  const std::string& name(Yx which) const { return names[index(which)]; }
  ImGuiID id(Yx which) const { return ids[index(which)]; }
  // Returns the cell with this id; nullopt if none has it.
  std::optional<Yx> find(ImGuiID wanted) const {
    const auto it = std::ranges::find(ids, wanted);
    if (wanted == 0 || it == ids.end()) return std::nullopt;
    return at(it - ids.begin());
  }
};

struct Box {
  ImVec2 min, max;
};

Grid place_grid(const Theme& theme, const WeightGridArgs& args, ImVec2 from) {
  const Shape& shape = args.weight->shape();
  Grid grid;
  grid.rows = shape.h;
  grid.columns = shape.w;
  const float room = std::min(args.size.x / static_cast<float>(grid.columns),
                              args.size.y / static_cast<float>(grid.rows));
  grid.cell = std::max(1.0f, std::floor(std::min(room, theme.px(kLargestCell))));
  const ImVec2 extent{grid.cell * static_cast<float>(grid.columns),
                      grid.cell * static_cast<float>(grid.rows)};
  grid.min = {std::floor(from.x + std::max(0.0f, (args.size.x - extent.x) * 0.5f)),
              std::floor(from.y + std::max(0.0f, (args.size.y - extent.y) * 0.5f))};
  grid.max = {grid.min.x + extent.x, grid.min.y + extent.y};
  for (Index i = 0; i < grid.count(); ++i) {
    const Yx cell = grid.at(i);
    grid.names.push_back(std::string(args.id) + "/" + std::to_string(cell.y) + "/" +
                         std::to_string(cell.x));
    grid.ids.push_back(ImGui::GetID(grid.names.back().c_str()));
  }
  return grid;
}

// Returns the box of the text field over `cell`: the cell itself, or as much around it as a number
// needs, within the visible area.
Box editor_box(const Theme& theme, const Grid& grid, Yx cell) {
  const ImVec2 corner = grid.corner(cell.y, cell.x);
  const ImVec2 size{std::max(grid.cell, theme.px(kEditorWidth)),
                    std::max(grid.cell, theme.px(kEditorHeight))};
  const ImVec2 clip_min = ImGui::GetWindowDrawList()->GetClipRectMin();
  const ImVec2 clip_max = ImGui::GetWindowDrawList()->GetClipRectMax();
  const auto place = [&](float center, float length, float lo, float hi) {
    return std::round(std::max(lo, std::min(center - length * 0.5f, hi - length)));
  };
  Box box;
  box.min = {place(corner.x + grid.cell * 0.5f, size.x, clip_min.x, clip_max.x),
             place(corner.y + grid.cell * 0.5f, size.y, clip_min.y, clip_max.y)};
  box.max = {box.min.x + size.x, box.min.y + size.y};
  return box;
}

// Returns whether no other control has the keyboard or is about to take it.
bool keyboard_is_free(const EditState& edit) {
  return !ImGui::GetIO().WantTextInput && (edit.typing == 0 || !edit.focus) &&
         !ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
}

void begin_cell(Ui& ui, const WeightGridArgs& args, const Grid& grid, Yx cell) {
  ui.edit.selected = grid.id(cell);
  begin_typing(ui.edit, ui.edit.selected, exact_text(args.weight->at(cell.y, cell.x)));
}

// Handles pointer and wheel of one cell, unless it is being typed.
void cell_input(Ui& ui, const WeightGridArgs& args, const Grid& grid, Yx cell,
                WeightGridEvent& event) {
  const ImVec2 min = grid.corner(cell.y, cell.x);
  const ImGuiID id = grid.id(cell);
  ui.items.add(grid.name(cell), min, {min.x + grid.cell, min.y + grid.cell});
  FocusStop stop{.id = id,
                 .min = min,
                 .max = {min.x + grid.cell, min.y + grid.cell},
                 .kind = args.editable ? StopKind::kNumber : StopKind::kCells,
                 .group = ImGui::GetID(args.id),
                 .preferred = ui.edit.selected == id};
  if (ui.edit.typing == id && args.editable) {
    ui.focus.stop(stop);
    return;
  }
  ImGui::SetCursorScreenPos(min);
  ImGui::InvisibleButton(grid.name(cell).c_str(), {grid.cell, grid.cell});
  stop.hovered = ImGui::IsItemHovered();
  const bool hovered = stop.hovered && !ui.focus.leads();
  const bool active = ImGui::IsItemActive();
  const FocusKeys keys = ui.focus.stop(stop);
  const bool led = keys.focused && ui.focus.leads();
  if (active || led || (hovered && !event.hovered)) event.hovered = cell;
  if (!args.editable) {
    if (keys.pressed || (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)))
      event.clicked = cell;
    return;
  }
  if (keys.arrived) ui.edit.selected = id;
  if (keys.pressed) {
    begin_cell(ui, args, grid, cell);
    return;
  }
  if (hovered || active) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    ui.edit.selected = id;
    if (ctrl_down() || ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
      begin_cell(ui, args, grid, cell);
      return;
    }
  }
  double value = static_cast<double>(args.weight->at(cell.y, cell.x));
  const EditEvent edit = drag_number(ui, id, stop.hovered, active, value, args.limits);
  if (edit.changed) event.edit = {edit, cell, static_cast<float>(value)};
}

// Sends typed characters to the hovered cell, else to the selected one.
void type_into_cell(Ui& ui, const WeightGridArgs& args, const Grid& grid,
                    const std::optional<Yx>& hovered) {
  const bool led = ui.focus.leads() && hovered;
  if (!args.editable || !(args.takes_digits || led) || ImGui::IsMouseDown(ImGuiMouseButton_Left) ||
      !keyboard_is_free(ui.edit)) {
    return;
  }
  // The focus elsewhere is where digits go.
  const std::optional<Yx> selected = ui.focus.shown() ? std::nullopt : grid.find(ui.edit.selected);
  const std::optional<Yx> target = hovered ? hovered : selected;
  if (target) begin_typing_digits(ui.edit, grid.id(*target));
}

// Draws the open text field; returns the cell to type next if Tab asked for one.
std::optional<Yx> type_cell(Ui& ui, const WeightGridArgs& args, const Grid& grid, Yx cell,
                            WeightGridEvent& event) {
  const Box box = editor_box(ui.theme, grid, cell);
  ui.items.add(std::string(args.id) + "/typed", box.min, box.max);
  double value = static_cast<double>(args.weight->at(cell.y, cell.x));
  EditEvent edit;
  const TypingEnd end =
      cell_editor(ui, box.min, box.max, ui.theme.font.body, value, args.limits, edit);
  if (edit.changed) event.edit = {edit, cell, static_cast<float>(value)};
  if (end != TypingEnd::kNext && end != TypingEnd::kPrevious) return std::nullopt;
  // From the last weight Tab goes on with what is beside the grid.
  const Index last = end == TypingEnd::kNext ? grid.count() - 1 : 0;
  if (ui.focus.shown() && cell.y * grid.columns + cell.x == last) {
    leave_typing(ui.focus, grid.id(cell), end);
    return std::nullopt;
  }
  const Index step = end == TypingEnd::kNext ? 1 : grid.count() - 1;
  return grid.at((cell.y * grid.columns + cell.x + step) % grid.count());
}

// Draws the cells rotated clockwise about the middle of the grid, smaller if they would be cut off.
// The numbers stay upright.
void draw_turning(const Theme& theme, const WeightGridArgs& args, const Grid& grid,
                  ImDrawList* list) {
  const float c = std::cos(args.turn);
  const float s = std::sin(args.turn);
  const float width = grid.max.x - grid.min.x;
  const float height = grid.max.y - grid.min.y;
  const float fits = std::min(args.size.x / (width * std::abs(c) + height * std::abs(s)),
                              args.size.y / (width * std::abs(s) + height * std::abs(c)));
  const float cell = grid.cell * std::min(1.0f, fits);
  const float half = (cell - (cell >= theme.px(16.0f) ? theme.px(1.0f) : 0.0f)) * 0.5f;
  const ImVec2 center{(grid.min.x + grid.max.x) * 0.5f, (grid.min.y + grid.max.y) * 0.5f};
  const auto at = [&](float y, float x) {
    return ImVec2{center.x + c * x - s * y, center.y + s * x + c * y};
  };
  const std::span<const float> values = args.weight->plane(0, 0);
  for (Index i = 0; i < grid.count(); ++i) {
    const Yx place = grid.at(i);
    const float y = (static_cast<float>(2 * place.y + 1 - grid.rows)) * cell * 0.5f;
    const float x = (static_cast<float>(2 * place.x + 1 - grid.columns)) * cell * 0.5f;
    const float value = values[static_cast<std::size_t>(i)];
    list->AddQuadFilled(at(y - half, x - half), at(y - half, x + half), at(y + half, x + half),
                        at(y + half, x - half), value_color(args.style, value));
    PlaneLayout layout;
    layout.cell = static_cast<double>(cell);
    const CellNumber number{value};
    const ImVec2 middle = at(y, x);
    draw_cell_numbers(theme, list, {middle.x - cell * 0.5f, middle.y - cell * 0.5f}, layout,
                      {0, 0, 1, 1}, args.style, std::span(&number, 1), values);
  }
}

void draw_grid(const Ui& ui, const WeightGridArgs& args, const Grid& grid) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (args.turn != 0.0f) {
    draw_turning(ui.theme, args, grid, list);
    return;
  }
  draw_cells(ui.theme, list, grid.min, grid.cell, grid.rows, grid.columns, args.style,
             args.weight->plane(0, 0));
  const auto outline = [&](const CellOutline& o) {
    draw_outline(ui.theme, list, grid.corner(o.y, o.x), grid.corner(o.y + o.h, o.x + o.w), o.color);
  };
  const std::optional<Yx> selected = grid.find(ui.edit.selected);
  if (selected && args.editable) {
    outline({selected->y, selected->x, 1, 1, ui.theme.color.accent});
  }
  for (const CellOutline& o : args.outlines)
    outline(o);
}

// Shows the number in a tooltip if its cell is too small for it.
void show_number(const Ui& ui, const WeightGridArgs& args, const Grid& grid, Yx cell) {
  const std::string number = exact_text(args.weight->at(cell.y, cell.x));
  const ImFont* font = ui.theme.font.small;
  const bool fits = text_size(font, font_size(font), number).x <= grid.cell * 0.9f;
  if (fits && grid.cell >= ui.theme.px(kSmallestNumberCell)) return;
  const std::string text = std::string(args.symbol) + "[" + args.indices + std::to_string(cell.y) +
                           ", " + std::to_string(cell.x) + "] = " + number;
  ImGui::BeginTooltip();
  push_font(ui.theme.font.body);
  ImGui::TextUnformatted(text.c_str());
  pop_font();
  ImGui::EndTooltip();
}

}  // namespace

WeightGridEvent weight_grid(Ui& ui, const WeightGridArgs& args) {
  WeightGridEvent event;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  if (args.weight == nullptr || args.weight->empty()) {
    ImGui::Dummy(args.size);
    return event;
  }
  const Grid grid = place_grid(ui.theme, args, start);
  ui.items.add(args.id, grid.min, grid.max);
  const std::optional<Yx> typing = args.editable ? grid.find(ui.edit.typing) : std::nullopt;
  // The text field comes first, so that it ends before another cell begins and its neighbours don't
  // take its clicks. It is still drawn over them.
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImDrawListSplitter layers;
  layers.Split(list, 2);
  layers.SetCurrentChannel(list, 1);
  std::optional<Yx> next;
  if (typing) next = type_cell(ui, args, grid, *typing, event);
  layers.SetCurrentChannel(list, 0);
  for (Index i = 0; i < grid.count(); ++i)
    cell_input(ui, args, grid, grid.at(i), event);
  if (next) {
    begin_cell(ui, args, grid, *next);
    if (ui.focus.shown()) ui.focus.give(grid.id(*next));
  }
  type_into_cell(ui, args, grid, event.hovered);
  draw_grid(ui, args, grid);
  layers.Merge(list);
  // With the keyboard the tooltip would be at the pointer, which is elsewhere.
  if (event.hovered && ui.edit.typing == 0 && !ui.focus.leads())
    show_number(ui, args, grid, *event.hovered);
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy(args.size);
  return event;
}

}  // namespace convscope::ui
