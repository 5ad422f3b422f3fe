#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

// How text is fitted into a width in pixels.
namespace convscope::ui {

// `text` as it is, or cut with … to be no wider than `width`.
std::string elided(const ImFont* font, std::string_view text, float width);
// The lines of a text, broken at spaces, but not within a number ("1 234"), and within a word only
// where it is wider than `width`. ImGui's own breaks numbers at their decimal point.
std::vector<std::string_view> wrapped_lines(const ImFont* font, float width, std::string_view text);

}  // namespace convscope::ui
