// Kills a program that saves, and lets its system calls fail, at each of them in turn (strace).
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <array>
#include <cstdlib>
#include <map>
#include <sstream>

#include "app/files/write_file.h"
#include "tests/kill/saved_kinds.h"
#include "tests/temp_folder.h"

namespace convscope::session {
namespace {

using testing::AnyOf;
using testing::SizeIs;

// Those that a save consists of: before one of them is after the one before.
constexpr const char* kCalls =
    "open,openat,read,write,writev,pwrite64,lseek,close,fsync,fdatasync,rename,renameat,renameat2,"
    "link,linkat,unlink,unlinkat,chmod,fchmod,fchmodat,chown,fchown,fchownat,flock,fstat,lstat,"
    "newfstatat,statx,faccessat,faccessat2,getdents64,ftruncate,fcntl,getrandom";
// Those that a disk can refuse.
constexpr const char* kFailing =
    ",openat,write,fsync,rename,renameat,renameat2,unlink,unlinkat,fchmod,flock,getdents64,";

struct TracedRun {
  int status = 0;       // of waitpid
  std::string log;      // strace's
  std::string message;  // of the program
};

// `injection` is strace's, "fsync:signal=KILL:when=3"; empty for none.
TracedRun run_traced(const TempFolder& scratch, const std::string& kind, const std::string& path,
                     const std::string& injection) {
  const std::string log = scratch / "log", message = scratch / "message";
  std::string command = "exec strace -qq -o " + log + " -e trace=" + kCalls;
  if (!injection.empty()) command += " -e inject=" + injection;
  command += std::string(" ") + CONVSCOPE_SAVE_TOOL + " " + kind + " " + path + " 2 2>" + message;
  TracedRun run;
  run.status = std::system(command.c_str());
  run.log = file_text(log);
  run.message = file_text(message);
  return run;
}

// How often each call was made before the first that names the folder, of those made after it;
// those before start the program.
std::map<std::string, int> calls_in(const std::string& log, const std::string& folder) {
  std::istringstream lines(log);
  std::map<std::string, int> before, result;
  bool begun = false;
  for (std::string line; std::getline(lines, line);) {
    const std::string name = line.substr(0, line.find('('));
    begun = begun || line.find(folder) != std::string::npos;
    if (begun) result[name] = before[name];
    if (!begun) ++before[name];
  }
  return result;
}

class Kills : public testing::TestWithParam<const char*> {
 protected:
  std::map<std::string, int> calls() const {
    const TempFolder folder;
    save_kind(GetParam(), folder / "s.json", 1);
    const TracedRun run = run_traced(scratch_, GetParam(), folder / "s.json", "");
    EXPECT_EQ(run.status, 0) << run.message << run.log;
    return calls_in(run.log, folder.path().string());
  }
  // The next save is whole and leaves nothing else.
  void expect_tidied(const TempFolder& folder) const {
    save_kind(GetParam(), folder / "s.json", 1);
    EXPECT_EQ(folder.names(), names_of_kind(GetParam(), folder / "s.json", 1));
  }
  TempFolder scratch_;
};

TEST_P(Kills, BeforeAndAfterEverySystemCallLeaveTheOldOrTheNewWhole) {
  std::array<int, 3> found{};
  for (const auto& [call, before] : calls()) {
    bool killed = true;
    for (int number = before + 1; killed; ++number) {
      const TempFolder folder;
      const std::string path = folder / "s.json";
      save_kind(GetParam(), path, 1);
      const TracedRun run = run_traced(scratch_, GetParam(), path,
                                       call + ":signal=KILL:when=" + std::to_string(number));
      SCOPED_TRACE(call + " " + std::to_string(number) + ":\n" + run.log);
      const int which = saved_kind(GetParam(), path);
      killed = run.status != 0;  // else it ended before there were so many
      ASSERT_THAT(which, AnyOf(killed ? 1 : 2, 2));
      EXPECT_THAT(folder.names(), SizeIs(testing::Le(6u)));
      expect_tidied(folder);
      if (killed) ++found[static_cast<std::size_t>(which)];
    }
  }
  EXPECT_GT(found[1], 5);
  EXPECT_GT(found[2], 0);
}

TEST_P(Kills, AFailureOfEachSystemCallInTurnLosesNothing) {
  int failures = 0;
  for (const auto& [call, before] : calls()) {
    if (std::string(kFailing).find("," + call + ",") == std::string::npos) continue;
    bool injected = true;
    for (int number = before + 1; injected; ++number) {
      const TempFolder folder;
      const std::string path = folder / "s.json";
      save_kind(GetParam(), path, 1);
      const TracedRun run = run_traced(scratch_, GetParam(), path,
                                       call + ":error=EIO:when=" + std::to_string(number));
      injected = run.log.find("(INJECTED)") != std::string::npos;
      SCOPED_TRACE(call + " " + std::to_string(number) + ":\n" + run.log);
      const int code = WIFEXITED(run.status) ? WEXITSTATUS(run.status) : -1;
      ASSERT_THAT(code, AnyOf(0, 1)) << run.message;
      ASSERT_THAT(saved_kind(GetParam(), path), AnyOf(code == 0 ? 2 : 1, 2));
      if (code == 0) continue;
      ++failures;
      EXPECT_THAT(run.message, testing::MatchesRegex("\"[^\n]+\" can't be [^\n]+\n"));
    }
  }
  EXPECT_GT(failures, 3);
}

INSTANTIATE_TEST_SUITE_P(Save, Kills, testing::Values("scene", "array", "picture"),
                         [](const auto& kind) { return std::string(kind.param); });

}  // namespace
}  // namespace convscope::session
