// Files that are held by one at a time.
#include "app/files/file_lock.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <utility>

#include "tests/temp_folder.h"

namespace convscope::files {
namespace {

using testing::HasSubstr;

TEST(FileLock, IsHeldByOneAtATime) {
  const TempFolder folder;
  std::optional<FileLock> first = FileLock::take(folder / "lock");
  ASSERT_TRUE(first);
  EXPECT_FALSE(FileLock::take(folder / "lock"));
  FileLock moved = std::move(*first);
  first.reset();
  EXPECT_FALSE(FileLock::take(folder / "lock")) << "it went with the move";
  moved = std::move(*FileLock::take(folder / "other"));
  EXPECT_TRUE(FileLock::take(folder / "lock"));
}

TEST(FileLock, OneThatIsRemovedHoldsNobodyUp) {
  const TempFolder folder;
  std::optional<FileLock> old = FileLock::take(folder / "lock");
  old->remove();
  EXPECT_TRUE(folder.names().empty());
  EXPECT_TRUE(FileLock::take(folder / "lock"));
}

// However the process ends.
TEST(FileLock, IsLetGoOfByAKill) {
  const TempFolder folder;
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::optional<FileLock> lock = FileLock::take(folder / "lock");
    const char byte = lock ? 1 : 0;
    if (write(told[1], &byte, 1) != 1) _exit(1);
    pause();
  }
  char byte = 0;
  ASSERT_EQ(read(told[0], &byte, 1), 1);
  EXPECT_EQ(byte, 1);
  EXPECT_FALSE(FileLock::take(folder / "lock"));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(FileLock::take(folder / "lock"));
  close(told[0]);
  close(told[1]);
}

TEST(FileLock, FollowsNoLinkAndSaysWhyItCanNotBeTaken) {
  const TempFolder folder;
  put_text(folder / "somebody's", "text");
  std::filesystem::create_symlink(folder / "somebody's", folder / "link");
  EXPECT_THAT(error_text([&] { FileLock::take(folder / "link"); }),
              HasSubstr("link\" can't be locked: Too many levels of symbolic links"));
  EXPECT_EQ(file_text(folder / "somebody's"), "text");
  EXPECT_THAT(error_text([&] { FileLock::take(folder / "none/lock"); }),
              HasSubstr("none/lock\" can't be locked: No such file or directory"));
}

}  // namespace
}  // namespace convscope::files
