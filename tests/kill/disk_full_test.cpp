// Places that can't be written into: a sentence, and nothing is lost.
#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>

#include "tests/kill/saved_kinds.h"
#include "tests/temp_folder.h"

namespace convscope::session {
namespace {

using testing::AnyOf;
using testing::EndsWith;

// In a program of its own; the rest of the test goes on as it was.
void in_another_program(const std::function<void()>& test) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    test();
    std::cout.flush();
    std::_Exit(testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

// A disk of 300 kB in the folder, for this program only; where that is not allowed, a limit of what
// a file may have, which fails likewise.
void make_small(const TempFolder& folder) {
  if (unshare(CLONE_NEWNS) == 0 && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
      mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=300k") == 0)
    return;
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{160'000, 160'000};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

class FullDisk : public testing::TestWithParam<const char*> {};

TEST_P(FullDisk, IsASentenceAndTheOldFileStays) {
  const TempFolder folder;
  in_another_program([&] {
    make_small(folder);
    const std::string path = folder / "s.json";
    put_text(path, "old");
    const std::string filler(150'000, 'x');
    put_text(folder / "filler", filler);
    const std::string text = error_text([&] { save_kind(GetParam(), path, 2); });
    EXPECT_THAT(text, AnyOf(EndsWith(" can't be written: No space left on device"),
                            EndsWith(" can't be written: File too large")));
    EXPECT_EQ(file_text(path), "old");
    EXPECT_THAT(folder.names(), testing::ElementsAre("filler", "s.json"));
  });
}

TEST_P(FullDisk, AFolderThatOneMayNotWriteIntoIsASentence) {
  const TempFolder folder;
  const std::string path = folder / "s.json";
  save_kind(GetParam(), path, 1);
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));
  in_another_program([&] {
    ASSERT_TRUE(geteuid() != 0 || seteuid(65534) == 0);  // root may write everywhere
    const std::string other = folder / "other.json";
    EXPECT_THAT(error_text([&] { save_kind(GetParam(), other, 2); }),
                EndsWith("\"" + other + "\" can't be written: Permission denied"));
  });
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
  EXPECT_EQ(saved_kind(GetParam(), path), 1);
  EXPECT_EQ(folder.names(), names_of_kind(GetParam(), path, 1));
}

INSTANTIATE_TEST_SUITE_P(Save, FullDisk, testing::Values("scene", "array", "picture"),
                         [](const auto& kind) { return std::string(kind.param); });

}  // namespace
}  // namespace convscope::session
