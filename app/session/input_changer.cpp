#include "app/session/input_changer.h"

#include <algorithm>
#include <new>
#include <string>
#include <utility>

#include "engine/core/error.h"

namespace convscope::session {
namespace {

constexpr Index kQuick = Index{1} << 18;  // values that are copied in less than a millisecond

ChangedInput changed(const InputScene& before, std::span<const InputChange> changes) {
  ChangedInput result;
  try {
    result.input = changed_input(before, changes);
  } catch (const Error& error) {
    result.error = std::string("The input stays as it is: ") + error.what() + ".";
  } catch (const std::bad_alloc&) {
    result.error = "There is not enough memory to change the input.";
  }
  return result;
}

}  // namespace

InputChanger::InputChanger(std::function<void()> wake)
    : worker_(
          [](const Request& request, const std::stop_token&) {
            return std::optional(changed(request.before, request.changes));
          },
          std::move(wake)) {}

std::optional<ChangedInput> InputChanger::change(const InputScene& now, InputChange change) {
  if (!under_way_ && std::max(now.tensor->numel(), change.numel) <= kQuick) {
    begins_ = begins_ || !change.continues;
    return finish(now.tensor, changed(now, {&change, 1}));
  }
  waiting_.push_back(std::move(change));
  if (!under_way_) begin(now);
  return std::nullopt;
}

// Returns the change, or nothing if no value differs. The first change of a gesture that changes a
// value begins the gesture, and later ones continue it.
std::optional<ChangedInput> InputChanger::finish(const TensorPtr& before, ChangedInput changed) {
  if (!changed.error.empty()) {
    cancel();
    return changed;
  }
  if (changed.input.tensor == before) return std::nullopt;
  changed.continues = !std::exchange(begins_, false);
  return changed;
}

void InputChanger::begin(const InputScene& before) {
  Request request{before, {}};
  begins_ = begins_ || !waiting_.front().continues;
  do {
    request.changes.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  } while (!waiting_.empty() && waiting_.front().continues);
  before_ = before.tensor;
  under_way_ = true;
  worker_.submit(std::move(request));
}

std::optional<ChangedInput> InputChanger::take() {
  std::optional<ChangedInput> changed = worker_.take();
  if (!changed) return std::nullopt;
  under_way_ = false;
  const InputScene now = changed->input;
  changed = finish(std::exchange(before_, nullptr), *std::move(changed));
  if (!waiting_.empty()) begin(now);
  return changed;
}

// Changes that come later in the same gesture become a gesture of their own.
void InputChanger::cancel() {
  worker_.cancel();
  waiting_.clear();
  before_.reset();
  under_way_ = false;
  begins_ = true;
}

}  // namespace convscope::session
