#include "app/lesson/read_lesson.h"

#include <gmock/gmock.h>

#include "app/lesson/find_lesson.h"
#include "tests/lesson/lessons.h"
#include "tests/temp_folder.h"

namespace convscope::lesson {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

// Returns the texts of a lesson's first step, block by block.
std::vector<std::string> texts(const Lesson& lesson) {
  std::vector<std::string> result;
  for (const TextBlock& block : lesson.steps.front().blocks) {
    std::string& text = result.emplace_back();
    for (const TextRun& run : block.runs)
      text += run.live ? "<" + run.text + ">" : run.text;
  }
  return result;
}

TEST(ReadLesson, TitleStepsAndText) {
  const Lesson lesson = lesson_of(
      "# Sums\n\nBefore.\n\n## First\n\nA *word*, **two** and `code {x}`.\n\n## Second\n\nMore.\n");
  EXPECT_EQ(lesson.title, "Sums");
  ASSERT_EQ(lesson.opening.size(), 1u);
  ASSERT_EQ(lesson.steps.size(), 2u);
  EXPECT_EQ(lesson.steps[0].title, "First");
  EXPECT_EQ(lesson.steps[0].line, 5);
  EXPECT_EQ(lesson.steps[1].title, "Second");
  const std::vector<TextRun>& runs = lesson.steps[0].blocks[0].runs;
  ASSERT_EQ(runs.size(), 7u);
  EXPECT_TRUE(runs[1].style.emphasis);
  EXPECT_TRUE(runs[3].style.strong);
  EXPECT_TRUE(runs[5].style.code);
  EXPECT_EQ(runs[5].text, "code {x}") << "code is not alive";
  EXPECT_FALSE(runs[5].live);
}

TEST(ReadLesson, FrontMatterHasTheTitle) {
  const Lesson lesson = lesson_of("---\ntitle: \"All: of it\"\nauthor: me\n---\n\n## One\n\nx\n");
  EXPECT_EQ(lesson.title, "All: of it");
  EXPECT_EQ(lesson.steps[0].line, 6) << "lines are those of the file";
}

TEST(ReadLesson, ListsAndQuotes) {
  const Lesson lesson = lesson_of(
      "# L\n\n## S\n\n- one\n- two\n  1. inner\n\n> said\n\n***\n\n```python\nx = {1}\n```\n");
  const std::vector<TextBlock>& blocks = lesson.steps[0].blocks;
  ASSERT_EQ(blocks.size(), 6u);
  EXPECT_EQ(blocks[0].marker, "•");
  EXPECT_EQ(blocks[0].indent, 1);
  EXPECT_EQ(blocks[2].marker, "1.");
  EXPECT_EQ(blocks[2].indent, 2);
  EXPECT_TRUE(blocks[3].quoted);
  EXPECT_EQ(blocks[4].kind, TextBlockKind::kRule);
  EXPECT_EQ(blocks[5].kind, TextBlockKind::kCode);
  EXPECT_EQ(blocks[5].runs[0].text, "x = {1}");
}

TEST(ReadLesson, LiveTextAndBraces) {
  EXPECT_THAT(texts(lesson_of(first_sum(
                  "The sum {output[0,1]}, *{kernel.sum}*, a set \\{1, 2} and \\\\ {stride}"))),
              ElementsAre("The sum <output[0,1]>, <kernel.sum>, a set {1, 2} and \\ <stride>"));
  EXPECT_THAT(texts(lesson_of(first_sum("Over two lines: {output.shape\n= 2 × 2}"))),
              ElementsAre("Over two lines: <output.shape = 2 × 2>"));
  EXPECT_THAT(texts(lesson_of(first_sum("`\\{x}` and\n\n    \\{code}"))),
              ElementsAre("\\{x} and", "\\{code}"));
}

TEST(ReadLesson, CommentsAreForTheAuthor) {
  EXPECT_THAT(texts(lesson_of(first_sum("<!-- later -->\n\nA <!-- b --> c"))), ElementsAre("A  c"));
}

TEST(ReadLesson, ShowBlock) {
  const Lesson lesson =
      lesson_of(first_sum("```show\npage: layers\nshow: input, output\ndim: learning\n"
                          "point: output[0,1], weight[0, 0..1], loss-curve\nsteps: 42\n```"));
  const Show& show = lesson.steps[0].show;
  EXPECT_EQ(show.page, Page::kLayers);
  EXPECT_THAT(show.shown, ElementsAre("input", "output"));
  EXPECT_THAT(show.dimmed, ElementsAre("learning"));
  ASSERT_EQ(show.pointed.size(), 3u);
  EXPECT_EQ(show.pointed[0], (PointedPlace{"output", 0, {{0, 0}, {1, 1}}}));
  EXPECT_EQ(show.pointed[1], (PointedPlace{"kernel", 0, {{0, 0}, {0, 1}}}));
  EXPECT_EQ(show.pointed[2], (PointedPlace{"loss-curve", 0, {}}));
  EXPECT_EQ(show.steps, 42);
}

TEST(ReadLesson, PointsAtALaterLayer) {
  const Lesson lesson = lesson_of(first_sum("```show\npoint: layer2.output[0, :]\n```"));
  EXPECT_EQ(lesson.steps[0].show.pointed[0].layer, 1u);
  EXPECT_THAT(lesson_error(first_sum("```show\npoint: layer2.learned\n```")),
              HasSubstr("learned is no matter of a single layer"));
}

TEST(ReadLesson, LineEndsAndMarksOfOtherSystems) {
  const Lesson lesson = lesson_of(
      "\xEF\xBB\xBF---\r\ntitle: T\r\n---\r\n\r\n# T\r\n\r\n## S\r\n\r\n```scene\r\nsame\r\n"
      "{\"conv\": {\"stride\": [2, 2]}}\r\n```\r\n\r\n```show\r\npage: layers\r\n```\r\n\r\nA "
      "{stride}\r\nb\r\n");
  EXPECT_EQ(lesson.title, "T") << "the same title may stand twice";
  EXPECT_EQ(first_layer(lesson.steps[0].scene).conv.stride, (Yx{2, 2}));
  EXPECT_EQ(lesson.steps[0].show.page, Page::kLayers);
  EXPECT_THAT(texts(lesson), ElementsAre("A <stride> b"));
}

TEST(ReadLesson, AControlBeginsWithinItsRange) {
  EXPECT_THAT(lesson_error(first_sum("{padding: 1..3}")),
              HasSubstr("\"padding\" stands at 0 in this scene"));
  EXPECT_THAT(lesson_error(first_sum("{padding_mode: reflect | circular}")),
              HasSubstr("\"padding_mode\" stands at zeros in this scene"));
}

TEST(ReadLesson, ScenesByNamePathJsonAndPatch) {
  const TempFolder folder;
  put_text(folder / "mine.json", R"({"format": "convscope-scene", "version": 1,
      "input": {"values": [[1, 2], [3, 4]]}, "kernel": {"weight": [[2]]}})");
  put_text(folder / "l.md",
           "# L\n\n## A\n\n```scene\nmine.json\n```\n\n## B\n\n```scene\nsame\n"
           "{\"input\": {\"pattern\": \"edge\"}}\n```\n\n## C\n\n```scene\n{\"kernel\": "
           "{\"weight\": [[5]]}}\n```\n\n## D\n\nx\n");
  const Lesson lesson = load_lesson(folder / "l.md");
  EXPECT_EQ(lesson.steps[0].scene.input.tensor->at(1, 1), 4.0f);
  EXPECT_EQ(first_layer(lesson.steps[1].scene).kernel.weight.at(0, 0), 2.0f);
  EXPECT_EQ(lesson.steps[1].scene.input.name, "edge") << "the new source replaces the old one";
  EXPECT_EQ(first_layer(lesson.steps[2].scene).kernel.weight.at(0, 0), 5.0f);
  EXPECT_EQ(lesson.steps[3].scene, lesson.steps[2].scene) << "a step keeps the scene before";
}

