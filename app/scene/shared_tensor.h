#pragma once

#include <memory>
#include <new>

#include "app/scene/names.h"
#include "engine/core/revised.h"

namespace convscope::scene {

// Returns a shared pointer to `tensor`, whose values have the revision `revision`. Freeing the
// memory of a large tensor takes long, so it is done by free_elsewhere: the last owner, for example
// the UI thread, doesn't wait for it.
TensorPtr shared_tensor(Tensor tensor, Revision revision = Revision::fresh());

// Frees an object on a thread that does only this, or on the calling thread if memory is too short.
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
