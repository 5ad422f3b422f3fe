#pragma once

#include <string>

#include "app/session/known_rates.h"
#include "app/session/names.h"
#include "app/session/training_snapshot.h"

namespace convscope::session {

// What the rate does to the run, or has done.
struct RateVerdict {
  enum class Kind { kGood, kWarn, kBad };
  std::string text;  // empty where nothing is known
  Kind kind = Kind::kGood;
};

// What has happened counts, and else what will: a run that has come to its least loss has
// converged. `known` is what is known of the rates, and `training` null before there is a run.
RateVerdict rate_verdict(const std::optional<KnownRates>& known, float rate,
                         const TrainingSnapshot* training);

}  // namespace convscope::session
