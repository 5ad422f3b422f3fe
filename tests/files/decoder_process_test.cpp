#include "app/files/decoder_process.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "app/files/cancelled.h"
#include "app/files/decoded_planes.h"
#include "app/files/decoder_limits.h"
#include "app/files/decoder_protocol.h"
#include "app/files/picture.h"
#include "tests/sanitizers.h"
#include "tests/temp_folder.h"

namespace convscope::files {
namespace {

using testing::HasSubstr;

constexpr std::chrono::hours kLong{1};

class Decoder : public testing::Test {
 protected:
  Decoder() { put_text(folder_ / "p.pgm", "P5 2 1 255 ab"); }
  ~Decoder() override { expect_no_process(); }

  // Neither running nor waited for.
  static void expect_no_process() {
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
  }

  static DecoderCommand shell(const std::string& line) {
    return {.program = "/bin/sh", .arguments = {"-c", line}, .patience = kLong};
  }
  // A decoder that writes these bytes.
  DecoderCommand writing(const std::string& bytes) const {
    put_text(folder_ / "written", bytes);
    return shell("cat '" + folder_ / "written" + "'");
  }
  static std::string bytes_of(const DecodedHeader& header) {
    return {reinterpret_cast<const char*>(&header), sizeof(header)};
  }

  DecodedPlanes decode(const DecoderCommand& command, const std::stop_token& stop = {}) const {
    const FileDescriptor file(open((folder_ / "p.pgm").c_str(), O_RDONLY | O_CLOEXEC));
    DecoderProcess process(file.get(), command, stop);
    return read_decoded_planes(process, header_);
  }
  std::string error(const DecoderCommand& command) const {
    return error_text([&] { decode(command); });
  }

