#include "app/ui/histogram.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"
#include "engine/core/number_text.h"

namespace convscope::ui {
namespace {

Index sampling_step(Index values, Index width, Index most) {
  Index step = std::max<Index>(1, (values + most - 1) / std::max<Index>(most, 1));
  // With a common factor only some of the columns would be sampled.
  while (step > 1 && std::gcd(step, width) != 1)
    ++step;
  return step;
}

// Writes an ordinal: "21st".
std::string ordinal(Index n) {
  const Index tens = n % 100;
  const Index ones = n % 10;
  const bool teens = tens >= 11 && tens <= 13;
  const char* ending = teens ? "th" : ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th";
  return std::to_string(n) + ending;
}

std::string counted_text(Index n, const char* one, const char* many) {
  return count_text(n) + " " + (n == 1 ? one : many);
}

struct Bars {
  ImVec2 min, max;
  std::size_t count;
  float edge(std::size_t i) const {
    return std::round(min.x + (max.x - min.x) * static_cast<float>(i) / static_cast<float>(count));
  }
};

void show_bar(const Theme& theme, const Histogram& histogram, std::size_t bar) {
  const auto parts = static_cast<double>(histogram.counts.size());
  const auto lo = static_cast<double>(histogram.range.lo);
  const double width = static_cast<double>(histogram.range.hi) - lo;
  const auto end = [&](std::size_t i) {
    return number_text(lo + width * static_cast<double>(i) / parts, 4);
  };
  const std::string text = counted_text(histogram.counts[bar], "value", "values") + " from " +
                           end(bar) + " to " + end(bar + 1);
  ImGui::BeginTooltip();
  push_font(theme.font.small);
  ImGui::TextUnformatted(text.c_str());
  pop_font();
  ImGui::EndTooltip();
}

}  // namespace

Histogram histogram_of(std::span<const float> values, Index width, Index parts, Index most) {
  Histogram h;
  h.values = static_cast<Index>(values.size());
  h.range = finite_range(values);
  h.counts.assign(static_cast<std::size_t>(parts), 0);
  h.step = sampling_step(h.values, width, most);
  const auto lo = static_cast<double>(h.range.lo);
  const double span = static_cast<double>(h.range.hi) - lo;
  const double scale = span > 0.0 ? static_cast<double>(parts) / span : 0.0;
  double sum = 0.0;
  for (std::size_t i = 0; i < values.size(); i += static_cast<std::size_t>(h.step)) {
    const auto value = static_cast<double>(values[i]);
    if (std::isnan(value)) {
      ++h.nans;
    } else if (std::isinf(value)) {
      ++h.infinities;
    } else {
      const auto part = static_cast<Index>((value - lo) * scale);
      ++h.counts[static_cast<std::size_t>(std::clamp<Index>(part, 0, parts - 1))];
      ++h.counted;
      sum += value;
    }
  }
  if (h.counted > 0) h.mean = sum / static_cast<double>(h.counted);
  return h;
}

std::optional<ValueRange> percentiles(std::span<const float> values, Index width, Index most) {
  constexpr double kShare = 0.02;
  const auto step = static_cast<std::size_t>(
      sampling_step(static_cast<Index>(values.size()), std::max<Index>(width, 1), most));
  std::vector<float> sample;
  sample.reserve(values.size() / step + 1);
  for (std::size_t i = 0; i < values.size(); i += step) {
    if (std::isfinite(values[i])) sample.push_back(values[i]);
  }
  if (sample.empty()) return std::nullopt;
  const auto left_out = static_cast<std::ptrdiff_t>(kShare * static_cast<double>(sample.size()));
  const auto lo = sample.begin() + left_out;
  const auto hi = sample.end() - 1 - left_out;
  std::nth_element(sample.begin(), lo, sample.end());
  const float smallest = *lo;  // before its place is taken
  std::nth_element(lo, hi, sample.end());
  if (!(*hi > smallest)) return std::nullopt;
  return ValueRange{smallest, *hi};
}

void draw_histogram(Ui& ui, const char* name, ImVec2 size, const Histogram& histogram,
                    const HeatmapStyle& style) {
  const Theme& theme = ui.theme;
  ImFont* font = theme.font.small;
  const float line = font_size(font);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Bars bars{{std::round(at.x), std::round(at.y)},
                  {std::round(at.x + size.x), std::round(at.y + size.y - line)},
                  std::max<std::size_t>(1, histogram.counts.size())};
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Index most = histogram.counts.empty() ? 0 : *std::ranges::max_element(histogram.counts);
  // Computes in double, because the widest range of float32 has a width beyond float32.
  const auto lo = static_cast<double>(histogram.range.lo);
  const double width = static_cast<double>(histogram.range.hi) - lo;
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    if (histogram.counts[i] == 0) continue;
    const float share =
        static_cast<float>(histogram.counts[i]) / static_cast<float>(std::max<Index>(most, 1));
    const float height = std::max(2.0f, std::round((bars.max.y - bars.min.y) * share));
    const double middle = (static_cast<double>(i) + 0.5) / static_cast<double>(bars.count);
    const ImVec2 min{bars.edge(i), bars.max.y - height};
    const ImVec2 max{std::max(min.x + 1.0f, bars.edge(i + 1) - 1.0f), bars.max.y};
    list->AddRectFilled(min, max, value_color(style, static_cast<float>(lo + width * middle)));
    // A bar in a colour like the card's would be invisible without its outline.
    stroke_rect(list, min, max, faded(theme.color.muted, 0.6f), 0.0f, 1.0f);
  }
  list->AddLine({bars.min.x, bars.max.y}, bars.max, theme.color.line);
  const std::string from = number_text(lo, 4);
  const std::string to = number_text(static_cast<double>(histogram.range.hi), 4);
  draw_text(list, font, line, {bars.min.x, bars.max.y + 2.0f}, theme.color.muted, from);
  draw_text(list, font, line,
            {std::round(bars.max.x - text_size(font, line, to).x), bars.max.y + 2.0f},
            theme.color.muted, to);
  ImGui::Dummy(size);
  ui.items.add(name, bars.min, bars.max);
  const float x = ImGui::GetIO().MousePos.x;
  if (ImGui::IsItemHovered() && x >= bars.min.x && x < bars.max.x && !histogram.counts.empty()) {
    std::size_t bar = 0;
    while (bar + 1 < bars.count && x >= bars.edge(bar + 1))
      ++bar;
    show_bar(theme, histogram, bar);
  }
}

