#include "app/export/numbered_name.h"

namespace convscope::exports {

std::string NumberedName::of(Index number) const {
  const std::string text = std::to_string(number);
  return before + std::string(text.size() < digits ? digits - text.size() : 0, '0') + text + after;
}

}  // namespace convscope::exports
