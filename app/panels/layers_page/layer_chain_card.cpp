#include "app/panels/layers_page/layer_chain_card.h"

#include <algorithm>
#include <cmath>

#include "app/panels/kernel_page/output_panel.h"
#include "app/panels/kernel_page/pooling_panel.h"
#include "app/panels/layers_page/layer_gradients.h"
#include "app/panels/parts/card_place.h"
#include "app/scene/layer_presets.h"
#include "app/ui/button_parts.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/core/shape_text.h"

namespace convscope::panels {
namespace {

constexpr float kRow = 30.0f;  // height of a stage in the list at scale 1

std::string kernel_text(const ConvolutionLayer& layer) {
  const Shape& k = layer.kernel.weight.shape();
  const std::string size = size_text({k.h, k.w});
  if (!layer.kernel.layer) return size + " each channel";
  const Index filters = filter_count(layer.kernel, layer.conv);
  return std::to_string(filters) + (filters == 1 ? " filter " : " filters ") + size;
}

// Returns the text beside a stage's name: what it does, or its gradient with an arrow to the stage
// before, to which it goes on.
std::string stage_text(const LayerCards& cards, const LayerStage& stage) {
  if (cards.backward) return "↑ " + gradient_symbol(cards.context, stage.part);
  const ConvolutionLayer& layer = convolution(cards.context.layer.scene.layers[stage.layer]);
  switch (stage.part) {
    case StagePart::kOutput:
      return kernel_text(layer);
    case StagePart::kActivated:
      return "max(Y, 0)";
    case StagePart::kPooled:
      break;
  }
  return std::string(layer.pool.options.kind == PoolKind::kMax ? "max " : "average ") +
         size_text(layer.pool.options.kernel);
}

std::string shape_of(const LayerCards& cards, const LayerStage& stage) {
  const ResultsPtr& results = cards.context.live.results();
  if (results == nullptr || stage.layer >= results->layers.size()) return "";
  const TensorPtr tensor = stage_tensor(results->layers[stage.layer], stage.part);
  return tensor ? to_string(tensor->shape()) : "no output";
}

float name_width(const ui::Ui& ui) {
  const ImFont* font = ui.theme.font.body;
  return std::ceil(ui::text_size(font, ui::font_size(font), "ReLU 8 ").x + ui.theme.px(4.0f));
}

// Draws one stage of the list: its name, what it does if there is room, and its output's shape.
void draw_stage(const LayerCards& cards, const LayerStage& stage) {
  ui::Ui& ui = cards.context.ui;
  const ui::Theme& theme = ui.theme;
  const bool selected = stage == cards.context.view.layers.stage;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{ImGui::GetContentRegionAvail().x, std::round(theme.px(kRow))};
  const std::string name = "chain/" + stage_name(stage);
  const ui::Pressable row =
      ui::pressable(ui, name.c_str(), size, true, ImGui::GetID("stages"), selected);
  if (row.clicked) cards.context.view.layers.stage = stage;
  const bool hovered = row.hovered;
  if (selected && cards.state.scrolled_to != stage) ImGui::SetScrollHereY();
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (selected || hovered) {
    list->AddRectFilled(at, {at.x + size.x, at.y + size.y},
                        selected ? theme.color.accent : theme.color.control_hovered,
                        theme.px(7.0f));
  }
  const ImU32 ink = selected ? theme.color.on_accent : theme.color.ink;
  const ImU32 pale = selected ? theme.color.on_accent : theme.color.muted;
  const float pad = theme.px(8.0f);
  const auto put = [&](ImFont* font, float x, ImU32 color, std::string_view text) {
    ui::draw_text(list, font, ui::font_size(font),
                  {std::round(x), std::round(at.y + (size.y - ui::font_size(font)) * 0.5f)}, color,
                  text);
  };
  const float text_x = at.x + pad + name_width(ui);
  put(theme.font.body, at.x + pad, ink, stage_name(stage));
  const std::string shape = shape_of(cards, stage);
  const float shape_x = at.x + size.x - pad - ui::label_width(ui, shape);
  put(theme.font.small, shape_x, pale, shape);
  const std::string text = stage_text(cards, stage);
  if (text_x + ui::label_width(ui, text) + pad <= shape_x) {
    put(theme.font.small, text_x, pale, text);
  } else if (hovered) {
    ui::tooltip(ui, text);
  }
  ImGui::SetCursorScreenPos({at.x, at.y + size.y + theme.px(2.0f)});
}

void draw_stages(const LayerCards& cards, float height) {
  ImGui::BeginChild("stages", {0.0f, height}, false, ImGuiWindowFlags_NoBackground);
  for (const LayerStage& stage : stages_of(cards.context.layer.scene))
    draw_stage(cards, stage);
  cards.state.scrolled_to = cards.context.view.layers.stage;
  ImGui::Dummy({1.0f, 1.0f});
  ImGui::EndChild();
}

// Adds a layer after the selected one: 4 random filters of 3 x 3 with ReLU.
void add_layer(const LayerCards& cards) {
  const Scene& scene = cards.context.layer.scene;
  const std::size_t at = cards.stage.layer + 1;
  ConvolutionLayer layer;
  layer.kernel = random_layer(4, input_channels_of(scene, at), {3, 3}, scene.layers.size());
  layer.relu = true;
  LayerList layers = scene.layers;
  layers.insert(layers.begin() + static_cast<std::ptrdiff_t>(at), LayerScene{std::move(layer)});
  LayersView& view = cards.context.view.layers;
  view.add_layer(at);
  view.stage = {at, StagePart::kOutput};
  cards.context.actions.edit(std::move(layers));
}

void remove_layer(const LayerCards& cards) {
  LayerList layers = cards.context.layer.scene.layers;
  layers.erase(layers.begin() + static_cast<std::ptrdiff_t>(cards.stage.layer));
  cards.context.view.layers.remove_layer(cards.stage.layer);
  cards.context.actions.edit(std::move(layers));
}

void draw_switches(const LayerCards& cards) {
  ui::Ui& ui = cards.context.ui;
  ConvolutionLayer layer = cards.context.layer.now();
  const std::size_t index = cards.context.layer.index;
  const auto toggle = [&](const char* name, const char* label, bool& on, const char* tip) {
    ui::flow(ui, ui::button_width(ui, label));
    return ui::toggle_button(ui, name, label, on, {.tooltip = tip});
  };
  if (toggle("chain/relu", "ReLU", layer.relu, "max(Y, 0) after this layer's convolution")) {
    edit_layer(cards.context, LayerScene{layer});
  }
  bool pools = has_pooling_stage(layer, index);
  if (toggle("chain/pool", "Pool", pools, "Pooling after this layer's convolution")) {
    edit_layer(cards.context, LayerScene{with_pooling_stage(layer, index, pools)});
  }
  // While another layer is being computed, the cards still show the previous one.
  const bool settled = cards.stage.layer == cards.context.view.layers.stage.layer;
  ui::flow(ui, ui::button_width(ui, "Add layer"));
  if (ui::button(ui, "chain/add", "Add layer",
                 {.enabled = settled && std::ssize(cards.context.layer.scene.layers) < kMaxLayers,
                  .tooltip = "A convolution after this layer: its input is what this one gives"})) {
    add_layer(cards);
  }
  ui::flow(ui, ui::button_width(ui, "Remove"));
  if (ui::button(ui, "chain/remove", "Remove",
                 {.enabled = settled && cards.stage.layer > 0,
                  .tooltip = "Takes this layer out of the chain; the first one stays"})) {
    remove_layer(cards);
  }
}

}  // namespace

void draw_layer_chain(const LayerCards& cards, const Rect& rect) {
  const std::size_t count = cards.context.layer.scene.layers.size();
  std::string subtitle = count == 1 ? "one layer" : std::to_string(count) + " layers";
  if (cards.backward) subtitle += ", backward ↑";
  begin_card(cards.context, rect, {"card/layer-chain", Card::kChain, "Chain", subtitle},
             cards.sharing, "maps/tabs");
  draw_stages(cards, ImGui::GetContentRegionAvail().y);
  ui::end_card();
}

void draw_layer_chain_controls(const LayerCards& cards) {
  draw_switches(cards);
  if (cards.stage.part == StagePart::kPooled) {
    draw_pool_controls(cards.context);
  } else {
    draw_conv_controls(cards.context);
  }
}

}  // namespace convscope::panels
