#pragma once

#include <iosfwd>

#include "app/cli/names.h"

namespace convscope::cli {

// Throws Error if some of the output could not be written, for example to a full disk, since the
// reader must be able to rely on it.
void require_written(std::ostream& out);

}  // namespace convscope::cli
