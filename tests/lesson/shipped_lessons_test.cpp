#include "app/lesson/shipped_lessons.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "app/scene/edit.h"
#include "app/scene/scene.h"
#include "app/session/evaluator.h"
#include "tests/lesson/lessons.h"
#include "tests/temp_folder.h"

namespace convscope::lesson {
namespace {

std::vector<std::string> lesson_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(CONVSCOPE_LESSONS))
    if (entry.path().filename() != "README.md") files.push_back(entry.path().string());
  std::ranges::sort(files);
  return files;
}

TEST(ShippedLessons, EveryStatedValueHolds) {
  for (const std::string& file : lesson_files()) {
    const LessonCheck check = check_lesson(load_lesson(file));
    EXPECT_GT(check.stated, 0u) << file;
    EXPECT_THAT(check.failures, testing::IsEmpty()) << file;
  }
}

TEST(ShippedLessons, EveryFileIsPartOfTheProgramInOrder) {
  const std::vector<std::string> files = lesson_files();
  ASSERT_EQ(files.size(), shipped_lessons().size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    const ShippedLesson& shipped = shipped_lessons()[i];
    EXPECT_EQ(std::filesystem::path(files[i]).stem(), shipped.name);
    const std::span<const unsigned char> text = shipped.text();
    EXPECT_EQ(std::string(text.begin(), text.end()), file_text(files[i]));
    EXPECT_EQ(read_shipped(shipped).title, load_lesson(files[i]).title);
  }
}

TEST(ShippedLessons, EachHasStepsForTenMinutesAndAPrediction) {
  for (const ShippedLesson& shipped : shipped_lessons()) {
    const Lesson lesson = read_shipped(shipped);
    EXPECT_GE(lesson.steps.size(), 3u) << shipped.name;
    EXPECT_LE(lesson.steps.size(), 8u) << shipped.name;
    const auto asks = [](const Step& step) { return !step.predictions.empty(); };
    EXPECT_TRUE(std::ranges::any_of(lesson.steps, asks)) << shipped.name;
  }
}

// Returns what goes wrong in the step's scene after the control was dragged, empty if nothing does.
std::string dragged(const Step& step, const Control& control, double value) {
  Scene scene = step.scene;
  const std::optional<Edit> edit = control_edit(scene, control, value);
  if (!edit) return "there is no such place";
  apply(scene, *edit);
  fit_channels(scene);
  const std::vector<std::string>& shown = step.show.shown;
  const bool pools = shown.empty() || std::ranges::find(shown, "pooled") != shown.end();
  for (const LayerResults& layer : evaluate(scene, {}).layers) {
    if (!layer.output_error.empty()) return layer.output_error;
    if (pools && !layer.pooled_error.empty()) return layer.pooled_error;
  }
  return "";
}

TEST(ShippedLessons, EveryControlCanBeDraggedToBothEnds) {
  std::size_t controls = 0;
  for (const ShippedLesson& shipped : shipped_lessons()) {
    for (const Step& step : read_shipped(shipped).steps) {
      for (const TextBlock& block : step.blocks) {
        for (const TextRun& run : block.runs) {
          if (!run.live || !run.live->control) continue;
          ++controls;
          for (const double end : {run.live->control->least, run.live->control->most})
            EXPECT_EQ(dragged(step, *run.live->control, end), "")
                << shipped.name << ", line " << run.line << ", at " << end;
        }
      }
    }
  }
  EXPECT_GT(controls, 0u);
}

}  // namespace
}  // namespace convscope::lesson
