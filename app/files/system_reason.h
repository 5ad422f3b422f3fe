#pragma once

#include <string>

#include "app/files/names.h"

namespace convscope::files {

// Returns the system's text for the errno value `number`. Unlike strerror it is safe from any
// thread.
std::string system_reason(int number);

}  // namespace convscope::files
