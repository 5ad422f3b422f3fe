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

namespace convscope::program {

// A user who knows nothing of the program and tries everything: clicks, drags and scrolls on
// visible items, types, pastes, drops files, resizes, undoes, opens, saves and quits, while a
// kernel learns. The same seed tries the same acts, but the visible items may differ, because the
// workers' timing does.
class RandomHands {
 public:
  // Creates the files to open in the folder, which becomes the current one; nothing is written
  // elsewhere. Every act is written to the file `log`, if given, before it is done.
  RandomHands(std::uint64_t seed, std::filesystem::path folder, const std::string& log = "");

  // Acts until this many frames were drawn.
  void act_for(int frames);
  // Releases buttons and keys, closes dialogs, pauses learning and computes everything.
  void come_to_rest();
  // Restores the default scene with as many undo steps as are kept, at the usual size. This takes
  // the same memory whatever was done before.
  void clear_the_desk();

  AppHarness& window() { return *window_; }

 private:
  struct Act {
    int weight;
    const char* name;
    void (RandomHands::*perform)();
  };
  static const std::array<Act, 25> kActs;

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
  void read_a_lesson();
  void save_scene_again();
  void close_window();
  void crash();
  void save_picture();
  void take_brush();

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

}  // namespace convscope::program
