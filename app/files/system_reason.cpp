#include "app/files/system_reason.h"

#include <array>
#include <cstring>

namespace convscope::files {

std::string system_reason(int number) {
  std::array<char, 256> buffer{};
  return strerror_r(number, buffer.data(), buffer.size());  // GNU's version returns the text
}

}  // namespace convscope::files
