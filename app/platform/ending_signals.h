#pragma once

#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

#include "app/platform/names.h"

namespace convscope::platform {

// Turns SIGINT, SIGTERM and SIGHUP into requests to end. The first is noted and wakes the window,
// which saves unsaved work and ends; a second one ends the program at once, as without this class,
// unless it follows so closely that it is the same wish: "timeout" and service managers signal the
// program and then its whole group.
// A signal that the program was started to ignore stays ignored. Only one object may exist at a
// time.
class EndingSignals {
 public:
  // `wake` is called from another thread when the first signal has arrived.
  explicit EndingSignals(std::function<void()> wake,
                         std::chrono::nanoseconds same_wish = std::chrono::milliseconds(500));
  // Restores the previous signal actions.
  ~EndingSignals();
  EndingSignals(const EndingSignals&) = delete;
  EndingSignals& operator=(const EndingSignals&) = delete;

  int received() const;  // the first signal received; 0 for none

 private:
  std::jthread listener_;
};

}  // namespace convscope::platform
