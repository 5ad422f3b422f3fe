#include "app/program/app.h"

#include <cmath>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "app/files/printable_text.h"
#include "app/files/whole_path.h"
#include "app/panels/dialogs/help_panel.h"
#include "app/panels/dialogs/save_question.h"
#include "app/panels/parts/layout.h"
#include "app/panels/parts/top_bar.h"
#include "app/program/keys.h"
#include "app/program/message_bar.h"
#include "app/program/pages.h"
#include "app/ui/imgui_shim.h"

namespace convscope::program {
namespace {

constexpr ImGuiWindowFlags kPlain =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoBackground;

// Returns the first of convscope.png, convscope-2.png ... that does not exist yet.
std::filesystem::path free_picture_name() {
  std::filesystem::path path = "convscope.png";
  std::error_code error;
  for (int i = 2; std::filesystem::exists(path, error) && i < 10000; ++i)
    path = "convscope-" + std::to_string(i) + ".png";
  return path;
}

// The zoom is reset when the input's size changes, because it would mean another place.
void show_input_change(const TensorPtr& before, const Document& document, PanelStates& panels) {
  const Shape& was = before->shape();
  const Shape& now = document.scene().input.tensor->shape();
  if (was.h != now.h || was.w != now.w) panels.input.heatmap = {};
}

void advance_sweep(const Document& document, const Live& live, View& view) {
  Explore& explore = view.explore;
  const ShownPlanes shown = shown_planes(document.scene(), 0, view.settings.planes);
  fit(explore, first_results(live.results()), shown.sample, shown.output);
  const Shape* plane = plane_shape(first_results(live.results()), explore.sweep.plane);
  if (plane != nullptr && view.sweeps()) {
    advance(explore.sweep, static_cast<double>(ImGui::GetIO().DeltaTime), *plane);
  }
  if (view.on_kernel_page())
    view.links = followed(explore, view.pointed, first_results(live.results()));
}

}  // namespace

App::App(ui::HeatmapPainter& painter, const std::function<void()>& wake, Scene scene,
         ViewSettings view)
    : document_(std::move(scene), wake), files_(document_, wake), live_(wake), surface_(painter) {
  view_.settings = std::move(view);
  live_.follow(document_, view_.shows_learning());
}

bool App::prepare(float display_scale) {
  return surface_.prepare(display_scale, view_.settings);
}

void App::frame() {
  poll();
  take_shortcuts(document_, live_, view_, actions_);
  advance_sweep(document_, live_, view_);
  surface_.begin_frame(view_.settings);
  draw();
  surface_.end_frame();
  live_.end_frame();
  for (const Action& action : actions_.take())
    perform(action);
}

// Takes up what the workers have finished and requests what follows from it.
void App::poll() {
  const TensorPtr input = document_.scene().input.tensor;
  if (std::optional<std::string> error = document_.take_change())
    view_.message = {*std::move(error), true};
  files_.poll(panels_.file_dialog.open || panels_.file_dialog.shown);
  take_news();
  show_input_change(input, document_, panels_);
  poll_recovery();
  follow_document();
  live_.poll();
  if (view_.on_kernel_page())
    live_.follow_stage(std::nullopt);
  else if (live_.results())
    live_.follow_stage(stage_request(live_.results(), view_));
  const bool works =
      live_.computing() || document_.changing() || files_.writing() || !files_.reading().empty();
  work_time_.update(works, ImGui::GetTime());
}

// Shows what happened to the document.
void App::take_news() {
  DocumentNews news = files_.take_news();
  if (news.message) view_.message = {*std::move(news.message), news.message_is_error};
  if (news.page) view_.show(ShowPage{*news.page});
  if (news.sample) view_.settings.planes.sample = *news.sample;
  if (news.target) panels_.error.view = ErrorView::kTarget;
  if (news.asks_name) perform(ShowSaveDialog{});
  if (news.asks_to_save) view_.settings.help = false;  // only one dialog at a time
}

void App::perform(const Action& action) {
  const TensorPtr input = document_.scene().input.tensor;
  std::visit(
      [&](const auto& a) {
        using T = std::decay_t<decltype(a)>;
        if constexpr (std::is_same_v<T, Edit>) {
          document_.edit(a);
        } else if constexpr (std::is_same_v<T, InputChange>) {
          if (std::optional<std::string> error = document_.change(a))
            view_.message = {*std::move(error), true};
        } else if constexpr (std::is_same_v<T, Undo>) {
          document_.undo();
        } else if constexpr (std::is_same_v<T, Redo>) {
          document_.redo();
        } else if constexpr (std::is_same_v<T, OpenPicture> || std::is_same_v<T, OpenScene>) {
          files_.open(a);
        } else if constexpr (std::is_same_v<T, SaveScene>) {
          files_.save(a);
        } else if constexpr (std::is_same_v<T, SaveAnswer>) {
          files_.answer(a);
        } else if constexpr (detail::is_one_of<T, LiveAction>) {
          live_.perform(a);
        } else if constexpr (std::is_same_v<T, ShowOpenDialog>) {
          show_open_dialog(panels_.file_dialog, a.purpose);
        } else if constexpr (std::is_same_v<T, ShowSaveDialog>) {
          show_save_dialog(panels_.file_dialog,
                           document_.scene().file.empty() ? "scene.json" : document_.scene().file,
                           files_.was_changed_by_others(document_.scene().file));
        } else {
          view_.show(a);
          if constexpr (std::is_same_v<T, ViewCommand>) {
            if (a == ViewCommand::kSavePicture) screenshot_ = free_picture_name();
            if (a == ViewCommand::kQuit) files_.end_program();
          }
        }
      },
      action);
  take_news();
  show_input_change(input, document_, panels_);
  follow_document();
  if (view_.on_kernel_page()) live_.follow_stage(std::nullopt);
}

// Passes the document on to everything that depends on it; each checks for itself whether it
// changed.
void App::follow_document() {
  live_.follow(document_, view_.shows_learning());
  if (recovery_) files_.ends_program() ? recovery_->end() : recovery_->follow(document_);
}

void App::keep_unsaved_work(const std::filesystem::path& folder,
                            const std::function<void()>& wake) {
  recovery_ = std::make_unique<Recovery>(folder, wake);
  follow_document();
}

std::string App::write_unsaved_work() {
  const std::optional<std::string> error = recovery_ ? recovery_->write_now() : std::nullopt;
  if (error) return "Unsaved changes could not be kept: " + *error + ".";
  return "Unsaved changes, if there were any, are offered by the next start.";
}

// A recovered scene becomes one undo step, and is still unsaved.
void App::poll_recovery() {
  if (!recovery_) return;
  if (std::optional<std::string> error = recovery_->take_error())
    view_.message = {*std::move(error), true};
  std::optional<Recovery::Recovered> recovered = recovery_->take();
  if (!recovered) return;
  if (!recovered->scene) {
    view_.message = {
        "The unsaved changes can't be gone on with, and are kept: " + recovered->error + ".", true};
    return;
  }
  const std::string file = recovered->scene->file;
  view_.message = {};
  if (recovered->file_is_newer) {
    files_.ask_before_saving(file);
    view_.message.text =
        "\"" + file + "\" was changed after these changes were kept: saving asks for a name.";
  }
  perform(Edit{std::move(*recovered->scene)});
}

void App::draw() {
  if (note_wait_.update(document_.note(), ImGui::GetIO().MousePos)) view_.links = {};
  panels_.styles.begin_frame();
  Links hovered;
  Explore none;
  const bool explores = view_.on_kernel_page();
  ui::Ui ui = surface_.ui();
  const bool slow = work_time_.is_long(ImGui::GetTime());
  const ShownLayer layer{.scene = document_.scene(),
                         .all = live_.results().get(),
                         .training = live_.training().snapshot.get(),
                         .wanted = view_.settings.planes,
                         .shown = shown_planes(document_.scene(), 0, view_.settings.planes),
                         .input = document_.scene().input.tensor,
                         .step_part = live_.step_part(),
                         .training_version = live_.training().version,
                         .explore = explores ? view_.explore : none};
  const PanelContext context{
      ui,      panels_.styles, document_, live_,
      view_,   layer,          hovered,   slow && live_.computing() ? "computing …" : "",
      actions_};
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("Convscope", nullptr, kPlain);
  ImGui::PopStyleVar();
  draw_page(context, panels_);
  const float bar = std::round(ui.theme.px(kTopBar));
  draw_top_bar(context, {0, 0, ImGui::GetIO().DisplaySize.x, bar});
  draw_message_bar(ui, slow, document_, files_, view_.message);
  draw_help_panel(context);
  draw_file_dialog(context, panels_.file_dialog);
  draw_save_question(context, files_.asks_to_save());
  if (recovery_) recovery_->draw(context, !files_.leaves() && !panels_.file_dialog.shown);
  ImGui::End();
  view_.pointed = hovered;
  view_.links =
      explores ? followed(view_.explore, hovered, first_results(live_.results())) : hovered;
  if (note_wait_.waits()) view_.links = {};
}

std::string App::title() const {
  if (document_.scene().file.empty()) return "Convscope";
  return printable(std::filesystem::path(document_.scene().file).filename().string()) +
         (document_.unsaved() ? "*" : "") + " – Convscope";
}

bool App::animating() const {
  const double now = ImGui::GetTime();
  return work_time_.works() || live_.progress().work != TrainingProgress::Work::kNone ||
         panels_.kernel.turning.running(now) || panels_.input.turn.motion.running(now) ||
         view_.sweeps();
}

void App::drop(std::span<const std::filesystem::path> paths) {
  files_.drop(paths);
}

std::filesystem::path App::take_screenshot_path() {
  return std::exchange(screenshot_, {});
}

void App::screenshot_saved(const std::filesystem::path& path, const std::string& error) {
  view_.message = error.empty()
                      ? Message{"The window was saved as " + shown_path(path).string() + ".", false}
                      : Message{error + ".", true};
}

void App::settle() {
  do {
    files_.wait();
    document_.wait();
    if (recovery_) recovery_->wait();
    poll();
  } while (!files_.reading().empty() || document_.changing() || files_.writing());
  live_.wait_for_results();
  poll();
  live_.wait_for_views();
  poll();
  if (recovery_) recovery_->wait();  // a scene that was just saved is no longer kept
}

}  // namespace convscope::program
