#pragma once

#include <cstddef>
#include <string>

#include "app/export/names.h"
#include "engine/core/tensor.h"

namespace convscope::exports {

// A name with a place for a number, such as "frame-%04d.png".
struct NumberedName {
  std::string before, after;
  std::size_t digits = 1;  // at least; shorter numbers get zeros before them
  std::string of(Index number) const;
};

}  // namespace convscope::exports
