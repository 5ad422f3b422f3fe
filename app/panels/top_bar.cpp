#include "app/panels/top_bar.h"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "app/scene/examples.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/widgets.h"

namespace convscope {
namespace {

constexpr std::array kColors = {"colours: automatic", "viridis", "magma", "grey", "blue-white-red"};
constexpr std::array kPages = {"Kernel", "Layers"};

bool flat(ui::Ui& ui, const char* name, const char* label, const char* tip, bool enabled = true) {
  return ui::button(ui, name, label,
                    {.kind = ui::ButtonKind::kFlat, .enabled = enabled, .tooltip = tip});
}

// A transposed convolution lays the kernel on as it is too, but onto the output.
const char* shown_operation(const Scene& scene) {
  if (scene.conv.transposed) return "Transposed convolution";
  return scene.kernel.turned ? "Convolution" : "Cross-correlation";
}

// Which operation is shown, and the switch between the two; ends at `right`, and is left out where
// it would go beyond `left`: the sign between the cards tells it too.
void draw_flip(const PanelContext& context, float y, float left, float right) {
  ui::Ui& ui = context.ui;
  const KernelScene& kernel = context.scene.kernel;
  const char* shown = shown_operation(context.scene);
  const bool transposed = context.scene.conv.transposed;
  const float gap = ui.theme.px(6.0f);
  const float button = ui::button_width(ui, "Flip", ui::Icon::kFlip);
  ImFont* font = ui.theme.font.body;
  const auto width = [&](const char* text) {
    return std::ceil(ui::text_size(font, ui::font_size(font), text).x);
  };
  if (right - button < left + 2 * gap) return;
  const auto fits = [&](const char* text) {
    return right - width(text) - gap - button >= left + 2 * gap;
  };
  if (transposed && !fits(shown)) shown = "Transposed";
  const bool labelled = fits(transposed ? shown : "Cross-correlation");
  if (labelled) {
    ImGui::SetCursorScreenPos({right - button - gap - width(shown), y});
    ui::text(ui, shown, font, ui.theme.color.muted);
    ui.items.add_last("top/shown");
  }
  ImGui::SetCursorScreenPos({right - button, y});
  bool turned = kernel.turned;
  const char* tip = kernel.turned
                        ? "The kernel is turned by 180 degrees: convolution. Turns it back (F)"
                        : "The kernel is laid on as it is: cross-correlation, which PyTorch calls "
                          "convolution. Turns it by 180 degrees (F)";
  if (ui::toggle_button(ui, "top/flip", "Flip", turned,
                        {.icon = ui::Icon::kFlip, .tooltip = tip})) {
    context.actions.edit(turned_over(kernel));
  }
}

// What draw_flip takes.
float flip_width(const ui::Ui& ui, const Scene& scene) {
  const ImFont* font = ui.theme.font.body;
  const char* longest = scene.conv.transposed ? shown_operation(scene) : "Cross-correlation";
  return std::ceil(ui::text_size(font, ui::font_size(font), longest).x) +
         ui::button_width(ui, "Flip", ui::Icon::kFlip) + 3 * ui.theme.px(6.0f);
}

// The scene's file, with a dot where the scene differs from it; left out where there is no room:
// the window's title tells it too.
void draw_file_name(const PanelContext& context, bool unsaved, float room) {
  ui::Ui& ui = context.ui;
  const std::filesystem::path file = context.scene.file;
  const float gap = ui.theme.px(10.0f);
  if (file.empty() || room - gap < ui.theme.px(50.0f)) return;
  ImGui::SameLine(0.0f, gap);
  const std::string name = (unsaved ? "• " : "") + file.filename().string();
  ImFont* font = ui.theme.font.body;
  ui::text(ui, ui::elided(font, name, room - gap), font, ui.theme.color.muted);
  ui.items.add_last("top/file");
  ui::tooltip(ui, file.string() + (unsaved ? ": changed since it was saved (Ctrl+S)" : ""));
}

void choose_colors(const PanelContext& context) {
  auto colors = static_cast<int>(context.view.colors);
  if (ui::combo(context.ui, "top/colors", kColors, colors)) {
    context.actions.push(ChooseColors{colors});
  }
  ui::tooltip(context.ui,
              "Colour map of the heatmaps. Automatic: viridis, or blue-white-red where values are "
              "negative. All can be read with red-green colour blindness");
}

void choose_page(const PanelContext& context) {
  auto page = static_cast<int>(context.view.page);
  if (ui::segmented(context.ui, "top/page", kPages, page)) {
    context.actions.push(ShowPage{static_cast<Page>(page)});
  }
  ui::tooltip(context.ui, "One kernel, or the layers of a network (L)");
}

// A file, or one of the scenes that come with the program.
void open_menu(const PanelContext& context) {
  std::vector<const char*> items{"Picture or scene… (Ctrl+O)"};
  for (const Example& example : examples())
    items.push_back(example.title);
  int chosen = -1;
  if (!ui::menu(context.ui, "top/open", "Open", items, chosen)) return;
  if (chosen == 0) {
    context.actions.push(ShowOpenDialog{});
  } else {
    context.actions.push(OpenScene{.path = {}, .example = static_cast<std::size_t>(chosen - 1)});
  }
}

}  // namespace

void draw_top_bar(const PanelContext& context, const Rect& rect, const TopBarState& state) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(rect.min(), {rect.x + rect.w, rect.y + rect.h}, theme.color.card);
  list->AddLine({rect.x, rect.y + rect.h}, {rect.x + rect.w, rect.y + rect.h}, theme.color.line);
  ui.items.add("top-bar", rect.min(), {rect.x + rect.w, rect.y + rect.h});
  const float y = std::round(rect.y + (rect.h - ui::row_height(ui)) * 0.5f);
  ImGui::SetCursorScreenPos({rect.x + theme.px(16.0f), y});
  ui::text(ui, "Convscope", theme.font.title, theme.color.ink);

