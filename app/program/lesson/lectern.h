#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "app/lesson/lesson.h"
#include "app/program/lesson/lesson_actions.h"
#include "app/program/names.h"

namespace convscope::program {

// A place in a lesson; without a lesson none is open.
struct LessonPlace {
  LessonPtr lesson;
  std::size_t step = 0;
  friend bool operator==(const LessonPlace&, const LessonPlace&) = default;
};

// How far a question has come.
struct QuestionState {
  bool asked = false;         // of one that waits until it is wanted
  bool done = false;          // answered, or its answer was shown
  std::string answer;         // empty where the answer was only shown
  std::optional<bool> right;  // of an answer
};

struct Score {
  int given = 0, right = 0;
};

// Where the open lesson lies: the place in it and the answers given. It draws nothing. All members
// are called from one thread.
class Lectern {
 public:
  bool open() const { return place_.lesson != nullptr; }
  const LessonPlace& place() const { return place_; }
  // Return the open lesson and its step; one must be open.
  const lesson::Lesson& lesson() const { return *place_.lesson; }
  const lesson::Step& step() const { return lesson().steps[place_.step]; }

  // Returns where the reader came from to the questions about the scene; no lesson for none.
  const LessonPlace& came_from() const { return came_from_; }

  // Goes to another place. The scene that the document gets with it belongs to it.
  void put(LessonPlace place);
  // Follows the document, whose step of undo (Document::undo_step) is `undo_step`: what was done in
  // a place leads back there. Returns whether it is another place than before.
  bool follow(std::uint64_t undo_step);

  // Of the questions of the present step, by number.
  const QuestionState& question(std::size_t number) const;
  // Returns whether it waits until it is wanted: it supposes something else than what the step
  // shows, so that looking at that gives nothing away.
  bool waits(std::size_t number) const;
  // Returns whether its answer is to be kept back.
  bool is_open(std::size_t number) const;
  bool any_open() const;
  void ask(std::size_t number);
  // Counts an answer to an open question.
  void answer(std::size_t number, const std::string& text);
  void reveal(std::size_t number);
  // Of all answers to the open lesson; where that asks about a scene, also to those before it.
  Score score() const;
  void reset_score();

  // Increases with every change of the place and of the questions.
  std::uint64_t version() const { return version_; }

 private:
  using Key = std::tuple<LessonPtr, std::size_t, std::size_t>;
  QuestionState* state_of(std::size_t number);

  LessonPlace place_;
  LessonPlace came_from_;
  bool moved_ = true;            // to a place that the document's step is still to get
  std::uint64_t undo_step_ = 0;  // that was followed last
  std::map<std::uint64_t, LessonPlace> places_;  // of the document's steps of undo
  std::map<Key, QuestionState> questions_;
  std::uint64_t version_ = 0;
};

}  // namespace convscope::program
