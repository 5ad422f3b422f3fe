#include "app/panels/lesson/pointed_places.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"

namespace convscope::panels {
namespace {

using ItemRect = ui::ItemRegistry::Rect;

// Lengths at scale 1.
constexpr float kFrom = 16.0f;      // how far outside an outline begins
constexpr float kSecondRim = 6.0f;  // how far outside the first the second rim of cells is
constexpr float kVeil = 0.72f;

// The items of cards, in the order of Card.
constexpr std::array kCardItems = {"card/input",       "card/kernel",        "card/output",
                                   "card/pooled",      "card/learning",      "card/loss",
                                   "card/error",       "card/learned",       "card/about",
                                   "card/layer-input", "card/layer-filters", "card/layer-maps",
                                   "card/layer-chain", "card/layer-sum",     "card/layer-facts"};

struct DrawnThing {
  std::string_view word;
  const char* item;
};
// Where the things of the vocabulary are drawn, the first that is there.
constexpr auto kItems = std::to_array<DrawnThing>({
    {"input", "card/input"},
    {"input", "card/layer-input"},
    {"kernel", "card/kernel"},
    {"kernel", "card/layer-filters"},
    {"bias", "kernel/bias"},
    {"bias", "layer/bias"},
    {"output", "card/output"},
    {"output", "card/layer-maps"},
    {"activated", "card/layer-maps"},
    {"activated", "card/output"},
    {"pooled", "card/pooled"},
    {"pooled", "card/layer-maps"},
    {"learned", "card/learned"},
    {"learned_bias", "card/learned"},
    {"start", "card/learned"},
    {"gradient", "card/learned"},
    {"target", "card/error"},
    {"loss-curve", "loss/plot"},
    {"landscape", "landscape"},
    {"rate", "learning/rate"},
    {"cliff", "learning/rate"},
    {"explanation", "explanation"},
    {"formula", "output/formula"},
    {"padding", "conv/padding"},
    {"padding", "conv/padding-choice"},
    {"padding_mode", "conv/padding-mode"},
    {"stride", "conv/stride"},
    {"dilation", "conv/dilation"},
    {"groups", "layer/groups"},
    {"groups", "conv/groups"},
    {"output_padding", "conv/output-padding"},
});

std::optional<ItemRect> thing(const PanelContext& context, std::string_view name) {
  const ui::ItemRegistry& items = context.ui.items;
  for (const auto& [word, item] : kItems)
    if (word == name)
      if (const auto found = items.find(item)) return found;
  const std::vector<std::string> cards = lesson::card_names();
  const auto card = std::ranges::find(cards, name);
  if (card == cards.end()) return std::nullopt;
  return items.find(kCardItems[static_cast<std::size_t>(card - cards.begin())]);
}

// Returns the heatmap of a tensor and its shape; an empty name where none is drawn.
std::pair<std::string, const Tensor*> heatmap_of(const PanelContext& context,
                                                 std::string_view name) {
  const LayerResults* results = context.layer.results();
  if (name == "input")
    return {context.view.on_kernel_page() ? "input" : "layer/input", context.layer.input.get()};
  if (results == nullptr || !context.view.on_kernel_page()) return {};
  if (name == "output") return {"output", results->output.get()};
  if (name == "pooled" && results->pooled) return {"pooled", &results->pooled->output};
  if (name == "error") return {"error", results->output.get()};
  if (name == "target") return {"target", results->output.get()};
  return {};
}

ItemRect within(const ItemRect& rect, const ItemRect& area) {
  return {{std::clamp(rect.min.x, area.min.x, area.max.x),
           std::clamp(rect.min.y, area.min.y, area.max.y)},
          {std::clamp(rect.max.x, area.min.x, area.max.x),
           std::clamp(rect.max.y, area.min.y, area.max.y)}};
}

// Returns the part of a heatmap that the spans name, which its last two indices are of.
std::optional<ItemRect> cells(const PanelContext& context, const lesson::PointedPlace& place) {
  const auto [name, tensor] = heatmap_of(context, place.name);
  const auto area = context.ui.items.find(name);
  const auto plane = context.ui.items.find(name + "/plane");
  if (tensor == nullptr || !area || !plane) return std::nullopt;
  const Shape& shape = tensor->shape();
  const auto& y = place.spans[place.spans.size() - 2];
  const auto& x = place.spans.back();
  if (y.first >= shape.h || x.first >= shape.w) return std::nullopt;
  const float height = (plane->max.y - plane->min.y) / static_cast<float>(shape.h);
  const float width = (plane->max.x - plane->min.x) / static_cast<float>(shape.w);
  const auto at = [](float from, float cell, Index i) {
    return from + cell * static_cast<float>(i);
  };
  const ItemRect rect{{at(plane->min.x, width, x.first), at(plane->min.y, height, y.first)},
                      {at(plane->min.x, width, std::min(x.last + 1, shape.w)),
                       at(plane->min.y, height, std::min(y.last + 1, shape.h))}};
  return within(rect, *area);
}

// Returns the weights that the spans name, which are items of their own.
std::optional<ItemRect> weights(const PanelContext& context, const lesson::PointedPlace& place) {
  const std::string item = place.name == "kernel"    ? "kernel/weight/"
                           : place.name == "learned" ? "kernel/learned/"
                                                     : "";
  if (item.empty()) return std::nullopt;
  const Shape& shape = context.layer.now().kernel.weight.shape();
  const auto& y = place.spans[place.spans.size() - 2];
  const auto& x = place.spans.back();
  const auto cell = [&](Index row, Index column) {
    return context.ui.items.find(item + std::to_string(row) + "/" + std::to_string(column));
  };
  const auto first = cell(y.first, x.first);
  const auto last = cell(std::min(y.last, shape.h - 1), std::min(x.last, shape.w - 1));
  if (!first || !last) return std::nullopt;
  return ItemRect{first->min, last->max};
}

// What fills a card to its edges is outlined within itself: around it there may be no room, in a
// low card below the card's buttons.
void outline_thing(const PanelContext& context, const ItemRect& rect, bool fills, float arrival) {
  const ui::Theme& theme = context.ui.theme;
  const float away =
      theme.px(kFrom) * (1.0f - arrival) + (fills ? -theme.px(1.5f) : theme.px(1.5f));
  ui::draw_outline(theme, ImGui::GetWindowDrawList(), {rect.min.x - away, rect.min.y - away},
                   {rect.max.x + away, rect.max.y + away}, theme.color.linked, 10.0f);
}

// A second rim tells what the lesson points at from what is linked to the cell under the pointer.
void outline_cells(const PanelContext& context, const ItemRect& rect, float arrival) {
  const ui::Theme& theme = context.ui.theme;
  for (const float rim : {std::round(theme.px(kSecondRim)), 0.0f}) {
    const float away = theme.px(kFrom) * (1.0f - arrival) + rim;
    ui::draw_outline(theme, ImGui::GetWindowDrawList(), {rect.min.x - away, rect.min.y - away},
                     {rect.max.x + away, rect.max.y + away}, theme.color.linked);
  }
}

void draw_places(const PanelContext& context, float arrival) {
  int number = 0;
  for (const lesson::PointedPlace& place : context.lessons.lectern.step().show.pointed) {
    std::optional<ItemRect> rect;
    if (!place.spans.empty()) rect = cells(context, place);
    if (!place.spans.empty() && !rect) rect = weights(context, place);
    const bool of_cells = rect.has_value();
    if (!rect) rect = thing(context, place.name);
    if (!rect) continue;
    context.ui.items.add("lesson/pointed/" + std::to_string(number++), rect->min, rect->max);
    const bool fills = place.name == "loss-curve" || place.name == "landscape";
    of_cells ? outline_cells(context, *rect, arrival)
             : outline_thing(context, *rect, fills, arrival);
  }
}

void draw_veils(const PanelContext& context) {
  const ui::Theme& theme = context.ui.theme;
  for (std::size_t i = 0; i < kCardItems.size(); ++i) {
    if (!has(context.view.settings.lesson.dimmed, static_cast<Card>(i))) continue;
    const auto rect = context.ui.items.find(kCardItems[i]);
    if (!rect) continue;
    ImGui::GetWindowDrawList()->AddRectFilled(
        rect->min, rect->max, ui::faded(theme.color.background, kVeil), theme.px(10.0f));
    context.ui.items.add(std::string("lesson/veil/") + kCardItems[i], rect->min, rect->max);
  }
}

}  // namespace

void draw_pointed_places(const PanelContext& context, float arrival) {
  if (!context.lessons.lectern.open()) return;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  ImGui::SetCursorScreenPos({0.0f, 0.0f});
  ImGui::BeginChild(
      "lesson/pointed", display, false,
      ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar);
  draw_veils(context);
  draw_places(context, arrival);
  ImGui::EndChild();
}

}  // namespace convscope::panels
