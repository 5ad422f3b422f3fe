#include "app/panels/dialogs/figure_dialog.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <utility>

#include "app/export/figure_saver.h"
#include "app/files/printable_text.h"
#include "app/panels/dialogs/figure_choices.h"
#include "app/ui/buttons.h"
#include "app/ui/fields.h"
#include "app/ui/list_button.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_box.h"

namespace convscope::panels {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTitle = "Figure";
constexpr std::array kFormats = {"PNG", "SVG", "PDF", "CSV", "NumPy", "LaTeX", "MD", "NPZ"};
constexpr std::array kEndings = {".png", ".svg", ".pdf", ".csv", ".npy", ".tex", ".md", ".npz"};
constexpr std::array kMotionFormats = {"GIF", "PNG, one a frame"};
constexpr std::array kMotionEndings = {".gif", ".png"};
constexpr int kPng = 0;
constexpr int kPictures = 3;  // so many formats are pictures
constexpr Index kMaxScale = 16;
constexpr Index kMaxRate = 50;  // browsers show faster ones more slowly

void type(FigureDialogState& state, const std::string& path) {
  state.typed.fill('\0');
  std::memcpy(state.typed.data(), path.data(), std::min(path.size(), state.typed.size() - 1));
}

const char* ending_of(const FigureDialogState& state) {
  return is_motion(state.panel) ? kMotionEndings[static_cast<std::size_t>(state.motion.format)]
                                : kEndings[static_cast<std::size_t>(state.format)];
}

bool has_frames(const FigureDialogState& state) {
  return is_motion(state.panel) && state.motion.format == 1;
}

// Returns a frame's picture that is there already and would be replaced; empty if there is none.
fs::path frame_in_the_way(const fs::path& path, Index frames) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const std::string stem = path.stem().string() + "-";
  const std::string ending = path.extension().string();
  const exports::NumberedName names = exports::frame_names(path);
  fs::path first;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(stem) || !name.ends_with(ending)) continue;
    Index number = 0;
    const char* digits = name.data() + stem.size();
    const auto read = std::from_chars(digits, name.data() + name.size(), number);
    if (read.ec != std::errc{} || number < 1 || number > frames) continue;
    const fs::path frame = names.of(number);
    if (frame.filename() == name && (first.empty() || frame < first)) first = frame;
  }
  return first;
}

// Returns the file that is there already and would be replaced; empty if there is none.
fs::path in_the_way(const FigureDialogState& state, const fs::path& path) {
  if (has_frames(state)) return frame_in_the_way(path, state.motion.frames);
  std::error_code error;
  return fs::exists(path, error) ? path : fs::path();
}

bool misses_folder(const fs::path& path) {
  std::error_code error;
  return path.has_parent_path() && !fs::is_directory(path.parent_path(), error);
}

// Looks for it where another path or number of frames is asked for, or `again`.
const fs::path& look_for(FigureDialogState& state, const fs::path& path, bool again) {
  FileInTheWay& there = state.in_the_way;
  const Index frames = has_frames(state) ? state.motion.frames : 0;
  if (again || there.path != path.string() || there.frames != frames)
    there = {path.string(), frames, in_the_way(state, path), misses_folder(path)};
  return there.found;
}

// Suggests a name for the panel in the folder that was typed last.
void suggest_name(FigureDialogState& state) {
  const fs::path folder = fs::path(state.typed.data()).parent_path();
  const std::string stem = "convscope-" + name_of(state.panel);
  fs::path path = folder / (stem + ending_of(state));
  for (int i = 2; !in_the_way(state, path).empty() && i < 10000; ++i)
    path = folder / (stem + "-" + std::to_string(i) + ending_of(state));
  type(state, path.string());
}

// The typed name with the format's ending.
fs::path path_of(const FigureDialogState& state) {
  fs::path path = state.typed.data();
  if (path.has_filename() && path.extension() != ending_of(state)) path += ending_of(state);
  return path;
}

void end_name_with_format(FigureDialogState& state) {
  type(state, fs::path(state.typed.data()).replace_extension(ending_of(state)).string());
}

void draw_format(ui::Ui& ui, FigureDialogState& state) {
  if (state.panel == kWindowFigure) return;
  const bool chosen = is_motion(state.panel)
                          ? ui::segmented(ui, "figure/motion", kMotionFormats, state.motion.format)
                          : ui::segmented(ui, "figure/format", kFormats, state.format);
  if (chosen) end_name_with_format(state);
}