TEST(ReadLesson, APresetBringsItsWeights) {
  const Lesson lesson = lesson_of(
      "# A\n\n## One\n\n```scene\n{\"input\": {\"pattern\": \"edge\"}, \"kernel\": {\"preset\": "
      "\"sobel-x\"}}\n```\n\nA.\n\n## Two\n\n```scene\nsame\n{\"kernel\": {\"preset\": \"box\"}}\n"
      "```\n\nB.\n");
  const auto kernel = [&](std::size_t step) {
    return first_layer(lesson.steps[step].scene).kernel;
  };
  EXPECT_EQ(kernel(0).weight.at(0, 0), -kernel(0).weight.at(0, 2));
  EXPECT_EQ(kernel(0).weight.shape(), (Shape{1, 1, 3, 3}));
  EXPECT_EQ(kernel(1).preset, "box");
  EXPECT_EQ(kernel(1).weight.at(0, 0), kernel(1).weight.at(2, 2)) << "not those of the step before";
}

TEST(ReadLesson, RandomTensorsNeedNoFile) {
  const Lesson lesson = lesson_of(
      "# L\n\n## A\n\n```scene\n{\"input\": {\"values\": {\"random\": [2, 3, 4, 5], \"seed\": "
      "7}},\n"
      " \"kernel\": {\"layer\": true, \"weight\": {\"random\": [4, 3, 2, 2]}}}\n```\n");
  EXPECT_EQ(lesson.steps[0].scene.input.tensor->shape(), (Shape{2, 3, 4, 5}));
  EXPECT_EQ(first_layer(lesson.steps[0].scene).kernel.weight.shape(), (Shape{4, 3, 2, 2}));
}

