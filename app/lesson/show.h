#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/key_lines.h"
#include "app/lesson/names.h"
#include "app/scene/page.h"
#include "engine/core/tensor.h"

// What a step wants seen: the page, the cards, what is pointed at, and how far the learning runs.
namespace convscope::lesson {

// A place that is outlined: cells of a tensor, or a part of the window.
struct PointedPlace {
  std::string name;       // "output", "kernel", "loss-curve": one of pointed_names()
  std::size_t layer = 0;  // of a tensor: the layer's number in the scene, from 0
  // The cells as spans of indices, the last two of which are y and x; empty for the whole thing.
  struct Span {
    Index first = 0;
    Index last = 0;  // itself included
    friend bool operator==(const Span&, const Span&) = default;
  };
  std::vector<Span> spans;
  friend bool operator==(const PointedPlace&, const PointedPlace&) = default;
};

// The last index of a span that is written ":".
inline constexpr Index kAllCells = 1'000'000'000;

struct Show {
  std::optional<Page> page;         // of the window; the step before decides where it is left out
  std::vector<std::string> shown;   // cards by name: the others are hidden; empty shows all
  std::vector<std::string> dimmed;  // cards that are held back
  std::vector<PointedPlace> pointed;
  int pointed_line = 0;  // where they are named; 0 for nowhere
  Index steps = 0;       // how many steps the learning has taken when its values are stated
  int line = 0;          // of the block; 0 where the step has none
};

inline constexpr Index kMaxLearningSteps = 10'000;

// Returns the names of the window's cards: "input", "kernel", "output" …
std::vector<std::string> card_names();
// Returns the names of what can be pointed at: tensors, charts and controls.
std::vector<std::string> pointed_names();

// Reads a number of steps of the learning. Throws LineError.
Index read_steps(const KeyLine& line);

// Reads the lines of a `show` block, the first of which is line `line` of the file. Throws
// LineError.
Show read_show(std::string_view text, int line);

}  // namespace convscope::lesson
