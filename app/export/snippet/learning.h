#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/export/names.h"
#include "app/export/snippet/snippet.h"
#include "app/export/snippet/steps.h"

namespace convscope::exports {

// So many steps at one rate.
struct RatePart {
  Index steps = 0;
  std::string rate;  // as Python reads it
};

// A run of learning that a snippet repeats. It has many data members, because each is a line of the
// snippet.
struct SnippetLearning {
  // The first layer with the learned kernel, which may have another size, and its options.
  std::shared_ptr<LayerResults> results = nullptr;
  SnippetLayer layer;
  const LearningProblem* problem = nullptr;
  Parameters start;   // shaped as in Parameters
  Parameters shown;   // after the steps
  double loss = 0.0;  // of these
  Index steps = 0;
  std::vector<RatePart> rates;  // in order, for all steps
  OptimizerOptions optimizer;
  // The kernel that makes the target, with its bias; nullopt where the target's values are given.
  std::optional<Parameters> maker;
  std::string maker_name;   // "hidden" or "panel"
  double weight_off = 0.0;  // how far the window's rounding has led from exact arithmetic
  double weight_tolerance = 0.0;
  double loss_tolerance = 0.0;
  // Whether one kernel is repeated for every channel.
  bool shared() const { return layer.shared(); }
  bool has_bias() const { return !start.bias.empty(); }
  Index channels() const { return std::ssize(layer.results->bias); }
};

// Returns the learning of a source whose training has steps; nullopt for none. Throws Error where
// the run can't be repeated: its rates are forgotten, or it takes too long.
std::optional<SnippetLearning> learning_of(const SnippetSource& source, const SnippetSteps& steps);

}  // namespace convscope::exports
