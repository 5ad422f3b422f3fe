#include "app/ui/plot_lines.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/theme.h"

namespace convscope::ui {
namespace {

constexpr float kDash = 6.0f;  // in pixels at scale 1
constexpr float kDashGap = 5.0f;
constexpr float kLongestDashed = 6000.0f;

float distance(ImVec2 a, ImVec2 b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

ImVec2 between(ImVec2 a, ImVec2 b, float t) {
  return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

}  // namespace

std::vector<ImVec2> thinned(std::span<const ImVec2> points) {
  std::vector<ImVec2> kept;
  for (std::size_t begin = 0; begin < points.size();) {
    std::size_t end = begin + 1;
    std::size_t low = begin;
    std::size_t high = begin;
    while (end < points.size() && std::floor(points[end].x) == std::floor(points[begin].x)) {
      if (points[end].y < points[low].y) low = end;
      if (points[end].y > points[high].y) high = end;
      ++end;
    }
    std::array<std::size_t, 4> which = {begin, low, high, end - 1};
    std::ranges::sort(which);
    for (std::size_t i = 0; i < which.size(); ++i) {
      if (i == 0 || which[i] != which[i - 1]) kept.push_back(points[which[i]]);
    }
    begin = end;
  }
  return kept;
}

std::vector<std::vector<ImVec2>> dashes(std::span<const ImVec2> points, float dash, float gap) {
  std::vector<std::vector<ImVec2>> result;
  bool on = true;
  float left = dash;  // pixels left in the current dash or gap
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const float length = distance(points[i], points[i + 1]);
    if (on && i == 0) result.push_back({points[0]});
    float done = 0.0f;
    while (length - done > left) {
      done += left;
      const ImVec2 at = between(points[i], points[i + 1], done / length);
      if (on) {
        result.back().push_back(at);
      } else {
        result.push_back({at});
      }
      on = !on;
      left = on ? dash : gap;
    }
    left -= length - done;
    if (on) result.back().push_back(points[i + 1]);
  }
  return result;
}

std::vector<std::span<const ImVec2>> smooth_parts(std::span<const ImVec2> points) {
  std::vector<std::span<const ImVec2>> parts;
  std::size_t begin = 0;
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const ImVec2 in{points[i].x - points[i - 1].x, points[i].y - points[i - 1].y};
    const ImVec2 out{points[i + 1].x - points[i].x, points[i + 1].y - points[i].y};
    const float cosine = in.x * out.x + in.y * out.y;
    if (cosine >= -0.5f * std::hypot(in.x, in.y) * std::hypot(out.x, out.y)) continue;
    parts.push_back(points.subspan(begin, i - begin + 1));
    begin = i;
  }
  parts.push_back(points.subspan(begin));
  return parts;
}

void draw_line(ImDrawList* list, std::span<const ImVec2> points, const LineStyle& style) {
  float length = 0.0f;
  for (std::size_t i = 0; i + 1 < points.size(); ++i)
    length += distance(points[i], points[i + 1]);
  const bool solid = !style.dashed || length > kLongestDashed * style.scale;
  if (solid) {
    const ImU32 color = style.dashed ? faded(style.color, 0.5f) : style.color;
    for (const std::span<const ImVec2> part : smooth_parts(points))
      stroke_lines(list, part, color, style.width);
  } else {
    for (const std::vector<ImVec2>& dash :
         dashes(points, kDash * style.scale, kDashGap * style.scale)) {
      stroke_lines(list, dash, style.color, style.width);
    }
  }
}

}  // namespace convscope::ui
