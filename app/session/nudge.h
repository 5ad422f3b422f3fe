#pragma once

#include <optional>
#include <stop_token>

#include "app/session/backward.h"
#include "app/session/names.h"
#include "engine/core/weight_place.h"

// What changing one number by hand does to the loss, beside what its gradient says: the difference
// that a gradient is the limit of.
namespace convscope::session {

// The planes of the first layer in which a cell can be nudged.
enum class NudgedPlane { kInput, kWeight, kOutput, kPooled };

struct NudgeRequest {
  BackwardRequest backward;  // whose loss it is; `swept` is not looked at
  NudgedPlane plane = NudgedPlane::kInput;
  // The cell [n, c, y, x] of the plane, or of the scene's weight.
  WeightPlace place;
  double by = 0.0;
  friend bool operator==(const NudgeRequest&, const NudgeRequest&) = default;
};

struct NudgeEffect {
  NudgeRequest request;
  double by = 0.0;           // what was added, as float32 rounds it
  double loss_change = 0.0;  // L with the nudge, minus L without it, by going forward twice
};

// Returns the effect; nullopt if stopped, and where there is no loss or no such cell.
std::optional<NudgeEffect> nudge_effect(const NudgeRequest& request, const std::stop_token& stop);

}  // namespace convscope::session
