#include "app/cli/numbered_name.h"

#include "app/cli/usage_error.h"

namespace convscope::cli {

std::optional<exports::NumberedName> parse_numbered_name(const std::string& option,
                                                         const std::string& text) {
  const std::size_t percent = text.find('%');
  if (percent == std::string::npos) return std::nullopt;
  exports::NumberedName name{text.substr(0, percent), "", 1};
  std::string rest = text.substr(percent + 1);
  if (rest.size() >= 2 && rest[0] == '0' && rest[1] >= '1' && rest[1] <= '9') {
    name.digits = static_cast<std::size_t>(rest[1] - '0');
    rest = rest.substr(2);
  }
  if (!rest.starts_with('d') || rest.find('%') != std::string::npos)
    throw UsageError(option + " is \"" + text +
                     "\"; the frame's number is written as one %d or %04d");
  name.after = rest.substr(1);
  return name;
}

}  // namespace convscope::cli
