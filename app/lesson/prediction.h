#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/names.h"
#include "app/lesson/reference.h"
#include "app/lesson/stated.h"
#include "app/lesson/text_block.h"
#include "app/scene/scene.h"

// Questions that are asked before the answer is shown.
namespace convscope::lesson {

// An answer that is accepted.
struct AcceptedAnswer {
  Stated stated;
  // The word that the answer is the value of, so that the check compares it with the engine.
  std::optional<Reference> reference;
  int line = 0;
};

struct Prediction {
  std::vector<TextRun> question;
  std::vector<std::string> hidden;  // what gives it away: cards by name
  std::vector<AcceptedAnswer> answers;
  // What the question supposes instead of what the step shows; the answers are true of it.
  std::string with;            // a merge patch of the step's scene; empty for none
  std::optional<Scene> scene;  // the scene with it; nullopt where nothing else is supposed
  std::optional<Index> steps;  // of the learning
  int with_line = 0;
  std::vector<std::string> options;  // to choose from; empty where the answer is typed
  double tolerance = -1.0;  // how far a number may be off; below 0: to the digits of the answer
  std::vector<TextRun> explanation;  // shown after the answer; may be empty
  int line = 0;
};

// Reads the lines of a `predict` block, the first of which is line `line` of the file. Throws
// LineError.
Prediction read_prediction(std::string_view text, int line);

// Returns whether `answer` is one of those accepted: an option by its text, else numbers as they
// are written ("6x7", "(6, 7)", "−0.5"), without regard to case and spaces.
bool is_right(const Prediction& prediction, std::string_view answer);

}  // namespace convscope::lesson
