#include "app/program/app.h"

#include <optional>
#include <string>
#include <utility>

#include "app/panels/parts/top_bar.h"
#include "app/program/dispatch.h"
#include "app/program/keys.h"
#include "app/program/lecture.h"
#include "app/program/news.h"
#include "app/program/overlays.h"
#include "app/program/pages.h"
#include "app/program/view/backward_view.h"
#include "app/program/view_requests.h"
#include "app/ui/imgui_shim.h"

namespace convscope::program {

App::App(ui::HeatmapPainter& painter, const std::function<void()>& wake, Scene scene,
         ViewSettings view)
    : document_(std::move(scene), wake),
      files_(document_, wake),
      live_(wake),
      lessons_(wake),
      surface_(painter),
      pictures_(wake),
      snippets_(wake) {
  view_.settings = std::move(view);
  live_.follow(document_, view_.shows_learning());
  lessons_.lectern.follow(document_.undo_step());
}

bool App::prepare(float display_scale, int width, int height) {
  take_lecture_wheel(view_);
  view_.most_font_scale = largest_font_scale(display_scale, width, height);
  return surface_.prepare(display_scale, width, height, view_.settings);
}

void App::frame() {
  poll();
  waits_.keys.follow(ui::dialog_open(), ui::any_key_down(), ImGui::GetTime());
  if (waits_.keys.lets_through(ui::ctrl_down(), ImGui::GetTime()))
    take_shortcuts({document_, live_, lessons_.lectern, view_, surface_.focus(), panels_},
                   actions_);
  view_.advance(document_.scene(), first_results(live_.results()), ImGui::GetIO().DeltaTime);
  begin_lecture(lessons_.lectern.place(), view_, panels_.lecture);
  surface_.begin_frame(view_.settings);
  draw();
  surface_.end_frame();
  live_.end_frame();
  for (const Action& action : actions_.take())
    perform(action);
}

// Takes up what the workers have finished and requests what follows from it.
void App::poll() {
  view_.tell_error(document_.take_change());
  files_.poll(panels_.file_dialog.open || panels_.file_dialog.shown);
  if (const std::optional<std::string> error = take_lesson(lesson_parts()))
    show_lesson_error(*error, view_, panels_.file_dialog);
  if (recovery_) {
    if (std::optional<Edit> recovered = recovery_->take_up(files_, view_)) perform(*recovered);
  }
  if (link_) link_->take_up(document_, view_, files_.leaves());
  follow_document();
  live_.poll();
  if (link_) link_->follow(document_, live_, view_);
  lessons_.watch.follow(lessons_.lectern.place().lesson, ImGui::GetTime());
  lessons_.asked_values.follow(lessons_.lectern, document_.scene(), live_.results());
  pictures_.poll(view_, panels_.figure_dialog);
  snippets_.poll(view_);
  request_views(live_, view_);
  const bool works = live_.computing() || document_.changing() || files_.writing() ||
                     pictures_.writing() || !files_.reading().empty() ||
                     !lessons_.files.reading().empty();
  waits_.work.update(works, ImGui::GetTime());
}

void App::perform(const Action& action) {
  dispatch(action, {document_, files_, live_, lessons_, view_, panels_, pictures_, snippets_});
  follow_document();
  if (view_.on_kernel_page()) live_.follow_stage(std::nullopt);
}

// Shows what happened to the document, and passes it on to everything that depends on it; each
// checks for itself whether it changed.
void App::follow_document() {
  DocumentNews news = files_.take_news();
  if (news.lesson) lessons_.files.open(*news.lesson);
  // Questions about a scene end when another one is opened in its place.
  if (news.look && lessons_.lectern.open() && lessons_.lectern.lesson().about_scene)
    lessons_.lectern.put({});
  if (show_news(std::move(news), view_, panels_)) perform(ShowSaveDialog{});
  if (lessons_.lectern.follow(document_.undo_step())) show_step(lessons_.lectern, view_);
  live_.follow(document_, view_.shows_learning() || lesson_learns(lessons_.lectern) ||
                              needs_learning(view_, document_.scene()));
  if (recovery_) files_.ends_program() ? recovery_->end() : recovery_->follow(document_);
}

void App::keep_unsaved_work(const std::filesystem::path& folder,
                            const std::function<void()>& wake) {
  recovery_ = std::make_unique<Recovery>(folder, wake);
  follow_document();
}

std::string App::write_unsaved_work() {
  return recovery_ ? recovery_->write_now() : "";
}

void App::drop(std::span<const std::filesystem::path> paths) {
  files_.drop(paths, use_at_pointer(surface_.items(), ImGui::GetIO().MousePos));
}

void App::listen(link::ListeningSocket socket, const std::function<void()>& wake) {
  link_ = std::make_unique<LinkDesk>(std::move(socket), wake);
}

void App::draw() {
  const bool note_waits =
      waits_.note.update(document_.note(), ImGui::GetIO().MousePos, surface_.focus().leads());
  if (note_waits) view_.links = {};
  panels_.styles.begin_frame();
  ui::Ui ui = surface_.ui();
  follow_lesson(lessons_.lectern, ImGui::GetIO().DisplaySize.x, ui.theme.scale, view_.settings);
  const bool slow = waits_.work.is_long(ImGui::GetTime());
  Links hovered;
  Explore none;
  const ShownLayer layer = first_shown_layer(document_, live_, view_, none);
  const PanelContext context{
      ui,       panels_.styles, document_, live_,
      view_,    layer,          hovered,   slow && live_.computing() ? "computing …" : "",
      actions_, lessons_};
  begin_content();
  draw_page(context, panels_);
  if (!view_.settings.presenting) draw_top_bar(context);
  draw_lesson(context, panels_);
  draw_overlays(context, slow, {document_, files_, lessons_.files, pictures_}, panels_,
                recovery_.get());
  draw_lecture(context, panels_.lecture);
  ImGui::End();
  if (std::string said = surface_.take_said(); !said.empty()) actions_.push(Tell{std::move(said)});
  view_.point_at(hovered, first_results(live_.results()));
  if (note_waits) view_.links = {};
}

std::string App::title() const {
  return window_title(document_, link_ ? link_->name() : "");
}

bool App::animating() const {
  const double now = ImGui::GetTime();
  return waits_.work.works() || live_.progress().work != TrainingProgress::Work::kNone ||
         panels_.kernel.turning.running(now) || panels_.backward.turning.running(now) ||
         panels_.lesson.arriving.running(now) || panels_.input.turn.motion.running(now) ||
         view_.sweeps() || view_.toast.seconds > 0.0f || surface_.animating();
}

void App::screenshot_saved(const std::filesystem::path& path, const std::string& error) {
  tell_of_saved_picture(path, error, view_);
}

void App::settle() {
  do {
    files_.wait();
    lessons_.files.wait();
    lessons_.watch.look_now();
    document_.wait();
    pictures_.wait();
    snippets_.wait();
    if (recovery_) recovery_->wait();
    poll();
  } while (!files_.reading().empty() || !lessons_.files.reading().empty() || document_.changing() ||
           files_.writing());
  live_.wait_for_results();
  poll();
  live_.wait_for_views();
  lessons_.asked_values.wait();
  poll();
  if (recovery_) recovery_->wait();  // a scene that was just saved is no longer kept
}

}  // namespace convscope::program
