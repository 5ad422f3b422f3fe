#pragma once

#include <optional>

#include "app/lesson/names.h"
#include "app/lesson/question_draft.h"

namespace convscope::lesson {

// Asks for the cell whose value the first layer's max pooling takes. Returns nullopt where there is
// no such pooling, or no window with two cells.
std::optional<QuestionDraft> winner_question(const AskedScene& asked, Random& random);

}  // namespace convscope::lesson
