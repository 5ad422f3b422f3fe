#include "app/app.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "app/panels/help_panel.h"
#include "app/panels/operation_sign.h"
#include "app/panels/save_question.h"
#include "app/panels/slow_motion.h"
#include "app/panels/top_bar.h"
#include "app/session/conv_change.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/widgets.h"

namespace convscope {
namespace {

// What the Layers page shows follows a drag at the pace at which it can be made: the newest results
// wait for those under way.
constexpr std::chrono::hours kStagePatience{1};
constexpr double kBusyShown = 0.2;  // seconds until work is said to go on
constexpr ImGuiWindowFlags kPlain =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoBackground;

Rect moved(Rect rect, float dx, float dy) {
  return {rect.x + dx, rect.y + dy, rect.w, rect.h};
}

// What is below the top bar, with cards where make(width, height) lays them out and draw(layout,
// dy) draws them; it scrolls where the window is too small for them.
template <typename MakeLayout, typename DrawCards>
void scrolling_page(const ui::Theme& theme, MakeLayout make, DrawCards draw) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  auto layout = make(display.x, display.y);
  const bool scrolls = layout.content_height > display.y + 0.5f;
  if (scrolls) layout = make(display.x - ImGui::GetStyle().ScrollbarSize, display.y);
  const float top = std::round(theme.px(kTopBar));
  ImGui::SetCursorScreenPos({0, top});
  ImGui::BeginChild("content", {display.x, display.y - top}, false,
                    scrolls ? ImGuiWindowFlags_None
                            : ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  const float dy = -ImGui::GetScrollY();
  draw(layout, dy);
  ImGui::SetCursorScreenPos({0, layout.content_height + dy - 1.0f});
  ImGui::Dummy({1.0f, 1.0f});
  ImGui::EndChild();
}

}  // namespace

App::App(ui::HeatmapPainter& painter, std::function<void()> wake, Scene scene, ViewSettings view)
    : painter_(painter),
      view_(view),
      scene_(std::move(scene)),
      evaluator_(wake),
      trainer_(wake),
      loader_(wake),
      changer_(wake),
      saver_(wake),
      stage_maker_(make_stage_view, wake, {.patience = kStagePatience}),
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
  return std::filesystem::path(scene_.file).filename().string() + (unsaved_ ? "*" : "") +
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

// Since the last frame, where that is not known from the change itself: after undo, or several
// edits in one frame.
void App::find_input_change() {
  constexpr Index kMostCompared = Index{1} << 22;  // values; more take longer than to upload them
  const TensorPtr before = std::exchange(drawn_input_, scene_.input.tensor);
  const std::uint64_t version = std::exchange(drawn_input_version_, input_version_);
  const bool known = changes_.input.tensor != nullptr && changes_.input.version == version;
  if (before == nullptr || version == input_version_ || known) return;
  const Tensor& now = *scene_.input.tensor;
  if (before->shape() != now.shape() || now.numel() > kMostCompared) return;
  changes_.input = {before.get(), version, differing_cells(*before, now)};
}

void App::draw() {
  find_input_change();
  Links hovered;
  theme_.numbers = view_.numbers;
  styles_.begin_frame();
  Explore none;
  const bool explores = view_.page == Page::kKernel;
  ui::Ui ui{theme_, painter_, items_, edit_};
  const bool busy = busy_since_ >= 0.0 && ImGui::GetTime() - busy_since_ > kBusyShown;
  const PanelContext context{
      .ui = ui,
      .scene = scene_,
      .results = results_.get(),
      .training = training_.get(),
      .view = view_,
      .shown = shown_planes(scene_, view_.planes),
      .stage = stage_,
      .styles = styles_,
      .gradients = gradients_,
      .input_version = input_version_,
      .results_version = results_version_,
      .training_version = training_version_,
      .changes = changes_,
      .note = note(),
      .busy = busy && (evaluator_.busy() || stage_maker_.busy()) ? "computing …" : "",
      .links = links_,
      .hovered = hovered,
      .explore = explores ? explore_ : none,
      .actions = actions_};
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("Convscope", nullptr, kPlain);
  ImGui::PopStyleVar();
  if (view_.page == Page::kLayers) {
    draw_layers(context);
  } else {
    draw_kernel_page(context);
  }
  const float bar = std::round(theme_.px(kTopBar));
  draw_top_bar(context, {0, 0, ImGui::GetIO().DisplaySize.x, bar},
               {history_.can_undo(), history_.can_redo(), unsaved_});
  draw_message();
  draw_help_panel(context);
  draw_file_dialog(context, file_dialog_);
  draw_save_question(context, leaving_ && leaving_->state == Leaving::State::kAsks);
  ImGui::End();
  pointed_ = hovered;
  links_ = explores ? followed(explore_, pointed_, results_.get()) : pointed_;
}

void App::draw_kernel_page(const PanelContext& context) {
  const auto make = [&](float width, float height) {
    return layout_window(width, height, theme_.scale);
  };
  scrolling_page(theme_, make, [&](const Layout& layout, float dy) {
    const auto at = [&](const Rect& rect) { return moved(rect, 0.0f, dy); };
    draw_input_panel(context, at(layout.input), input_);
    draw_kernel_panel(context, at(layout.kernel), kernel_);
    draw_output_panel(context, at(layout.output), output_);
    draw_pooling_panel(context, at(layout.pooled), pooling_);
    draw_sign(theme_, at(layout.star), operation_sign(scene_.kernel, scene_.conv));
    draw_sign(theme_, at(layout.equals), "=");
    draw_sign(theme_, at(layout.arrow), "→");
    draw_explanation_panel(context, at(layout.explanation));
    if (view_.kernel_info) {
      draw_kernel_info_panel(context, at(layout.lower()), kernel_info_);
      return;
    }
    kernel_info_.open = false;
    draw_learning_panel(context, at(layout.learning), trainer_.progress(), learning_);
    draw_loss_panel(context, at(layout.loss), learning_);
    draw_error_panel(context, at(layout.error), learning_, landscape_);
    draw_learned_panel(context, at(layout.learned), learning_);
    draw_lights(context, layout, dy);
  });
}

void App::draw_layers(const PanelContext& context) {
  const auto make = [&](float width, float height) {
    return layout_layers(width, height, theme_.scale);
  };
  scrolling_page(theme_, make, [&](const LayersLayout& layout, float dy) {
    const LayersLayout at = moved(layout, dy);
    draw_layers_page(context, at, stage_view_.get(), stage_version_, layers_);
    const std::size_t layer = existing_stage(scene_, layers_.stage).layer;
    const LayerScene shown = layer_of(scene_, layer);
    draw_sign(theme_, at.star, operation_sign(shown.kernel, shown.conv));
    draw_sign(theme_, at.equals, "=");
  });
}

// The cards that a stage of slow motion touches, in the accent.
void App::draw_lights(const PanelContext& context, const Layout& layout, float dy) {
  const StageLights lights = lights_of(context);
  const auto light = [&](const char* name, const Rect& rect, bool lit) {
    if (!lit) return;
    const ImVec2 min{std::round(rect.x), std::round(rect.y + dy)};
    const ImVec2 max{std::round(rect.x + rect.w), std::round(rect.y + rect.h + dy)};
    ui::stroke_rect(ImGui::GetWindowDrawList(), min, max, theme_.color.accent, theme_.px(10.0f),
                    std::round(theme_.px(3.0f)));
    items_.add(name, min, max);
  };
  light("lit/input", layout.input, lights.input);
  light("lit/kernel", layout.kernel, lights.kernel);
  light("lit/output", layout.output, lights.output);
  light("lit/error", layout.error, lights.error);
  light("lit/learned", layout.learned, lights.learned);
}

// Over the cards: it must not move what is being worked on.
void App::draw_message() {
  const std::string reading = loader_.loading();
  const bool slow = busy_since_ >= 0.0 && ImGui::GetTime() - busy_since_ > kBusyShown;
  const bool loading = !reading.empty() && slow;
  const bool changing = changer_.busy() && slow;
  const bool writing = saver_.busy() && slow;
  if (message_.empty() && !loading && !changing && !writing) return;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float margin = theme_.px(12.0f);
  ImGui::SetNextWindowPos({margin, theme_.px(50.0f)});
  ImGui::SetNextWindowSize({display.x - 2 * margin, 0.0f});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("message", nullptr,
               (kPlain & ~ImGuiWindowFlags_NoBringToFrontOnFocus) |
                   ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoFocusOnAppearing);
  ImGui::PopStyleVar();
  ui::Ui ui{theme_, painter_, items_, edit_};
  if (loading) {
    if (ui::message_bar(ui, "message", "Reading " + reading + " … (close to cancel)",
                        ui::MessageKind::kInfo)) {
      loader_.cancel();
    }
  } else if (changing) {
    if (ui::message_bar(ui, "message", "Changing the input … (close to cancel)",
                        ui::MessageKind::kInfo)) {
      changer_.cancel();
    }
  } else if (writing) {
    ui::message_bar(ui, "message", "Writing the scene …", ui::MessageKind::kInfo);
  } else if (ui::message_bar(
                 ui, "message", message_,
                 message_is_error_ ? ui::MessageKind::kError : ui::MessageKind::kInfo)) {
    message_.clear();
  }
  ImGui::End();
}

std::filesystem::path App::take_screenshot_path() {
  return std::exchange(screenshot_, {});
}

void App::screenshot_saved(const std::filesystem::path& path, const std::string& error) {
  message_is_error_ = !error.empty();
  message_ = error.empty()
                 ? "The window was saved as " + std::filesystem::absolute(path).string() + "."
                 : error + ".";
}

void App::changed() {
  unsaved_ = scene_ != saved_;
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
    poll();
  } while (!loader_.loading().empty() || changer_.busy() || saver_.busy());
  evaluator_.wait();
  trainer_.wait();
  poll();
  stage_maker_.wait();
  gradients_.wait();
  poll();
}

}  // namespace convscope
