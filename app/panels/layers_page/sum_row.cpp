#include "app/panels/layers_page/sum_row.h"

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"

namespace convscope::panels {
namespace {

constexpr float kSign = 26.0f;     // between two tiles, at scale 1
constexpr float kMinTile = 64.0f;  // minimum width of a tile at scale 1
constexpr float kRim = 4.0f;

// Draws text in the middle of a part of the row.
void draw_between(const ui::Theme& theme, ImVec2 at, ImVec2 size, ImFont* font,
                  std::string_view text) {
  const ImVec2 extent = ui::text_size(font, ui::font_size(font), text);
  ui::draw_text(ImGui::GetWindowDrawList(), font, ui::font_size(font),
                {std::round(at.x + (size.x - extent.x) * 0.5f),
                 std::round(at.y + (size.y - extent.y) * 0.5f)},
                theme.color.ink, text);
}

// The layout of term + term + ... + bias = map, from left to right. If the row is too long, the
// terms and the bias scroll and the map stays. All positions are relative to the row's left end.
struct RowPlace {
  ImVec2 picture;
  float sign = 0.0f, bias = 0.0f;  // widths
  float count = 1.0f;              // number of terms
  float rim = 0.0f;
  float high = 0.0f;  // height of the pictures
  float tile(std::size_t i) const { return static_cast<float>(i) * (picture.x + sign); }
  float bias_at() const { return count * (picture.x + sign); }
  // Width of the terms and the bias.
  float terms() const { return bias > 0.0f ? bias_at() + bias : bias_at() - sign; }
  float map() const { return terms() + sign; }
  float width() const { return map() + picture.x; }
};

RowPlace place_row(const ui::Ui& ui, const SumRow& sum, const Shape& plane, ImVec2 size) {
  RowPlace place;
  place.rim = std::round(ui.theme.px(kRim));
  place.sign = std::round(ui.theme.px(kSign));
  place.bias = sum.bias.empty() ? 0.0f : ui::label_width(ui, sum.bias);
  place.count = static_cast<float>(sum.tiles.size() - 1);
  const float aspect = static_cast<float>(plane.h) / static_cast<float>(plane.w);
  place.high = size.y - 2 * place.rim - tile_label_height(ui) - ImGui::GetStyle().ScrollbarSize;
  const float room = size.x - 2 * place.rim - place.bias - place.sign * (place.count + 1.0f);
  const float width = std::max(room / (place.count + 1.0f), ui.theme.px(kMinTile));
  place.picture.x = std::floor(std::min(width, place.high / std::max(aspect, 0.2f)));
  place.picture.y = std::floor(std::min(place.picture.x * aspect, place.high));
  return place;
}

// Draws a tile; returns the cell that is pointed at.
std::optional<Yx> draw_sum_tile(ui::Ui& ui, const GalleryTile& tile, const PlanePreviews& planes,
                                ImVec2 at, ImVec2 picture) {
  ImGui::SetCursorScreenPos(at);
  const auto event = draw_tile(ui, planes, tile, picture);
  return event ? event->cell : std::nullopt;
}

// Draws the terms and the bias, but only the tiles that are visible.
std::optional<Yx> draw_terms(ui::Ui& ui, const SumRow& sum, const RowPlace& place, ImVec2 origin) {
  const ui::Theme& theme = ui.theme;
  std::optional<Yx> pointed;
  const float left = ImGui::GetWindowPos().x;
  const float right = left + ImGui::GetWindowSize().x;
  const ImVec2 sign{place.sign, place.picture.y};
  const auto at = [&](float x) { return ImVec2{origin.x + x, origin.y}; };
  // A partly visible sign could be mistaken for another one.
  const auto draw_plus = [&](float x) {
    if (at(x).x < left || at(x + place.sign).x > right) return;
    draw_between(theme, at(x), sign, theme.font.title, "+");
  };
  for (std::size_t i = 0; i + 1 < sum.tiles.size(); ++i) {
    const float x = place.tile(i);
    if (at(x + place.picture.x).x < left || at(x - place.sign).x > right) continue;
    if (i > 0) draw_plus(x - place.sign);
    if (const auto cell = draw_sum_tile(ui, sum.tiles[i], sum.terms, at(x), place.picture))
      pointed = cell;
  }
  if (sum.bias.empty()) return pointed;
  draw_plus(place.bias_at() - place.sign);
  draw_between(theme, at(place.bias_at()), {place.bias, place.picture.y}, theme.font.small,
               sum.bias);
  return pointed;
}

}  // namespace

float sum_label_room(const ui::Theme& theme) {
  return theme.px(kMinTile + kSign);
}

std::optional<Yx> draw_sum_row(ui::Ui& ui, const SumRow& sum, ImVec2 size) {
  const RowPlace place = place_row(ui, sum, sum.sum.shape, size);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float all = place.width() + 2 * place.rim;
  const bool scrolls = all > size.x;
  const float result = place.sign + place.picture.x + place.rim;  // width of "= map"
  const float begin = scrolls ? place.rim : std::max(place.rim, std::floor((size.x - all) * 0.5f));
  const float top = place.rim + std::floor(std::max(0.0f, (place.high - place.picture.y) * 0.5f));
  const float room = scrolls ? std::max(1.0f, size.x - result) : begin + place.map();
  ImGui::BeginChild(
      "sum", {room, size.y}, false,
      ImGuiWindowFlags_NoBackground |
          (scrolls ? ImGuiWindowFlags_HorizontalScrollbar
                   : ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse));
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  std::optional<Yx> pointed = draw_terms(ui, sum, place, {origin.x + begin, origin.y + top});
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({scrolls ? begin + place.terms() : 1.0f, 1.0f});
  ImGui::EndChild();
  const ImVec2 map{start.x + (scrolls ? size.x - result + place.sign : begin + place.map()),
                   start.y + top};
  const ui::Theme& theme = ui.theme;
  draw_between(theme, {map.x - place.sign, map.y}, {place.sign, place.picture.y}, theme.font.title,
               "=");
  if (const auto cell = draw_sum_tile(ui, sum.tiles.back(), sum.sum, map, place.picture))
    pointed = cell;
  return pointed;
}

}  // namespace convscope::panels
