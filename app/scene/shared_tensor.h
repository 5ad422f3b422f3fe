#pragma once

#include <memory>

#include "app/scene/scene.h"

namespace convscope {

// The tensor, to be shared and not changed any more. It takes the system long to take back the
// memory of a large one: whoever lets go of it last, the UI thread for example, doesn't wait for
// that.
TensorPtr shared_tensor(Tensor tensor);

// Lets go of it on a thread that is there for that.
void free_elsewhere(std::shared_ptr<const void> last);

}  // namespace convscope
