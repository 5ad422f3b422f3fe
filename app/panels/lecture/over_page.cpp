#include "app/panels/lecture/over_page.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "app/look/pen_colors.h"
#include "app/ui/imgui_shim.h"

namespace convscope::panels {
namespace {

// Shares of the window's height.
constexpr float kLine = 0.0075f;
constexpr float kRim = 0.0022f;     // on each side
constexpr int kCircle = 96;         // corners of the spotlight
constexpr float kDimmed = 0.72f;    // opacity of what is around it
constexpr float kRoundFrom = 0.8f;  // cosine of the turn from which a joint is made round
constexpr float kNowhere = -1e6f;   // ImGui's pointer is below where there is none

const look::PenColor& color_of(std::size_t color) {
  return look::kPenColors[std::min(color, look::kPenColors.size() - 1)];
}

bool sharp(ImVec2 a, ImVec2 b, ImVec2 c) {
  const ImVec2 in{b.x - a.x, b.y - a.y};
  const ImVec2 out{c.x - b.x, c.y - b.y};
  const float lengths = std::hypot(in.x, in.y) * std::hypot(out.x, out.y);
  return in.x * out.x + in.y * out.y < kRoundFrom * lengths;
}

// Draws a line with round ends and joints, which ImGui's own lines have not.
void draw_round(ImDrawList* list, std::span<const ImVec2> points, ImU32 color, float width) {
  const float radius = width * 0.5f;
  list->AddCircleFilled(points.front(), radius, color);
  std::size_t begin = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const bool end = i + 1 == points.size();
    if (!end && !sharp(points[i - 1], points[i], points[i + 1])) continue;
    ui::stroke_lines(list, points.subspan(begin, i + 1 - begin), color, width);
    list->AddCircleFilled(points[i], radius, color);
    begin = i;
  }
}

void draw_strokes(const Pen& pen, ImVec2 size, ImDrawList* list, OverPageState& state) {
  for (const PenStroke& stroke : pen.strokes()) {
    state.points.clear();
    for (const WindowPoint& at : stroke.points)
      state.points.emplace_back(at.x * size.x, at.y * size.y);
    const look::PenColor& color = color_of(stroke.color);
    draw_round(list, state.points, color.rim, (kLine + 2 * kRim) * size.y);
    draw_round(list, state.points, color.line, kLine * size.y);
  }
}

// The middle of the spotlight: the control that the keyboard has reached, or the pointer.
ImVec2 lit_place(const PanelContext& context, ImVec2 size) {
  const ui::Focus& focus = context.ui.focus;
  if (const std::optional<ui::FocusStop> stop = focus.leads() ? focus.shown_stop() : std::nullopt)
    return {(stop->min.x + stop->max.x) * 0.5f, (stop->min.y + stop->max.y) * 0.5f};
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  return pointer.x > kNowhere ? pointer : ImVec2{size.x * 0.5f, size.y * 0.5f};
}

// A ring from the circle to beyond the window's corners.
void draw_spotlight(const PanelContext& context, ImVec2 size, ImDrawList* list,
                    OverPageState& state) {
  const ImVec2 center = lit_place(context, size);
  const float radius = context.view.spotlight.radius * size.y;
  const float far = std::hypot(size.x, size.y) + std::hypot(center.x, center.y) + radius;
  state.points.clear();
  for (int i = 0; i < kCircle; ++i) {
    const float angle = 2.0f * std::numbers::pi_v<float> * static_cast<float>(i) / kCircle;
    const float middle = (radius + far) * 0.5f;
    state.points.emplace_back(center.x + middle * std::cos(angle),
                              center.y + middle * std::sin(angle));
  }
  ui::stroke_lines(list, state.points, ui::faded(IM_COL32_BLACK, kDimmed), far - radius, true);
  context.ui.items.add("spotlight", {center.x - radius, center.y - radius},
                       {center.x + radius, center.y + radius});
}

void draw_tip(const PanelContext& context, ImVec2 size, ImDrawList* list) {
  const ImVec2 at = ImGui::GetIO().MousePos;
  const look::PenColor& color = color_of(context.view.pen.color);
  list->AddCircleFilled(at, (kLine * 0.5f + kRim) * size.y, color.rim);
  list->AddCircleFilled(at, kLine * 0.5f * size.y, color.line);
}

}  // namespace

void draw_over_page(const PanelContext& context, OverPageState& state) {
  const Pen& pen = context.view.pen;
  const bool lit = context.view.spotlight.on;
  if (!pen.in_hand && !lit && pen.strokes().empty()) return;
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("over-page", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing);
  ImGui::PopStyleVar();
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_strokes(pen, size, list, state);
  if (lit) draw_spotlight(context, size, list, state);
  if (pen.in_hand && ImGui::GetIO().MousePos.x > kNowhere) draw_tip(context, size, list);
  ImGui::End();
}

}  // namespace convscope::panels
