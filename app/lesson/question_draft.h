#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/lesson/names.h"
#include "app/lesson/step_values.h"
#include "app/lesson/value.h"
#include "engine/core/random.h"

// Questions in the making, about the scene in the window.
namespace convscope::lesson {

// What questions are made from. The scene and the values belong together.
struct AskedScene {
  const Scene& scene;
  StepValues
      start;        // the learning has taken no step; its snapshot is null where nothing is learned
  StepValues next;  // the learning has taken one step
};

// A question as it is thought up. Texts are those of a lesson's file: braces hold live values.
struct QuestionDraft {
  std::string title;         // of its step, which stands in the list of steps
  bool layers_page = false;  // where it is shown
  std::string point;         // what is outlined, as in a `show` block; empty for nothing
  std::string text;          // a paragraph before the question
  std::string question;
  std::string hide;          // cards besides those that the answer itself hides
  std::string answer;        // the word of the vocabulary that it asks for
  std::vector<Value> wrong;  // what typical mistakes give, the likeliest first
  bool after_step = false;   // whether the answer is that after one step of the learning
  std::string explanation;
};

// Writes the draft as a step of a lesson, with `scene` as its scene block, which may be empty. The
// right answer is what the engine gives for the word; wrong options that are right, or written like
// another one, are left out, and the options are mixed by `random`. Returns nullopt where the word
// has no value or no wrong option is left. Throws Error for a word that isn't in the vocabulary.
std::optional<std::string> written(const QuestionDraft& draft, const AskedScene& asked,
                                   const std::string& scene, Random& random);

// Returns a whole number from 0 to `count` - 1; `count` is at least 1.
Index random_below(Random& random, Index count);
// The most cells that are tried until one makes a good question.
inline constexpr Index kTriedCells = 64;
// Returns the cell of a plane that has this number, row by row from 0.
Yx plane_cell(Index number, const Shape& shape);
// Writes the indices of a cell of the first plane: "[0, 1]", "[0, 0, 1]" where there are several
// channels, "[0, 0, 0, 1]" where there are several pictures.
std::string cell_index(Yx cell, const Shape& shape);
// Says in which plane such a cell is: "", "channel 0 of ", "picture 0, channel 0 of ".
std::string plane_prefix(const Shape& shape);
// Writes "2..4".
std::string span_text(Index first, Index last);
// Writes a number as the window does.
std::string plain(double number);
// Writes rows of numbers, [[1, 2], [3, 4]].
std::string plain_rows(const std::vector<double>& numbers, std::size_t columns);

}  // namespace convscope::lesson