  TempFolder folder_;
  PictureHeader header_{.size = {1, 2}, .bytes_per_pixel = 8};
};

TEST_F(Decoder, GivesThePixels) {
  const DecodedPlanes planes = decode(DecoderCommand::for_picture(header_));
  EXPECT_EQ(planes.values, Tensor::from_rows({{'a' * (1.0f / 255.0f), 'b' * (1.0f / 255.0f)}}));
  EXPECT_FALSE(planes.over_white);
}

TEST_F(Decoder, WorksWhereTheEndOfProcessesIsIgnored) {
  signal(SIGCHLD, SIG_IGN);
  EXPECT_EQ(decode(DecoderCommand::for_picture(header_)).values.numel(), 2);
  EXPECT_THAT(error(shell("exit 0")), HasSubstr("is damaged, or ends too early"));
  signal(SIGCHLD, SIG_DFL);
}

TEST_F(Decoder, OneThatCrashesIsASentence) {
  for (const char* signal : {"SEGV", "ABRT", "BUS", "FPE", "ILL", "SYS", "TERM", "PIPE"})
    EXPECT_THAT(error(shell(std::string("kill -") + signal + " $$")),
                HasSubstr("is damaged, or ends too early"))
        << signal;
}

TEST_F(Decoder, OneThatIsKilledIsASentence) {
  EXPECT_THAT(error(shell("kill -KILL $$")), HasSubstr("was ended from outside"));
}

TEST_F(Decoder, OneThatUsesUpItsTimeIsASentence) {
  EXPECT_THAT(error(shell("ulimit -S -t 1; while :; do :; done")),
              HasSubstr("took longer than 10 s to read"));
}

TEST_F(Decoder, OneThatHangsIsASentence) {
  DecoderCommand command = shell("exec sleep 3600");
  command.patience = std::chrono::milliseconds(1);
  EXPECT_THAT(error(command), HasSubstr("took longer than 0 s to read"));
}

TEST_F(Decoder, OneThatWritesAllAndHangsIsASentence) {
  const std::string bytes = bytes_of({.width = 2, .height = 1, .channels = 1}) + "ab";
  DecoderCommand command = writing(bytes);
  command.arguments[1] += "; exec >&-; exec sleep 3600";
  command.patience = std::chrono::milliseconds(100);
  EXPECT_THAT(error(command), HasSubstr("took longer than"));
}

TEST_F(Decoder, OneThatLiesTakesNoMemory) {
  const DecodedHeader good{.width = 2, .height = 1, .channels = 1};
  EXPECT_EQ(error(writing(bytes_of(good) + "ab")), "no error");
  EXPECT_THAT(error(writing("")), HasSubstr("is damaged, or ends too early"));
  EXPECT_THAT(error(writing(bytes_of(good).substr(1))), HasSubstr("ends too early"));
  EXPECT_THAT(error(writing(bytes_of(good) + "a")), HasSubstr("ends too early"));
  EXPECT_THAT(error(writing(bytes_of(good) + "abc")), HasSubstr("ends too early"));
  std::vector<DecodedHeader> lies(7, good);
  lies[0].mark = 0;
  lies[1].width = 0xFFFFFFFF;
  lies[2].height = 2;
  lies[3].channels = 3;
  lies[4].channels = 0;
  lies[5].kind = static_cast<SampleKind>(3);
  lies[6].over_white = 2;
  for (const DecodedHeader& lie : lies)
    EXPECT_THAT(error(writing(bytes_of(lie) + std::string(1000, 'x'))),
                HasSubstr("what it holds is not what its header promises"));
}

TEST_F(Decoder, ExitCodesAreSentences) {
  const auto exits = [&](int code) { return error(shell("exit " + std::to_string(code))); };
  EXPECT_THAT(exits(kPictureCut), HasSubstr("ends too early"));
  EXPECT_THAT(exits(kPictureDamaged), HasSubstr("is damaged"));
  EXPECT_THAT(exits(kSampleAboveMaxval), HasSubstr("a sample in it is above the maxval"));
  EXPECT_THAT(exits(kDecoderMemory), HasSubstr("takes more memory to read than its size promises"));
  EXPECT_THAT(exits(kDecoderLimitTooLow),
              HasSubstr("more than the memory that the program is limited"));
  EXPECT_THAT(exits(kDecoderNotConfined), HasSubstr("does not let the process for it be limited"));
  EXPECT_THAT(exits(kWrongDecoderCall), HasSubstr("is damaged"));
}

TEST_F(Decoder, OneThatIsNotThereIsASentence) {
  EXPECT_THAT(error({.program = folder_ / "none", .arguments = {}, .patience = kLong}),
              HasSubstr("the process for it can't be started: No such file"));
}

TEST_F(Decoder, StoppingEndsItAtOnce) {
  std::stop_source stop;
  const FileDescriptor file(open((folder_ / "p.pgm").c_str(), O_RDONLY | O_CLOEXEC));
  DecoderProcess process(file.get(), shell("exec sleep 3600"), stop.get_token());
  const std::jthread other([&] { stop.request_stop(); });
  std::array<std::byte, 1> byte{};
  EXPECT_THROW(process.read(byte), Cancelled);
}

TEST_F(Decoder, OneThatIsStoppedBeforeIsNotStarted) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(decode(shell("exec sleep 3600"), stop.get_token()), Cancelled);
  EXPECT_THROW(load_picture(folder_ / "p.pgm", PictureColor::kGrey, stop.get_token()), Cancelled);
}

TEST_F(Decoder, GetsNothingThatIsOpenHereButThePicture) {
  const FileDescriptor null(open("/dev/null", O_RDONLY | O_CLOEXEC));
  const int secret = fcntl(null.get(), F_DUPFD, 100);  // which another program would get
  ASSERT_GE(secret, 100);
  const std::string list = folder_ / "list";
  error(shell("for f in /proc/$$/fd/*; do echo ${f##*/}; done >" + list));
  close(secret);
  const std::string open_files = file_text(list);
  EXPECT_EQ(open_files.find("\n" + std::to_string(secret) + "\n"), std::string::npos) << open_files;
}

// Ends a process of its own with 0 where `action` gives false, and with 1 where it was possible.
template <typename Action>
void bound_process(Action&& action) {
  if (!confine_decoder({.memory = std::uint64_t{64} << 20, .seconds = 10})) _exit(2);
  _exit(action() ? 1 : 0);
}

// Refused by its limits, or ended by the filter of system calls where there is one.
bool refused(int status) {
  return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
         (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
}

using DecoderLimitsDeathTest = Decoder;

TEST_F(DecoderLimitsDeathTest, ItOpensNoFile) {
  EXPECT_EXIT(bound_process([] { return open("/etc/passwd", O_RDONLY) >= 0; }), refused, "");
}

// Where the kernel has filters of system calls, and no sanitizer needs others.
bool has_filter() {
#if CONVSCOPE_ADDRESS_SANITIZER || CONVSCOPE_THREAD_SANITIZER
  return false;
#else
  return std::filesystem::exists("/proc/sys/kernel/seccomp/actions_avail");
#endif
}

TEST_F(DecoderLimitsDeathTest, AskingForAnythingElseEndsIt) {
  const auto ended = [](int status) {
    return has_filter() ? WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS : refused(status);
  };
  EXPECT_EXIT(bound_process([] { return getppid() < 0; }), ended, "");
}

TEST_F(DecoderLimitsDeathTest, ItHasNoSocket) {
  EXPECT_EXIT(bound_process([] { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }), refused, "");
}

TEST_F(DecoderLimitsDeathTest, ItCanStillWriteToAPipeAndTakeMemory) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  EXPECT_EXIT(bound_process([&] {
                const std::vector<char> memory(std::size_t{16} << 20, 'x');
                return write(ends[1], memory.data(), 1) == 1;
              }),
              testing::ExitedWithCode(1), "");
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace convscope::files
