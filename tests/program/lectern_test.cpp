// Where a lesson lies open: places that follow undo, and the questions' states.
#include "app/program/lesson/lectern.h"

#include <gtest/gtest.h>

#include "app/lesson/read_lesson.h"
#include "app/program/lesson/questions.h"

namespace convscope::program {
namespace {

constexpr std::string_view kText = R"(# A

## One

```scene
first-sum
```

```predict
question: Which?
options: left | right
answer: left
hide: kernel
```

## Two

```predict
question: How many?
answer: output.rows = 2
```

```predict
question: And with padding?
with: {"conv": {"padding": [1, 1, 1, 1]}}
answer: output.rows = 4
```

## Three

No question.
)";

LessonPtr a_lesson() {
  return std::make_shared<const lesson::Lesson>(lesson::parse_lesson(kText, "a.md", {}));
}

TEST(Lectern, APlaceBelongsToTheStepOfUndoThatCameWithIt) {
  Lectern lectern;
  const LessonPtr lesson = a_lesson();
  EXPECT_FALSE(lectern.follow(0));
  lectern.put({lesson, 0});
  EXPECT_FALSE(lectern.follow(1)) << "it is there already";
  lectern.follow(2);  // play
  lectern.put({lesson, 1});
  lectern.follow(3);
  EXPECT_TRUE(lectern.follow(2));
  EXPECT_EQ(lectern.place().step, 0u);
  EXPECT_FALSE(lectern.follow(1)) << "the same place";
  EXPECT_TRUE(lectern.follow(0));
  EXPECT_FALSE(lectern.open());
  EXPECT_TRUE(lectern.follow(3));
  EXPECT_EQ(lectern.place().step, 1u);
}

TEST(Lectern, EditsAfterUndoStayInThePlaceThatUndoLedTo) {
  Lectern lectern;
  const LessonPtr lesson = a_lesson();
  lectern.follow(0);
  lectern.put({lesson, 0});
  lectern.follow(1);
  lectern.put({lesson, 2});
  lectern.follow(2);
  lectern.follow(1);
  lectern.follow(3);
  EXPECT_EQ(lectern.place().step, 0u);
}

TEST(Lectern, CountsEachAnswerOnce) {
  Lectern lectern;
  lectern.put({a_lesson(), 0});
  EXPECT_TRUE(lectern.is_open(0));
  lectern.answer(0, "Right");
  lectern.answer(0, "left");
  EXPECT_FALSE(lectern.question(0).right.value_or(true));
  EXPECT_EQ(lectern.score().given, 1);
  EXPECT_EQ(lectern.score().right, 0);
  lectern.reset_score();
  lectern.answer(0, "left");
  EXPECT_EQ(lectern.score().right, 1);
  lectern.answer(7, "left");  // there is no such question
  EXPECT_EQ(lectern.score().given, 1);
}

TEST(Questions, KeepBackWhatTheyHideAndWhatTheirAnswersAreOf) {
  Lectern lectern;
  lectern.put({a_lesson(), 0});
  CardSet cards = cards_about(open_subjects(lectern));
  EXPECT_TRUE(has(cards, Card::kKernel));
  EXPECT_TRUE(has(cards, Card::kFilters)) << "the same on the other page";
  EXPECT_FALSE(has(cards, Card::kOutput));
  lectern.put({lectern.place().lesson, 1});
  cards = cards_about(open_subjects(lectern));
  EXPECT_TRUE(has(cards, Card::kOutput)) << "what the answer is a value of";
  EXPECT_TRUE(has(cards, Card::kMaps));
  EXPECT_TRUE(has(cards, Card::kPooled)) << "what is made of it";
  EXPECT_FALSE(has(cards, Card::kInput));
  lectern.reveal(0);
  EXPECT_FALSE(lectern.any_open()) << "the other waits until it is wanted";
  EXPECT_EQ(open_subjects(lectern), 0u);
  lectern.ask(1);
  EXPECT_NE(open_subjects(lectern), 0u);
  lectern.put({lectern.place().lesson, 2});
  EXPECT_EQ(open_subjects(lectern), 0u);
}

}  // namespace
}  // namespace convscope::program
