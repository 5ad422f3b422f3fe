#include "app/cli/report.h"

#include <cerrno>
#include <ostream>
#include <string>
#include <system_error>

#include "engine/core/error.h"

namespace convscope::cli {

std::string sentence(std::string text) {
  if (!text.empty() && text.back() != '.' && text.back() != '?') text += '.';
  return text;
}

void require_written(std::ostream& out) {
  errno = 0;
  if (out.flush()) return;
  const int reason = errno;
  throw Error("standard output can't be written" +
              (reason == 0 ? std::string() : ": " + std::generic_category().message(reason)));
}

}  // namespace convscope::cli
