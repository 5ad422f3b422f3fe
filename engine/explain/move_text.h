#pragma once

#include <string>

#include "engine/explain/find_move.h"

// Says by how much a result has moved.
namespace convscope::engine {

// Writes in few words "moved by (0, 1), exactly", "unchanged", "no shift fits" ...
std::string move_text(const FoundMove& found);
// Writes a sentence about the plane `symbol`, with the number of cells that were compared.
std::string move_sentence(const std::string& symbol, const FoundMove& found);
// Writes "(0, −1)" or "(0, 0.5)".
std::string pair_text(const Move& move);

}  // namespace convscope::engine
