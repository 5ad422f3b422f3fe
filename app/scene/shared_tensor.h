#pragma once

#include <memory>
#include <new>

#include "app/scene/names.h"
#include "engine/core/revised.h"

namespace convscope::scene {

// The tensor, to be shared and not changed any more. It takes the system long to take back the
// memory of a large one: whoever lets go of it last, the UI thread for example, doesn't wait for
// that. `revision` is that of its values.
TensorPtr shared_tensor(Tensor tensor, Revision revision = Revision::fresh());

// Frees the object on a thread made for that; on the calling thread if there is no memory to do so.
void free_elsewhere(std::shared_ptr<const void> last) noexcept;

// A deleter for shared pointers that frees objects in this way. It doesn't throw, because the last
// owner's destructor must not.
struct FreeElsewhere {
  template <typename T>
  void operator()(T* value) const noexcept {
    try {
      free_elsewhere(std::shared_ptr<T>(value));
    } catch (const std::bad_alloc&) {
      // The pointer's constructor has deleted it.
    }
  }
};

}  // namespace convscope::scene
