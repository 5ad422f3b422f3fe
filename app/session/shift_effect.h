#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "app/session/names.h"
#include "app/session/results.h"
#include "engine/explain/find_move.h"

// What a shift of the input does to the results of the first layer. Evaluating the layer once more
// and comparing may take long, so it is done off the UI thread.
namespace convscope::session {

// A request to compare one plane of the results of a shifted input with what the same layer makes
// of the input before the shift.
struct ShiftRequest {
  ResultsPtr results;  // whose scene has an input that was shifted
  Index sample = 0;    // the picture of the stack
  Index channel = 0;   // of the output
  friend bool operator==(const ShiftRequest&, const ShiftRequest&) = default;
};

// What was found.
struct ShiftEffect {
  ShiftRequest request;
  Yx by;                            // of the input
  std::optional<FoundMove> output;  // nullopt without an output
  std::optional<FoundMove> pooled;  // nullopt without a pooled plane
  std::string failure;              // one sentence why nothing was compared; else empty
};

// The largest number of values of a picture, or of its output, that are compared.
inline constexpr Index kMaxComparedValues = Index{1} << 22;

// Returns whether the results are of an input that was shifted by a cell or more.
bool is_shifted(const Results& results);

// Compares; clamps picture and channel. For results that `is_shifted`. nullopt if stopped.
std::optional<ShiftEffect> find_shift_effect(const ShiftRequest& request,
                                             const std::stop_token& stop = {});

}  // namespace convscope::session
