#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/scene/scene.h"

// What panels ask for. A panel changes nothing itself: it enqueues an action, and app/app.cpp
// applies it in one place, where edits are also recorded for undo.
namespace convscope {

// Replaces one part of the scene. `continues` marks the second and later edits of one gesture (a
// brush stroke, a drag), which undo takes back as one step.
struct Edit {
  std::variant<InputScene, KernelScene, ConvScene, PoolScene, LearningScene> part;
  bool continues = false;
};

struct OpenPicture {  // load a picture file as the input
  std::filesystem::path path;
};
struct ShowOpenDialog {};
struct ShowMessage {  // one sentence for the message bar
  std::string text;
};
enum class TrainingCommand { kStep, kRun, kPause, kToggle, kReset, kReseed };
struct Undo {};
struct Redo {};

using Action =
    std::variant<Edit, OpenPicture, ShowOpenDialog, ShowMessage, TrainingCommand, Undo, Redo>;

class Actions {
 public:
  void push(Action action) { queue_.push_back(std::move(action)); }
  template <typename Part>
  void edit(Part part, bool continues = false) {
    queue_.emplace_back(Edit{std::move(part), continues});
  }
  std::vector<Action> take() { return std::exchange(queue_, {}); }

 private:
  std::vector<Action> queue_;
};

}  // namespace convscope
