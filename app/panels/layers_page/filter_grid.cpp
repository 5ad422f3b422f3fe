#include "app/panels/layers_page/filter_grid.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/look/range.h"
#include "app/ui/cells.h"
#include "app/ui/focus.h"
#include "app/ui/heatmap_painter.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"
#include "engine/core/number_text.h"
#include "engine/explain/channel_sum.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

constexpr float kLargestCell = 30.0f;  // pixels at scale 1
constexpr float kNarrowCell = 12.0f;   // below which biases have no more room than they need
constexpr float kSmallestCell = 2.0f;
constexpr float kGap = 5.0f;  // between slices and between filters

// The filters of a layer. A kernel shared by all channels counts as one filter for each channel.
struct Filters {
  Tensor repeated;  // a shared kernel repeated for each channel; empty for a layer
  const Tensor* given = nullptr;
  Conv2dOptions options;  // only groups and transposed are set
  Index rows = 1, slices = 1;
  std::span<const float> bias;  // one for each filter, or one for all
  bool gradient = false;        // whether these are ∂L/∂W
  const Tensor& weight() const { return repeated.empty() ? *given : repeated; }
};

// Writes "+ 0.1", and of a gradient "∂b 0.1".
std::string bias_text(const Filters& filters, Index filter) {
  const bool shared = filters.bias.size() == 1;
  const float bias = filters.bias[shared ? 0 : static_cast<std::size_t>(filter)];
  const auto value = static_cast<double>(bias);
  if (filters.gradient) return "∂b " + number_text(value, 3);
  return (bias < 0.0f ? "− " : "+ ") + number_text(std::abs(value), 3);
}

// A kernel that all channels share is one filter for each of them.
void repeat(const Tensor& kernel, Index channels, Filters& filters) {
  filters.repeated = per_channel_weight(kernel, channels);
  filters.options.groups = channels;
}

Filters gradients_of(const LayerGradients& gradients) {
  Filters filters;
  filters.gradient = true;
  filters.given = &gradients.kernel;
  filters.options.groups = gradients.layer.options.groups;
  filters.options.transposed = gradients.layer.options.transposed;
  filters.rows = gradients.output->shape().c;
  filters.bias = gradients.bias;
  if (gradients.kernel.shape() != gradients.layer.weight.shape())
    repeat(gradients.kernel, filters.rows, filters);
  filters.slices = summed_channels(filters.weight().shape(), filters.options);
  return filters;
}

Filters filters_of(const LayerCards& cards) {
  if (const LayerGradients* gradients = cards.gradients()) return gradients_of(*gradients);
  const ShownLayer& shown = cards.context.layer;
  const KernelScene& kernel = shown.now().kernel;
  const ConvScene& conv = shown.now().conv;
  const Index channels = input_channels_of(shown.scene, shown.index);
  Filters filters;
  filters.given = &kernel.weight;
  filters.options.groups = conv.groups;
  filters.options.transposed = conv.transposed;
  if (!kernel.layer) repeat(kernel.weight, channels, filters);
  filters.rows = output_channels(kernel, conv, channels);
  filters.slices = summed_channels(filters.weight().shape(), filters.options);
  filters.bias = kernel.bias;
  return filters;
}

// Divides the rows of one filter by its largest finite magnitude.
void normalize(std::span<float> filter) {
  const ui::ValueRange range = finite_range(filter);
  const float most = std::max(std::abs(range.lo), std::abs(range.hi));
  for (float& value : filter)
    value = most > 0.0f ? value / most : value;
}

// Puts slice i of filter o at rows o * kh ... and columns i * kw ... of one plane.
void update_mosaic(const Filters& filters, bool separate, FilterMosaic& mosaic) {
  const Tensor& weight = filters.weight();
  if (mosaic.weight == weight && mosaic.groups == filters.options.groups &&
      mosaic.transposed == filters.options.transposed && mosaic.separate == separate) {
    return;
  }
  const Shape& k = weight.shape();
  mosaic.separate = separate;
  mosaic.weight = weight;
  mosaic.groups = filters.options.groups;
  mosaic.transposed = filters.options.transposed;
  mosaic.revision = Revision::fresh();
  mosaic.cells = Tensor({1, 1, filters.rows * k.h, filters.slices * k.w});
  for (Index o = 0; o < filters.rows; ++o) {
    for (Index i = 0; i < filters.slices; ++i) {
      const Tensor slice = filter_slice(weight, filters.options, o, i);
      for (Index y = 0; y < k.h; ++y)
        std::copy_n(slice.row(0, 0, y), k.w, mosaic.cells.row(0, 0, o * k.h + y) + i * k.w);
    }
    const auto size = static_cast<std::size_t>(k.h * filters.slices * k.w);
    if (separate) normalize({mosaic.cells.row(0, 0, o * k.h), size});
  }
}

