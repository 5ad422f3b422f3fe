// What the hands can do.
#include <algorithm>
#include <array>
#include <cfloat>
#include <utility>

#include "app/files/examples.h"
#include "tests/hands/random_hands.h"

namespace convscope::program {
namespace {

constexpr std::array kTyped = {
    "3",    "-0.5", "0",    "1e30", "1e-40",       "nan",
    "",     "abc",  "8192", "2.75", "99999999999", "-1",
    "0.03", "−2",   "inf",  "64",   "1e",          "12345678901234567890123456789"};
constexpr std::array kClips = {"1 2 3\n4 5 6",
                               "0\t1\n1\t0",
                               "[[1, -1], [2, 0.5]]",
                               "1 2\n3",
                               "",
                               "x",
                               "−1 2 −3",
                               "1e39 2",
                               "nan 1\ninf -inf",
                               "7",
                               "1,2,3\n4,5,6\n7,8,9",
                               "1;2\n3;4",
                               "[",
                               "]]]], 1"};
struct Size {
  float width, height;
};
constexpr std::array kSizes = {Size{1280, 720}, Size{1920, 1080}, Size{320, 240}, Size{2560, 1440},
                               Size{800, 1200}, Size{1024, 300},
                               // Tiling window managers ask nobody how small a window may be.
                               Size{200, 90}, Size{40, 30}, Size{3, 2}};

}  // namespace

const std::array<RandomHands::Act, 25> RandomHands::kActs = {
    Act{30, "click", &RandomHands::click},
    Act{8, "double click", &RandomHands::double_click_and_type},
    Act{16, "drag", &RandomHands::drag},
    Act{3, "hold a button", &RandomHands::hold_button},
    Act{4, "let go", &RandomHands::let_go},
    Act{10, "scroll", &RandomHands::scroll},
    Act{6, "point", &RandomHands::point},
    Act{16, "key", &RandomHands::press_key},
    Act{2, "hold modifiers", &RandomHands::hold_modifiers},
    Act{4, "type", &RandomHands::type},
    Act{5, "paste", &RandomHands::paste},
    Act{2, "paste into a field", &RandomHands::paste_into_field},
    Act{4, "drop", &RandomHands::drop_files},
    Act{3, "resize", &RandomHands::resize},
    Act{5, "undo and redo", &RandomHands::undo_and_redo},
    Act{5, "wait", &RandomHands::wait_a_moment},
    Act{2, "settle", &RandomHands::settle},
    Act{6, "learn", &RandomHands::learn},
    Act{3, "open a scene", &RandomHands::open_scene},
    Act{3, "read a lesson", &RandomHands::read_a_lesson},
    Act{2, "save the scene", &RandomHands::save_scene_again},
    Act{1, "close", &RandomHands::close_window},
    Act{1, "crash", &RandomHands::crash},
    Act{1, "save a picture", &RandomHands::save_picture},
    Act{2, "take the brush", &RandomHands::take_brush}};

ImVec2 RandomHands::some_size() {
  const Size size = one_of<Size>(kSizes);
  return {size.width, size.height};
}

std::string RandomHands::some_text() {
  return one_of<const char*>(kTyped);
}

void RandomHands::click() {
  const int button = chance(8) ? 1 + below(2) : 0;
  window_->move(some_place());
  window_->press(button);
  window_->release(button);
  held_[button] = false;
}

void RandomHands::double_click_and_type() {
  window_->move(some_place());
  for (int i = 0; i < 2; ++i) {
    window_->press();
    window_->release();
  }
  held_[0] = false;
  if (chance(4)) return;
  type();
  constexpr std::array kEnds = {ui::Key::kEnter, ui::Key::kEnter, ui::Key::kTab, ui::Key::kEscape};
  window_->key(one_of<ui::Key>(kEnds));
}

void RandomHands::drag() {
  const int button = chance(4) ? 1 + below(2) : 0;
  window_->move(some_place());
  window_->press(button);
  for (int i = 1 + below(5); i > 0; --i)
    window_->move(some_place());
  window_->release(button);
  held_[button] = false;
}

void RandomHands::hold_button() {
  const int button = below(3);
  window_->move(some_place());
  window_->press(button);
  held_[button] = true;
}

void RandomHands::let_go() {
  for (int button = 0; button < 3; ++button) {
    if (std::exchange(held_[button], false)) window_->release(button);
  }
  window_->hold(false, false);
}

void RandomHands::scroll() {
  window_->move(some_place());
  for (int i = 1 + below(6); i > 0; --i)
    window_->turn_wheel(random_.uniform(-4.0f, 4.0f));
}

void RandomHands::point() {
  for (int i = 1 + below(4); i > 0; --i)
    window_->move(some_place());
  window_->frame(below(50));  // for tooltips
}

void RandomHands::press_key() {
  const auto key = static_cast<ui::Key>(below(ui::kKeyCount));
  const bool ctrl = chance(3);
  if (key == ui::Key::kQ && ctrl) return;  // "close" does that
  window_->key(key, ctrl, chance(4));
}

void RandomHands::hold_modifiers() {
  window_->hold(chance(2), chance(2), chance(4));
}

void RandomHands::type() {
  window_->type(some_text());
}

void RandomHands::paste() {
  ImGui::SetClipboardText(one_of<const char*>(kClips));
  window_->move(some_place());
  if (chance(2)) window_->key(ui::Key::kC, true);
  window_->key(ui::Key::kV, true);
}

void RandomHands::paste_into_field() {
  window_->move(some_place());
  window_->press();
  window_->release();
  held_[0] = false;
  ImGui::SetClipboardText(chance(2) ? one_of<const char*>(kClips) : one_of<const char*>(kTyped));
  window_->key(ui::Key::kA, true);
  window_->key(ui::Key::kV, true);
  if (chance(2)) window_->key(ui::Key::kEnter);
}

void RandomHands::drop_files() {
  std::vector<std::filesystem::path> paths;
  for (int i = below(4); i >= 0; --i)
    paths.push_back(one_of<std::filesystem::path>(files_));
  window_->app().drop(paths);
  if (chance(2)) settle();
}

void RandomHands::resize() {
  ImGui::GetIO().DisplaySize = some_size();
  window_->frame(2);
}

void RandomHands::undo_and_redo() {
  for (int i = below(12); i >= 0; --i)
    window_->key(ui::Key::kZ, true);
  for (int i = below(12); i > 0; --i)
    window_->key(ui::Key::kZ, true, true);
}

void RandomHands::wait_a_moment() {
  window_->frame(1 + below(60));
}

// A run that goes on is never settled.
void RandomHands::settle() {
  window_->app().perform(TrainingCommand::kPause);
  window_->settle();
  if (chance(2)) window_->app().perform(TrainingCommand::kRun);
}

void RandomHands::learn() {
  constexpr std::array kCommands = {TrainingCommand::kRun,
                                    TrainingCommand::kRun,
                                    TrainingCommand::kRun,
                                    TrainingCommand::kStep,
                                    TrainingCommand::kPause,
                                    TrainingCommand::kReset,
                                    TrainingCommand::kPreviousKeyframe,
                                    TrainingCommand::kNextKeyframe,
                                    TrainingCommand::kCancel,
                                    TrainingCommand::kSlowMotion};
  App& app = window_->app();
  if (chance(6) && app.live().training().snapshot) {
    app.perform(SeekTraining{below(static_cast<int>(app.live().training().snapshot->step) + 2)});
  }
  if (chance(11)) {  // other start weights
    LearningScene learning = app.document().scene().learning;
    ++learning.seed;
    app.perform(Edit{std::move(learning)});
  } else {
    app.perform(one_of<TrainingCommand>(kCommands));
  }
  window_->frame(2);
}

void RandomHands::open_scene() {
  OpenScene wanted{one_of<std::filesystem::path>(files_)};
  if (chance(2))
    wanted.example = static_cast<std::size_t>(below(static_cast<int>(examples().size())));
  window_->app().perform(wanted);
  window_->frame(2);
}

void RandomHands::read_a_lesson() {
  if (!window_->app().lessons().lectern.open() || chance(4))
    window_->app().perform(OpenLesson{.path = folder_ / "lesson.md", .shipped = {}});
  for (int i = below(4); i >= 0; --i) {
    window_->frame(2);
    window_->key(chance(3) ? ui::Key::kPageUp : ui::Key::kPageDown, false, chance(3));
  }
}

void RandomHands::save_scene_again() {
  window_->key(ui::Key::kS, true, chance(2));
}

void RandomHands::close_window() {
  window_->app().close();
  window_->frame(2);
}

// The next start offers what was unsaved, as far as it was written.
void RandomHands::crash() {
  start_program();
}

void RandomHands::take_brush() {
  window_->take_brush();
}

void RandomHands::save_picture() {
  App& app = window_->app();
  app.perform(ViewCommand::kSavePicture);
  window_->frame();
  const std::filesystem::path path = app.take_screenshot_path();
  app.screenshot_saved(path, chance(2) ? "" : "\"" + path.string() + "\" can't be written");
}

}  // namespace convscope::program
