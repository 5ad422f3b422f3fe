#pragma once

#include "app/session/backward.h"
#include "app/session/names.h"

namespace convscope::session {

// Returns what the loss of a request is, with the cell of kCell and kOutputCell filled in where
// nobody has chosen one: the middle one of the plane, or where that is 0 the one nearest to it that
// is not, as behind a 0 there may be nothing but zeros: ReLU gave them, or flat cells. Where all
// within some distance are 0 it is the middle one. The request has results that go through all of
// its layers.
BackwardScene loss_of(const BackwardRequest& request);

}  // namespace convscope::session
