#include "app/panels/parts/layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kUpperMinHeight = 382.0f;
constexpr float kLowerMinHeight = 214.0f;

constexpr std::array<CardWidth, 4> kUpper = {
    {{366.0f, 1.0f}, {218.0f, 0.35f}, {346.0f, 0.9f}, {246.0f, 0.55f}}};
constexpr std::array<CardWidth, 4> kLower = {
    {{372.0f, 0.5f}, {316.0f, 1.0f}, {266.0f, 0.7f}, {262.0f, 0.6f}}};

}  // namespace

int columns_for(std::span<const CardWidth> cards, float gap, float width, float scale) {
  const auto fits = [&](std::size_t columns) {
    for (std::size_t begin = 0; begin < cards.size(); begin += columns) {
      float min_width = gap * static_cast<float>(columns - 1);
      for (const CardWidth& card : cards.subspan(begin, columns))
        min_width += card.min_width * scale;
      if (min_width > width) return false;
    }
    return true;
  };
  const std::size_t half = cards.size() / 2;
  return static_cast<int>(fits(cards.size()) ? cards.size() : half > 1 && fits(half) ? half : 1);
}

std::vector<Rect> place_cards(std::span<const CardWidth> cards, int columns, float gap,
                              const Rect& row, float row_gap, float scale) {
  std::vector<Rect> rects;
  float top = row.y;
  const auto step = static_cast<std::size_t>(columns);
  for (std::size_t begin = 0; begin < cards.size(); begin += step) {
    float min_width = gap * static_cast<float>(columns - 1);
    float shares = 0.0f;
    for (const CardWidth& card : cards.subspan(begin, step)) {
      min_width += card.min_width * scale;
      shares += card.share;
    }
    const float rest = std::max(0.0f, row.w - min_width);
    float x = row.x;
    for (const CardWidth& card : cards.subspan(begin, step)) {
      float w = std::floor(card.min_width * scale + rest * card.share / shares);
      if (columns == 1) w = row.w;
      if (rects.size() + 1 == begin + step) w = std::max(w, row.x + row.w - x);
      rects.push_back({x, top, w, row.h});
      x += w + gap;
    }
    top += row.h + row_gap;
  }
  return rects;
}

Rect sign_between(const Rect& a, const Rect& b) {
  if (a.y != b.y) return {};
  return {a.x + a.w, a.y, b.x - a.x - a.w, a.h};
}

PagePlaces place_rows(const PageRows& rows, float width, float height, float scale) {
  const auto px = [&](float length) { return std::round(length * scale); };
  const float left = px(kMargin);
  const float inner = width - 2 * left;
  const float gap = px(kCardGap);
  const int upper_columns = columns_for(rows.upper, px(kSignGap), inner, scale);
  const int lower_columns = columns_for(rows.lower, gap, inner, scale);
  const auto upper_rows = static_cast<float>(std::ssize(rows.upper) / upper_columns);
  const auto lower_rows = static_cast<float>(std::ssize(rows.lower) / lower_columns);

  const float fixed =
      px(kTopBar) + px(kMargin) + px(kMinStrip) + gap * (upper_rows + lower_rows + 1.0f);
  const float min_height =
      px(rows.upper_min_height) * upper_rows + px(rows.lower_min_height) * lower_rows;
  const float rest = std::max(0.0f, height - fixed - min_height);
  const float strip = px(kMinStrip) + std::floor(std::min(px(kMaxStrip - kMinStrip), rest * 0.1f));
  const float more = rest - (strip - px(kMinStrip));
  const float upper = px(rows.upper_min_height) + std::floor(more * rows.upper_share / upper_rows);
  const float lower =
      px(rows.lower_min_height) + std::floor(more * (1.0f - rows.upper_share) / lower_rows);

  PagePlaces places;
  float top = px(kTopBar) + gap;
  places.upper =
      place_cards(rows.upper, upper_columns, px(kSignGap), {left, top, inner, upper}, gap, scale);
  top += upper_rows * (upper + gap);
  places.explanation = {left, top, inner, strip};
  top += strip + gap;
  places.lower = place_cards(rows.lower, lower_columns, gap, {left, top, inner, lower}, gap, scale);
  top += lower_rows * (lower + gap) - gap;
  places.content_height = top + px(kMargin);
  return places;
}

Layout layout_window(float width, float height, float scale) {
  // The heatmaps above get a larger share of the remaining height than the learning below.
  const PagePlaces places =
      place_rows({kUpper, kLower, kUpperMinHeight, kLowerMinHeight, 0.62f}, width, height, scale);
  Layout layout;
  layout.top_bar = {0, 0, width, std::round(kTopBar * scale)};
  layout.input = places.upper[0];
  layout.kernel = places.upper[1];
  layout.output = places.upper[2];
  layout.pooled = places.upper[3];
  layout.star = sign_between(layout.input, layout.kernel);
  layout.equals = sign_between(layout.kernel, layout.output);
  layout.arrow = sign_between(layout.output, layout.pooled);
  layout.explanation = places.explanation;
  layout.learning = places.lower[0];
  layout.loss = places.lower[1];
  layout.error = places.lower[2];
  layout.learned = places.lower[3];
  layout.content_height = places.content_height;
  return layout;
}

}  // namespace convscope::panels
