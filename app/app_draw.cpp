// What the window shows in a frame.
#include <cmath>
#include <utility>

#include "app/app.h"
#include "app/files/printable_text.h"
#include "app/panels/dialogs/help_panel.h"
#include "app/panels/dialogs/save_question.h"
#include "app/panels/learning/slow_motion.h"
#include "app/panels/parts/operation_sign.h"
#include "app/panels/parts/top_bar.h"
#include "app/recovery.h"
#include "app/session/conv_change.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/widgets.h"

namespace convscope {
namespace {

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

bool App::note_waits() {
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  if (note() != shown_note_) {
    shown_note_ = note();
    note_waits_at_.reset();
    if (!shown_note_.empty()) note_waits_at_ = pointer;
  }
  if (note_waits_at_ && (note_waits_at_->x != pointer.x || note_waits_at_->y != pointer.y))
    note_waits_at_.reset();
  return note_waits_at_.has_value();
}

void App::draw() {
  find_input_change();
  if (note_waits()) links_ = {};
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
  if (recovery_) recovery_->draw(context, !leaving_ && !file_dialog_.shown);
  ImGui::End();
  pointed_ = hovered;
  links_ = explores ? followed(explore_, pointed_, results_.get()) : pointed_;
  if (note_waits_at_) links_ = {};
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
  const std::string reading = printable(loader_.loading());
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
                 ui, "message", printable(message_),
                 message_is_error_ ? ui::MessageKind::kError : ui::MessageKind::kInfo)) {
    message_.clear();
  }
  ImGui::End();
}

}  // namespace convscope