float widest_bias(const ui::Ui& ui, const Filters& filters) {
  float width = 0.0f;
  for (Index o = 0; o < std::ssize(filters.bias); ++o)
    width = std::max(width, ui::label_width(ui, bias_text(filters, o)));
  return width;
}

// The positions of the slices, in pixels from the corner of the grid.
struct GridPlace {
  float cell = 1.0f;
  float left = 0.0f;  // left edge of the first slice, after the filter's number
  float slice_w = 0.0f, slice_h = 0.0f;
  float pitch_x = 0.0f, pitch_y = 0.0f;
  float bias = 0.0f;  // width of the column of biases
  float width = 0.0f, height = 0.0f;
  ImVec2 corner(Index o, Index i) const {
    return {left + static_cast<float>(i) * pitch_x,
            static_cast<float>(o) * pitch_y + std::floor((pitch_y - slice_h) * 0.5f)};
  }
};

GridPlace place_filters(const ui::Ui& ui, const Filters& filters, ImVec2 size) {
  const ui::Theme& theme = ui.theme;
  const Shape& k = filters.weight().shape();
  const auto rows = static_cast<float>(filters.rows);
  const auto slices = static_cast<float>(filters.slices);
  const float line = ui::font_size(theme.font.small);
  const float gap = std::round(theme.px(kGap));
  GridPlace place;
  place.left = ui::label_width(ui, std::to_string(filters.rows)) + theme.px(8.0f);
  const auto width_with = [&](float bias) {
    place.bias = bias + theme.px(8.0f);
    return (size.x - place.left - place.bias - gap * slices) / (slices * static_cast<float>(k.w));
  };
  float wide = width_with(ui::label_width(ui, filters.gradient ? "∂b −0.123" : "+ −0.123"));
  if (wide < theme.px(kNarrowCell)) wide = width_with(widest_bias(ui, filters));
  const float high = (size.y / rows - gap) / static_cast<float>(k.h);
  // Shows all filters at once if their cells are still large enough to see.
  const float fitting = std::min(wide, std::max(high, theme.px(6.0f)));
  place.cell = std::floor(std::clamp(fitting, theme.px(kSmallestCell), theme.px(kLargestCell)));
  place.slice_w = place.cell * static_cast<float>(k.w);
  place.slice_h = place.cell * static_cast<float>(k.h);
  place.pitch_x = place.slice_w + gap;
  place.pitch_y = std::max(place.slice_h, std::ceil(line)) + gap;
  place.width = place.left + slices * place.pitch_x + place.bias;
  place.height = rows * place.pitch_y;
  return place;
}

struct Range {
  Index first = 0, end = 0;
};

// Returns which of `count` items, `pitch` apart, lie between two positions.
Range seen(float from, float to, float pitch, Index count) {
  return {std::clamp<Index>(static_cast<Index>(std::floor(from / pitch)), 0, count),
          std::clamp<Index>(static_cast<Index>(std::floor(to / pitch)) + 1, 0, count)};
}

