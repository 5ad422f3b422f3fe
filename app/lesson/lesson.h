#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/files/file_stamp.h"
#include "app/lesson/names.h"
#include "app/lesson/prediction.h"
#include "app/lesson/show.h"
#include "app/lesson/text_block.h"
#include "app/scene/scene.h"

// A lesson: steps of text over scenes, read from a Markdown file (read_lesson.h).
namespace convscope::lesson {

// A step of a lesson.
struct Step {
  std::string title;
  int line = 0;  // of its heading in the file, from 1
  Scene scene;   // as the author left it; steps without a scene of their own have the one before
  Show show;
  std::vector<TextBlock> blocks;        // the text, in order
  std::vector<Prediction> predictions;  // which blocks of kPrediction refer to by number
  // Returns whether its text or its predictions need a run of the learning.
  bool learns() const;
};

struct Lesson {
  std::string title;
  std::string name;              // how messages name it: the file as it was given
  std::filesystem::path folder;  // where its relative paths begin; empty for a shipped lesson
  std::filesystem::path file;    // that it was read from; empty for none
  std::optional<files::FileStamp> stamp;  // of that file when it was read
  std::vector<TextBlock> opening;         // what stands before the first step
  std::vector<Step> steps;                // at least one
  // Whether it asks about the scene in the window, which its steps leave as it is.
  bool about_scene = false;
};

// What a lesson may have. Files come from strangers.
inline constexpr std::size_t kMaxLessonBytes = std::size_t{256} << 10;
inline constexpr std::size_t kMaxLessonSteps = 64;
inline constexpr std::size_t kMaxLessonBlocks = 4096;
inline constexpr int kMaxLessonNesting = 12;               // lists and quotes in each other
inline constexpr Index kMaxLessonValues = Index{1} << 26;  // of all scenes' tensors

}  // namespace convscope::lesson
