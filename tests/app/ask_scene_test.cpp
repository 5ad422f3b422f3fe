// Questions about the present scene: they are asked like those of a lesson, and leave the scene as
// it is.
#include <algorithm>

#include "app/files/examples.h"
#include "tests/app/lesson_window.h"
#include "tests/random_tensor.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using testing::HasSubstr;
using ui::Key;

// A scene whose numbers are seldom those of anything else on the screen.
Scene unusual_scene() {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(engine::random_tensor({1, 1, 13, 16}, 3));
  scene.input.name = "drawn";
  ConvolutionLayer& layer = first_layer(scene);
  layer.kernel.weight = Tensor::from_rows({{0.375f, -1.625f}, {2.875f, 0.625f}});
  layer.kernel.preset = "custom";
  layer.kernel.bias = {0.3125f};
  layer.conv.padding = {2, 2, 2, 2};
  scene.learning.hidden = layer.kernel.weight;
  scene.learning.rate = 0.5f;  // beyond the cliff
  return scene;
}

class AskedWindow : public AppHarness {
 public:
  explicit AskedWindow(Scene scene = unusual_scene(), ImVec2 size = {1280, 720})
      : AppHarness(size, std::move(scene)) {}
  void ask() {
    app().perform(AskAboutScene{});
    settle();
  }
  // Goes to the step of this title, and asks its question where that waits.
  void go(const std::string& title) {
    const auto& steps = lectern().lesson().steps;
    const auto found = std::ranges::find(steps, title, &lesson::Step::title);
    ASSERT_NE(found, steps.end()) << title;
    app().perform(GoToStep{static_cast<std::size_t>(found - steps.begin())});
    settle();
    if (lectern().waits(0)) app().perform(AskQuestion{0});
    settle();
    ASSERT_TRUE(lectern().is_open(0));
  }
  const Lectern& lectern() const { return app().lessons().lectern; }
  const lesson::Prediction& question() const { return lectern().step().predictions.front(); }
  std::string answer() const { return question().answers.front().stated.text; }
  // The number of the option with the answer.
  std::size_t right() const {
    return static_cast<std::size_t>(std::ranges::find(question().options, answer()) -
                                    question().options.begin());
  }
  const Scene& scene() const { return app().document().scene(); }
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

TEST(AskScene, TheMenuOpensThemAndChangesNothing) {
  AskedWindow h;
  const Scene before = h.scene();
  const std::uint64_t undo_step = h.app().document().undo_step();
  h.click("top/open");
  EXPECT_THAT(drawn_text(), HasSubstr("Ask me about this scene (Q)"));
  h.click("top/open/2");
  h.settle();
  ASSERT_TRUE(h.lectern().open());
  EXPECT_TRUE(h.lectern().any_open());
  EXPECT_THAT(drawn_text(), HasSubstr("Questions about"));
  for (std::size_t i = 0; i < h.lectern().lesson().steps.size(); ++i) {
    h.key(Key::kPageDown);
    h.settle();
  }
  EXPECT_EQ(h.scene(), before);
  EXPECT_EQ(h.app().document().undo_step(), undo_step);
  EXPECT_FALSE(h.app().document().can_undo());
}

TEST(AskScene, AKeyDoesTheSameAndAsksForOthersTheSecondTime) {
  AskedWindow h;
  h.key(Key::kQ);
  h.settle();
  ASSERT_TRUE(h.lectern().open());
  const LessonPtr first = h.lectern().place().lesson;
  h.go("The winner of a pooling window");
  const std::string winner = h.question().answers.front().reference->text;
  h.key(Key::kQ);
  h.settle();
  EXPECT_NE(h.lectern().place().lesson, first);
  h.go("The winner of a pooling window");
  EXPECT_NE(h.question().answers.front().reference->text, winner);
}

// The answer stands on its button, and nowhere else, wherever the pointer is.
TEST(AskScene, NothingElseOnTheScreenTellsTheAnswer) {
  AskedWindow h;
  h.ask();
  for (const char* title :
       {"The shape of an output", "A number of the output", "The winner of a pooling window",
        "A learning rate", "A weight after one step"}) {
    h.go(title);
    const auto items = h.app().surface().items().all();
    for (const auto& [name, rect] : items) {
      h.move(rect.center());
      h.frame(2);
      EXPECT_EQ(count(drawn_text(), h.answer()), 1u)
          << title << ", " << name << ": " << drawn_text();
    }
    EXPECT_EQ(count(h.app().title(), h.answer()), 0u);
  }
}

TEST(AskScene, NothingOnTheOtherPageOrInTheLowerRowTellsTheAnswer) {
  AskedWindow h;
  h.ask();
  for (const char* title : {"The shape of an output", "A number of the output",
                            "The winner of a pooling window", "A weight after one step"}) {
    h.go(title);
    for (int i = 0; i <= static_cast<int>(Card::kFacts); ++i) {
      const auto card = static_cast<Card>(i);
      h.app().perform(ShowPage{page_of(card)});
      h.app().perform(SelectCard{card});
      h.app().perform(EnlargeCard{card});
      h.settle();
      EXPECT_EQ(count(drawn_text(), h.answer()), 1u)
          << title << ", card " << i << ": " << drawn_text();
      h.app().perform(EnlargeCard{card});
    }
  }
}

TEST(AskScene, TheKernelIsNowhereWhileItIsAskedFor) {
  AskedWindow h;
  h.ask();
  h.go("The kernel that made this");
  EXPECT_FALSE(h.has("card/kernel"));
  EXPECT_TRUE(h.has("card/output"));
  std::string options;
  for (const std::string& option : h.question().options)
    options += option + " ";
  const auto items = h.app().surface().items().all();
  for (const Page page : {Page::kKernel, Page::kLayers}) {
    h.app().perform(ShowPage{page});
    h.settle();
    for (const auto& [name, rect] : items) {
      h.move(rect.center());
      h.frame(2);
      EXPECT_EQ(count(drawn_text(), "2.875"), count(options, "2.875")) << name;
    }
  }
  for (int i = 0; i <= static_cast<int>(Card::kFacts); ++i) {
    const auto card = static_cast<Card>(i);
    h.app().perform(ShowPage{page_of(card)});
    h.app().perform(SelectCard{card});
    h.app().perform(EnlargeCard{card});
    h.settle();
    EXPECT_EQ(count(drawn_text(), "2.875"), count(options, "2.875")) << "card " << i;
    for (const auto& call : h.painted())
      EXPECT_FALSE(std::ranges::equal(call.picture.values.tensor->values(),
                                      first_layer(h.scene()).kernel.weight.values()))
          << "card " << i;
    h.app().perform(EnlargeCard{card});
  }
}

// Its parts are drawn beside what they are multiplied with.
TEST(AskScene, TheSumOverChannelsIsKeptBackWhileAKernelIsAskedFor) {
  AskedWindow h;
  h.ask();
  h.go("The kernel that made this");
  EXPECT_TRUE(has(h.app().view().settings.lesson.asked, Card::kSum));
  EXPECT_FALSE(has(h.app().view().settings.lesson.asked, Card::kOutput));
}

TEST(AskScene, AnOptionWithRowsIsDrawnAsAMatrix) {
  AskedWindow h;
  h.ask();
  h.go("The kernel that made this");
  EXPECT_EQ(count(drawn_text(), "[["), 0u) << drawn_text();
  const auto button = h.rect("lesson/answer/0/0");
  EXPECT_GT(button.max.y - button.min.y, h.app().surface().theme().px(44.0f));
}

TEST(AskScene, TheScoreCountsAndAKeyResetsIt) {
  AskedWindow h;
  h.ask();
  h.click("lesson/answer/0/" + std::to_string(h.right()));
  h.settle();
  EXPECT_EQ(h.lectern().score().right, 1);
  EXPECT_TRUE(h.has("card/kernel"));
  h.go("The shape of an output");
  h.click("lesson/answer/0/" + std::to_string(h.right() == 0 ? 1 : 0));
  h.settle();
  EXPECT_EQ(h.lectern().score().right, 1);
  EXPECT_EQ(h.lectern().score().given, 2);
  EXPECT_TRUE(draws_word("✗"));
  h.ask();
  EXPECT_EQ(h.lectern().score().given, 2) << "other questions go on counting";
  EXPECT_TRUE(h.lectern().any_open());
  h.key(Key::kF6);
  h.settle();
  EXPECT_EQ(h.lectern().score().given, 0);
  EXPECT_TRUE(h.lectern().any_open());
}

TEST(AskScene, FiguresAreRefusedUntilTheAnswerIsGiven) {
  const TempFolder folder;
  AskedWindow h;
  h.ask();
  const SaveFigure figure{.panel = "kernel", .path = folder / "f.png"};
  h.app().perform(figure);
  h.settle();
  EXPECT_THAT(h.app().view().message.text, HasSubstr("asks a question"));
  EXPECT_FALSE(std::filesystem::exists(folder / "f.png"));
  h.click("lesson/reveal/0");
  h.app().perform(figure);
  h.settle();
  EXPECT_TRUE(std::filesystem::exists(folder / "f.png"));
}

TEST(AskScene, LeavingGivesBackTheSceneAndUndoTheReadersChanges) {
  AskedWindow h;
  const Scene before = h.scene();
  h.ask();
  KernelScene kernel = first_layer(before).kernel;
  kernel.bias = {4.0f};
  h.app().perform(Edit{LayerEdit{0, kernel}});
  h.settle();
  EXPECT_NE(h.scene(), before);
  h.click("lesson/hide");
  h.settle();
  EXPECT_FALSE(h.lectern().open());
  EXPECT_EQ(h.scene(), before);
  h.app().perform(Undo{});
  EXPECT_EQ(first_layer(h.scene()).kernel.bias, kernel.bias);
  h.app().perform(Undo{});
  EXPECT_EQ(h.scene(), before);
  EXPECT_FALSE(h.app().document().can_undo());
}

TEST(AskScene, LeavingGivesBackTheLessonBeforeThem) {
  LessonWindow h(shipped_lesson("4"), 2);
  const LessonPlace before = h.lectern().place();
  h.key(Key::kQ);
  h.settle();
  EXPECT_TRUE(h.lectern().lesson().about_scene);
  h.key(Key::kQ);  // also after a second time
  h.settle();
  h.app().perform(LessonCommand::kClose);
  h.settle();
  EXPECT_EQ(h.lectern().place(), before);
  EXPECT_EQ(h.scene(), before.lesson->steps[2].scene);
}

TEST(AskScene, TheRunStaysUntilTheLearningIsAskedAbout) {
  Scene scene = unusual_scene();
  scene.learning.rate = 0.0001f;
  AskedWindow h(scene);
  for (int i = 0; i < 3; ++i)
    h.app().perform(TrainingCommand::kStep);
  h.settle();
  h.ask();
  h.go("The shape of an output");
  EXPECT_EQ(h.app().live().training().snapshot->step, 3);
  h.go("A learning rate");
  EXPECT_EQ(h.app().live().training().snapshot->step, 0);
}

TEST(AskScene, AnotherSceneEndsThem) {
  AskedWindow h;
  h.ask();
  h.app().perform(OpenScene{.path = {}, .example = 0});
  h.settle();
  EXPECT_FALSE(h.lectern().open());
  EXPECT_EQ(h.scene().layers, example_scene(examples()[0]).layers);
}

TEST(AskScene, TheMenuHasRoomForThemInASmallWindow) {
  for (const ImVec2 size : {ImVec2{800, 600}, ImVec2{1280, 720}}) {
    AskedWindow h(unusual_scene(), size);
    h.click("top/open");
    ASSERT_TRUE(h.has("top/open/2"));
    EXPECT_LE(h.rect("top/open/2").max.x, size.x);
    EXPECT_LE(h.rect("top/open/2").max.y, size.y);
  }
}

TEST(AskScene, FitIntoEveryWindowForAnyShippedScene) {
  for (const ImVec2 size : {ImVec2{800, 600}, ImVec2{1280, 720}, ImVec2{1920, 1080}}) {
    for (const Example& example : examples()) {
      AskedWindow h(example_scene(example), size);
      h.ask();
      ASSERT_TRUE(h.lectern().open()) << example.name;
      const auto panel = h.rect("lesson");
      for (std::size_t i = 0; i < h.question().options.size(); ++i) {
        const std::string name = "lesson/answer/0/" + std::to_string(i);
        ASSERT_TRUE(h.has(name)) << example.name;
        EXPECT_GE(h.rect(name).min.x, panel.min.x);
        EXPECT_LE(h.rect(name).max.x, panel.max.x);
      }
    }
  }
}

}  // namespace
}  // namespace convscope::program
