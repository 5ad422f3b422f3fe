#pragma once

#include <string>
#include <vector>

#include "app/program/app.h"
#include "app/program/names.h"

namespace convscope::program {

// What the window shows, as lines of text: one for each figure. Printed
// where the window is drawn off screen.
std::vector<std::string> figures(const App& app);

}  // namespace convscope::program
