#pragma once

#include <cstddef>

#include "app/panels/lesson/lesson_text.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws a question of the present step at ImGui's cursor: waiting until it is wanted, open with
// large answer buttons or a field, or answered with its explanation.
void draw_question(const PanelContext& context, std::size_t number, TextPlace& place,
                   LessonTextState& state);

}  // namespace convscope::panels
