#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/names.h"

// How text is fitted into a width in pixels.
namespace convscope::ui {

// Returns `text`, cut with … if it is wider than `width`.
std::string elided(const ImFont* font, std::string_view text, float width);
// Returns a sentence without the explanation after its colon: "Only the sum is learnable."
std::string first_clause(const std::string& sentence);
// Returns the lines of a text, broken at spaces but not inside a number ("1 234"), and inside a
// word only if it is wider than `width`. ImGui's own wrapping breaks numbers at their decimal
// point.
std::vector<std::string_view> wrapped_lines(const ImFont* font, float width, std::string_view text);

}  // namespace convscope::ui