// One broken lesson for each kind of error.
TEST(ReadLesson, ErrorsNameFileStepAndLine) {
  EXPECT_EQ(lesson_error(first_sum("The {ouput.shape}.")),
            R"("a.md", step 1 "One", line 9: there is no "ouput"; did you mean "output"?)");
  EXPECT_THAT(
      lesson_error("# L\n\n## A\n\nx\n\n## B\n\n```show\npage: kernel\npoint: outptu\n```\n"),
      AllOf(StartsWith("\"a.md\", step 2 \"B\", line 11: "), EndsWith("did you mean \"output\"?")));
  EXPECT_THAT(lesson_error("x"), StartsWith("\"a.md\", line 1: "));
}

TEST(ReadLesson, BrokenStructure) {
  EXPECT_THAT(lesson_error("## S\n\nx\n"), HasSubstr("the lesson has no title"));
  EXPECT_THAT(lesson_error("# L\n\nx\n"), HasSubstr("the lesson has no step"));
  EXPECT_THAT(lesson_error(""), HasSubstr("the lesson has no title"));
  EXPECT_THAT(lesson_error("# L\n\n# M\n\n## S\n"), HasSubstr("a second title, \"M\""));
  EXPECT_THAT(lesson_error("# L\n\n## \n"), HasSubstr("the step has no title"));
  EXPECT_THAT(lesson_error("# L\n\n{stride}\n\n## S\n"), HasSubstr("before the first step"));
  EXPECT_THAT(lesson_error("# L\n\n```show\npage: kernel\n```\n\n## S\n"),
              HasSubstr("line 3: the block show stands before the first step"));
  EXPECT_THAT(lesson_error("# L\n\n## S {stride}\n"), HasSubstr("the heading has live text"));
  EXPECT_THAT(lesson_error("---\ntitle: x\n"), HasSubstr("the front matter is not closed"));
  EXPECT_THAT(lesson_error("---\ntitel: x\n---\n"), HasSubstr(R"(did you mean "title"?)"));
}

TEST(ReadLesson, BrokenText) {
  EXPECT_THAT(lesson_error(first_sum("A {stride without end")),
              AllOf(HasSubstr("line 9: there is a { without a }"), HasSubstr("write \\{")));
  EXPECT_THAT(lesson_error(first_sum("<b>bold</b>")), HasSubstr("there is HTML, \"<b>\""));
  EXPECT_THAT(lesson_error(first_sum("<div>\nx\n</div>")), HasSubstr("there is HTML, \"<div>\""));
  EXPECT_THAT(lesson_error(first_sum("![x](y.png)")), HasSubstr("there is a picture, \"y.png\""));
  EXPECT_THAT(lesson_error(first_sum("a\x1b[31m")), HasSubstr("control character, number 27"));
  EXPECT_THAT(lesson_error(first_sum("{layer3.padding: 0..1}")),
              HasSubstr("line 9: \"layer3.padding\" can't be dragged here"));
}

