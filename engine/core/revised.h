#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "engine/core/revision.h"
#include "engine/core/tensor.h"

namespace convscope::engine {

// A pointer to values that are shared and do not change any more, and that know who changed them:
// it carries their revision, which tells in which cells they differ from earlier ones. Equal are
// those of one revision; values are never looked at for that.
template <typename T>
class Revised {
 public:
  Revised() = default;
  Revised(std::nullptr_t) {}  // implicit, as a pointer's
  // Values that nobody has seen: implicit, so that a new tensor is taken as it is.
  Revised(std::shared_ptr<const T> values) : Revised(std::move(values), Revision::fresh()) {}
  Revised(std::shared_ptr<T> values) : Revised(std::move(values), Revision::fresh()) {}
  Revised(std::shared_ptr<const T> values, Revision revision)
      : values_(std::move(values)), revision_(values_ ? std::move(revision) : Revision{}) {}

  const T& operator*() const { return *values_; }
  const T* operator->() const { return values_.get(); }
  const T* get() const { return values_.get(); }
  explicit operator bool() const { return values_ != nullptr; }
  void reset() { *this = Revised(); }

  const std::shared_ptr<const T>& shared() const { return values_; }
  const Revision& revision() const { return revision_; }
  // As Revision::changed_since.
  std::optional<CellRect> changed_since(const Revised& other) const {
    return revision_.changed_since(other.revision_);
  }

  friend bool operator==(const Revised& a, const Revised& b) { return a.revision_ == b.revision_; }
  friend bool operator==(const Revised& a, std::nullptr_t) { return a.values_ == nullptr; }

 private:
  std::shared_ptr<const T> values_;
  Revision revision_;
};

using TensorPtr = Revised<Tensor>;

}  // namespace convscope::engine
