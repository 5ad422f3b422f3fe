#pragma once

#include <string>

namespace convscope {

// What the system calls the error `number` of errno. From any thread, as strerror is not.
std::string system_reason(int number);

}  // namespace convscope
