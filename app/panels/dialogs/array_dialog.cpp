#include "app/panels/dialogs/array_dialog.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "app/files/printable_text.h"
#include "app/program/document/array_edit.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/list_button.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

constexpr const char* kTitle = "Arrays";
constexpr std::array kUses = {"Input", "Kernel", "Target"};
constexpr std::array kLayouts = {"channels first", "channels last"};
constexpr std::size_t kMostRows = 9;  // arrays that are seen at once

const ArrayInfo& chosen_array(const ArrayDialogState& state) {
  return state.question->list.arrays[state.chosen];
}

// Chooses an array, with what it most likely is.
void choose(ArrayDialogState& state, std::size_t index) {
  state.chosen = index;
  const std::vector<Index>& shape = chosen_array(state).shape;
  if (!state.use_is_known) state.use = static_cast<int>(likely_use(shape));
  state.channels_last =
      state.use != static_cast<int>(ArrayUse::kKernel) && likely_channels_last(shape);
}

std::string label_of(const ArrayInfo& info) {
  const std::string name = info.name.empty() ? "" : printable(info.name) + "   ";
  const std::string what = array_shape_text(info.shape) + "   " + printable(info.dtype);
  return name + what + (info.unreadable.empty() ? "" : "   not read");
}

void draw_arrays(ui::Ui& ui, ArrayDialogState& state) {
  const std::vector<ArrayInfo>& arrays = state.question->list.arrays;
  const float row = std::ceil(ui::font_size(ui.theme.font.body)) + ImGui::GetStyle().ItemSpacing.y;
  ImGui::BeginChild("arrays", {0.0f, row * static_cast<float>(std::min(arrays.size(), kMostRows))},
                    false);
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    const std::string name = "arrays/" + (arrays[i].name.empty() ? "array" : arrays[i].name);
    if (ui::list_entry(ui, name.c_str(), label_of(arrays[i]), i == state.chosen, false))
      choose(state, i);
    ImGui::PopID();
  }
  ImGui::EndChild();
}

// Says what the array becomes, or why it can't. Returns whether it can.
bool draw_outcome(ui::Ui& ui, const ArrayDialogState& state) {
  const ArrayInfo& info = chosen_array(state);
  const Shape shape = shape_as_read(info.shape, state.channels_last);
  const auto use = static_cast<ArrayUse>(state.use);
  std::string why =
      info.unreadable.empty() ? why_no_array_edit(shape, use) : "it holds " + info.unreadable;
  const bool can = why.empty();
  if (can) {
    constexpr std::array kBecomes = {"The input becomes ", "The weight of the first layer becomes ",
                                     "The target of the learning becomes "};
    const bool layer = use == ArrayUse::kKernel && (shape.n > 1 || shape.c > 1);
    why = kBecomes[static_cast<std::size_t>(state.use)] + to_string(shape) +
          (layer ? ", the filters of a layer." : ".");
  } else {
    why = "This can't be taken: " + why + ".";
  }
  ui::paragraph(ui, printable(why), ui.theme.font.small,
                can ? ui.theme.color.muted : ui.theme.color.bad);
  ui.items.add_last("arrays/outcome");
  return can;
}

void draw_choices(ui::Ui& ui, ArrayDialogState& state) {
  if (ui::segmented(ui, "arrays/use", kUses, state.use)) state.use_is_known = true;
  if (chosen_array(state).shape.size() < 3 || state.use == static_cast<int>(ArrayUse::kKernel)) {
    state.channels_last = false;
    return;
  }
  ImGui::SameLine(0.0f, ui.theme.px(18.0f));
  int layout = state.channels_last ? 1 : 0;
  if (ui::segmented(ui, "arrays/layout", kLayouts, layout)) state.channels_last = layout == 1;
  ui::tooltip(ui,
              "PyTorch has the channels before the rows, [C, H, W]; pictures in NumPy mostly have "
              "them behind the columns, [H, W, C]");
}

}  // namespace

void show_array_dialog(ArrayDialogState& state, ArrayQuestion question) {
  state.question = std::move(question);
  state.open = true;
  const OpenNumbers& wanted = state.question->wanted;
  state.use_is_known = wanted.use.has_value();
  if (wanted.use) state.use = static_cast<int>(*wanted.use);
  const auto& arrays = state.question->list.arrays;
  const auto readable =
      std::ranges::find_if(arrays, [](const ArrayInfo& info) { return info.unreadable.empty(); });
  choose(state, readable == arrays.end() ? 0 : static_cast<std::size_t>(readable - arrays.begin()));
}

void draw_array_dialog(const PanelContext& context, ArrayDialogState& state) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  if (std::exchange(state.open, false)) ImGui::OpenPopup(kTitle);
  if (!state.question) return;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(theme.px(520.0f), display.x - theme.px(20.0f));
  ImGui::SetNextWindowPos({display.x * 0.5f, display.y * 0.5f}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSize({width, 0.0f}, ImGuiCond_Always);
  state.shown =
      ImGui::BeginPopupModal(kTitle, nullptr,
                             ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                 ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings);
  if (!state.shown) return;
  const bool escape = ui::escape_closes(ui);
  const ArrayPath& array = state.question->wanted.array;
  ui::text(ui, "Open " + printable(array.file.filename().string()), theme.font.title,
           theme.color.ink);
  draw_arrays(ui, state);
  draw_choices(ui, state);
  const bool can = draw_outcome(ui, state);
  const bool pressed =
      ui::button(ui, "arrays/open", "Open", {.kind = ui::ButtonKind::kPrimary, .enabled = can});
  ImGui::SameLine();
  const bool cancelled = ui::button(ui, "arrays/cancel", "Cancel");
  const bool opens = can && (pressed || ui::key_pressed({ui::Key::kEnter}));
  if (opens)
    context.actions.push(OpenNumbers{{array.file, chosen_array(state).name},
                                     static_cast<ArrayUse>(state.use),
                                     state.channels_last});
  if (opens || cancelled || escape) {
    state.shown = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

}  // namespace convscope::panels
