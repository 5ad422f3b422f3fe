#pragma once

#include <stdexcept>
#include <string>

namespace convscope {

// Returns the message of the Error that `action` throws, or "no error".
template <typename Action>
std::string error_text(Action&& action) {
  try {
    action();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace convscope
