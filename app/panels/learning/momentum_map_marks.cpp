#include "app/panels/learning/momentum_map_marks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "app/ui/imgui_shim.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

constexpr ImU32 kDark = IM_COL32(27, 31, 39, 255);
constexpr ImU32 kWhite = IM_COL32(255, 255, 255, 255);

// The cliff from the lowest momentum to the highest.
std::vector<ImVec2> cliff_line(const MapPlace& place, const KnownRates& known) {
  constexpr int kPoints = 48;
  std::vector<ImVec2> line;
  for (const double rate : cliff_rates(known.momentum.nesterov, known.largest, kPoints + 1)) {
    const double up = static_cast<double>(line.size()) / kPoints;
    line.push_back(place.to_screen(rate, MomentumMapAxes::beta_at(up)));
  }
  return line;
}

// Pales what is beyond the cliff, row of pixels by row, so that no seams are seen.
void draw_beyond(const ui::Theme& theme, const std::vector<ImVec2>& cliff, float right) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 color = (theme.color.card & 0x00FFFFFFu) | 0xB0000000u;
  std::size_t i = 1;
  for (float y = std::floor(cliff.front().y); y >= cliff.back().y; y -= 1.0f) {
    while (i + 1 < cliff.size() && cliff[i].y > y)
      ++i;
    const ImVec2 low = cliff[i - 1];
    const ImVec2 high = cliff[i];
    const float share = std::clamp((low.y - y) / std::max(1e-3f, low.y - high.y), 0.0f, 1.0f);
    const float x = low.x + share * (high.x - low.x);
    if (x < right) list->AddRectFilled({x, y}, {right, y + 1.0f}, color);
  }
}

// Writes on whatever colour is behind.
void write(const ui::Ui& ui, ImVec2 at, const std::string& text) {
  ImFont* font = ui.theme.font.small;
  const float size = std::round(ui::font_size(font) * 0.85f);
  ImDrawList* list = ImGui::GetWindowDrawList();
  at = {std::round(at.x), std::round(at.y)};
  for (const ImVec2 off : {ImVec2{-1, 0}, ImVec2{1, 0}, ImVec2{0, -1}, ImVec2{0, 1}})
    ui::draw_text(list, font, size, {at.x + off.x, at.y + off.y}, kDark, text);
  ui::draw_text(list, font, size, at, kWhite, text);
}

// Draws the lines of some momenta, as most are not where one expects them: the axis has more room
// for those near 1.
void draw_momenta(const ui::Ui& ui, const MapPlace& place) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (const double beta : {0.5, 0.9, 0.99}) {
    const ImVec2 left = place.to_screen(place.axes.lo, beta);
    const ImVec2 right = place.to_screen(place.axes.hi, beta);
    const float y = std::round(left.y);
    list->AddLine({left.x, y}, {right.x, y}, IM_COL32(255, 255, 255, 70));
    write(ui, {left.x + ui.theme.px(4.0f), y - ui.theme.px(14.0f)}, number_text(beta, 3));
  }
}

// Writes the steps of some contours where they cross the lower edge.
void draw_steps(const ui::Ui& ui, const MapPlace& place, const KnownRates& known) {
  float last = -1e9f;
  const char* unit = " steps";  // behind the first number only
  for (const StepsMark& mark :
       steps_marks(place.axes, known.momentum.nesterov, known.largest, known.smallest)) {
    const ImVec2 at = place.to_screen(place.axes.rate_at(mark.across), 0.0);
    if (at.x < last + ui.theme.px(44.0f)) continue;
    last = at.x;
    write(ui, {at.x + ui.theme.px(3.0f), at.y - ui.theme.px(16.0f)},
          number_text(mark.steps, 6) + unit);
    unit = "";
  }
}

void draw_point(ui::Ui& ui, const char* name, ImVec2 at) {
  const float radius = ui.theme.px(8.0f);
  ui.items.add(name, {at.x - radius, at.y - radius}, {at.x + radius, at.y + radius});
}

}  // namespace

ImVec2 MapPlace::to_screen(double rate, double beta) const {
  return event.screen((1.0 - MomentumMapAxes::up(beta)) * static_cast<double>(cells.y),
                      axes.across(rate) * static_cast<double>(cells.x));
}

std::pair<double, double> MapPlace::at(ImVec2 screen) const {
  const ImVec2 a = event.screen(0, 0);
  const ImVec2 b = event.screen(static_cast<double>(cells.y), static_cast<double>(cells.x));
  const auto share = [](float at, float from, float to) {
    return std::clamp(static_cast<double>((at - from) / (to - from)), 0.0, 1.0);
  };
  return {axes.rate_at(share(screen.x, a.x, b.x)),
          MomentumMapAxes::beta_at(1.0 - share(screen.y, a.y, b.y))};
}

void draw_map_marks(ui::Ui& ui, const MapPlace& place, const KnownRates& known,
                    std::pair<double, double> now) {
  const ui::Theme& theme = ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(place.event.area_min, place.event.area_max, true);
  const std::vector<ImVec2> cliff = cliff_line(place, known);
  draw_beyond(theme, cliff, place.to_screen(place.axes.hi, 0.0).x);
  draw_momenta(ui, place);
  draw_steps(ui, place, known);
  ui::stroke_lines(list, cliff, kWhite, theme.px(4.0f));
  ui::stroke_lines(list, cliff, theme.color.bad, theme.px(2.0f));
  ui.items.add("momentum/cliff", cliff.back(), cliff.front());
  const BestMomentum point = best_momentum(known.momentum.nesterov, known.largest, known.smallest);
  const ImVec2 best = place.to_screen(point.rate, point.beta);
  const float arm = theme.px(6.0f);
  for (const float thickness : {4.0f, 2.0f}) {
    const ImU32 color = thickness > 3.0f ? kWhite : theme.color.bad;
    list->AddLine({best.x - arm, best.y}, {best.x + arm, best.y}, color, theme.px(thickness));
    list->AddLine({best.x, best.y - arm}, {best.x, best.y + arm}, color, theme.px(thickness));
  }
  draw_point(ui, "momentum/best", best);
  list->PopClipRect();
  const ImVec2 here = place.to_screen(now.first, now.second);
  list->AddCircleFilled(here, theme.px(7.5f), kDark);
  list->AddCircleFilled(here, theme.px(6.5f), kWhite);
  list->AddCircleFilled(here, theme.px(5.0f), theme.color.linked);
  draw_point(ui, "momentum/now", here);
}

}  // namespace convscope::panels
