// What the window shows, copied as a Python program.
#include <gmock/gmock.h>

#include "app/program/view/clipboard.h"
#include "tests/app/app_harness.h"
#include "tests/app/drawn_text.h"
#include "tests/engine/testing.h"

namespace convscope::program {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string copied(AppHarness& h, ViewCommand command) {
  ImGui::SetClipboardText("before");
  h.app().perform(command);
  h.settle();
  return ImGui::GetClipboardText();
}

TEST(CopySnippet, TheMenuCopiesInEachDialect) {
  AppHarness h;
  const std::pair<const char*, const char*> entries[] = {{"top/open/4", "import torch\n"},
                                                         {"top/open/5", "import numpy as np\n"},
                                                         {"top/open/6", "def corr2d"}};
  for (const auto& [entry, begin] : entries) {
    h.click("top/open");
    h.frame(2);
    h.click(entry);
    h.settle();
    EXPECT_THAT(ImGui::GetClipboardText(), StartsWith(begin));
    EXPECT_THAT(drawn_text(), HasSubstr("The scene was copied as "));
  }
}

TEST(CopySnippet, HasTheStepsThatTheLearningHasTaken) {
  AppHarness h;
  EXPECT_THAT(copied(h, ViewCommand::kCopyAsPytorch), Not(HasSubstr("optimizer")));
  h.app().perform(TrainingCommand::kStep);
  h.settle();
  h.app().perform(TrainingCommand::kStep);
  h.settle();
  EXPECT_THAT(copied(h, ViewCommand::kCopyAsPytorch),
              AllOf(HasSubstr("for step in range(2):\n"),
                    HasSubstr("optimizer = torch.optim.SGD([learned], lr=0.03)\n")));
}

TEST(CopySnippet, WithoutAnOutputSaysWhy) {
  Scene scene = default_scene();
  first_layer(scene).conv.dilation = {9, 9};
  AppHarness h({1280, 720}, scene);
  EXPECT_EQ(copied(h, ViewCommand::kCopyAsLists), "before");
  EXPECT_THAT(h.app().view().message.text,
              StartsWith("The scene can't be copied as plain lists: there is no output: "));
}

TEST(CopySnippet, WaitsWhileTheOutputIsPredicted) {
  AppHarness h;
  h.click("output/predict");
  EXPECT_EQ(copied(h, ViewCommand::kCopyAsPytorch), "before");
  EXPECT_THAT(h.app().view().message.text, HasSubstr("Reveal all shows it"));
  h.click("output/predict/reveal");
  EXPECT_THAT(copied(h, ViewCommand::kCopyAsPytorch), StartsWith("import torch\n"));
}

TEST(CopySnippet, WaitsWhileALessonAsks) {
  AppHarness h;
  h.key(ui::Key::kQ);
  h.settle();
  EXPECT_EQ(copied(h, ViewCommand::kCopyAsPytorch), "before");
  EXPECT_THAT(h.app().view().message.text, HasSubstr("The lesson asks a question"));
}

}  // namespace
}  // namespace convscope::program