TEST(ReadLesson, BrokenFences) {
  EXPECT_THAT(lesson_error(first_sum("```scenes\n{}\n```")), HasSubstr(R"(did you mean "scene"?)"));
  EXPECT_THAT(lesson_error(first_sum("- x\n\n  ```show\n  page: kernel\n  ```")),
              HasSubstr("it must begin at the margin"));
  EXPECT_THAT(lesson_error(first_sum("```scene\nedge\n```")),
              HasSubstr("a second block scene, after that of line 5"));
  EXPECT_THAT(lesson_error(first_sum("```show\npage: both\n```")), HasSubstr("page is \"both\""));
  EXPECT_THAT(lesson_error(first_sum("```show\nfoo\n```")), HasSubstr("there is no field \"foo\""));
  EXPECT_THAT(lesson_error(first_sum("```show\npage\n```")), HasSubstr("has no colon"));
  EXPECT_THAT(lesson_error(first_sum("```show\nshow: outptu\n```")),
              HasSubstr(R"(did you mean "output"?)"));
  EXPECT_THAT(lesson_error(first_sum("```show\nsteps: many\n```")), HasSubstr("from 0 to 10000"));
  EXPECT_THAT(lesson_error(first_sum("```show\npoint: output[1]\n```")),
              HasSubstr("stand y and x"));
  EXPECT_THAT(lesson_error(first_sum("```show\npoint: rate[0, 1]\n```")),
              HasSubstr("rate has no cells"));
  EXPECT_THAT(lesson_error(first_sum("```show\npoint: output[0, b]\n```")),
              HasSubstr("a whole number from 0, a span"));
}

TEST(ReadLesson, BrokenSuppositions) {
  const auto error = [](const std::string& with) {
    return lesson_error(first_sum("```predict\nquestion: q\nwith: " + with + "\nanswer: 1\n```"));
  };
  EXPECT_THAT(error("{oops}"), HasSubstr("line 11: it is not valid JSON at line 11"));
  EXPECT_THAT(error("7"), HasSubstr("what differs is 7; it must be an object"));
  EXPECT_THAT(error(R"({"kernal": {}})"), HasSubstr("line 11: it has an unknown key"));
}

std::string scene_error(const std::string& scene) {
  return lesson_error("# L\n\n## S\n\n```scene\n" + scene + "\n```\n");
}

TEST(ReadLesson, BrokenScenes) {
  EXPECT_THAT(scene_error(""), HasSubstr("the scene is empty"));
  EXPECT_THAT(scene_error("egde"), HasSubstr(R"(there is no scene "egde"; did you mean "edge"?)"));
  EXPECT_THAT(scene_error("none.json"), HasSubstr("can't be read: there is no such file"));
  EXPECT_THAT(scene_error("edge\n{}"), HasSubstr("begins with \"same\""));
  EXPECT_THAT(scene_error("same\n[1]"), HasSubstr("what differs is [1]"));
  EXPECT_THAT(scene_error("{\n  \"kernel\": oops\n}"),
              HasSubstr("not valid JSON at line 7, column 13"));
  EXPECT_THAT(scene_error("same\n{\n  oops"), HasSubstr("not valid JSON at line 8"));
  EXPECT_THAT(scene_error(R"({"kernal": {}})"),
              HasSubstr("line 6: it has an unknown key \"kernal\"; known are "));
  EXPECT_THAT(scene_error(R"({"conv": {"stride": [0, 1]}})"), HasSubstr("conv.stride is [0, 1]"));
  EXPECT_THAT(scene_error(R"({"input": {"values": {"random": [9000, 9000, 9, 9]}}})"),
              HasSubstr("input.values.random is [9000, 9000, 9, 9]"));
}

