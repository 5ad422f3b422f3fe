#pragma once

#include <functional>
#include <optional>

#include "app/session/names.h"
#include "app/session/shift_effect.h"
#include "app/session/worker.h"

namespace convscope::session {

// Finds what shifts do, on a thread of its own; the newest request wins. All members are called
// from one other thread.
class ShiftFinder {
 public:
  // `wake` is called from the worker when something was found.
  explicit ShiftFinder(std::function<void()> wake);

  // Requests an effect, unless it is the one that was requested last. nullopt forgets what was
  // found.
  void follow(const std::optional<ShiftRequest>& wanted);
  // Takes over what was found.
  void poll();
  // Returns what was found; null before. Until the next one is, it is the one before.
  const ShiftEffect* effect() const { return effect_ ? &*effect_ : nullptr; }
  bool busy() const { return worker_.busy(); }
  // Blocks until what was requested is found; poll() then takes it over.
  void wait() { worker_.wait(); }

 private:
  ShiftRequest wanted_;  // the last request; without results if none is wanted
  std::optional<ShiftEffect> effect_;
  Worker<ShiftRequest, ShiftEffect> worker_;  // last, so that it ends before the rest is destroyed
};

}  // namespace convscope::session
