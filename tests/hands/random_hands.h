#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/random.h"
#include "tests/app/app_harness.h"

namespace convscope {

// Somebody who knows nothing of the program and tries everything: clicks, drags and scrolls on what
// there is to see, types, pastes, drops files, resizes, undoes, opens, saves and quits, while a
// kernel learns. The same seed tries the same; what is there to be clicked may differ, as workers
// take the time they take.
class RandomHands {
 public:
  // Files to open are made in the folder, which becomes the current one: nothing else is written.
  // Every act is written into `log` where it is named, before it is done.
  RandomHands(std::uint64_t seed, std::filesystem::path folder, const std::string& log = "");

  // Acts until so many frames were drawn.
  void act_for(int frames);
  // Buttons and keys go up, dialogs are closed, the learning pauses, and all is computed.
  void come_to_rest();
  // The default scene with as many steps of undo as are kept, at the usual size: whatever was done
  // before, this takes the same memory.
  void clear_the_desk();

  AppHarness& window() { return *window_; }

 private:
  struct Act {
    int weight;
    const char* name;
    void (RandomHands::*perform)();
  };
  static const std::array<Act, 23> kActs;

  void start_program();
  void keep_it_light();
  bool answers_a_dialog();
  void choose_file(const char* field);
  void make_files();

  void click();
  void double_click_and_type();
  void drag();
  void hold_button();
  void let_go();
  void scroll();
  void point();
  void press_key();
  void hold_modifiers();
  void type();
  void paste();
  void paste_into_field();
  void drop_files();
  void resize();
  void undo_and_redo();
  void wait_a_moment();
  void settle();
  void learn();
  void open_scene();
  void save_scene_again();
  void close_window();
  void crash();
  void save_picture();

  int below(int count);
  bool chance(int one_in) { return below(one_in) == 0; }
  template <typename T>
  const T& one_of(std::span<const T> all) {
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }
  std::string some_item();
  ImVec2 some_place();
  ImVec2 some_size();
  std::string some_text();
  void note(const std::string& text);

  Random random_;
  std::filesystem::path folder_;
  std::vector<std::filesystem::path> files_;
  std::ofstream log_;
  std::unique_ptr<AppHarness> window_;
  bool held_[3] = {};
  int starts_ = 0;
};

}  // namespace convscope