// What a picture is like; nothing for the window and for data.
void draw_look(ui::Ui& ui, FigureDialogState& state) {
  const bool motion = is_motion(state.panel);
  if (state.panel == kWindowFigure || (!motion && state.format >= kPictures)) return;
  const auto go_on = [&] { ImGui::SameLine(0.0f, ui.theme.px(18.0f)); };
  if (motion || state.format == kPng) {
    ui::int_field(ui, "figure/scale", "scale", state.scale, 1, kMaxScale,
                  "pixels for each unit of length: a cell has 48 units where it has room");
    go_on();
  }
  ui::checkbox(ui, "figure/numbers", "numbers", state.numbers);
  if (!motion) {
    go_on();
    ui::checkbox(ui, "figure/transparent", "transparent", state.transparent);
  } else {
    // On a row of its own, as both rows in one are wider than the dialog.
    ui::int_field(ui, "figure/frames", "frames", state.motion.frames, 1, exports::kMaxFrames,
                  "at most so many, evenly spaced; the last one is always among them");
    if (state.motion.format == 0) {
      go_on();
      ui::int_field(ui, "figure/rate", "a second", state.motion.rate, 1, kMaxRate,
                    "frames a second");
    }
  }
}

void draw_title(ui::Ui& ui, FigureDialogState& state) {
  const bool data = !is_motion(state.panel) && state.format >= kPictures;
  if (state.panel == kWindowFigure || data) return;
  ui::label(ui, "title");
  ImGui::SameLine();
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() +
                       std::round((ui::row_height(ui) - ImGui::GetFrameHeight()) * 0.5f));
  ui::text_box(ui, "figure/title", state.title, false);
}

void draw_choices(ui::Ui& ui, FigureDialogState& state) {
  if (ui::combo(ui, "figure/panel", kFigures, state.panel)) {
    if (state.panel == kWindowFigure) state.format = kPng;
    suggest_name(state);
  }
  draw_format(ui, state);
  draw_look(ui, state);
  draw_title(ui, state);
}

// All that can be chosen, as one text.
std::string asked_for(const FigureDialogState& state) {
  std::string text = std::string(state.typed.data()) + '\n' + state.title.data();
  for (const Index number :
       {Index{state.panel}, Index{state.format}, Index{state.motion.format}, state.motion.frames,
        state.motion.rate, state.scale, Index{state.numbers}, Index{state.transparent}})
    text += '\n' + std::to_string(number);
  return text;
}

// Says why it can't be saved so, where that is known.
void draw_refusal(ui::Ui& ui, const FigureDialogState& state) {
  const FileInTheWay& there = state.in_the_way;
  std::string why;
  if (there.no_folder)
    why = "There is no folder " + fs::path(there.path).parent_path().string() + ".";
  else if (!state.refused.why.empty() && state.refused.asked == asked_for(state))
    why = state.refused.why;
  if (why.empty()) return;
  ui::paragraph(ui, printable(why), ui.theme.font.small, ui.theme.color.bad);
  ui.items.add_last("figure/refused");
}

// Returns whether the figure is being saved.
bool draw_save(const PanelContext& context, FigureDialogState& state, bool entered) {
  ui::Ui& ui = context.ui;
  const fs::path path = path_of(state);
  const bool replace = !look_for(state, path, false).empty();
  if (replace) {
    ui::text(ui,
             printable(state.in_the_way.found.filename().string()) +
                 " is there already and would be replaced.",
             ui.theme.font.small, ui.theme.color.warn);
    ui.items.add_last("figure/warning");
  }
  draw_refusal(ui, state);
  const bool named = path.has_filename() && !state.in_the_way.no_folder;
  const bool pressed = ui::button(ui, "figure/save", replace ? "Replace" : "Save",
                                  {.kind = ui::ButtonKind::kPrimary, .enabled = named});
  ImGui::SameLine();
  if (!named || !(pressed || entered)) return false;
  // An existing file is replaced only by the button that says so, not by Enter; one that has come
  // meanwhile is told first.
  if (!look_for(state, path, true).empty() && !(pressed && replace)) return false;
  context.actions.push(SaveFigure{.panel = name_of(state.panel),
                                  .path = path.string(),
                                  .title = state.title.data(),
                                  .scale = static_cast<double>(state.scale),
                                  .numbers = state.numbers,
                                  .transparent = state.transparent,
                                  .frames = state.motion.frames,
                                  .rate = state.motion.rate});
  state.awaited = state.panel != kWindowFigure;
  state.refused = {asked_for(state), ""};
  return true;
}

}  // namespace

void show_figure_dialog(FigureDialogState& state, const ShowFigureDialog& wanted,
                        const View& view) {
  state.panel = figure_of(wanted, view);
  state.open = true;
  state.in_the_way = {};
  state.refused = {};
  suggest_name(state);
}

bool tell_figure_dialog(FigureDialogState& state, const std::string& why) {
  const bool told = std::exchange(state.awaited, false) && !state.shown && !state.open;
  if (!told || why.empty()) return why.empty();
  state.refused.why = why;
  state.in_the_way = {};
  state.open = true;
  return true;
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
  const bool escape = ui::escape_closes(ui);
  ui::text(ui, "Save a figure", theme.font.title, theme.color.ink);
  draw_choices(ui, state);
  const bool entered = ui::text_box(ui, "figure/path", state.typed, opening);
  bool done = draw_save(context, state, entered);
  done |= ui::button(ui, "figure/cancel", "Cancel");
  if (done || escape) {
    state.shown = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

}  // namespace convscope::panels
