#pragma once

#include <string>

#include "engine/core/padding.h"

// How sizes and options are written in messages.
namespace convscope {

// "3 × 5": rows and columns.
inline std::string size_text(Yx size) {
  return std::to_string(size.y) + " × " + std::to_string(size.x);
}

// "(1, 2)": an option of both axes, y before x, as PyTorch writes it.
inline std::string pair_text(Yx pair) {
  return "(" + std::to_string(pair.y) + ", " + std::to_string(pair.x) + ")";
}

// "(1, 2, 1, 2)": top, left, bottom, right.
inline std::string padding_text(const Padding& p) {
  return "(" + std::to_string(p.top) + ", " + std::to_string(p.left) + ", " +
         std::to_string(p.bottom) + ", " + std::to_string(p.right) + ")";
}

}  // namespace convscope