TEST(ReadLesson, LimitsForFilesOfStrangers) {
  EXPECT_THAT(lesson_error("# L\n\n## S\n\n" + std::string(kMaxLessonBytes, 'x')),
              HasSubstr("a lesson may have 262144"));
  std::string steps = "# L\n";
  for (std::size_t i = 0; i <= kMaxLessonSteps; ++i)
    steps += "\n## S\n";
  EXPECT_THAT(lesson_error(steps), HasSubstr("there are more than 64 steps"));
  std::string blocks = "# L\n\n## S\n";
  for (std::size_t i = 0; i <= kMaxLessonBlocks; ++i)
    blocks += "\nx\n";
  EXPECT_THAT(lesson_error(blocks), HasSubstr("there are more than 4096 blocks"));
  EXPECT_THAT(lesson_error(first_sum(std::string(5000, '>') + " x")),
              HasSubstr("nested deeper than 12"));
  // The input of the first step leaves room for less values than 9 kernels of 31 x 31 have.
  EXPECT_THAT(
      lesson_error(
          "# L\n\n## A\n\n```scene\n{\"input\": {\"pattern\": \"noise\", \"size\": [8192, "
          "8191]}}\n```\n\n## B\n\n```scene\nsame\n{\"kernel\": {\"layer\": true, \"weight\": "
          "{\"random\": [9, 1, 31, 31]}}}\n```\n"),
      AllOf(HasSubstr("step 2 \"B\", line 9"), HasSubstr("it may have 67108864")));
}

TEST(ReadLesson, TheExampleOfTheDocumentationHolds) {
  const std::string page = file_text(std::string(CONVSCOPE_LESSONS) + "/README.md");
  const std::string begin = "````markdown\n";
  const std::size_t first = page.find(begin);
  ASSERT_NE(first, std::string::npos);
  const std::size_t from = first + begin.size();
  const LessonCheck check =
      check_lesson(lesson_of(page.substr(from, page.find("````", from) - from)));
  EXPECT_EQ(check.stated, 5u);
  EXPECT_THAT(check.failures, testing::IsEmpty());
}

TEST(ReadLesson, AFileThatIsNotThere) {
  EXPECT_EQ(error_text([] { load_lesson("none.md"); }),
            "\"none.md\" can't be read as a lesson: there is no such file");
}

TEST(ReadLesson, TellsHowAWordIsMeantThatIsNearlyRight) {
  EXPECT_THAT(lesson_error(first_sum("```predict\nquestion: q\nanswer: 5\nexplain: a\nTo keep the "
                                     "size\n```")),
              HasSubstr("steps, explain; a line that continues the one before is set in"));
  EXPECT_THAT(lesson_error(first_sum("```predict\nTo keep\n```")), EndsWith("steps, explain"));
  EXPECT_THAT(lesson_error(first_sum("{padding 0..3}")),
              HasSubstr("\"padding 0..3\" has no colon; write {padding: 0..3}, with a colon"));
  EXPECT_THAT(lesson_error(first_sum("{kernel[0, 0] -1..1}")),
              HasSubstr("write {kernel[0, 0]: -1..1}, with a colon"));
  EXPECT_THAT(lesson_error(first_sum("{6 × 6}")),
              EndsWith("; write \\{ for a brace that is no live text"));
  EXPECT_THAT(lesson_error(first_sum("{ouput}")), EndsWith("did you mean \"output\"?"));
}

TEST(FindStep, IsByItsNumberOrItsTitle) {
  const Lesson lesson = lesson_of("# L\n\n## One\n\nx\n\n## The rim\n\nx\n");
  EXPECT_EQ(find_step(lesson, ""), 0u);
  EXPECT_EQ(find_step(lesson, "2"), 1u);
  EXPECT_EQ(find_step(lesson, "The rim"), 1u);
  for (const std::string wrong : {"0", "3", "2x", "Rim"})
    EXPECT_EQ(error_text([&] { find_step(lesson, wrong); }),
              "the lesson \"a.md\" has no step \"" + wrong +
                  "\"; it must be a number from 1 to 2 or the step's title");
}

}  // namespace
}  // namespace convscope::lesson
