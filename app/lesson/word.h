#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/names.h"
#include "app/lesson/value.h"
#include "app/session/results.h"
#include "app/session/training_snapshot.h"

// A word of the vocabulary: what stands in the braces of a lesson's text.
namespace convscope::lesson {

// What the words are evaluated from: the newest results and the newest snapshot of the learning.
struct StepValues {
  ResultsPtr results;
  TrainingSnapshotPtr training;  // null where nothing is learned yet
};

// An index that stands for all positions of its axis, written ":".
inline constexpr Index kAllIndices = -1;

// What a word is asked for.
struct WordQuery {
  const StepValues& values;
  std::size_t layer = 0;             // number of the layer in the scene, from 0
  std::span<const Index> indices{};  // as written in brackets
};

// What a word belongs to.
enum class WordScope {
  kScene,     // the whole scene
  kLayer,     // a layer, the first unless another is named
  kLearning,  // the learning of the first layer
};

// A word with a dot or without, such as "stride" or "learning.loss".
struct ValueWord {
  std::string_view name;
  std::string_view meaning;  // one sentence
  ValueKind kind = ValueKind::kNumber;
  WordScope scope = WordScope::kScene;
  Value (*value)(const WordQuery&) = nullptr;
  std::string_view index{};  // what stands in brackets after it: "step"; empty for none
};

// A word that stands for a tensor, such as "output". It may be followed by indices and by one of
// the properties.
struct TensorWord {
  std::string_view name;
  std::string_view meaning;
  WordScope scope = WordScope::kLayer;
  // Returns the tensor, or null and why there is none.
  std::shared_ptr<const Tensor> (*tensor)(const WordQuery&, std::string& why) = nullptr;
};

// What is said of a tensor, such as "shape" of "output.shape".
struct TensorProperty {
  std::string_view name;
  std::string_view meaning;
  ValueKind kind = ValueKind::kNumber;
  Value (*value)(const Tensor&) = nullptr;
};

// What is said of one cell of a tensor: "output[0, 1].terms".
struct CellProperty {
  std::string_view name;
  std::string_view meaning;
  std::string_view tensor;  // the tensor word whose cells have it
  Value (*value)(const WordQuery&, const Shape& tensor) = nullptr;
};

}  // namespace convscope::lesson
