#include "app/files/decoder_limits.h"

#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>

namespace convscope::files {
namespace {

// The address sanitizer reserves terabytes for its shadow memory, and opens files and starts
// threads to report errors. It works with neither a memory limit nor the system call filter.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || \
    __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

// Sets a limit, or keeps the limit that the program was started with if that is lower.
bool limit(int what, std::uint64_t soft, std::uint64_t hard) {
  const auto resource = static_cast<__rlimit_resource>(what);
  rlimit bound{};
  if (getrlimit(resource, &bound) != 0) return false;
  bound.rlim_max = std::min<rlim_t>(bound.rlim_max, hard);
  bound.rlim_cur = std::min<rlim_t>(bound.rlim_max, soft);
  return setrlimit(resource, &bound) == 0;
}

bool limit(int what, std::uint64_t most) {
  return limit(what, most, most);
}

// Returns the bytes of address space that the process uses now, for the program and its libraries.
std::optional<std::uint64_t> present_memory() {
  const int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  std::array<char, 128> text{};
  const ssize_t count = read(file, text.data(), text.size());
  close(file);
  std::uint64_t pages = 0;
  if (count <= 0 || std::from_chars(text.data(), text.data() + count, pages).ec != std::errc())
    return std::nullopt;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bool limit_memory(std::uint64_t memory) {
  if (kSanitized) return true;
  const std::optional<std::uint64_t> present = present_memory();
  return present && limit(RLIMIT_AS, *present + memory);
}

// Ends the process at any system call except reading and writing open files, memory management and
// exit. Opening a file only fails instead: on some processors libjpeg looks for a description of
// the processor and can do without.
void filter_system_calls() {
  if (kSanitized) return;
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (filter == nullptr) return;
  constexpr std::array kAllowed = {
      SCMP_SYS(pread64), SCMP_SYS(read),           SCMP_SYS(write),      SCMP_SYS(fstat),
      SCMP_SYS(mmap),    SCMP_SYS(mmap2),          SCMP_SYS(munmap),     SCMP_SYS(mremap),
      SCMP_SYS(brk),     SCMP_SYS(madvise),        SCMP_SYS(exit_group), SCMP_SYS(exit),
      SCMP_SYS(futex),   SCMP_SYS(getrandom),      SCMP_SYS(newfstatat), SCMP_SYS(rt_sigreturn),
      SCMP_SYS(fstat64), SCMP_SYS(rt_sigprocmask),
  };
  bool good = true;
  for (const int call : kAllowed)
    good = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0 && good;
  for (const int call : {SCMP_SYS(open), SCMP_SYS(openat)})
    good = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0) == 0 && good;
  if (good) seccomp_load(filter);
  seccomp_release(filter);
}

}  // namespace

bool memory_limit_is_below(const DecoderLimits& limits) {
  rlimit bound{};
  const std::optional<std::uint64_t> present = present_memory();
  return present && getrlimit(RLIMIT_AS, &bound) == 0 && bound.rlim_max < *present + limits.memory;
}

bool confine_decoder(const DecoderLimits& limits) {
  const bool bound = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0 &&
                     prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limit_memory(limits.memory) &&
                     limit(RLIMIT_CPU, limits.seconds, limits.seconds + 1) &&
                     limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 0);
  if (bound) filter_system_calls();
  return bound;
}

}  // namespace convscope::files
