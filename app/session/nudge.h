#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>

#include "app/session/backward.h"
#include "app/session/names.h"
#include "engine/core/weight_place.h"

// What changing one number by hand does to the loss, beside what its gradient says: the difference
// that a gradient is the limit of.
namespace convscope::session {

// The planes of a layer in which a cell can be nudged; kActivated is what ReLU gives.
enum class NudgedPlane { kInput, kWeight, kOutput, kActivated, kPooled };

struct NudgeRequest {
  BackwardRequest backward;  // whose loss it is; `swept` and `way` are not looked at
  NudgedPlane plane = NudgedPlane::kInput;
  // The cell [n, c, y, x] of the plane, or of the scene's weight.
  WeightPlace place;
  double by = 0.0;
  std::size_t layer = 0;  // whose plane it is; the learning knows the first alone
  friend bool operator==(const NudgeRequest&, const NudgeRequest&) = default;
};

// A place where the nudge goes over a kink, so that the loss does not go on as its gradient says.
struct NudgeSwitch {
  enum class Kind { kReluOn, kReluOff, kWinner };
  Kind kind = Kind::kReluOn;
  std::size_t layer = 0;
  Index channel = 0;
  Yx cell;  // of the layer's output: the one that ReLU switches, or that becomes the largest
  Yx from;  // of kWinner: the one that was the largest
  // Whether the kink is at the value itself, so that it is met however small the nudge is.
  bool at_once = false;
  friend bool operator==(const NudgeSwitch&, const NudgeSwitch&) = default;
};

// All of it belongs to the same request. The change is computed in the differences alone, so that
// no rounding of large values is in it: without a switch, and but for the square, it is the
// gradient times `by`.
struct NudgeEffect {
  NudgeRequest request;
  double by = 0.0;           // what was added, as float32 rounds it
  double loss = 0.0;         // L without the nudge
  double loss_change = 0.0;  // L with the nudge, minus L without it
  double gradient = 0.0;     // of L by the value, all of it also while a sweep shows a part
  double square = 0.0;       // the part of the change that grows with Δ²: of the learning's loss
  // Of several switches the one that counts most.
  std::optional<NudgeSwitch> switched;
};

// Returns the effect; nullopt if stopped, and where there is no loss or no such cell.
std::optional<NudgeEffect> nudge_effect(const NudgeRequest& request, const std::stop_token& stop);

}  // namespace convscope::session
