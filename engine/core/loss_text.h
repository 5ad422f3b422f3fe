#pragma once

#include <string>

namespace convscope {

// A loss for people: number_text, or "too large to show" for what float32 has no number for.
std::string loss_text(double loss, int digits = 6);

}  // namespace convscope
