#include "app/panels/dialogs/file_dialog.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "app/files/arrays/array_file.h"
#include "app/files/lesson_name.h"
#include "app/files/printable_text.h"
#include "app/files/scene_file.h"
#include "app/files/write_file.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_box.h"
#include "engine/core/error.h"

namespace convscope::panels {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTitle = "File";

// A scene can be neither a target nor part of a stack, so only pictures are listed for these.
bool only_pictures(const FileDialogState& state) {
  return state.kind == FileDialogKind::kOpen && state.purpose != OpenPurpose::kInput;
}

const char* title_of(const FileDialogState& state) {
  if (state.kind == FileDialogKind::kSave) return "Save the scene";
  switch (state.purpose) {
    case OpenPurpose::kAdd:
      return "Add a picture to the stack";
    case OpenPurpose::kTarget:
      return "Open a picture or an array as the target";
    default:
      return "Open a picture, an array, a scene or a lesson";
  }
}

// Puts the path into the field for typing, cut if it is too long.
void type(FileDialogState& state, const fs::path& path) {
  const std::string shown = path.string();
  state.typed.fill('\0');
  std::memcpy(state.typed.data(), shown.data(), std::min(shown.size(), state.typed.size() - 1));
}

// Keeps the dialog open with an error, and gives the typed path the keyboard.
void refuse(FileDialogState& state, const std::string& error) {
  state.error = error;
  state.focus = true;
}

// Returns the words with a capital letter and a full stop.
std::string sentence(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words + ".";
}

// Lists a folder. If the dialog is for saving, the typed file name stays.
void go_to(FileDialogState& state, const fs::path& folder) {
  const fs::path name = fs::path(state.typed.data()).filename();
  try {
    std::vector<FolderEntry> entries = list_folder(folder);
    const bool saving = state.kind == FileDialogKind::kSave;
    const auto is_listed = [&](const fs::path& file) {
      if (has_scene_extension(file)) return saving || !only_pictures(state);
      if (has_array_extension(file)) return !saving && state.purpose != OpenPurpose::kAdd;
      return !saving && !(has_lesson_extension(file) && only_pictures(state));
    };
    std::erase_if(entries, [&](const FolderEntry& entry) {
      return !entry.is_folder && !is_listed(entry.path);
    });
    state.folder = folder;
    state.entries = std::move(entries);
    state.error.clear();
  } catch (const Error& error) {
    refuse(state, std::string("The folder can't be shown: ") + error.what() + ".");
    return;
  }
  type(state, state.kind == FileDialogKind::kSave ? state.folder / name : state.folder);
}

void show(FileDialogState& state, FileDialogKind kind) {
  std::error_code error;
  state.kind = kind;
  state.awaited.clear();
  if (state.folder.empty()) state.folder = fs::current_path(error);
  go_to(state, state.folder);
  state.open = true;
}

// Draws the list of entries. Returns the entry that was clicked, which may be the parent folder; an
// empty path if none was. After a folder that the keyboard chose it goes on from the first entry.
fs::path draw_entries(const PanelContext& context, FileDialogState& state, ImVec2 size) {
  ui::Ui& ui = context.ui;
  fs::path chosen;
  const bool enters = std::exchange(state.enters, false);
  ImGui::BeginChild("entries", size, false);
  if (enters) ImGui::SetScrollY(0.0f);
  if (state.folder.has_parent_path() && state.folder != state.folder.parent_path()) {
    if (enters) ui.focus.give(ui::list_entry_id("open/up"));
    if (ui::list_entry(ui, "open/up", "‹ up", false, false)) chosen = state.folder.parent_path();
  }
  for (std::size_t i = 0; i < state.entries.size(); ++i) {
    const FolderEntry& entry = state.entries[i];
    ImGui::PushID(static_cast<int>(i));
    const std::string label = entry.is_folder ? entry.name + " ›" : entry.name;
    if (ui::list_entry(ui, ("open/" + entry.name).c_str(), label, false, false))
      chosen = entry.path;
    ImGui::PopID();
  }
  if (state.entries.empty()) {
    ui::paragraph(ui,
                  state.kind == FileDialogKind::kSave ? "There are no scenes or folders here."
                  : only_pictures(state)
                      ? "There are no pictures or folders here."
                      : "There are no pictures, arrays, scenes, lessons or folders here.",
                  ui.theme.font.body, ui.theme.color.muted);
  }
  ImGui::EndChild();
  std::error_code error;
  state.enters = !chosen.empty() && ui.focus.leads() && fs::is_directory(chosen, error);
  return chosen;
}

// Returns the file that would be written: the typed name, with ".json" at its end.
fs::path save_path(const FileDialogState& state) {
  fs::path path = state.folder / state.typed.data();
  if (path.has_filename() && !has_scene_extension(path)) path += ".json";
  return path;
}

// Returns why an existing file should not be replaced without asking, to follow its name; empty if
// it may be replaced.
std::string warning_about(const PanelContext& context, const FileDialogState& state,
                          const fs::path& path) {
  std::error_code error;
  if (is_read_only(path)) return " is read-only, and would be replaced all the same.";
  if (!fs::exists(path, error)) return "";
  if (path.lexically_normal() != fs::path(context.layer.scene.file))
    return " is there already and would be replaced.";
  return state.changed_meanwhile ? " was changed meanwhile, and would be replaced." : "";
}

void open(const PanelContext& context, const FileDialogState& state, const fs::path& path) {
  const LayerResults* results = context.layer.results();
  if (!only_pictures(state)) {
    std::visit([&](auto wanted) { context.actions.push(std::move(wanted)); }, open_file(path));
    return;
  }
  if (const ArrayPath array = array_path(path.string());
      state.purpose == OpenPurpose::kTarget && is_array_file(array.file)) {
    context.actions.push(OpenNumbers{array, ArrayUse::kTarget});
    return;
  }
  OpenPicture wanted{path};
  if (state.purpose == OpenPurpose::kAdd) {
    wanted.onto = context.layer.scene.input.tensor;
  } else if (results != nullptr && results->output) {
    wanted.target = results->output->shape();
  } else {
    context.actions.push(
        ShowMessage{"A target has the output's size, and there is no output now."});
    return;
  }
  context.actions.push(std::move(wanted));
}

// Returns true when the dialog is done, with the chosen file being opened.
bool draw_open(const PanelContext& context, FileDialogState& state, bool entered, float foot) {
  std::error_code error;
  fs::path chosen = draw_entries(context, state, {0.0f, -foot});
  if (entered) chosen = state.folder / state.typed.data();
  if (chosen.empty()) return false;
  if (fs::is_directory(chosen, error)) {
    go_to(state, fs::absolute(chosen, error));
    return false;
  }
  if (const std::string why = why_not_opened(array_path(chosen.string()).file); !why.empty()) {
    refuse(state, sentence(why));
    return false;
  }
  if (!entered) type(state, chosen);
  state.awaited = chosen;
  open(context, state, chosen);
  return true;
}

// Returns true when the dialog is done, with the scene being saved under the typed name.
bool draw_save(const PanelContext& context, FileDialogState& state, bool entered, float foot) {
  ui::Ui& ui = context.ui;
  std::error_code error;
  const bool read_only = is_read_only(save_path(state));
  const std::string warning = warning_about(context, state, save_path(state));
  const bool replace = !warning.empty();
  // Below the entries: the warning, where there is one, and the buttons, each in a row.
  const fs::path chosen = draw_entries(context, state, {0.0f, replace ? -2.0f * foot : -foot});
  if (fs::is_directory(chosen, error)) {
    go_to(state, chosen);
  } else if (!chosen.empty()) {
    type(state, chosen);
  }
  if (replace) {
    ui::text(ui, printable(save_path(state).filename().string()) + warning, ui.theme.font.body,
             ui.theme.color.warn);
    ui.items.add_last("save/warning");
  }
  const fs::path path = save_path(state);
  const bool named = path.has_filename();
  const bool pressed = ui::button(ui, "save/save", replace ? "Replace" : "Save",
                                  {.kind = ui::ButtonKind::kPrimary, .enabled = named});
  ImGui::SameLine();
  if (entered && fs::is_directory(state.folder / state.typed.data(), error)) {
    go_to(state, state.folder / state.typed.data());
    return false;
  }
  // An existing file is replaced only by the button that says so, not by Enter.
  if (!named || !(pressed || (entered && !replace))) return false;
  if (const std::string why = why_not_saved(path); !why.empty()) {
    refuse(state, sentence(why));
    return false;
  }
  state.awaited = path;
  context.actions.push(SaveScene{path, read_only});
  return true;
}

}  // namespace

