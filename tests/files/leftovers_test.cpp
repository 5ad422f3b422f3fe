#include "app/files/leftovers.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "app/files/part_file.h"
#include "app/files/write_file.h"
#include "tests/temp_folder.h"

namespace convscope::files {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Does it in a program that is then killed.
template <typename Action>
void and_be_killed(Action action) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    action();
    raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
}

void leave_part(const TempFolder& folder) {
  and_be_killed([&] {
    PendingFile file(folder / "a.txt");
    file.write(std::as_bytes(std::span("half", 4)));
    raise(SIGKILL);
  });
}

TEST(Leftovers, GoAtTheNextSaveIntoTheFolder) {
  const TempFolder folder;
  leave_part(folder);
  ASSERT_THAT(folder.names(), SizeIs(1));
  EXPECT_TRUE(is_part_name(folder.names().front(), kPartEnding));
  write_file(folder / "b.txt", {});
  EXPECT_THAT(folder.names(), ElementsAre("b.txt"));
}

TEST(Leftovers, NeverPileUp) {
  const TempFolder folder;
  for (int i = 0; i < 20; ++i)
    leave_part(folder);
  EXPECT_THAT(folder.names(), SizeIs(1));
  remove_leftovers(folder.path());
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(Leftovers, APartThatIsBeingWrittenIsNone) {
  const TempFolder folder;
  PendingFile file(folder / "a.txt");
  remove_leftovers(folder.path());
  write_file(folder / "b.txt", {});
  file.commit();
  EXPECT_THAT(folder.names(), ElementsAre("a.txt", "b.txt"));
}

TEST(Leftovers, NamesThatOthersMayGiveStay) {
  const TempFolder folder;
  const std::vector<std::string> names = {
      ".a.convscope-0123456789abcde.part", ".a.convscope-0123456789abcdeg.part",
      ".a.convscope-0123456789abcdef.txt", ".a.part",
      "a.convscope-0123456789abcdef.part", "a.txt.part"};
  for (const std::string& name : names)
    put_text(folder / name, "somebody's");
  remove_leftovers(folder.path());
  EXPECT_THAT(folder.names(), testing::UnorderedElementsAreArray(names));
}

TEST(Leftovers, WhatIsNoFileOrHasTwoNamesStays) {
  const TempFolder folder;
  std::filesystem::create_directory(folder / ".d.convscope-0123456789abcdef.part");
  std::filesystem::create_symlink("x", folder / ".l.convscope-0123456789abcdef.part");
  put_text(folder / "x", "");
  std::filesystem::create_hard_link(folder / "x", folder / ".x.convscope-0123456789abcdef.part");
  remove_leftovers(folder.path());
  EXPECT_THAT(folder.names(), SizeIs(4));
}

TEST(Leftovers, NothingGoesWhileAnotherProgramChangesTheFolder) {
  const TempFolder folder;
  leave_part(folder);
  {
    const FolderLock lock = FolderLock::wait(folder.path());
    ASSERT_TRUE(lock.held());
    remove_leftovers(folder.path());
    EXPECT_THAT(folder.names(), SizeIs(1));
    remove_leftovers(lock);
    EXPECT_THAT(folder.names(), IsEmpty());
  }
  EXPECT_TRUE(FolderLock::attempt(folder.path()).held());
}

TEST(Leftovers, AFolderThatIsNotThereHasNone) {
  remove_leftovers("/no/such/folder");
}

}  // namespace
}  // namespace convscope::files
