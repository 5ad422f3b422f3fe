#include "app/panels/layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace convscope {
namespace {

// Lengths at scale 1.
constexpr float kTopBar = 40.0f;
constexpr float kMargin = 10.0f;
constexpr float kGap = 8.0f;     // between rows, and cards without a sign
constexpr float kSign = 28.0f;   // between cards, with a sign
constexpr float kStrip = 50.0f;  // explanation
constexpr float kStripMost = 84.0f;
constexpr float kUpperLeast = 382.0f;
constexpr float kLowerLeast = 214.0f;

struct CardWidth {
  float least;  // at scale 1
  float share;  // of what is left
};
constexpr std::array<CardWidth, 4> kUpper = {
    {{366.0f, 1.0f}, {218.0f, 0.35f}, {346.0f, 0.9f}, {246.0f, 0.55f}}};
constexpr std::array<CardWidth, 4> kLower = {
    {{372.0f, 0.5f}, {316.0f, 1.0f}, {270.0f, 0.7f}, {258.0f, 0.6f}}};

// Four cards in the given number of columns, from `top` down; each row is `height` high.
std::array<Rect, 4> place(const std::array<CardWidth, 4>& cards, int columns, float gap, float left,
                          float top, float width, float height, float row_gap, float scale) {
  std::array<Rect, 4> rects;
  for (int begin = 0; begin < 4; begin += columns) {
    float least = gap * static_cast<float>(columns - 1);
    float shares = 0.0f;
    for (int i = begin; i < begin + columns; ++i) {
      least += cards[static_cast<std::size_t>(i)].least * scale;
      shares += cards[static_cast<std::size_t>(i)].share;
    }
    const float rest = std::max(0.0f, width - least);
    float x = left;
    for (int i = begin; i < begin + columns; ++i) {
      const CardWidth& card = cards[static_cast<std::size_t>(i)];
      float w = std::floor(card.least * scale + rest * card.share / shares);
      if (columns == 1) w = width;
      if (i == begin + columns - 1) w = std::max(w, left + width - x);
      rects[static_cast<std::size_t>(i)] = {x, top, w, height};
      x += w + gap;
    }
    top += height + row_gap;
  }
  return rects;
}

int columns_for(const std::array<CardWidth, 4>& cards, float gap, float width, float scale) {
  const auto least = [&](std::size_t i) { return cards[i].least * scale; };
  if (least(0) + least(1) + least(2) + least(3) + 3 * gap <= width) return 4;
  const float pairs = std::max(least(0) + least(1), least(2) + least(3)) + gap;
  return pairs <= width ? 2 : 1;
}

Rect between(const Rect& a, const Rect& b) {
  if (a.y != b.y) return {};
  return {a.x + a.w, a.y, b.x - a.x - a.w, a.h};
}

}  // namespace

Layout layout_window(float width, float height, float scale) {
  const auto px = [&](float length) { return std::round(length * scale); };
  Layout layout;
  layout.top_bar = {0, 0, width, px(kTopBar)};
  const float left = px(kMargin);
  const float inner = width - 2 * left;
  const float gap = px(kGap);
  const int upper_columns = columns_for(kUpper, px(kSign), inner, scale);
  const int lower_columns = columns_for(kLower, gap, inner, scale);
  const int upper_rows = 4 / upper_columns;
  const int lower_rows = 4 / lower_columns;

  // What is left of the height goes to the heatmaps above and, less of it, to the learning below.
  const float fixed = px(kTopBar) + px(kMargin) + px(kStrip) +
                      gap * static_cast<float>(upper_rows + lower_rows + 1);
  const float least = px(kUpperLeast) * static_cast<float>(upper_rows) +
                      px(kLowerLeast) * static_cast<float>(lower_rows);
  const float rest = std::max(0.0f, height - fixed - least);
  const float strip = px(kStrip) + std::floor(std::min(px(kStripMost - kStrip), rest * 0.1f));
  const float more = rest - (strip - px(kStrip));
  const float upper = px(kUpperLeast) + std::floor(more * 0.62f / static_cast<float>(upper_rows));
  const float lower = px(kLowerLeast) + std::floor(more * 0.38f / static_cast<float>(lower_rows));

  float top = px(kTopBar) + gap;
  const auto a = place(kUpper, upper_columns, px(kSign), left, top, inner, upper, gap, scale);
  layout.input = a[0];
  layout.kernel = a[1];
  layout.output = a[2];
  layout.pooled = a[3];
  layout.star = between(layout.input, layout.kernel);
  layout.equals = between(layout.kernel, layout.output);
  layout.arrow = between(layout.output, layout.pooled);
  top += static_cast<float>(upper_rows) * (upper + gap);
  layout.explanation = {left, top, inner, strip};
  top += strip + gap;
  const auto b = place(kLower, lower_columns, gap, left, top, inner, lower, gap, scale);
  layout.learning = b[0];
  layout.loss = b[1];
  layout.error = b[2];
  layout.learned = b[3];
  top += static_cast<float>(lower_rows) * (lower + gap) - gap;
  layout.content_height = top + px(kMargin);
  return layout;
}

}  // namespace convscope