std::string summary_text(const Histogram& histogram, const NumberStyle& numbers) {
  std::string text = counted_text(histogram.values, "value", "values");
  if (histogram.counted == 0) return text;
  const auto number = [&](double value) {
    return numbers.mode == NumberMode::kAutomatic ? number_text(value, 4)
                                                  : value_text(static_cast<float>(value), numbers);
  };
  return text + ": smallest " + number(static_cast<double>(histogram.range.lo)) + ", mean " +
         (histogram.step > 1 ? "about " : "") + number(histogram.mean) + ", largest " +
         number(static_cast<double>(histogram.range.hi));
}

std::string remarks_text(const Histogram& histogram) {
  std::string text;
  if (histogram.nans > 0) {
    text = counted_text(histogram.nans, "value is NaN", "values are NaN");
  }
  if (histogram.infinities > 0) {
    text += text.empty() ? "" : ", ";
    text += text.empty()
                ? counted_text(histogram.infinities, "value is infinite", "values are infinite")
                : counted_text(histogram.infinities, "is infinite", "are infinite");
  }
  if (!text.empty()) text += ".";
  if (histogram.step > 1) {
    text += text.empty() ? "" : " ";
    text += "Every " + ordinal(histogram.step) + " value was counted.";
  }
  return text;
}

}  // namespace convscope::ui
