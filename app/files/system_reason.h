#pragma once

#include <string>

namespace convscope {

// Returns the system's text for the errno value `number`. Unlike strerror it is safe from any
// thread.
std::string system_reason(int number);

}  // namespace convscope
