#pragma once

#include <csignal>
#include <functional>
#include <thread>

namespace convscope::platform {

// SIGINT, SIGTERM and SIGHUP as wishes: the first is noted and wakes the window, which ends with
// what is unsaved written; a second one ends the program at once, as it would have been before. One
// that the program was started to ignore stays ignored. Only one object at a time.
class EndingSignals {
 public:
  // `wake` is called from a thread when the first has come.
  explicit EndingSignals(std::function<void()> wake);
  // What they did before is restored.
  ~EndingSignals();
  EndingSignals(const EndingSignals&) = delete;
  EndingSignals& operator=(const EndingSignals&) = delete;

  int received() const;  // the first that has come; 0 for none

 private:
  std::jthread listener_;
};

}  // namespace convscope::platform
