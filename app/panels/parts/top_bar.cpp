#include "app/panels/parts/top_bar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "app/files/printable_text.h"
#include "app/panels/parts/top_bar_entries.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope {
namespace {

constexpr const char* kMenu = "⋯";

// A transposed convolution also uses the kernel unflipped, but adds it to the output.
const char* shown_operation(const Scene& scene) {
  if (scene.conv.transposed) return "Transposed convolution";
  return scene.kernel.turned ? "Convolution" : "Cross-correlation";
}

// The entries of the bar from left to right; those from kFlip on are at its right end.
enum class Entry {
  kPages,
  kOpen,
  kUndo,
  kRedo,
  kSave,
  kFlip,
  kColors,
  kSmaller,
  kLarger,
  kDark,
  kHelp,
};
constexpr std::size_t kEntries = 11;
// The order in which entries get a place in a narrow bar; the others are in the menu at its end.
// Naming the operation beside its switch is more important than entries with a key that are rarely
// used.
constexpr std::array kImportance = {Entry::kPages,   Entry::kOpen,   Entry::kFlip, Entry::kUndo,
                                    Entry::kRedo,    Entry::kHelp,   Entry::kDark, Entry::kLarger,
                                    Entry::kSmaller, Entry::kColors, Entry::kSave};
static_assert(kImportance.size() == kEntries);
constexpr std::size_t kBeforeName = 10;  // entries that are more important than the file's name

constexpr float kGap = 6.0f;  // between entries, at scale 1
constexpr float kMargin = 12.0f;

const char* label_of(Entry entry, const PanelContext& context, bool in_menu) {
  switch (entry) {
    case Entry::kUndo:
      return "Undo";
    case Entry::kRedo:
      return "Redo";
    case Entry::kSave:
      return "Save";
    case Entry::kFlip:
      return "Flip";
    case Entry::kSmaller:
      return in_menu ? "Smaller" : "A−";
    case Entry::kLarger:
      return in_menu ? "Larger" : "A+";
    case Entry::kDark:
      return context.view.settings.dark ? "Light" : "Dark";
    case Entry::kHelp:
      return in_menu ? "Keys" : "Keys F1";
    case Entry::kPages:
    case Entry::kOpen:
    case Entry::kColors:
      break;
  }
  return "";
}

float width_of(Entry entry, const PanelContext& context) {
  const ui::Ui& ui = context.ui;
  switch (entry) {
    case Entry::kPages:
      return ui::segmented_width(ui, kPageNames);
    case Entry::kOpen:
      return ui::menu_width(ui, kOpenLabel);
    case Entry::kColors:
      return ui::combo_width(ui, kColorNames);
    case Entry::kFlip:
      return ui::button_width(ui, "Flip", ui::Icon::kFlip);
    default:
      return ui::button_width(ui, label_of(entry, context, false));
  }
}

void draw_flip(const PanelContext& context) {
  const KernelScene& kernel = context.layer.scene.kernel;
  bool turned = kernel.turned;
  const char* tip = kernel.turned
                        ? "The kernel is turned by 180 degrees: convolution. Turns it back (F)"
                        : "The kernel is laid on as it is: cross-correlation, which PyTorch calls "
                          "convolution. Turns it by 180 degrees (F)";
  if (ui::toggle_button(context.ui, "top/flip", "Flip", turned,
                        {.icon = ui::Icon::kFlip, .tooltip = tip})) {
    context.actions.edit(turned_over(kernel));
  }
}

void choose_colors(const PanelContext& context) {
  auto colors = static_cast<int>(context.view.settings.colors);
  if (ui::combo(context.ui, "top/colors", kColorNames, colors)) {
    context.actions.push(ChooseColors{static_cast<ui::MapChoice>(colors)});
  }
  ui::tooltip(context.ui,
              "Colour map of the heatmaps. Automatic: viridis, or blue-white-red where values are "
              "negative. All can be read with red-green colour blindness");
}

void choose_page(const PanelContext& context) {
  auto page = static_cast<int>(context.view.settings.page);
  if (ui::segmented(context.ui, "top/page", kPageNames, page)) {
    context.actions.push(ShowPage{static_cast<Page>(page)});
  }
  ui::tooltip(context.ui, "One kernel, or the layers of a network (L)");
}

// Offers a file, or one of the example scenes; returns whether one was chosen.
bool open_menu(const PanelContext& context) {
  std::vector<const char*> items{"Picture or scene… (Ctrl+O)"};
  for (const Example& example : examples())
    items.push_back(example.title);
  int chosen = -1;
  if (!ui::menu(context.ui, "top/open", kOpenLabel, items, chosen)) return false;
  if (chosen == 0) {
    context.actions.push(ShowOpenDialog{});
  } else {
    context.actions.push(OpenScene{.path = {}, .example = static_cast<std::size_t>(chosen - 1)});
  }
  return true;
}

// Draws an entry; returns whether it was pressed.
bool draw_entry(Entry entry, const PanelContext& context, bool in_menu) {
  const auto pressed = [&](const char* name, const char* tip, const Action& action,
                           bool enabled = true) {
    const bool now = flat(context.ui, name, label_of(entry, context, in_menu), tip, enabled);
    if (now) context.actions.push(action);
    return now;
  };
  switch (entry) {
    case Entry::kPages:
      choose_page(context);
      return false;
    case Entry::kOpen:
      return open_menu(context);
    case Entry::kUndo:
      return pressed("top/undo", "Take back (Ctrl+Z)", Undo{}, context.document.can_undo());
    case Entry::kRedo:
      return pressed("top/redo", "Do again (Ctrl+Shift+Z)", Redo{}, context.document.can_redo());
    case Entry::kSave:
      return pressed("top/save", "Save the scene (Ctrl+S); under another name Ctrl+Shift+S",
                     SaveScene{});
    case Entry::kFlip:
      draw_flip(context);
      return false;
    case Entry::kColors:
      choose_colors(context);
      return false;
    case Entry::kSmaller:
      return pressed("top/smaller", "Smaller (Ctrl+−)", ViewCommand::kSmallerFont);
    case Entry::kLarger:
      return pressed("top/larger", "Larger (Ctrl++)", ViewCommand::kLargerFont);
    case Entry::kDark:
      return pressed("top/dark", "Light or dark room", ViewCommand::kToggleDark);
    case Entry::kHelp:
      return pressed("top/help", "All keys (F1)", ViewCommand::kToggleHelp);
  }
  return false;
}

float text_width(const PanelContext& context, std::string_view text) {
  const ImFont* font = context.ui.theme.font.body;
  return std::ceil(ui::text_size(font, ui::font_size(font), text).x);
}

// The entries that fit into the bar.
struct BarPlan {
  std::array<bool, kEntries> shown{};
  std::string_view operation;  // named beside its switch; empty if there is no room
  float operation_width = 0.0f;
  float spare = 0.0f;  // left for the file's name
  bool has(Entry entry) const { return shown[static_cast<std::size_t>(entry)]; }
  bool complete() const {
    return std::ranges::all_of(shown, [](bool there) { return there; });
  }
};

// Chooses the operation's name, or a shorter one. Both operations get the same room, so that
// nothing moves when the kernel is flipped.
void name_operation(const PanelContext& context, BarPlan& plan) {
  const float gap = context.ui.theme.px(kGap);
  const auto take = [&](std::string_view name, float width) {
    if (!plan.operation.empty() || width + gap > plan.spare) return;
    plan.operation = name;
    plan.operation_width = width;
    plan.spare -= width + gap;
  };
  const std::string_view name = shown_operation(context.layer.now());
  if (context.layer.now().conv.transposed) {
    take(name, text_width(context, name));
    take("Transposed", text_width(context, "Transposed"));
  } else {
    take(name, text_width(context, "Cross-correlation"));
  }
}

BarPlan plan_bar(const PanelContext& context, float room) {
  const float gap = context.ui.theme.px(kGap);
  const auto fill = [&](float spare) {
    BarPlan plan;
    plan.spare = spare;
    for (std::size_t i = 0; i < kBarEntries; ++i) {
      if (i == kBeforeName && plan.has(BarEntry::kFlip)) name_operation(context, plan);
      const float width = bar_entry_width(kImportance[i], context) + gap;
      if (width > plan.spare) break;
      plan.shown[static_cast<std::size_t>(kImportance[i])] = true;
      plan.spare -= width;
    }
    return plan;
  };
  const BarPlan all = fill(room);
  if (all.complete()) return all;
  return fill(room - ui::button_width(context.ui, kMenu) - gap);
}

// Draws the entries that did not fit, one below the other.
void draw_menu(const PanelContext& context, const BarPlan& plan) {
  ui::Ui& ui = context.ui;
  if (ui::button(ui, "top/more", kMenu,
                 {.kind = ui::ButtonKind::kFlat, .tooltip = "What has no room in the bar"})) {
    ImGui::OpenPopup("top/more/popup");
  }
  const float below = ImGui::GetIO().DisplaySize.y - ImGui::GetItemRectMax().y;
  ImGui::SetNextWindowSizeConstraints({0.0f, 0.0f},
                                      {ImGui::GetIO().DisplaySize.x, below - ui.theme.px(12.0f)});
  if (!ui::begin_popup(ui, "top/more/popup")) return;
  for (std::size_t i = 0; i < kBarEntries; ++i) {
    const auto entry = static_cast<BarEntry>(i);
    if (plan.has(entry)) continue;
    if (draw_bar_entry(entry, context, true)) ImGui::CloseCurrentPopup();
    if (entry == BarEntry::kFlip) {
      ImGui::SameLine();
      ui::text(ui, shown_operation(context.layer.now()), ui.theme.font.body, ui.theme.color.muted);
      ui.items.add_last("top/shown");
    }
  }
  ImGui::EndPopup();
}

// Draws the name of the scene's file, with a dot if the scene has unsaved changes. It is left out
// if there is no room, because the window's title contains it too.
void draw_file_name(const PanelContext& context, bool unsaved, float room) {
  ui::Ui& ui = context.ui;
  const std::filesystem::path file = context.layer.scene.file;
  const float gap = ui.theme.px(10.0f);
  if (file.empty() || room - gap < ui.theme.px(50.0f)) return;
  ImGui::SameLine(0.0f, gap);
  const std::string name = (unsaved ? "• " : "") + printable(file.filename().string());
  ImFont* font = ui.theme.font.body;
  ui::text(ui, ui::elided(font, name, room - gap), font, ui.theme.color.muted);
  ui.items.add_last("top/file");
  ui::tooltip(ui,
              printable(file.string()) + (unsaved ? ": changed since it was saved (Ctrl+S)" : ""));
}

// Draws the entries from the left up to those at the right end.
void draw_left(const PanelContext& context, const BarPlan& plan) {
  const float gap = context.ui.theme.px(kGap);
  for (std::size_t i = 0; i < static_cast<std::size_t>(BarEntry::kFlip); ++i) {
    if (!plan.shown[i]) continue;
    ImGui::SameLine(0.0f, gap);
    draw_bar_entry(static_cast<BarEntry>(i), context, false);
  }
  draw_file_name(context, context.document.unsaved(), plan.spare);
}

void draw_right(const PanelContext& context, const BarPlan& plan, ImVec2 end) {
  ui::Ui& ui = context.ui;
  const float gap = ui.theme.px(kGap);
  float width = plan.operation.empty() ? 0.0f : plan.operation_width + gap;
  for (std::size_t i = static_cast<std::size_t>(BarEntry::kFlip); i < kBarEntries; ++i) {
    if (plan.shown[i]) width += bar_entry_width(static_cast<BarEntry>(i), context) + gap;
  }
  if (!plan.complete()) width += ui::button_width(ui, kMenu) + gap;
  float x = end.x - width;
  const auto next = [&](float taken) {
    ImGui::SetCursorScreenPos({x + gap, end.y});
    x += taken + gap;
  };
  if (!plan.operation.empty()) {
    // The name ends at its switch.
    x += plan.operation_width - text_width(context, plan.operation);
    next(text_width(context, plan.operation));
    ui::text(ui, plan.operation, ui.theme.font.body, ui.theme.color.muted);
    ui.items.add_last("top/shown");
  }
  for (std::size_t i = static_cast<std::size_t>(BarEntry::kFlip); i < kBarEntries; ++i) {
    const auto entry = static_cast<BarEntry>(i);
    if (!plan.has(entry)) continue;
    next(bar_entry_width(entry, context));
    draw_bar_entry(entry, context, false);
  }
  if (plan.complete()) return;
  next(ui::button_width(ui, kMenu));
  draw_menu(context, plan);
}

}  // namespace

void draw_top_bar(const PanelContext& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(rect.min(), {rect.x + rect.w, rect.y + rect.h}, theme.color.card);
  list->AddLine({rect.x, rect.y + rect.h}, {rect.x + rect.w, rect.y + rect.h}, theme.color.line);
  ui.items.add("top-bar", rect.min(), {rect.x + rect.w, rect.y + rect.h});
  const float y = std::round(rect.y + (rect.h - ui::row_height(ui)) * 0.5f);
  ImGui::SetCursorScreenPos({rect.x + theme.px(16.0f), y});
  ui::text(ui, "Convscope", theme.font.title, theme.color.ink);
  ImGui::SameLine(0.0f, theme.px(kGap));
  ImGui::Dummy({theme.px(2.0f), 1.0f});
  const float end = rect.x + rect.w - theme.px(kMargin);
  const BarPlan plan = plan_bar(context, end - ImGui::GetItemRectMax().x);
  draw_left(context, plan);
  draw_right(context, plan, {end, y});
}

}  // namespace convscope
