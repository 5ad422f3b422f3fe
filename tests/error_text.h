#pragma once

#include <stdexcept>
#include <string>

namespace convscope {

// What the Error that `action` throws says; "no error" where it throws none.
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
