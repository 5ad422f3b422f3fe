#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/files/file_descriptor.h"
#include "app/files/names.h"
#include "app/files/picture_header.h"

namespace convscope::files {

// The program that is started as the decoder: this program itself, unless a test replaces it.
struct DecoderCommand {
  std::string program = "/proc/self/exe";
  std::vector<std::string> arguments;  // after the program's name
  // How long to wait for the decoder's output, in wall clock time.
  std::chrono::milliseconds patience{0};

  // Returns the command for a picture with this header; memory and processor time are in proportion
  // to the sizes in it.
  static DecoderCommand for_picture(const PictureHeader& header);
};

// A process that decodes one picture. Reading always ends, whatever the process does: with the
// bytes, with an Error whose message continues after the file's name, or with Cancelled. The
// destructor ends the process and leaves no zombie.
class DecoderProcess {
 public:
  // `file` is the open picture; the process inherits it and opens no file itself.
  DecoderProcess(int file, const DecoderCommand& command, const std::stop_token& stop);
  ~DecoderProcess();
  DecoderProcess(const DecoderProcess&) = delete;
  DecoderProcess& operator=(const DecoderProcess&) = delete;

  // Fills `into` from the process's output. Throws Error if the output ends too early or takes too
  // long, and Cancelled once `stop` is requested.
  void read(std::span<std::byte> into);
  // Waits for the end of the output. Throws Error if more output arrives or the process reports a
  // failure.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  void start(const DecoderCommand& command, int file);
  // Returns the number of bytes read, 0 at the end of the process's output.
  std::size_t read_some(std::span<std::byte> into);
  // Waits for the process, which has written all its output, and returns its exit status; nullopt
  // where the system doesn't tell, because this program was started with SIGCHLD ignored.
  std::optional<int> exit_status();
  void require_time();

  pid_t process_ = -1;     // -1 if there is no process to wait for
  FileDescriptor output_;  // the process's output
  FileDescriptor wake_;    // an eventfd, set when `stop_` is requested
  std::chrono::milliseconds patience_;
  Clock::time_point deadline_;
  std::stop_token stop_;
  std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

}  // namespace convscope::files
