#include "app/lesson/scene_questions.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/files/examples.h"
#include "app/scene/edit.h"
#include "tests/lesson/lessons.h"
#include "tests/lesson/random_scene.h"

namespace convscope::lesson {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Lesson questions(const Scene& scene, std::uint64_t seed = 1) {
  return questions_about({.scene = scene, .results = nullptr, .seed = seed});
}

// What is wrong with a question; the engine decides, not the question's own answer.
void expect_one_right(const Step& step, const std::string& of) {
  ASSERT_EQ(step.predictions.size(), 1u) << of;
  const Prediction& asked = step.predictions.front();
  const std::string what = of + ", " + step.title;
  ASSERT_EQ(asked.answers.size(), 1u) << what;
  ASSERT_TRUE(asked.answers.front().reference) << what;
  const Value value =
      value_of(*asked.answers.front().reference, supposed_values(step, asked, {}, {}));
  const bool count = value.kind == ValueKind::kCount;
  std::set<std::string> texts;
  int right = 0;
  for (const std::string& option : asked.options) {
    const bool true_of_it = agrees(value, count ? read_stated_count(option) : read_stated(option));
    EXPECT_EQ(is_right(asked, option), true_of_it) << what << ": " << option;
    if (true_of_it) ++right;
    EXPECT_TRUE(texts.insert(option).second) << what << ": twice " << option;
  }
  EXPECT_EQ(right, 1) << what;
  EXPECT_GE(asked.options.size(), 2u) << what;
  EXPECT_LE(asked.options.size(), 4u) << what;
  EXPECT_FALSE(asked.explanation.empty()) << what;
}

void expect_good(const Scene& scene, const Lesson& lesson, const std::string& of) {
  EXPECT_TRUE(lesson.about_scene);
  for (const Step& step : lesson.steps) {
    EXPECT_EQ(step.scene, scene) << of;
    expect_one_right(step, of);
  }
  EXPECT_THAT(check_lesson(lesson).failures, IsEmpty()) << of;
}

std::set<std::string> titles(const Lesson& lesson) {
  std::set<std::string> all;
  for (const Step& step : lesson.steps)
    all.insert(step.title);
  return all;
}

TEST(SceneQuestions, HaveOneRightAnswerForEveryShippedScene) {
  std::map<std::string, int> kinds;
  for (const Example& example : examples()) {
    const Scene scene = example_scene(example);
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
      const Lesson lesson = questions(scene, seed);
      expect_good(scene, lesson, std::string(example.name) + " " + std::to_string(seed));
      for (const std::string& title : titles(lesson))
        ++kinds[title];
    }
  }
  EXPECT_EQ(kinds.size(), 7u) << "every kind of question is asked somewhere";
}

TEST(SceneQuestions, HaveOneRightAnswerForAnyScene) {
  SceneLottery lottery(7);
  std::map<std::string, int> kinds;
  for (int i = 0; i < 150; ++i) {
    const Scene scene = lottery.draw();
    const Lesson lesson = questions(scene, static_cast<std::uint64_t>(i));
    expect_good(scene, lesson, "scene " + std::to_string(i));
    for (const std::string& title : titles(lesson))
      ++kinds[title];
  }
  EXPECT_EQ(kinds.size(), 7u);
  for (const auto& [kind, count] : kinds)
    EXPECT_GT(count, 10) << kind;
}

TEST(SceneQuestions, AskOnlyWhatTheSceneHas) {
  Scene scene = default_scene();
  EXPECT_THAT(titles(questions(scene)), testing::Contains("The winner of a pooling window"));
  first_layer(scene).pooled = false;
  EXPECT_THAT(titles(questions(scene)), Not(testing::Contains("The winner of a pooling window")));
  EXPECT_THAT(titles(questions(scene)), testing::Contains("A weight after one step"));
  scene.learning.optimizer = OptimizerKind::kAdam;
  EXPECT_THAT(titles(questions(scene)), Not(testing::Contains("A weight after one step")));
  first_layer(scene).kernel.weight = Tensor(Shape{1, 1, 9, 9});
  EXPECT_EQ(titles(questions(scene)), std::set<std::string>{"The parameters of a layer"})
      << "there is no output, and nothing is asked about it";
}

TEST(SceneQuestions, AskNotForTheKernelWhereTheOthersMakeTheSame) {
  Scene scene = default_scene();
  EXPECT_THAT(titles(questions(scene)), testing::Contains("The kernel that made this"));
  first_layer(scene).kernel.weight = Tensor(Shape{1, 1, 3, 5});
  std::ranges::fill(first_layer(scene).kernel.weight.values(), 0.0f);
  EXPECT_THAT(titles(questions(scene)), Not(testing::Contains("The kernel that made this")));
}

TEST(SceneQuestions, NameTheChannelAndThePictureOfACell) {
  const auto text_for = [](const Shape& input) {
    Scene scene = default_scene();
    scene.input.tensor = std::make_shared<const Tensor>(random_tensor(input, 1));
    first_layer(scene).kernel.layer = false;  // shared by all channels
    return write_questions({.scene = scene, .results = nullptr, .seed = 1}, "");
  };
  const std::string one = text_for({1, 1, 6, 8});
  EXPECT_THAT(one, HasSubstr("What stands in the output at ("));
  EXPECT_THAT(one, Not(HasSubstr("channel 0")));
  const std::string channels = text_for({1, 3, 6, 8});
  EXPECT_THAT(channels, HasSubstr("What stands in channel 0 of the output at ("));
  EXPECT_THAT(channels, HasSubstr(" of channel 0 of the output. There stand"));
  EXPECT_THAT(text_for({2, 3, 6, 8}),
              HasSubstr("What stands in picture 0, channel 0 of the output at ("));
}

TEST(SceneQuestions, AreTheSameForASeedAndOthersForAnother) {
  const QuestionSource source{.scene = default_scene(), .results = nullptr, .seed = 1};
  QuestionSource other = source;
  other.seed = 2;
  EXPECT_EQ(write_questions(source, ""), write_questions(source, ""));
  EXPECT_NE(write_questions(source, ""), write_questions(other, ""));
}

TEST(SceneQuestions, TakeAPhotographThatNoLessonMayHold) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(
      random_tensor({1, 1, 8200, 8200}, 1));  // more than kMaxLessonValues
  ASSERT_GT(scene.input.tensor->numel(), kMaxLessonValues);
  const Lesson lesson = questions(scene);
  EXPECT_GE(lesson.steps.size(), 4u);
  for (const Step& step : lesson.steps)
    EXPECT_EQ(step.scene.input.tensor.get(), scene.input.tensor.get());
}

TEST(SceneQuestions, AreKeptAsALessonWithTheSceneInIt) {
  const std::string text =
      write_questions({.scene = default_scene(), .results = nullptr, .seed = 3},
                      "{\"input\": {\"pattern\": \"edge\", \"size\": [6, 8]}}\n");
  EXPECT_THAT(text, HasSubstr("```scene\n{\"input\""));
  EXPECT_THAT(check_lesson(lesson_of(text)).failures, IsEmpty());
}

}  // namespace
}  // namespace convscope::lesson
