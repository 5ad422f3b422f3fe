#include "app/platform/ending_signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <ctime>
#include <system_error>
#include <utility>

namespace convscope::platform {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

// A signal handler may only touch static memory and atomics.
std::atomic<int> first_signal{0};
std::atomic<std::int64_t> same_wish{0};   // in nanoseconds, from the first signal
std::atomic<std::int64_t> same_until{0};  // nanoseconds of now(); 0 before the first signal
// A pipe from the handler to the listener. It is never closed, because a handler may be about to
// write.
std::atomic<int> note_end{-1};
std::atomic<int> read_end{-1};
constexpr char kSignal = 1;
constexpr char kEnd = 0;  // sent by the destructor
std::array<struct sigaction, kSignals.size()> before;
static_assert(std::atomic<int>::is_always_lock_free);

// The steady clock's time in nanoseconds, by a function that a signal handler may call.
std::int64_t now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void restore() {
  for (std::size_t i = 0; i < kSignals.size(); ++i)
    sigaction(kSignals[i], &before[i], nullptr);
}

// Notes the signal; the listener reads it and wakes the window, which a handler may not do.
void note(int signal) {
  const int error = errno;
  int none = 0;
  if (first_signal.compare_exchange_strong(none, signal)) {
    same_until = now() + same_wish;
    [[maybe_unused]] const ssize_t written = write(note_end, &kSignal, 1);
  } else if (same_until != 0 && now() >= same_until) {
    restore();
    raise(signal);  // takes effect when this handler returns
  }
  errno = error;
}

void listen(const std::function<void()>& wake) {
  char byte = kSignal;
  while (true) {
    const ssize_t count = read(read_end, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count != 1 || byte == kEnd) return;
    wake();
  }
}

void open_pipe() {
  if (note_end >= 0) return;
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "a pipe for signals can't be made");
  read_end = ends[0];
  note_end = ends[1];
}

}  // namespace

EndingSignals::EndingSignals(std::function<void()> wake, std::chrono::nanoseconds same) {
  open_pipe();
  first_signal = 0;
  same_wish = same.count();
  same_until = 0;
  listener_ = std::jthread([wake = std::move(wake)] { listen(wake); });
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &before[i]);
    if (before[i].sa_handler == SIG_IGN) continue;
    struct sigaction action = {};
    action.sa_handler = note;
    action.sa_flags = SA_RESTART;
    sigaction(kSignals[i], &action, nullptr);
  }
}

EndingSignals::~EndingSignals() {
  restore();
  [[maybe_unused]] const ssize_t written = write(note_end, &kEnd, 1);
}

int EndingSignals::received() const {
  return first_signal;
}

}  // namespace convscope::platform
