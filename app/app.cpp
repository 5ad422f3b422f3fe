#include "app/app.h"

#include <chrono>
#include <utility>

#include "app/files/printable_text.h"
#include "app/files/whole_path.h"
#include "app/recovery.h"
#include "app/ui/imgui_shim.h"

namespace convscope {
namespace {

// What the Layers page shows follows a drag at the pace at which it can be made: the newest results
// wait for those under way.
constexpr std::chrono::hours kStagePatience{1};

}  // namespace

App::App(ui::HeatmapPainter& painter, std::function<void()> wake, Scene scene, ViewSettings view)
    : painter_(painter),
      view_(view),
      scene_(std::move(scene)),
      evaluator_(wake, scene_memory_limit()),
      trainer_(wake, {.memory = learning_memory_limit()}),
      loader_(wake),
      changer_(wake),
      saver_(wake),
      stage_maker_(
          [limit = scene_memory_limit()](const StageRequest& request, const std::stop_token& stop) {
            return make_stage_view(request, stop, limit);
          },
          wake, {.patience = kStagePatience}),
      gradients_(wake) {
  saved_ = scene_;
  trainer_.show(shows_learning());
  changed();
}

App::~App() = default;

bool App::prepare(float display_scale) {
  const float scale = display_scale * view_.font_scale;
  const bool new_fonts = scale != fonts_scale_;
  if (!new_fonts && styled_dark_ == view_.dark) return false;
  theme_.scale = scale;
  theme_.dark = view_.dark;
  theme_.color = view_.dark ? ui::dark_palette() : ui::light_palette();
  if (new_fonts) theme_.font = ui::add_fonts(*ImGui::GetIO().Fonts, scale);
  fonts_scale_ = scale;
  styled_dark_ = view_.dark;
  ui::apply_style(theme_);
  return new_fonts;
}

void App::frame() {
  poll();
  take_shortcuts();
  advance_sweep();
  items_.begin_frame();
  draw();
  painter_.end_frame();
  gradients_.end_frame();
  for (const Action& action : actions_.take())
    perform(action);
}

// Takes up what the workers have finished.
void App::poll() {
  trainer_.show(shows_learning());
  if (std::optional<ChangedInput> now = changer_.take()) take_changed(*now);
  if (!changer_.busy()) {
    if (std::optional<LoadedFile> loaded = loader_.take(scene_.input.tensor)) take_file(*loaded);
    if (save_next_) save(*std::exchange(save_next_, std::nullopt));
  }
  go_on_leaving();
  poll_recovery();
  if (ResultsPtr newest = evaluator_.results(); newest != results_) {
    take_results(std::move(newest));
  }
  if (TrainingSnapshotPtr newest = trainer_.snapshot(); newest != training_) {
    training_ = std::move(newest);
    ++training_version_;
  }
  poll_stage();
  const double now = ImGui::GetTime();
  const bool works = evaluator_.busy() || stage_maker_.busy() || changer_.busy() || saver_.busy();
  if (!works && loader_.loading().empty()) {
    busy_since_ = -1.0;
  } else if (busy_since_ < 0.0) {
    busy_since_ = now;
  }
}

bool App::shows_learning() const {
  return view_.page == Page::kKernel && !view_.kernel_info;
}

void App::take_results(ResultsPtr newest) {
  changes_.output = changes_.pooled = {};
  for (const ResultsChange& change : newest->changes) {
    if (!results_ || change.since.lock() != results_) continue;
    if (change.output) {
      changes_.output = {results_->output.get(), results_version_, *change.output};
    }
    if (change.pooled) {
      changes_.pooled = {&results_->pooled->output, results_version_, *change.pooled};
    }
  }
  results_ = std::move(newest);
  ++results_version_;
}

// Asks for what the Layers page shows, while it is shown.
void App::poll_stage() {
  if (view_.page != Page::kLayers || !results_) return;
  StageRequest wanted = stage_request(results_, view_, layers_);
  if (wanted != stage_wanted_) {
    stage_wanted_.results = wanted.results;
    if (wanted != stage_wanted_) stage_maker_.cancel();  // it was of another stage
    stage_maker_.submit(wanted);
    stage_wanted_ = std::move(wanted);
  }
  if (std::optional<StageView> newest = stage_maker_.take()) {
    stage_view_ = std::make_shared<const StageView>(std::move(*newest));
    ++stage_version_;
  }
}

std::string App::title() const {
  if (scene_.file.empty()) return "Convscope";
  return printable(std::filesystem::path(scene_.file).filename().string()) + (unsaved_ ? "*" : "") +
         " – Convscope";
}

bool App::animating() const {
  const double now = ImGui::GetTime();
  return busy_since_ >= 0.0 || trainer_.progress().work != TrainingProgress::Work::kNone ||
         kernel_.turning.running(now) || input_.turn.motion.running(now) || sweeps();
}

void App::take_shortcuts() {
  using ui::Key;
  if (view_.help && ui::shortcut_pressed({Key::kF1})) {
    actions_.push(ViewCommand::kToggleHelp);
    return;
  }
  if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId)) return;
  const auto on = [](ui::Chord chord, bool repeat = false) {
    return ui::shortcut_pressed(chord, repeat);
  };
  if (view_.page == Page::kKernel) {  // what the other page does not show
    if (on({Key::kSpace})) actions_.push(TrainingCommand::kToggle);
    if (on({Key::kS}, true)) actions_.push(TrainingCommand::kStep);
    if (on({Key::kD})) actions_.push(TrainingCommand::kSlowMotion);
    if (on({Key::kLeft, true}, true)) actions_.push(TrainingCommand::kBack);
    if (on({Key::kRight, true}, true)) actions_.push(TrainingCommand::kForth);
    if (on({Key::kR})) actions_.push(TrainingCommand::kReset);
    if (on({Key::kK}) || (view_.kernel_info && on({Key::kEscape}))) {
      actions_.push(ViewCommand::kToggleKernelInfo);
    }
    take_explore_keys();
  }
  if (on({Key::kF})) actions_.edit(turned_over(scene_.kernel));
  if (on({Key::kO, true})) actions_.push(ShowOpenDialog{});
  if (on({Key::kS, true})) actions_.push(SaveScene{});
  if (on({Key::kS, true, true})) actions_.push(ShowSaveDialog{});
  if (on({Key::kZ, true}, true)) actions_.push(Undo{});
  if (on({Key::kZ, true, true}, true) || on({Key::kY, true}, true)) actions_.push(Redo{});
  if (on({Key::kC, true})) copy();
  if (on({Key::kV, true})) paste();
  if (on({Key::kPlus, true}, true)) actions_.push(ViewCommand::kLargerFont);
  if (on({Key::kMinus, true}, true)) actions_.push(ViewCommand::kSmallerFont);
  if (on({Key::kZero, true})) actions_.push(ViewCommand::kNormalFont);
  if (on({Key::kL})) {
    const bool layers = view_.page == Page::kLayers;
    actions_.push(ShowPage{layers ? Page::kKernel : Page::kLayers});
  }
  if (on({Key::kF11})) actions_.push(ViewCommand::kToggleFullScreen);
  if (on({Key::kF12})) actions_.push(ViewCommand::kSavePicture);
  if (on({Key::kF1})) actions_.push(ViewCommand::kToggleHelp);
  if (on({Key::kQ, true})) actions_.push(ViewCommand::kQuit);
}

