#pragma once

#include "app/link/message.h"
#include "app/link/names.h"
#include "app/link/request.h"
#include "app/link/state.h"
#include "engine/core/error.h"

namespace convscope::link {

// What is asked for is being computed.
class NotYet : public Error {
 public:
  using Error::Error;
};

// Returns the answer to a "get": the arrays as they are in this state, which has results. Throws
// Error, with one sentence, for a name that the window does not have, or not now, and NotYet for
// what a state to come will have.
Message values_message(const State& state, const Get& get);

}  // namespace convscope::link