  // The right side first: what does not fit on the left is left out, its key remains.
  // The colours make room for the pages.
  const float pages = ui::segmented_width(ui, kPages) + theme.px(14.0f);
  const float right = rect.x + rect.w - theme.px(12.0f);
  float right_width = ui::button_width(ui, "A−") + ui::button_width(ui, "A+") +
                      ui::button_width(ui, "Light") + ui::button_width(ui, "Keys F1") +
                      3 * theme.px(6.0f);
  const float colors_width = ui::combo_width(ui, kColors) + theme.px(6.0f);
  const bool with_colors = ImGui::GetItemRectMax().x + pages + colors_width + right_width <= right;
  if (with_colors) right_width += colors_width;
  const auto left_button = [&](const char* name, const char* label, const char* tip, bool enabled) {
    const float width = ui::button_width(ui, label) + theme.px(6.0f);
    if (ImGui::GetItemRectMax().x + width > right - right_width) return false;
    ImGui::SameLine(0.0f, theme.px(6.0f));
    return flat(ui, name, label, tip, enabled);
  };
  if (ImGui::GetItemRectMax().x + pages <= right - right_width) {
    ImGui::SameLine(0.0f, theme.px(14.0f));
    choose_page(context);
  }
  const float open_width = ui::menu_width(ui, "Open") + theme.px(6.0f);
  if (ImGui::GetItemRectMax().x + open_width <= right - right_width) {
    ImGui::SameLine(0.0f, theme.px(6.0f));
    open_menu(context);
  }
  if (left_button("top/undo", "Undo", "Take back (Ctrl+Z)", state.can_undo)) {
    context.actions.push(Undo{});
  }
  if (left_button("top/redo", "Redo", "Do again (Ctrl+Shift+Z)", state.can_redo)) {
    context.actions.push(Redo{});
  }

  // What has a key and a place elsewhere comes after the switch between the two operations.
  const auto spare = [&] {
    return right - right_width - flip_width(ui, context.scene) - ImGui::GetItemRectMax().x;
  };
  if (spare() > ui::button_width(ui, "Save") + theme.px(6.0f) &&
      left_button("top/save", "Save", "Save the scene (Ctrl+S); under another name Ctrl+Shift+S",
                  true)) {
    context.actions.push(SaveScene{});
  }
  draw_file_name(context, state.unsaved, spare());
  const float left_end = ImGui::GetItemRectMax().x;
  if (left_end > right - right_width) return;
  draw_flip(context, y, left_end, right - right_width - theme.px(6.0f));
  ImGui::SetCursorScreenPos({right - right_width, y});
  if (with_colors) choose_colors(context);
  bool first = !with_colors;
  const auto command = [&](const char* name, const char* label, const char* tip, ViewCommand what) {
    if (!std::exchange(first, false)) ImGui::SameLine(0.0f, theme.px(6.0f));
    if (flat(ui, name, label, tip)) context.actions.push(what);
  };
  command("top/smaller", "A−", "Smaller (Ctrl+−)", ViewCommand::kSmallerFont);
  command("top/larger", "A+", "Larger (Ctrl++)", ViewCommand::kLargerFont);
  command("top/dark", context.view.dark ? "Light" : "Dark", "Light or dark room",
          ViewCommand::kToggleDark);
  command("top/help", "Keys F1", "All keys (F1)", ViewCommand::kToggleHelp);
}

}  // namespace convscope
