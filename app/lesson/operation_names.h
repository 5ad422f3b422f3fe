#pragma once

#include <array>
#include <string_view>

#include "app/lesson/names.h"

// The names of choices that are flags in a scene, in the order of false and true.
namespace convscope::lesson {

inline constexpr std::array<std::string_view, 2> kOperationNames = {"cross-correlation",
                                                                    "convolution"};
inline constexpr std::array<std::string_view, 2> kSwitchNames = {"off", "on"};

}  // namespace convscope::lesson
