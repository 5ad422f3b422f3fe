#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/names.h"
#include "app/lesson/word.h"

namespace convscope::lesson {

// What live text names: a word of the vocabulary with its layer, its indices and what is said of
// it, such as "layer2.output[0, 1]", "kernel.sum" or "learning.loss[4]". One of `tensor` and `word`
// is set.
struct Reference {
  std::string text;       // as written
  std::size_t layer = 0;  // number of the layer in the scene, from 0
  const TensorWord* tensor = nullptr;
  const TensorProperty* property = nullptr;  // of the tensor or of the part that the indices name
  const CellProperty* cell = nullptr;        // of one cell
  const ValueWord* word = nullptr;
  std::vector<Index> indices;  // kAllIndices for ":"
  // Returns the kind of its value, as far as that doesn't depend on the scene.
  ValueKind kind() const;
  // Returns whether it needs a run of the learning.
  bool learns() const;
};

// Reads a reference. Throws Error where there is no such word, with the nearest one, and where its
// indices can't be right.
Reference read_reference(std::string_view text);

// The most numbers that are written for a tensor.
inline constexpr Index kMaxWrittenValues = 64;

// Returns its value, or why there is none: the scene has no such layer or cell, or the convolution
// doesn't fit.
Value value_of(const Reference& reference, const StepValues& values);

}  // namespace convscope::lesson
