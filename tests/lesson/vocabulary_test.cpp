#include "app/lesson/vocabulary.h"

#include <gmock/gmock.h>

#include <set>

#include "app/files/near_name.h"
#include "app/lesson/reference.h"
#include "app/lesson/step_values.h"
#include "app/lesson/vocabulary_page.h"
#include "tests/lesson/lessons.h"
#include "tests/temp_folder.h"

namespace convscope::lesson {
namespace {

using testing::HasSubstr;

TEST(Vocabulary, TheDocumentationHasTheTable) {
  const std::string page = file_text(std::string(CONVSCOPE_LESSONS) + "/README.md");
  const std::string begin = "<!-- vocabulary: begin -->\n";
  const std::size_t first = page.find(begin);
  ASSERT_NE(first, std::string::npos);
  const std::size_t from = first + begin.size();
  EXPECT_EQ(page.substr(from, page.find("<!-- vocabulary: end -->") - from), vocabulary_page())
      << "put what \"convscope lesson --vocabulary\" prints between the marks";
}

TEST(Vocabulary, NoNameTwiceAndEachWithAMeaning) {
  std::set<std::string> names;
  const auto add = [&](std::string_view name, std::string_view meaning) {
    EXPECT_TRUE(names.emplace(name).second) << name;
    EXPECT_FALSE(meaning.empty()) << name;
    EXPECT_THAT(vocabulary_page(), HasSubstr("`" + std::string(name)));
  };
  for (const TensorWord& word : tensor_words())
    add(word.name, word.meaning);
  for (const ValueWord* word : value_words())
    add(word->name, word->meaning);
}

// Every word has a value of its kind in a scene that has everything.
TEST(Vocabulary, EachWordHasAValue) {
  const Lesson lesson = lesson_of(
      "# L\n\n## S\n\n```scene\nedge\n```\n\n```show\nsteps: 3\n```\n\n{learning.loss}\n");
  const StepValues values = values_of(lesson.steps[0]);
  const auto expect_value = [&](const std::string& text, ValueKind kind) {
    const Value value = value_of(read_reference(text), values);
    EXPECT_EQ(value.missing, "") << text;
    EXPECT_EQ(value.kind, kind) << text;
    EXPECT_NE(value_text(value), "") << text;
  };
  for (const ValueWord* word : value_words())
    expect_value(std::string(word->name), word->kind);
  for (const TensorWord& word : tensor_words()) {
    if (word.name == "learned_bias") continue;  // no bias is learned here
    for (const TensorProperty& property : tensor_properties())
      expect_value(std::string(word.name) + "." + std::string(property.name), property.kind);
  }
  for (const CellProperty& property : cell_properties())
    expect_value(std::string(property.tensor) + "[0, 0]." + std::string(property.name),
                 ValueKind::kText);
}

TEST(Vocabulary, WithoutResultsNothingHasAValue) {
  for (const char* text : {"output", "stride", "learning.loss", "learned[0, 0]", "network.macs"})
    EXPECT_NE(value_of(read_reference(text), {}).missing, "") << text;
}

TEST(NearName, TellsTypingErrorsFromOtherWords) {
  const std::vector<std::string> names{"input", "output", "kernel"};
  EXPECT_EQ(nearest_name("ouput", names), "output");
  EXPECT_EQ(nearest_name("kernle", names), "kernel");
  EXPECT_EQ(nearest_name("inptu", names), "input");
  EXPECT_EQ(nearest_name("table", names), "");
  EXPECT_EQ(nearest_name("", names), "");
}

}  // namespace
}  // namespace convscope::lesson
