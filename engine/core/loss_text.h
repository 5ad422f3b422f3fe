#pragma once

#include <string>

namespace convscope::engine {

// Writes a loss as number_text does, or "too large to show" where it exceeds float32.
std::string loss_text(double loss, int digits = 6);

}  // namespace convscope::engine
