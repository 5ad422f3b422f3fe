#pragma once

#include <optional>

#include "app/lesson/names.h"
#include "app/lesson/question_draft.h"

// Questions about a layer's sizes, parameters and sums. Each returns nullopt where the scene has
// no such question.
namespace convscope::lesson {

// The shape of a layer's output, of any layer.
std::optional<QuestionDraft> shape_question(const AskedScene& asked, Random& random);
// The parameters of a layer, of any layer.
std::optional<QuestionDraft> parameters_question(const AskedScene& asked, Random& random);
// One number of the first layer's output.
std::optional<QuestionDraft> cell_question(const AskedScene& asked, Random& random);

}  // namespace convscope::lesson
