#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/export/names.h"
#include "app/session/results.h"
#include "app/session/training_snapshot.h"

// A scene as a Python program that computes what the window shows, and asserts it.
namespace convscope::exports {

enum class Dialect { kPytorch, kNumpy, kLists };

// Returns "pytorch", "numpy" or "lists".
const char* name(Dialect dialect);
// Returns the dialect of this name.
std::optional<Dialect> dialect_named(std::string_view name);

// What a snippet computes again.
struct SnippetSource {
  ResultsPtr results;
  // The learning as it is now, which the snippet repeats from its start; null for none.
  TrainingSnapshotPtr training = {};
};

// Tensors with more values are not written out: the snippet loads them from the archive that holds
// all tensors of the scene (all_tensors.h).
inline constexpr Index kMaxSnippetValues = 4096;

// The most steps of learning that a snippet repeats.
inline constexpr Index kMaxSnippetSteps = 100'000;

struct Snippet {
  std::string text;    // the program
  bool loads = false;  // whether it loads "tensors.npz"
};

// Returns the program, which ends in asserts on what `source` has. Throws Error, in one sentence,
// where there is no output, and for what the dialect can't say.
Snippet snippet(Dialect dialect, const SnippetSource& source);

}  // namespace convscope::exports
