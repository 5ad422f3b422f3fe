#pragma once

#include <optional>

#include "app/lesson/names.h"
#include "app/lesson/question_draft.h"

// Questions about the kernel and about how it is learned. Each returns nullopt where the scene has
// no such question.
namespace convscope::lesson {

// Which of two kernels made the output that is seen.
std::optional<QuestionDraft> kernel_question(const AskedScene& asked, Random& random);
// Whether gradient descent converges, oscillates or diverges at the scene's rate.
std::optional<QuestionDraft> rate_question(const AskedScene& asked, Random& random);
// A weight after the first step of gradient descent.
std::optional<QuestionDraft> weight_question(const AskedScene& asked, Random& random);

}  // namespace convscope::lesson
