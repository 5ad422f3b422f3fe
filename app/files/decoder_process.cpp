#include "app/files/decoder_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "app/files/cancelled.h"
#include "app/files/decoder_protocol.h"
#include "app/files/picture_formats.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

constexpr int kSeconds = 10;  // seconds of processor time
// Wall clock time, which also passes while a slow disk or other programs delay the decoder.
constexpr std::chrono::seconds kPatience{60};
constexpr std::uint64_t kBaseMemory = std::uint64_t{64} << 20;

[[noreturn]] void throw_not_started(int reason) {
  throw Error(std::string("can't be decoded, as the process for it can't be started: ") +
              strerrordesc_np(reason));
}

[[noreturn]] void throw_too_slow(std::chrono::milliseconds time) {
  throw Error("took longer than " + std::to_string(time.count() / 1000) +
              " s to read; it is damaged, or made to be slow");
}

[[noreturn]] void throw_damaged() {
  throw Error(std::string("is damaged, or ends too early; a picture must be a whole ") +
              kPictureFormats + " file");
}

// Throws the Error for a decoder that ended before it had written everything.
[[noreturn]] void throw_failure(int status) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
    throw_too_slow(std::chrono::seconds(kSeconds));
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
    throw Error(
        "can't be decoded: the process for it was ended from outside, perhaps for want of memory");
  }
  switch (WIFEXITED(status) ? WEXITSTATUS(status) : -1) {
    case kSampleAboveMaxval:
      throw Error("is damaged: a sample in it is above the maxval of its header");
    case kDecoderMemory:
      throw Error("is damaged: it takes more memory to read than its size promises");
    case kDecoderLimitTooLow:
      throw Error("can't be decoded: it takes more than the memory that the program is limited to");
    case kDecoderNotConfined:
      throw Error("can't be decoded safely: the system does not let the process for it be limited");
    default:
      throw_damaged();
  }
}

// The attributes and file actions of posix_spawn, freed on destruction.
struct SpawnOptions {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;

  SpawnOptions() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnOptions() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnOptions(const SpawnOptions&) = delete;
  SpawnOptions& operator=(const SpawnOptions&) = delete;
};

// Gives the decoder the default signal actions and mask, whatever this program handles or blocks.
void reset_signals(SpawnOptions& options) {
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&options.attributes, &none);
  posix_spawnattr_setsigdefault(&options.attributes, &all);
  posix_spawnattr_setflags(&options.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

}  // namespace

DecoderCommand DecoderCommand::for_picture(const PictureHeader& header) {
  const auto pixels = static_cast<std::uint64_t>(header.size.y * header.size.x);
  const std::uint64_t memory =
      kBaseMemory + pixels * static_cast<std::uint64_t>(header.bytes_per_pixel);
  return {.arguments = {kDecoderCommand, std::to_string(memory), std::to_string(kSeconds)},
          .patience = kPatience};
}

DecoderProcess::DecoderProcess(int file, const DecoderCommand& command, const std::stop_token& stop)
    : wake_(eventfd(0, EFD_CLOEXEC)),
      patience_(command.patience),
      deadline_(Clock::now() + command.patience),
      stop_(stop) {
  if (!wake_) throw_not_started(errno);
  on_stop_.emplace(stop_, [this] { eventfd_write(wake_.get(), 1); });
  start(command, file);
}

void DecoderProcess::start(const DecoderCommand& command, int file) {
  if (std::getenv(kDecoderVariable) != nullptr)
    throw std::logic_error("main() must call become_decoder_if_asked() first");
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw_not_started(errno);
  output_ = FileDescriptor(ends[0]);
  const FileDescriptor end(ends[1]);
  // Duplicates above the three standard streams, which are about to be replaced and might be closed
  // in this program.
  const FileDescriptor input(fcntl(file, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  const FileDescriptor output(fcntl(end.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  if (!input || !output) throw_not_started(errno);
  SpawnOptions options;
  reset_signals(options);
  // Of all open files the process only inherits the picture and the pipe.
  posix_spawn_file_actions_adddup2(&options.files, input.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&options.files, output.get(), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&options.files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&options.files, STDERR_FILENO + 1);
  std::string name = "convscope";
  std::vector<std::string> arguments = command.arguments;
  std::vector<char*> argv{name.data()};
  for (std::string& argument : arguments)
    argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::string mark = std::string(kDecoderVariable) + "=1";
  std::vector<char*> environment{mark.data()};
  for (char** variable = environ; *variable != nullptr; ++variable)
    environment.push_back(*variable);
  environment.push_back(nullptr);
  const int error = posix_spawn(&process_, command.program.c_str(), &options.files,
                                &options.attributes, argv.data(), environment.data());
  if (error != 0) {
    process_ = -1;
    throw_not_started(error);
  }
}

DecoderProcess::~DecoderProcess() {
  on_stop_.reset();
  if (process_ < 0) return;
  kill(process_, SIGKILL);
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void DecoderProcess::require_time() {
  if (stop_.stop_requested()) throw Cancelled();
  if (Clock::now() >= deadline_) throw_too_slow(patience_);
}

std::size_t DecoderProcess::read_some(std::span<std::byte> into) {
  while (true) {
    require_time();
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
    std::array<pollfd, 2> waiting = {pollfd{output_.get(), POLLIN, 0},
                                     pollfd{wake_.get(), POLLIN, 0}};
    const int ready = poll(waiting.data(), waiting.size(), static_cast<int>(left) + 1);
    if (ready <= 0 || waiting[0].revents == 0) continue;
    const ssize_t count = ::read(output_.get(), into.data(), into.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) throw_damaged();
  }
}

void DecoderProcess::read(std::span<std::byte> into) {
  while (!into.empty()) {
    const std::size_t count = read_some(into);
    if (count == 0) {
      const std::optional<int> status = exit_status();
      if (!status) throw_damaged();
      throw_failure(*status);
    }
    into = into.subspan(count);
  }
}

void DecoderProcess::finish() {
  std::array<std::byte, 1> more{};
  if (read_some(more) != 0) throw_damaged();
  const std::optional<int> status = exit_status();
  // All promised data has arrived, and the decoder only writes it when everything is decoded.
  if (!status) return;
  if (!WIFEXITED(*status) || WEXITSTATUS(*status) != kDecoded) throw_failure(*status);
}

std::optional<int> DecoderProcess::exit_status() {
  while (true) {
    int status = 0;
    const pid_t ended = waitpid(process_, &status, WNOHANG);
    if (ended == process_) {
      process_ = -1;
      return status;
    }
    if (ended < 0 && errno != EINTR) {
      process_ = -1;
      return std::nullopt;
    }
    require_time();
    pollfd waiting{wake_.get(), POLLIN, 0};
    poll(&waiting, 1, 1);  // it should end within this millisecond
  }
}

}  // namespace convscope::files