void show_open_dialog(FileDialogState& state, OpenPurpose purpose) {
  state.purpose = purpose;
  show(state, FileDialogKind::kOpen);
}

void show_save_dialog(FileDialogState& state, const fs::path& suggested, bool changed_meanwhile) {
  state.changed_meanwhile = changed_meanwhile;
  if (suggested.has_parent_path()) state.folder = suggested.parent_path();
  type(state, suggested);
  show(state, FileDialogKind::kSave);
}

void show_again(FileDialogState& state, const std::string& error) {
  state.awaited.clear();
  refuse(state, error);
  state.open = true;
}

void draw_file_dialog(const PanelContext& context, FileDialogState& state) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const bool opening = std::exchange(state.open, false);
  if (opening) ImGui::OpenPopup(kTitle);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const ImVec2 size{std::min(theme.px(640.0f), display.x - theme.px(20.0f)),
                    std::min(theme.px(520.0f), display.y - theme.px(20.0f))};
  ImGui::SetNextWindowPos({display.x * 0.5f, display.y * 0.5f}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSize(size, ImGuiCond_Always);
  state.shown =
      ImGui::BeginPopupModal(kTitle, nullptr,
                             ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                 ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings);
  if (!state.shown) return;
  const bool saving = state.kind == FileDialogKind::kSave;
  ui::text(ui, title_of(state), theme.font.title, theme.color.ink);
  const bool focus = std::exchange(state.focus, false) || (opening && saving);
  const bool entered = ui::text_box(ui, saving ? "save/path" : "open/path", state.typed, focus);
  const float foot = ui::row_height(ui) + ImGui::GetStyle().ItemSpacing.y;
  if (!state.error.empty()) {
    ui::paragraph(ui, printable(state.error), theme.font.small, theme.color.bad);
    ui.items.add_last(saving ? "save/error" : "open/error");
  }
  bool done =
      saving ? draw_save(context, state, entered, foot) : draw_open(context, state, entered, foot);
  done |= ui::button(ui, saving ? "save/cancel" : "open/cancel", "Cancel");
  if (done || ui::key_pressed({ui::Key::kEscape})) {
    state.shown = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

}  // namespace convscope::panels
