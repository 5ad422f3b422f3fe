// The one place where what panels and keys ask for is carried out.
#include <algorithm>
#include <type_traits>
#include <utility>

#include "app/app.h"
#include "app/recovery.h"
#include "app/ui/imgui_shim.h"
#include "engine/core/error.h"
#include "engine/core/shape_text.h"
#include "engine/kernel_info/kernels.h"

namespace convscope {
namespace {

constexpr float kFontStep = 1.1f;
constexpr float kSmallestFont = 0.6f;
constexpr float kLargestFont = 3.0f;

// The first of convscope.png, convscope-2.png ... that is not there yet.
std::filesystem::path free_picture_name() {
  std::filesystem::path path = "convscope.png";
  std::error_code error;
  for (int i = 2; std::filesystem::exists(path, error) && i < 10000; ++i)
    path = "convscope-" + std::to_string(i) + ".png";
  return path;
}

}  // namespace

// What shows something else, or otherwise.
template <typename View>
void App::show(const View& a) {
  if constexpr (std::is_same_v<View, ShowOpenDialog>) {
    show_open_dialog(file_dialog_, a.purpose);
  } else if constexpr (std::is_same_v<View, ShowSaveDialog>) {
    show_save_dialog(file_dialog_, scene_.file.empty() ? "scene.json" : scene_.file,
                     recovery_ && recovery_->asks_before_saving(scene_.file));
  } else if constexpr (std::is_same_v<View, ShowMessage>) {
    message_ = a.text;
    message_is_error_ = false;
  } else if constexpr (std::is_same_v<View, ShowPlanes>) {
    view_.planes = a;
  } else if constexpr (std::is_same_v<View, ShowPage>) {
    view_.page = a.page;
    if (a.page != Page::kLayers) {  // they hold large results
      stage_maker_.cancel();
      stage_view_.reset();
      stage_wanted_ = {};
    }
  } else if constexpr (std::is_same_v<View, ChooseColors>) {
    view_.colors = static_cast<ui::MapChoice>(a.choice);
  } else if constexpr (std::is_same_v<View, ChooseRange>) {
    view_.ranges[a.view] = {static_cast<ui::RangeMode>(a.mode), {a.lo, a.hi}};
  } else if constexpr (std::is_same_v<View, ChooseNumbers>) {
    view_.numbers = {static_cast<ui::NumberMode>(a.mode), a.decimals};
  } else if constexpr (std::is_same_v<View, ShowStage>) {
    if (stage_) stage_ = a.stage;
  } else {
    static_assert(std::is_same_v<View, ViewCommand>);
    apply_view(a);
  }
}

void App::perform(const Action& action) {
  std::visit(
      [&](const auto& a) {
        using T = std::decay_t<decltype(a)>;
        if constexpr (std::is_same_v<T, Edit>) {
          edit(a);
        } else if constexpr (std::is_same_v<T, InputChange>) {
          if (std::optional<ChangedInput> now = changer_.change(scene_.input, a))
            take_changed(*now);
        } else if constexpr (std::is_same_v<T, Undo>) {
          undo();
        } else if constexpr (std::is_same_v<T, Redo>) {
          changer_.cancel();
          if (history_.redo(scene_)) changed();
        } else if constexpr (std::is_same_v<T, OpenPicture>) {
          loader_.load(a);
        } else if constexpr (std::is_same_v<T, OpenScene>) {
          leave_scene(a);
        } else if constexpr (std::is_same_v<T, SaveAnswer>) {
          answer(a);
        } else if constexpr (std::is_same_v<T, SaveScene>) {
          save(a);
        } else if constexpr (std::is_same_v<T, SeekTraining>) {
          trainer_.seek(a.step);
        } else if constexpr (std::is_same_v<T, TrainingCommand>) {
          apply_training(a);
        } else {
          show(a);
        }
      },
      action);
}

void App::edit(const Edit& edit) {
  const bool other_input =
      std::holds_alternative<InputScene>(edit.part) || std::holds_alternative<Scene>(edit.part);
  if (other_input) changer_.cancel();
  history_.apply(scene_, edit);
  changed();
}

void App::take_changed(ChangedInput& changed_input) {
  if (!changed_input.error.empty()) {
    message_ = changed_input.error;
    message_is_error_ = true;
    return;
  }
  const std::optional<InputDifference> difference = changed_input.difference;
  const bool known = difference && difference->before == scene_.input.tensor;
  const std::uint64_t version = input_version_;
  history_.apply(scene_, Edit{std::move(changed_input.input), changed_input.continues});
  changed();
  if (known) changes_.input = {difference->before.get(), version, difference->cells};
}

// A change of the input that is still under way is given up; where nothing of its gesture was taken
// up yet, that is all.
void App::undo() {
  const bool nothing_yet = changer_.busy() && !changer_.continues();
  changer_.cancel();
  if (!nothing_yet && history_.undo(scene_)) changed();
}

// The layer whose cells are under the pointer, as the first of a scene, and the planes that are
// shown of it; no results before the first are there.
App::PointedLayer App::pointed_layer() const {
  PointedLayer pointed;
  if (view_.page != Page::kLayers) {
    pointed.results = results_;
    pointed.shown = shown_planes(scene_, view_.planes);
    if (results_) pointed.output = results_->output.get();
    return pointed;
  }
  if (!stage_view_) return pointed;
  const LayerStage& stage = stage_view_->request.stage;
  pointed.layer = stage.layer;
  pointed.results = stage_view_->results;
  pointed.shown = shown_planes(pointed.results->scene, layer_planes(view_, layers_, stage.layer));
  if (layers_.hovered) {
    (links_.input ? pointed.shown.input : pointed.shown.output) = *layers_.hovered;
  }
  pointed.output = stage_tensor(*pointed.results, stage.part);
  return pointed;
}

void App::take_explore_keys() {
  using ui::Key;
  const auto on = [](Key key, bool repeat = true) { return ui::shortcut_pressed({key}, repeat); };
  const auto go = [&](Index y, Index x) { move(explore_, {y, x}, pointed_, results_.get()); };
  if (on(Key::kLeft)) go(0, -1);
  if (on(Key::kRight)) go(0, 1);
  if (on(Key::kUp)) go(-1, 0);
  if (on(Key::kDown)) go(1, 0);
  if (on(Key::kEscape, false) && !view_.kernel_info) leave(explore_);
  if (on(Key::kW, false)) play_or_pause(explore_, results_.get());
}

// It rests while the pointer is over a cell.
bool App::sweeps() const {
  return view_.page == Page::kKernel && explore_.sweep.playing && pointed_ == Links{};
}

void App::advance_sweep() {
  const ShownPlanes shown = shown_planes(scene_, view_.planes);
  fit(explore_, results_.get(), shown.sample, shown.output);
  const Shape* plane = plane_shape(results_.get(), explore_.sweep.plane);
  if (plane != nullptr && sweeps()) {
    advance(explore_.sweep, static_cast<double>(ImGui::GetIO().DeltaTime), *plane);
  }
  if (view_.page == Page::kKernel) links_ = followed(explore_, pointed_, results_.get());
}

void App::apply_view(ViewCommand command) {
  const auto sized = [&](float factor) {
    view_.font_scale = std::clamp(view_.font_scale * factor, kSmallestFont, kLargestFont);
  };
  switch (command) {
    case ViewCommand::kToggleDark:
      view_.dark = !view_.dark;
      break;
    case ViewCommand::kLargerFont:
      sized(kFontStep);
      break;
    case ViewCommand::kSmallerFont:
      sized(1.0f / kFontStep);
      break;
    case ViewCommand::kNormalFont:
      view_.font_scale = 1.0f;
      break;
    case ViewCommand::kToggleFullScreen:
      view_.full_screen = !view_.full_screen;
      break;
    case ViewCommand::kToggleHelp:
      view_.help = !view_.help;
      break;
    case ViewCommand::kToggleKernelInfo:
      view_.kernel_info = !view_.kernel_info;
      break;
    case ViewCommand::kSavePicture:
      screenshot_ = free_picture_name();
      break;
    case ViewCommand::kQuit:
      leave_scene(std::nullopt);
      break;
  }
}

void App::apply_training(TrainingCommand command) {
  const bool running = training_ != nullptr && training_->state == TrainingState::kRunning;
  switch (command) {
    case TrainingCommand::kStep:
      next_stage();
      break;
    case TrainingCommand::kRun:
      if (stage_) stage_ = Stage::kForward;
      trainer_.run();
      break;
    case TrainingCommand::kCancel:
      trainer_.cancel();
      break;
    case TrainingCommand::kBack:
    case TrainingCommand::kForth:
      seek_keyframe(command == TrainingCommand::kForth);
      break;
    case TrainingCommand::kSlowMotion:
      trainer_.pause();
      stage_ = stage_ ? std::nullopt : std::optional(Stage::kForward);
      trainer_.want_prediction(stage_.has_value());
      break;
    case TrainingCommand::kPause:
      trainer_.pause();
      break;
    case TrainingCommand::kToggle:
      if (stage_) stage_ = Stage::kForward;
      running ? trainer_.pause() : trainer_.run();
      break;
    case TrainingCommand::kReset:
      if (stage_) stage_ = Stage::kForward;
      trainer_.reset();
      break;
    case TrainingCommand::kReseed: {
      LearningScene learning = scene_.learning;
      ++learning.seed;
      learning.start = Tensor();
      learning.start_bias.clear();
      perform(Edit{learning});
      break;
    }
  }
}

// One step; in slow motion one stage of it, the last of which takes the step.
void App::next_stage() {
  if (stage_ && *stage_ != Stage::kUpdate) {
    stage_ = static_cast<Stage>(static_cast<int>(*stage_) + 1);
    return;
  }
  if (stage_) stage_ = Stage::kForward;
  trainer_.step();
}

// To the kept state before or behind the present step.
void App::seek_keyframe(bool forth) {
  if (!training_ || training_->keyframes.empty()) return;
  const Index now = training_->step;
  std::optional<Index> wanted;
  for (const KeyframePtr& frame : training_->keyframes) {
    if (forth && frame->step > now) {
      wanted = frame->step;
      break;
    }
    if (!forth && frame->step < now) wanted = frame->step;
  }
  // Behind the last keyframe there may be some more steps.
  if (forth && !wanted && training_->history.back().step > now) {
    wanted = training_->history.back().step;
  }
  if (wanted) trainer_.seek(*wanted);
}

}  // namespace convscope
