#include "app/session/shift_finder.h"

#include <chrono>
#include <utility>

namespace convscope::session {
namespace {

// The time for which a comparison under way may delay a newer one: practically unlimited, so that
// during a drag comparisons are completed and not each cancelled by the next.
constexpr std::chrono::hours kPatience{1};

}  // namespace

ShiftFinder::ShiftFinder(std::function<void()> wake)
    : worker_(find_shift_effect, std::move(wake), {.patience = kPatience}) {}

void ShiftFinder::follow(const std::optional<ShiftRequest>& wanted) {
  if (!wanted) {  // frees the results, which may be large
    if (wanted_.results) worker_.cancel();
    wanted_ = {};
    effect_.reset();
    return;
  }
  if (*wanted == wanted_) return;
  wanted_ = *wanted;
  worker_.submit(*wanted);
}

void ShiftFinder::poll() {
  if (std::optional<ShiftEffect> newest = worker_.take(); newest && wanted_.results)
    effect_ = std::move(newest);
}

}  // namespace convscope::session
