#include "app/panels/parts/stack_controls.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/scene/layer_presets.h"
#include "app/scene/option_limits.h"
#include "app/ui/buttons.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"
#include "engine/core/patterns.h"

namespace convscope::panels {
namespace {

// The entries of the menu "Add". The patterns follow from kFirstPattern on.
constexpr std::size_t kCopy = 0;
constexpr std::size_t kFiles = 1;
constexpr std::size_t kFirstPattern = 2;

void show_picture(const PanelContext& context, Index sample) {
  ShowPlanes planes = context.layer.wanted;
  planes.sample = sample;
  context.actions.push(ShowLayerPlanes{context.layer.index, planes});
}

// Appends a picture and shows it.
void add(const PanelContext& context, Tensor picture) {
  const Shape& stack = context.layer.scene.input.tensor->shape();
  if (stack.numel() + picture.numel() > kMaxInputValues || stack.n >= kMaxPictures) {
    context.actions.push(ShowMessage{"The stack would have more than " + count_text(kMaxPictures) +
                                         " pictures or " + count_text(kMaxInputValues) +
                                         " values; take smaller or fewer pictures.",
                                     true});
    return;
  }
  context.actions.push(add_change(std::move(picture), stack));
  show_picture(context, stack.n);
}

// Returns a picture [1, C, H, W] that has the pattern in all channels.
Tensor pattern_picture(std::string_view name, const Shape& s) {
  const Tensor plane = make_pattern(name, {s.h, s.w}, static_cast<std::uint64_t>(s.n));
  return with_planes(plane, 1, s.c);
}

Tensor all_patterns(const Shape& s) {
  Tensor stack;
  for (const std::string_view name : pattern_names()) {
    const Tensor picture = pattern_picture(name, s);
    stack = stack.empty() ? picture : with_pictures(stack, picture);
  }
  return stack;
}

// Carries out an entry of the menu "Add".
void add_chosen(const PanelContext& context, std::size_t chosen) {
  const Tensor& stack = *context.layer.scene.input.tensor;
  const Shape& s = stack.shape();
  if (chosen == kFiles) {
    context.actions.push(ShowOpenDialog{OpenPurpose::kAdd});
  } else if (chosen == kCopy) {
    const Index n = context.layer.shown.sample;
    const Index picture = s.c * s.h * s.w;
    const auto values = stack.values().subspan(static_cast<std::size_t>(n * picture),
                                               static_cast<std::size_t>(picture));
    add(context, Tensor({1, s.c, s.h, s.w}, values));
  } else {
    add(context, pattern_picture(pattern_names()[chosen - kFirstPattern], s));
  }
}

// Carries out an entry of the menu "Fill".
void fill(const PanelContext& context, int chosen) {
  const Shape& s = context.layer.scene.input.tensor->shape();
  switch (chosen) {
    case 0:
      context.actions.edit(noise_stack(32, 3, {128, 128}, 1));
      break;
    case 1:
      context.actions.edit(noise_stack(1, 3, {32, 32}, 1));
      break;
    default: {
      const Shape size{1, s.c, std::min<Index>(s.h, 64), std::min<Index>(s.w, 64)};
      InputScene input;
      input.tensor = std::make_shared<const Tensor>(all_patterns(size));
      input.name = "drawn";
      input.color = context.layer.scene.input.color;
      context.actions.edit(std::move(input));
    }
  }
}

}  // namespace

void draw_picture_stepper(const PanelContext& context, const std::string& name) {
  ui::Ui& ui = context.ui;
  const Index count = context.layer.scene.input.tensor->shape().n;
  if (count == 1) return;
  const Index sample = context.layer.shown.sample;
  const std::string text = "picture " + std::to_string(sample + 1) + " of " + std::to_string(count);
  const std::string widest = "picture " + std::to_string(count) + " of " + std::to_string(count);
  const float gap = ui.theme.px(6.0f);
  const float width = 2 * ui::row_height(ui) + 2 * gap + ui::label_width(ui, widest);
  ui::flow(ui, width);
  ImGui::BeginGroup();
  const auto step = [&](const char* part, ui::Icon icon, Index to) {
    ui::ButtonOptions options{.icon = icon, .enabled = to >= 0 && to < count};
    if (ui::button(ui, (name + part).c_str(), "", options)) show_picture(context, to);
  };
  step("/previous", ui::Icon::kLeft, sample - 1);
  ImGui::SameLine(0.0f, gap);
  ui::label(ui, text);
  ImGui::SameLine(0.0f, gap + ui::label_width(ui, widest) - ui::label_width(ui, text));
  step("/next", ui::Icon::kRight, sample + 1);
  ImGui::EndGroup();
}

void draw_stack_controls(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const Tensor& stack = *context.layer.scene.input.tensor;
  draw_picture_stepper(context, "stack/picture");
  std::vector<const char*> items = {"a copy of this picture", "pictures from files…"};
  for (const std::string_view name : pattern_names())
    items.push_back(name.data());
  int chosen = -1;
  ui::flow(ui, ui::menu_width(ui, "Add"));
  if (ui::menu(ui, "stack/add", "Add", items, chosen)) {
    add_chosen(context, static_cast<std::size_t>(chosen));
  }
  ui::tooltip(ui, "Puts another picture after the last one: a stack is the N of NCHW");
  if (stack.shape().n > 1) {
    ui::flow(ui, ui::button_width(ui, "Remove"));
    if (ui::button(ui, "stack/remove", "Remove",
                   {.tooltip = "Takes the picture that is shown out of the stack"})) {
      context.actions.push(remove_change(context.layer.shown.sample));
    }
  }
  constexpr std::array kFills = {"32 colour pictures of noise", "one colour picture of noise",
                                 "a picture of each pattern"};
  ui::flow(ui, ui::menu_width(ui, "Fill"));
  if (ui::menu(ui, "stack/fill", "Fill", kFills, chosen)) fill(context, chosen);
  ui::tooltip(ui, "Puts other pictures in place of all: the notebook's batch is [32, 3, 128, 128]");
}

}  // namespace convscope::panels
