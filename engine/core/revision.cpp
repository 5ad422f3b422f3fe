#include "engine/core/revision.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace convscope::engine {
namespace {

// More than there are views, results and buffers that hold one of the last values each, so that a
// gesture's first revision, which undo goes back to, is not pushed out by those of its steps.
constexpr std::size_t kMaxEarlier = 16;

}  // namespace

// Its identity is its place in memory, which the list of a later one keeps from being used again.
struct Revision::Token {
  struct Earlier {
    std::weak_ptr<const Token> token;
    CellRect cells;  // outside of which nothing differs from it
    bool is(const std::shared_ptr<const Token>& other) const {
      return !token.owner_before(other) && !other.owner_before(token);
    }
  };

  const Earlier* find(const std::shared_ptr<const Token>& other) const {
    for (const Earlier& entry : earlier) {
      if (entry.is(other)) return &entry;
    }
    return nullptr;
  }

  std::vector<Earlier> earlier;  // the newest first
};

Revision Revision::fresh() {
  return Revision(std::make_shared<const Token>());
}

// Of those that nobody holds any more nobody will ask.
Revision Revision::followed_by(const CellRect& cells) const {
  if (!token_) return fresh();
  auto next = std::make_shared<Token>();
  next->earlier.reserve(kMaxEarlier);
  next->earlier.push_back({token_, cells});
  for (const Token::Earlier& entry : token_->earlier) {
    if (next->earlier.size() == kMaxEarlier) break;
    if (!entry.token.expired()) next->earlier.push_back({entry.token, united(entry.cells, cells)});
  }
  return Revision(std::move(next));
}

std::optional<CellRect> Revision::changed_since(const Revision& other) const {
  if (!token_ || !other.token_) return std::nullopt;
  if (token_ == other.token_) return CellRect{};
  if (const Token::Earlier* entry = token_->find(other.token_)) return entry->cells;
  if (const Token::Earlier* entry = other.token_->find(token_)) return entry->cells;
  for (const Token::Earlier& entry : token_->earlier) {
    const std::shared_ptr<const Token> common = entry.token.lock();
    if (!common) continue;
    if (const Token::Earlier* also = other.token_->find(common))
      return united(entry.cells, also->cells);
  }
  return std::nullopt;
}

}  // namespace convscope::engine
