#pragma once

#include <iosfwd>

namespace convscope {

// Throws Error where not all that was printed could be written, as into a full disk: whoever reads
// it must know.
void require_written(std::ostream& out);

}  // namespace convscope
