#include "app/panels/dialogs/figure_dialog.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <utility>

#include "app/export/panel_figure.h"
#include "app/files/printable_text.h"
#include "app/ui/buttons.h"
#include "app/ui/fields.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_box.h"

namespace convscope::panels {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTitle = "Figure";
// In the order of exports::Panel, then the window.
constexpr std::array kPanels = {"Input",
                                "Kernel",
                                "Output",
                                "After ReLU",
                                "Pooled",
                                "Error",
                                "Target",
                                "Learned weights",
                                "Gradient",
                                "Loss",
                                "Input ⋆ kernel = output",
                                "All maps",
                                "Sum of the selected cell",
                                "The whole window"};
constexpr std::array kFormats = {"PNG", "SVG", "PDF", "CSV", "NumPy", "LaTeX"};
constexpr std::array kEndings = {".png", ".svg", ".pdf", ".csv", ".npy", ".tex"};
constexpr int kWindow = static_cast<int>(kPanels.size()) - 1;
constexpr int kPng = 0;
constexpr int kPictures = 3;  // so many formats are pictures
constexpr Index kMaxScale = 16;

std::string name_of(int panel) {
  return panel == kWindow ? "window"
                          : std::string(exports::panel_names()[static_cast<std::size_t>(panel)]);
}

exports::Panel panel_of(Card card, LearningTab tab) {
  using exports::Panel;
  switch (card) {
    case Card::kInput:
    case Card::kLayerInput:
      return Panel::kInput;
    case Card::kKernel:
    case Card::kAbout:
    case Card::kFilters:
      return Panel::kKernel;
    case Card::kOutput:
    case Card::kSum:
      return Panel::kOutput;
    case Card::kPooled:
      return Panel::kPooled;
    case Card::kLearning:
    case Card::kLoss:
      return Panel::kLoss;
    case Card::kError:
      return tab == LearningTab::kTarget ? Panel::kTarget : Panel::kError;
    case Card::kLearned:
      return Panel::kWeights;
    case Card::kMaps:
      return Panel::kMaps;
    case Card::kChain:
    case Card::kFacts:
      break;
  }
  return Panel::kRow;
}

void type(FigureDialogState& state, const std::string& path) {
  state.typed.fill('\0');
  std::memcpy(state.typed.data(), path.data(), std::min(path.size(), state.typed.size() - 1));
}

const char* ending_of(const FigureDialogState& state) {
  return kEndings[static_cast<std::size_t>(state.format)];
}

// Suggests a name for the panel in the folder that was typed last.
void suggest_name(FigureDialogState& state) {
  const fs::path folder = fs::path(state.typed.data()).parent_path();
  const std::string stem = "convscope-" + name_of(state.panel);
  fs::path path = folder / (stem + ending_of(state));
  std::error_code error;
  for (int i = 2; fs::exists(path, error) && i < 10000; ++i)
    path = folder / (stem + "-" + std::to_string(i) + ending_of(state));
  type(state, path.string());
}

// The typed name with the format's ending.
fs::path path_of(const FigureDialogState& state) {
  fs::path path = state.typed.data();
  if (path.has_filename() && path.extension() != ending_of(state)) path += ending_of(state);
  return path;
}

void draw_choices(ui::Ui& ui, FigureDialogState& state) {
  if (ui::combo(ui, "figure/panel", kPanels, state.panel)) {
    if (state.panel == kWindow) state.format = kPng;
    suggest_name(state);
  }
  if (state.panel != kWindow && ui::segmented(ui, "figure/format", kFormats, state.format))
    type(state, fs::path(state.typed.data()).replace_extension(ending_of(state)).string());
  if (state.panel == kWindow || state.format >= kPictures) return;
  if (state.format == kPng) {
    ui::int_field(ui, "figure/scale", "scale", state.scale, 1, kMaxScale,
                  "pixels for each unit of length: a cell has 48 units where it has room");
    ImGui::SameLine(0.0f, ui.theme.px(18.0f));
  }
  ui::checkbox(ui, "figure/numbers", "numbers", state.numbers);
  ImGui::SameLine(0.0f, ui.theme.px(18.0f));
  ui::checkbox(ui, "figure/transparent", "transparent", state.transparent);
}

// Returns whether the figure is being saved.
bool draw_save(const PanelContext& context, const FigureDialogState& state, bool entered) {
  ui::Ui& ui = context.ui;
  const fs::path path = path_of(state);
  std::error_code error;
  const bool replace = fs::exists(path, error);
  if (replace) {
    ui::text(ui, printable(path.filename().string()) + " is there already and would be replaced.",
             ui.theme.font.small, ui.theme.color.warn);
    ui.items.add_last("figure/warning");
  }
  const bool named = path.has_filename();
  const bool pressed = ui::button(ui, "figure/save", replace ? "Replace" : "Save",
                                  {.kind = ui::ButtonKind::kPrimary, .enabled = named});
  ImGui::SameLine();
  // An existing file is replaced only by the button that says so, not by Enter.
  if (!named || !(pressed || (entered && !replace))) return false;
  context.actions.push(SaveFigure{.panel = name_of(state.panel),
                                  .path = path.string(),
                                  .scale = static_cast<double>(state.scale),
                                  .numbers = state.numbers,
                                  .transparent = state.transparent});
  return true;
}

}  // namespace

void show_figure_dialog(FigureDialogState& state, const ShowFigureDialog& wanted, Card selected,
                        LearningTab tab) {
  static_assert(kPanels.size() == 14);
  const auto names = exports::panel_names();
  const auto found = std::ranges::find(names, wanted.panel);
  state.panel = found != names.end()
                    ? static_cast<int>(found - names.begin())
                    : static_cast<int>(panel_of(wanted.card.value_or(selected), tab));
  state.open = true;
  suggest_name(state);
}

void draw_figure_dialog(const PanelContext& context, FigureDialogState& state) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const bool opening = std::exchange(state.open, false);
  if (opening) ImGui::OpenPopup(kTitle);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(theme.px(520.0f), display.x - theme.px(20.0f));
  ImGui::SetNextWindowPos({display.x * 0.5f, display.y * 0.5f}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSize({width, 0.0f}, ImGuiCond_Always);
  state.shown =
      ImGui::BeginPopupModal(kTitle, nullptr,
                             ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                 ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings);
  if (!state.shown) return;
  ui::text(ui, "Save a figure", theme.font.title, theme.color.ink);
  draw_choices(ui, state);
  const bool entered = ui::text_box(ui, "figure/path", state.typed, opening);
  bool done = draw_save(context, state, entered);
  done |= ui::button(ui, "figure/cancel", "Cancel");
  if (done || ui::key_pressed({ui::Key::kEscape})) {
    state.shown = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

}  // namespace convscope::panels
