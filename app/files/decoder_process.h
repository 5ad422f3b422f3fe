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
#include "app/files/picture_header.h"

namespace convscope {

// What is started as the decoder: this program itself, unless a test says otherwise.
struct DecoderCommand {
  std::string program = "/proc/self/exe";
  std::vector<std::string> arguments;  // behind the program's name
  std::chrono::milliseconds patience{0};

  // For a picture with that header: memory and processor time in proportion to what it promises.
  static DecoderCommand for_picture(const PictureHeader& header);
};

// A process that decodes one picture. Whatever becomes of it, reading ends: with the bytes, with an
// Error whose words go on behind the file's name, or with Cancelled. It is gone, and no zombie,
// when this is.
class DecoderProcess {
 public:
  // `file` is the open picture, which the process reads and never opens.
  DecoderProcess(int file, const DecoderCommand& command, const std::stop_token& stop);
  ~DecoderProcess();
  DecoderProcess(const DecoderProcess&) = delete;
  DecoderProcess& operator=(const DecoderProcess&) = delete;

  // Fills all of it from what the process writes. Throws where that ends before, where it takes too
  // long, and once `stop` is requested.
  void read(std::span<std::byte> into);
  // No more is expected: throws where more comes, and where the process says that it failed.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  void start(const DecoderCommand& command, int file);
  // 0 at the end of what the process writes.
  std::size_t read_some(std::span<std::byte> into);
  // Of the process, which has written all that it will. Nothing where the system doesn't tell, as
  // the program was started with the end of its processes ignored.
  std::optional<int> exit_status();
  void require_time();

  pid_t process_ = -1;     // -1: none that is to be waited for
  FileDescriptor output_;  // what the process writes
  FileDescriptor wake_;    // an eventfd that is set when `stop_` is requested
  std::chrono::milliseconds patience_;
  Clock::time_point deadline_;
  std::stop_token stop_;
  std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

}  // namespace convscope
