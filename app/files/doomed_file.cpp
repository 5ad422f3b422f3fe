#include "app/files/doomed_file.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <string>

namespace convscope::files {
namespace {

enum State { kFree, kClaimed, kDoomed };

// A signal handler may only touch static memory and atomics.
struct Slot {
  std::atomic<int> state{kFree};
  std::array<char, 4096> path{};
};
static_assert(std::atomic<int>::is_always_lock_free);

std::array<Slot, 16> slots;
std::atomic_flag ending;

// Runs with all signals of its thread blocked. Often a second signal follows at once, such as that
// of a process group after that of the process, and arrives in another thread: it must not end the
// program before the files are removed, so that thread waits for the end here.
void remove_and_end(int number) {
  while (ending.test_and_set())
    pause();
  for (const Slot& slot : slots) {
    if (slot.state.load(std::memory_order_acquire) == kDoomed) unlink(slot.path.data());
  }
  std::signal(number, SIG_DFL);
  raise(number);  // delivered when this function returns
}

}  // namespace

DoomedFile::DoomedFile(const std::filesystem::path& path) : slot_(-1) {
  const std::string& text = path.native();
  if (text.size() >= slots.front().path.size()) return;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    int expected = kFree;
    if (!slots[i].state.compare_exchange_strong(expected, kClaimed)) continue;
    std::memcpy(slots[i].path.data(), text.c_str(), text.size() + 1);
    slots[i].state.store(kDoomed, std::memory_order_release);
    slot_ = static_cast<int>(i);
    return;
  }
}

DoomedFile::~DoomedFile() {
  if (slot_ >= 0) slots[static_cast<std::size_t>(slot_)].state.store(kFree);
}

void remove_doomed_files_on_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXFSZ, SIGXCPU}) {
    struct sigaction before = {};
    if (sigaction(signal, nullptr, &before) != 0 || before.sa_handler != SIG_DFL) continue;
    struct sigaction action = {};
    action.sa_handler = remove_and_end;
    sigfillset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
  }
}

}  // namespace convscope::files
