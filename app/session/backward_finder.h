#pragma once

#include <functional>
#include <optional>

#include "app/session/backward.h"
#include "app/session/names.h"
#include "app/session/nudge.h"
#include "app/session/worker.h"

namespace convscope::session {

// Computes gradients, and what nudging a cell does to the loss, each on a thread of its own; the
// newest request wins. All members are called from one other thread.
class BackwardFinder {
 public:
  // `wake` is called from the workers when something was found.
  explicit BackwardFinder(const std::function<void()>& wake);

  // Request gradients, and the effect of a nudge, unless they are those that were requested last.
  // nullopt forgets what was found.
  void follow(const std::optional<BackwardRequest>& wanted);
  void follow_nudge(const std::optional<NudgeRequest>& wanted);
  // Takes over what was found.
  void poll();
  // Return what was found; null before. Until the next one is, it is the one before.
  const BackwardResults* gradients() const { return found_ ? &*found_ : nullptr; }
  const NudgeEffect* nudge() const { return nudged_ ? &*nudged_ : nullptr; }
  bool busy() const { return worker_.busy() || nudger_.busy(); }
  // Blocks until what was requested is found; poll() then takes it over.
  void wait();

 private:
  BackwardRequest wanted_;  // the last request; without results if none is wanted
  std::optional<BackwardResults> found_;
  std::optional<NudgeRequest> nudge_wanted_;
  std::optional<NudgeEffect> nudged_;
  // These are last, so that they end before the rest is destroyed.
  Worker<BackwardRequest, BackwardResults> worker_;
  Worker<NudgeRequest, NudgeEffect> nudger_;
};

}  // namespace convscope::session
