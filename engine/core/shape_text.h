#pragma once

#include <string>

#include "engine/core/padding.h"

// Writes sizes and options for messages.
namespace convscope::engine {

// Writes a size as rows × columns: "3 × 5".
inline std::string size_text(Yx size) {
  return std::to_string(size.y) + " × " + std::to_string(size.x);
}

// Writes an option of both axes, y before x, as PyTorch does: "(1, 2)".
inline std::string pair_text(Yx pair) {
  return "(" + std::to_string(pair.y) + ", " + std::to_string(pair.x) + ")";
}

// Writes an index with a true minus sign, as number_text writes numbers: "2", "−1".
inline std::string index_text(Index index) {
  return index < 0 ? "−" + std::to_string(-index) : std::to_string(index);
}

// Writes the place of a cell: "[2, 1]", and "[−1, 0]" in the padding.
inline std::string place_text(Yx cell) {
  return "[" + index_text(cell.y) + ", " + index_text(cell.x) + "]";
}

// Writes a padding as (top, left, bottom, right): "(1, 2, 1, 2)".
inline std::string padding_text(const Padding& p) {
  return "(" + std::to_string(p.top) + ", " + std::to_string(p.left) + ", " +
         std::to_string(p.bottom) + ", " + std::to_string(p.right) + ")";
}

}  // namespace convscope::engine
