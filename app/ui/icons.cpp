#include "app/ui/icons.h"

#include <array>
#include <cmath>

#include "app/ui/imgui_shim.h"

namespace convscope::ui {
namespace {

constexpr float kPi = 3.14159265f;

// Draws an arc from angle a to b (clockwise from the right) with an arrow head at its end.
void draw_turn(ImDrawList* list, ImVec2 c, float radius, float a, float b, float thickness,
               ImU32 color) {
  std::array<ImVec2, 21> points;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const float t = a + (b - a) * static_cast<float>(i) / 20.0f;
    points[i] = {c.x + radius * std::cos(t), c.y + radius * std::sin(t)};
  }
  stroke_lines(list, points, color, thickness);
  const float turn = b > a ? kPi / 2 : -kPi / 2;
  const ImVec2 ahead{std::cos(b + turn), std::sin(b + turn)};
  const ImVec2 side{std::cos(b), std::sin(b)};
  const ImVec2 tip = points.back();
  const float h = radius * 0.72f;
  list->AddTriangleFilled({tip.x + side.x * h * 0.8f, tip.y + side.y * h * 0.8f},
                          {tip.x - side.x * h * 0.8f, tip.y - side.y * h * 0.8f},
                          {tip.x + ahead.x * h, tip.y + ahead.y * h}, color);
}

void draw_chevron(ImDrawList* list, ImVec2 c, float dx, float dy, float thickness, ImU32 color) {
  const ImVec2 tip{c.x + dx, c.y + dy};
  const std::array<ImVec2, 3> points = {ImVec2{c.x - dx - dy * 2, c.y - dy - dx * 2}, tip,
                                        ImVec2{c.x - dx + dy * 2, c.y - dy + dx * 2}};
  stroke_lines(list, points, color, thickness);
}

void draw_triangle(ImDrawList* list, ImVec2 c, float dx, float half, ImU32 color) {
  list->AddTriangleFilled({c.x - dx, c.y - half}, {c.x + dx, c.y}, {c.x - dx, c.y + half}, color);
}

}  // namespace

void draw_icon(ImDrawList* list, Icon icon, ImVec2 center, float size, ImU32 color) {
  const float r = size * 0.5f;
  const float thin = std::max(1.5f, size * 0.11f);
  const ImVec2 c = center;
  const auto bar = [&](float x, float width) {
    list->AddRectFilled({std::round(c.x + x), c.y - r * 0.8f},
                        {std::round(c.x + x + width), c.y + r * 0.8f}, color, size * 0.06f);
  };
  switch (icon) {
    case Icon::kNone:
      break;
    case Icon::kPlay:
      draw_triangle(list, {c.x + r * 0.1f, c.y}, r * 0.75f, r * 0.85f, color);
      break;
    case Icon::kPause:
      bar(-r * 0.72f, r * 0.5f);
      bar(r * 0.22f, r * 0.5f);
      break;
    case Icon::kStep:
      draw_triangle(list, {c.x - r * 0.15f, c.y}, r * 0.6f, r * 0.8f, color);
      bar(r * 0.5f, r * 0.3f);
      break;
    case Icon::kStepBack:
      draw_triangle(list, {c.x + r * 0.15f, c.y}, -r * 0.6f, r * 0.8f, color);
      bar(-r * 0.8f, r * 0.3f);
      break;
    case Icon::kReset:
      draw_turn(list, c, r * 0.7f, kPi * 1.75f, kPi * 0.2f, thin, color);
      break;
    case Icon::kReseed:
      draw_turn(list, c, r * 0.7f, kPi * 1.1f, kPi * 1.8f, thin, color);
      draw_turn(list, c, r * 0.7f, kPi * 0.1f, kPi * 0.8f, thin, color);
      break;
    case Icon::kLeft:
      draw_chevron(list, c, -r * 0.3f, 0.0f, thin, color);
      break;
    case Icon::kRight:
      draw_chevron(list, c, r * 0.3f, 0.0f, thin, color);
      break;
    case Icon::kUp:
      draw_chevron(list, c, 0.0f, -r * 0.3f, thin, color);
      break;
    case Icon::kDown:
      draw_chevron(list, c, 0.0f, r * 0.3f, thin, color);
      break;
    case Icon::kClose:
      list->AddLine({c.x - r * 0.6f, c.y - r * 0.6f}, {c.x + r * 0.6f, c.y + r * 0.6f}, color,
                    thin);
      list->AddLine({c.x + r * 0.6f, c.y - r * 0.6f}, {c.x - r * 0.6f, c.y + r * 0.6f}, color,
                    thin);
      break;
    case Icon::kFlip:
      draw_turn(list, {c.x, c.y + r * 0.3f}, r * 0.7f, kPi * 2.0f, kPi * 1.15f, thin, color);
      break;
    case Icon::kBrush:
      list->AddLine({c.x + r * 0.8f, c.y - r * 0.8f}, {c.x, c.y}, color, thin * 1.8f);
      list->AddTriangleFilled({c.x - r * 0.5f, c.y - r * 0.15f}, {c.x + r * 0.15f, c.y + r * 0.5f},
                              {c.x - r * 0.85f, c.y + r * 0.85f}, color);
      break;
    case Icon::kPen:
      list->AddLine({c.x + r * 0.75f, c.y - r * 0.75f}, {c.x - r * 0.35f, c.y + r * 0.35f}, color,
                    thin * 2.4f);
      list->AddTriangleFilled({c.x - r * 0.6f, c.y + r * 0.1f}, {c.x - r * 0.1f, c.y + r * 0.6f},
                              {c.x - r * 0.9f, c.y + r * 0.9f}, color);
      break;
    case Icon::kBackward:
      list->AddLine({c.x - r * 0.4f, c.y}, {c.x + r * 0.9f, c.y}, color, thin);
      draw_triangle(list, {c.x - r * 0.45f, c.y}, -r * 0.45f, r * 0.55f, color);
      break;
    case Icon::kSpotlight:
      list->AddCircleFilled(c, r * 0.4f, color);
      list->AddCircle(c, r * 0.85f, color, 0, thin);
      break;
  }
}

}  // namespace convscope::ui
