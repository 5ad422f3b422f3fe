#pragma once

#include <span>

#include "app/gl/handle.h"

namespace convscope::gl {

// Compiles and links. The sources are part of the program: a failure is thrown as
// std::runtime_error with the driver's log.
Program link_program(std::span<const unsigned char> vertex,
                     std::span<const unsigned char> fragment);

}  // namespace convscope::gl
