#pragma once

#include <memory>
#include <optional>

#include "engine/core/cell_rect.h"

namespace convscope::engine {

// Stands for the values that a tensor holds: equal revisions mean equal values. No other values
// ever get the same one, so it can be kept in place of the values to see later whether they are
// still those. It is handed out by whoever makes the values, who states at once in which cells they
// differ from others of the same shape; readers ask for these cells and compare nothing.
class Revision {
 public:
  Revision() = default;     // of no values
  static Revision fresh();  // of values of which nobody knows how they differ from others

  // Of values that differ from these in `cells` only, bit by bit, in every plane.
  Revision followed_by(const CellRect& cells) const;

  // The cells outside of which these values are those of `other`, which may be earlier or later;
  // nothing where that is not known. It is for as long as not too many revisions come between, and
  // where both follow a third one.
  std::optional<CellRect> changed_since(const Revision& other) const;

  friend bool operator==(const Revision&, const Revision&) = default;

 private:
  struct Token;
  explicit Revision(std::shared_ptr<const Token> token) : token_(std::move(token)) {}

  std::shared_ptr<const Token> token_;
};

}  // namespace convscope::engine