void draw_slices(const LayerCards& cards, const Filters& filters, const GridPlace& place,
                 ImVec2 origin, const Range& rows, const Range& slices) {
  ui::Ui& ui = cards.context.ui;
  const Shape& k = filters.weight().shape();
  if (rows.end <= rows.first || slices.end <= slices.first) return;
  ui::HeatmapStyle style =
      ui::style_for(finite_range(cards.state.mosaic.cells.values()),
                    cards.context.view.settings.dark(), ui::MapChoice::kDiverging);
  const float dense = ImGui::GetIO().DisplayFramebufferScale.x;
  ui::set_grid(ui.theme, place.cell, style);
  style.grid_width *= dense;
  const auto height = static_cast<float>(rows.end - rows.first) * place.slice_h;
  const auto width = static_cast<float>(slices.end - slices.first) * place.slice_w;
  ui::HeatmapCrop crop;
  crop.y0 = static_cast<float>(rows.first * k.h);
  crop.x0 = static_cast<float>(slices.first * k.w);
  crop.cells_per_pixel = 1.0f / (place.cell * dense);
  crop.height = static_cast<int>(std::lround(height * dense));
  crop.width = static_cast<int>(std::lround(width * dense));
  ui::HeatmapPicture picture;
  picture.values = {&cards.state.mosaic.cells, cards.state.mosaic.revision, 0, 0};
  const ImTextureID texture = ui.painter.paint(ImGui::GetID("mosaic"), picture, style, crop);
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (Index o = rows.first; o < rows.end; ++o) {
    for (Index i = slices.first; i < slices.end; ++i) {
      const ImVec2 at = place.corner(o, i);
      const ImVec2 min{origin.x + at.x, origin.y + at.y};
      const ImVec2 max{min.x + place.slice_w, min.y + place.slice_h};
      const ImVec2 uv{static_cast<float>(i - slices.first) * place.slice_w / width,
                      static_cast<float>(o - rows.first) * place.slice_h / height};
      if (texture) {
        list->AddImage(texture, min, max, uv,
                       {uv.x + place.slice_w / width, uv.y + place.slice_h / height});
      }
      ui.items.add("filters/" + std::to_string(o) + "/" + std::to_string(i), min, max);
    }
  }
}

void draw_labels(const LayerCards& cards, const Filters& filters, const GridPlace& place,
                 ImVec2 origin, const Range& rows) {
  const ui::Theme& theme = cards.context.ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* font = theme.font.small;
  const float size = ui::font_size(font);
  for (Index o = rows.first; o < rows.end; ++o) {
    const bool selected = o == cards.context.layer.shown.output;
    const ImU32 ink = selected ? ui::legible(theme.color.accent, theme.color) : theme.color.muted;
    const float y = std::round(origin.y + static_cast<float>(o) * place.pitch_y +
                               (place.pitch_y - size) * 0.5f);
    ui::draw_text(list, font, size, {origin.x, y}, ink, std::to_string(o));
    const std::string text = bias_text(filters, o);
    ui::draw_text(
        list, font, size,
        {std::round(origin.x + place.left + static_cast<float>(filters.slices) * place.pitch_x), y},
        ink, text);
  }
}

// Returns the slice and the weight at a place of the screen.
std::optional<FilterGridEvent> pointed(const Filters& filters, const GridPlace& place,
                                       ImVec2 origin, ImVec2 mouse) {
  const float x = mouse.x - origin.x - place.left;
  const float y = mouse.y - origin.y;
  if (x < 0.0f || y < 0.0f) return std::nullopt;
  FilterGridEvent event;
  event.filter = static_cast<Index>(y / place.pitch_y);
  event.slice = std::min(static_cast<Index>(x / place.pitch_x), filters.slices - 1);
  if (event.filter >= filters.rows) return std::nullopt;
  const ImVec2 corner = place.corner(event.filter, event.slice);
  const float dx = mouse.x - origin.x - corner.x;
  const float dy = mouse.y - origin.y - corner.y;
  if (dx >= 0.0f && dy >= 0.0f && dx < place.slice_w && dy < place.slice_h) {
    event.weight = Yx{static_cast<Index>(dy / place.cell), static_cast<Index>(dx / place.cell)};
  }
  return event;
}

// Goes from weight to weight through all filters and slices, as if they were one plane.
FilterGridEvent weight_by_keys(const ui::FocusKeys& keys, const Filters& filters, Yx& at,
                               const GridPlace& place, ImVec2 origin) {
  const Shape& k = filters.weight().shape();
  at = {std::clamp<Index>(at.y + keys.y, 0, filters.rows * k.h - 1),
        std::clamp<Index>(at.x + keys.x, 0, filters.slices * k.w - 1)};
  FilterGridEvent event;
  event.filter = at.y / k.h;
  event.slice = at.x / k.w;
  event.weight = Yx{at.y % k.h, at.x % k.w};
  const ImVec2 corner = place.corner(event.filter, event.slice);
  const ImVec2 min{origin.x + corner.x + static_cast<float>(event.weight->x) * place.cell,
                   origin.y + corner.y + static_cast<float>(event.weight->y) * place.cell};
  if (keys.arrived || keys.y != 0 || keys.x != 0)
    ui::scroll_to_see(min, {min.x + place.cell, min.y + place.cell});
  return event;
}