std::filesystem::path App::take_screenshot_path() {
  return std::exchange(screenshot_, {});
}

void App::screenshot_saved(const std::filesystem::path& path, const std::string& error) {
  message_is_error_ = !error.empty();
  message_ =
      error.empty() ? "The window was saved as " + shown_path(path).string() + "." : error + ".";
}

void App::changed() {
  ++scene_version_;
  unsaved_ = scene_ != saved_;
  keep_unsaved();
  if (const TensorPtr before = std::exchange(input_before_, scene_.input.tensor);
      before && before != scene_.input.tensor) {
    changes_.input = {};
    ++input_version_;
    const Shape& was = before->shape();
    const Shape& now = scene_.input.tensor->shape();
    if (was.h != now.h || was.w != now.w) input_.heatmap = {};  // zoom means another place
  }
  evaluator_.submit(scene_);
  trainer_.submit(scene_);
}

void App::settle() {
  do {
    loader_.wait();
    changer_.wait();
    saver_.wait();
    if (recovery_) recovery_->wait();
    poll();
  } while (!loader_.loading().empty() || changer_.busy() || saver_.busy());
  evaluator_.wait();
  trainer_.wait();
  poll();
  stage_maker_.wait();
  gradients_.wait();
  poll();
  if (recovery_) recovery_->wait();  // what was saved just now is kept no more
}

}  // namespace convscope
