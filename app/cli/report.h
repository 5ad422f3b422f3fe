#pragma once

#include <iosfwd>
#include <string>

#include "app/cli/names.h"

namespace convscope::cli {

// Turns a message like "there is no file" into a sentence of its own, unless it ends as one.
std::string sentence(std::string text);

// Throws Error if some of the output could not be written, for example to a full disk, since the
// reader must be able to rely on it.
void require_written(std::ostream& out);

}  // namespace convscope::cli