void draw_selection(const LayerCards& cards, const Filters& filters, const GridPlace& place,
                    ImVec2 origin) {
  const ui::Theme& theme = cards.context.ui.theme;
  const ShownPlanes& shown = cards.context.layer.shown;
  if (shown.output >= filters.rows) return;  // gradients of an older scene
  const Index first = first_input_channel(filters.weight().shape(), filters.options, shown.output);
  const Index slice = std::clamp<Index>(shown.input - first, 0, filters.slices - 1);
  const ImVec2 at = place.corner(shown.output, slice);
  const float rim = std::round(theme.px(2.0f));
  ui::stroke_rect(ImGui::GetWindowDrawList(), {origin.x + at.x - rim, origin.y + at.y - rim},
                  {origin.x + at.x + place.slice_w + rim, origin.y + at.y + place.slice_h + rim},
                  theme.color.accent, theme.px(3.0f), rim);
}

}  // namespace

FilterGridFit fit_filter_grid(const LayerCards& cards, ImVec2 size) {
  const GridPlace place = place_filters(cards.context.ui, filters_of(cards), size);
  const float bar = place.height > size.y ? ImGui::GetStyle().ScrollbarSize : 0.0f;
  return {std::ceil(place.width + bar), place.cell};
}

std::optional<FilterGridEvent> draw_filter_grid(const LayerCards& cards, ImVec2 size) {
  ui::Ui& ui = cards.context.ui;
  const Filters filters = filters_of(cards);
  update_mosaic(filters, cards.state.separate_filters, cards.state.mosaic);
  const GridPlace place = place_filters(ui, filters, size);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  ui.items.add("filters", start, {start.x + size.x, start.y + size.y});
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoBackground;
  const bool wide =
      place.width > size.x - (place.height > size.y ? ImGui::GetStyle().ScrollbarSize : 0.0f);
  if (wide) flags |= ImGuiWindowFlags_HorizontalScrollbar;
  ImGui::BeginChild("filters", size, false, flags);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const ImVec2 scroll{ImGui::GetScrollX(), ImGui::GetScrollY()};
  const Range rows = seen(scroll.y, scroll.y + size.y, place.pitch_y, filters.rows);
  const Range slices =
      seen(scroll.x - place.left, scroll.x - place.left + size.x, place.pitch_x, filters.slices);
  std::optional<FilterGridEvent> event;
  ImGui::InvisibleButton("cells", {std::max(1.0f, place.width), std::max(1.0f, place.height)});
  const bool hovered = ImGui::IsItemHovered();
  const ui::FocusKeys keys = ui.focus.stop({.id = ImGui::GetID("cells"),
                                            .min = start,
                                            .max = {start.x + size.x, start.y + size.y},
                                            .kind = ui::StopKind::kCells,
                                            .hovered = hovered});
  if (keys.focused && ui.focus.leads()) {
    event = weight_by_keys(keys, filters, cards.state.weight, place, origin);
    event->clicked = keys.pressed;
  } else if (hovered) {
    event = pointed(filters, place, origin, ImGui::GetIO().MousePos);
    if (event) event->clicked = ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  }
  draw_slices(cards, filters, place, origin, rows, slices);
  draw_labels(cards, filters, place, origin, rows);
  draw_selection(cards, filters, place, origin);
  if (event && event->weight) {
    const ImVec2 corner = place.corner(event->filter, event->slice);
    const ImVec2 min{origin.x + corner.x + static_cast<float>(event->weight->x) * place.cell,
                     origin.y + corner.y + static_cast<float>(event->weight->y) * place.cell};
    ui::draw_outline(ui.theme, ImGui::GetWindowDrawList(), min,
                     {min.x + place.cell, min.y + place.cell}, ui.theme.color.linked);
  }
  ImGui::EndChild();
  return event;
}

}  // namespace convscope::panels
