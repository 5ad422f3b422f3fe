#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/scene/input_change.h"
#include "app/scene/scene.h"

// What panels ask for. A panel changes nothing itself: it enqueues an action, and app/app.cpp
// applies it in one place, where edits are also recorded for undo.
namespace convscope {

// Replaces one part of the scene, or all of it. `continues` marks the second and later edits of one
// gesture (a brush stroke, a drag), which undo takes back as one step.
struct Edit {
  std::variant<InputScene, KernelScene, ConvScene, PoolScene, ChainScene, LearningScene, Scene>
      part;
  bool continues = false;
};

struct OpenPicture {  // load a picture file as the input, off the UI thread
  std::filesystem::path path;
  bool color = false;       // three channels instead of one
  Yx size{0, 0};            // to scale it to; 0 leaves the picture's own
  bool transposed = false;  // swap rows and columns; `size` is that of the result
  // Further ones, scaled to the size of the first: a stack.
  std::vector<std::filesystem::path> more = {};
  // Puts them after the pictures of this stack, in its size and channels; null replaces the input.
  TensorPtr onto = nullptr;
  // As the learning's target of this shape instead of the input.
  std::optional<Shape> target = {};
  bool continues = false;  // the same picture at the next size of a drag: as in Edit
};
struct OpenScene {  // in place of the one that is there, as one step of undo
  std::filesystem::path path;
  std::size_t beside = 0;                   // files that were dropped with it, and are not opened
  std::optional<std::size_t> example = {};  // of examples(), in place of a file
};
struct SaveScene {                 // into a file, off the UI thread
  std::filesystem::path path;      // empty for the scene's own; without one the dialog asks
  bool replace_read_only = false;  // the user was asked
};
enum class OpenPurpose { kInput, kAdd, kTarget };
struct ShowOpenDialog {
  OpenPurpose purpose = OpenPurpose::kInput;
};
struct ShowSaveDialog {};
enum class SaveAnswer { kSave, kDiscard, kCancel };  // to "Save the changes?"
struct ShowMessage {                                 // one sentence for the message bar
  std::string text;
};
// Which picture and channels all views show; they are brought into range where they are used.
struct ShowPlanes {
  Index sample = 0;         // of the stack of pictures
  Index input_channel = 0;  // of a layer's input; kAllChannels shows an RGB input in its colours
  Index channel = 0;        // of the output
};
inline constexpr Index kAllChannels = -1;
enum class Page { kKernel, kLayers };
struct ShowPage {
  Page page = Page::kKernel;
};
struct ChooseColors {  // an index into kColorChoices
  int choice = 0;
};
struct ChooseRange {  // of a view's colour bar
  std::string view;
  int mode = 0;  // an index into kRangeChoices
  float lo = 0.0f, hi = 1.0f;
};
struct ChooseNumbers {  // how values are written
  int mode = 0;         // an index into kNumberChoices
  int decimals = 2;
};
enum class ViewCommand {
  kToggleDark,
  kLargerFont,
  kSmallerFont,
  kNormalFont,
  kToggleFullScreen,
  kToggleHelp,
  kToggleKernelInfo,
  kSavePicture,
  kQuit,
};
struct SeekTraining {  // goes back, or forth, to a step that was taken
  Index step = 0;
};
enum class TrainingCommand {
  kStep,  // in slow motion: the next stage
  kRun,
  kPause,
  kToggle,
  kReset,
  kReseed,
  kCancel,     // what takes long
  kBack,       // to the keyframe before
  kForth,      // to the one behind
  kSlowMotion  // on or off
};
// What one step of gradient descent does, one after the other; slow motion stops at each.
enum class Stage { kForward, kError, kGradient, kUpdate };
struct ShowStage {  // of the present step
  Stage stage = Stage::kForward;
};
struct Undo {};
struct Redo {};

using Action =
    std::variant<Edit, InputChange, OpenPicture, OpenScene, SaveScene, SaveAnswer, ShowOpenDialog,
                 ShowSaveDialog, ShowMessage, ShowPlanes, ShowPage, ChooseColors, ChooseRange,
                 ChooseNumbers, ViewCommand, SeekTraining, TrainingCommand, ShowStage, Undo, Redo>;

// What opens the file: a scene where its name ends in ".json", else a picture.
Action open_file(const std::filesystem::path& path);

class Actions {
 public:
  void push(Action action);
  template <typename Part>
  void edit(Part part, bool continues = false) {
    push(Edit{std::move(part), continues});
  }
  std::vector<Action> take();  // all of them, in their order

 private:
  std::vector<Action> queue_;
};

}  // namespace convscope
