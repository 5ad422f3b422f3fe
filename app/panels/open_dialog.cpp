#include "app/panels/open_dialog.h"

#include <algorithm>
#include <cstring>

#include "app/ui/imgui_shim.h"
#include "app/ui/widgets.h"
#include "engine/error.h"

namespace convscope {
namespace {

constexpr const char* kTitle = "Open a picture";

void go_to(OpenDialogState& state, const std::filesystem::path& folder) {
  try {
    std::vector<FolderEntry> entries = list_folder(folder);
    state.folder = folder;
    state.entries = std::move(entries);
    state.error.clear();
  } catch (const Error& error) {
    state.error = std::string("The folder can't be shown: ") + error.what() + ".";
  }
  const std::string shown = state.folder.string();
  state.typed.fill('\0');
  std::memcpy(state.typed.data(), shown.data(), std::min(shown.size(), state.typed.size() - 1));
}

void open(const PanelContext& context, const OpenDialogState& state,
          const std::filesystem::path& path) {
  OpenPicture wanted{path};
  const Results* results = context.results;
  if (state.purpose == OpenPurpose::kTarget && results != nullptr && results->output) {
    wanted.target = results->output->shape();
  }
  if (state.purpose == OpenPurpose::kAdd) wanted.onto = context.scene.input.tensor;
  context.actions.push(std::move(wanted));
}

// True when a picture was chosen.
bool draw_entries(const PanelContext& context, OpenDialogState& state, ImVec2 size) {
  ui::Ui& ui = context.ui;
  bool chosen = false;
  std::filesystem::path next;
  ImGui::BeginChild("entries", size, false);
  if (state.folder.has_parent_path() && state.folder != state.folder.parent_path()) {
    if (ImGui::Selectable("‹ up")) next = state.folder.parent_path();
    ui.items.add_last("open/up");
  }
  for (std::size_t i = 0; i < state.entries.size(); ++i) {
    const FolderEntry& entry = state.entries[i];
    ImGui::PushID(static_cast<int>(i));
    const std::string label = entry.is_folder ? entry.name + " ›" : entry.name;
    // A name may hold "##", which ImGui's labels don't show.
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool pressed = ImGui::Selectable("##entry");
    ui::draw_text(ImGui::GetWindowDrawList(), ui.theme.font.body, ui::font_size(ui.theme.font.body),
                  at, ui.theme.color.ink, label);
    if (pressed) {
      if (entry.is_folder) {
        next = entry.path;
      } else {
        open(context, state, entry.path);
        chosen = true;
      }
    }
    ui.items.add_last("open/" + entry.name);
    ImGui::PopID();
  }
  if (state.entries.empty()) {
    ui::paragraph(ui, "There are no pictures or folders here.", ui.theme.font.body,
                  ui.theme.color.muted);
  }
  ImGui::EndChild();
  if (!next.empty()) go_to(state, next);
  return chosen;
}

// A path typed or pasted: a folder is shown, a file is opened. True when a file was asked for.
bool draw_path(const PanelContext& context, OpenDialogState& state) {
  ImGui::SetNextItemWidth(-1.0f);
  const bool entered = ImGui::InputText("##path", state.typed.data(), state.typed.size(),
                                        ImGuiInputTextFlags_EnterReturnsTrue);
  context.ui.items.add_last("open/path");
  if (!entered) return false;
  const std::filesystem::path path = state.typed.data();
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    go_to(state, std::filesystem::absolute(path, error));
    return false;
  }
  open(context, state, path);
  return true;
}

}  // namespace

void show_open_dialog(OpenDialogState& state, OpenPurpose purpose) {
  state.purpose = purpose;
  std::error_code error;
  if (state.folder.empty()) state.folder = std::filesystem::current_path(error);
  go_to(state, state.folder);
  state.open = true;
}

void draw_open_dialog(const PanelContext& context, OpenDialogState& state) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  if (state.open) {
    ImGui::OpenPopup(kTitle);
    state.open = false;
  }
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const ImVec2 size{std::min(theme.px(640.0f), display.x - theme.px(20.0f)),
                    std::min(theme.px(520.0f), display.y - theme.px(20.0f))};
  ImGui::SetNextWindowPos({display.x * 0.5f, display.y * 0.5f}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSize(size, ImGuiCond_Always);
  if (!ImGui::BeginPopupModal(kTitle, nullptr,
                              ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings)) {
    return;
  }
  const char* title = state.purpose == OpenPurpose::kTarget ? "Open a picture as the target"
                      : state.purpose == OpenPurpose::kAdd  ? "Add a picture to the stack"
                                                            : kTitle;
  ui::text(ui, title, theme.font.title, theme.color.ink);
  bool done = draw_path(context, state);
  const float foot = ui::row_height(ui) + ImGui::GetStyle().ItemSpacing.y;
  if (!state.error.empty()) {
    ui::paragraph(ui, state.error, theme.font.small, theme.color.bad);
  }
  done |= draw_entries(context, state, {0.0f, -foot});
  done |= ui::button(ui, "open/cancel", "Cancel");
  if (done || ui::key_pressed({ui::Key::kEscape})) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace convscope
