#pragma once

#include <span>

#include "app/gl/handle.h"
#include "app/gl/names.h"

namespace convscope::gl {

// Compiles and links a program. The sources are part of this program, so a failure throws
// std::runtime_error with the driver's log.
Program link_program(std::span<const unsigned char> vertex,
                     std::span<const unsigned char> fragment);

}  // namespace convscope::gl
