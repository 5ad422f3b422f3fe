#include "app/panels/parts/top_bar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "app/files/printable_text.h"
#include "app/panels/parts/layout.h"
#include "app/panels/parts/rect.h"
#include "app/panels/parts/top_bar_entries.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

constexpr const char* kMenu = "⋯";

// Returns the name of the layer's operation. A transposed convolution is neither of the other two:
// it adds the unflipped kernel to the output.
const char* shown_operation(const ConvolutionLayer& layer) {
  if (layer.conv.transposed) return "Transposed convolution";
  return layer.kernel.turned ? "Convolution" : "Cross-correlation";
}

// The order in which entries get a place in a narrow bar; the others are in the menu at its end.
// Naming the operation beside its switch is more important than entries with a key that are rarely
// used.
constexpr std::array kImportance = {
    BarEntry::kPages,   BarEntry::kLesson, BarEntry::kOpen,   BarEntry::kFlip,  BarEntry::kUndo,
    BarEntry::kRedo,    BarEntry::kHelp,   BarEntry::kSave,   BarEntry::kTheme, BarEntry::kLarger,
    BarEntry::kSmaller, BarEntry::kColors, BarEntry::kLecture};
static_assert(kImportance.size() == kBarEntries);
// The number of entries that are more important than naming the operation.
constexpr std::size_t kEntriesBeforeName = 7;

constexpr float kGap = 6.0f;       // gap between entries, at scale 1
constexpr float kTightGap = 4.5f;  // where all fit with it
constexpr float kBarMargin = 12.0f;
constexpr float kFileGap = 10.0f;        // before the file's name
constexpr float kLeastFileName = 40.0f;  // the least room for it behind the entries
constexpr const char* kProgram = "Convscope";

float text_width(const PanelContext& context, std::string_view text) {
  const ImFont* font = context.ui.theme.font.body;
  return std::ceil(ui::text_size(font, ui::font_size(font), text).x);
}

// The entries that fit into the bar, and the room beside them.
struct BarPlan {
  std::array<bool, kBarEntries> shown{};
  std::string_view operation;    // the operation's name beside its switch; empty without room
  float operation_width = 0.0f;  // the width that is reserved for it
  float gap = 0.0f;              // between entries
  float spare = 0.0f;            // the width that is left for the file's name
  bool has(BarEntry entry) const { return shown[static_cast<std::size_t>(entry)]; }
  bool complete() const {
    return std::ranges::all_of(shown, [](bool there) { return there; });
  }
};

// Chooses the operation's name, or a shorter one. Both operations get the same room, so that
// nothing moves when the kernel is flipped.
void name_operation(const PanelContext& context, BarPlan& plan) {
  const float gap = plan.gap;
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
  const auto fill = [&](float spare, float gap) {
    BarPlan plan;
    plan.gap = gap;
    plan.spare = spare;
    for (std::size_t i = 0; i < kBarEntries; ++i) {
      if (i == kEntriesBeforeName && plan.has(BarEntry::kFlip)) name_operation(context, plan);
      const float wide = bar_entry_width(kImportance[i], context);
      const float width = wide > 0.0f ? wide + gap : 0.0f;
      if (width > plan.spare) break;
      plan.shown[static_cast<std::size_t>(kImportance[i])] = true;
      plan.spare -= width;
    }
    return plan;
  };
  for (const float gap : {kGap, kTightGap}) {
    const BarPlan all = fill(room, context.ui.theme.px(gap));
    if (all.complete()) return all;
  }
  const float gap = context.ui.theme.px(kGap);
  return fill(room - ui::button_width(context.ui, kMenu) - gap, gap);
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

// Draws the name of the scene's file, with a dot if the scene has unsaved changes.
void draw_file_name(const PanelContext& context, float room) {
  ui::Ui& ui = context.ui;
  const std::filesystem::path file = context.layer.scene.file;
  const bool unsaved = context.document.unsaved();
  const std::string mark = unsaved ? "• " : "";
  ImFont* font = ui.theme.font.body;
  std::string name = mark + printable(file.filename().string());
  if (text_width(context, name) > room) name = mark + printable(file.stem().string());
  ui::text(ui, ui::elided(font, name, room), font, ui.theme.color.muted);
  ui.items.add_last("top/file");
  ui::tooltip(ui,
              printable(file.string()) + (unsaved ? ": changed since it was saved (Ctrl+S)" : ""));
}

// Returns whether the bar has room for the file's name behind its entries.
bool names_file_behind(const PanelContext& context, const BarPlan& plan) {
  return plan.spare - context.ui.theme.px(kFileGap) >= context.ui.theme.px(kLeastFileName);
}

// Draws the program's name, or the file's where that has no room elsewhere: in the same width, so
// that nothing moves when a scene is saved.
void draw_name(const PanelContext& context, const BarPlan& plan, float width) {
  ui::Ui& ui = context.ui;
  if (context.layer.scene.file.empty() || names_file_behind(context, plan))
    ui::text(ui, kProgram, ui.theme.font.title, ui.theme.color.ink);
  else
    draw_file_name(context, width);
}

// Draws the entries from the left up to those at the right end.
void draw_left(const PanelContext& context, const BarPlan& plan) {
  const float gap = plan.gap;
  for (std::size_t i = 0; i < static_cast<std::size_t>(BarEntry::kFlip); ++i) {
    const bool there = bar_entry_width(static_cast<BarEntry>(i), context) > 0.0f;
    if (!plan.shown[i] || !there) continue;
    ImGui::SameLine(0.0f, gap);
    draw_bar_entry(static_cast<BarEntry>(i), context, false);
  }
  if (context.layer.scene.file.empty() || !names_file_behind(context, plan)) return;
  ImGui::SameLine(0.0f, context.ui.theme.px(kFileGap));
  draw_file_name(context, plan.spare - context.ui.theme.px(kFileGap));
}

void draw_right(const PanelContext& context, const BarPlan& plan, ImVec2 end) {
  ui::Ui& ui = context.ui;
  const float gap = plan.gap;
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

void draw_top_bar(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  ui.focus.section(0);
  const Rect rect{0, 0, ImGui::GetIO().DisplaySize.x, std::round(theme.px(kTopBar))};
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(rect.min(), {rect.x + rect.w, rect.y + rect.h}, theme.color.card);
  list->AddLine({rect.x, rect.y + rect.h}, {rect.x + rect.w, rect.y + rect.h}, theme.color.line);
  ui.items.add("top-bar", rect.min(), {rect.x + rect.w, rect.y + rect.h});
  const float y = std::round(rect.y + (rect.h - ui::row_height(ui)) * 0.5f);
  ImGui::SetCursorScreenPos({rect.x + theme.px(16.0f), y});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float name = ui::text_size(theme.font.title, ui::font_size(theme.font.title), kProgram).x;
  const float left = std::ceil(at.x + name + theme.px(kGap + 2.0f));
  const float end = rect.x + rect.w - theme.px(kBarMargin);
  const BarPlan plan = plan_bar(context, end - left);
  draw_name(context, plan, name);
  ImGui::SetCursorScreenPos({left, y});
  ImGui::Dummy({0.0f, ui::row_height(ui)});
  draw_left(context, plan);
  draw_right(context, plan, {end, y});
}

}  // namespace convscope::panels
