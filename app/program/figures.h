#pragma once

#include <string>
#include <vector>

#include "app/program/app.h"
#include "app/program/names.h"

namespace convscope::program {

// Returns what the window shows as text, one entry for each figure. The program prints them when
// the window is drawn off screen.
std::vector<std::string> figures(const App& app);

}  // namespace convscope::program
