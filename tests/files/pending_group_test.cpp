#include "app/files/pending_group.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "app/files/leftovers.h"
#include "tests/temp_folder.h"

namespace convscope::files {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

void save(const std::string& path, const std::string& text, std::vector<std::string> beside,
          std::vector<std::string> old = {}) {
  PendingGroup group(path, {});
  for (const std::string& name : beside)
    group.add(name).write(std::as_bytes(std::span(name)));
  group.main().write(std::as_bytes(std::span(text)));
  group.commit(old);
}

TEST(PendingGroup, GivesAllTheirNamesAndRemovesWhatIsNoLongerNamed) {
  const TempFolder folder;
  save(folder / "s", "1", {"s.1a", "s.1b"});
  EXPECT_THAT(folder.names(), ElementsAre("s", "s.1a", "s.1b"));
  save(folder / "s", "2", {"s.2"}, {"s.1a", "s.1b", "s.none"});
  EXPECT_THAT(folder.names(), ElementsAre("s", "s.2"));
  EXPECT_EQ(file_text(folder / "s"), "2");
  EXPECT_EQ(file_text(folder / "s.2"), "s.2");
}

TEST(PendingGroup, ANameThatIsTakenInTheLastMomentLeavesAllAsItWas) {
  const TempFolder folder;
  save(folder / "s", "1", {"s.1"});
  {
    PendingGroup group(folder / "s", {});
    group.add("s.2a");
    group.add("s.2b");
    put_text(folder / "s.2b", "somebody's");
    const std::vector<std::string> old{"s.1"};
    EXPECT_THAT(error_text([&] { group.commit(old); }), HasSubstr("s.2b\" can't be written: File"));
  }
  EXPECT_THAT(folder.names(), ElementsAre("s", "s.1", "s.2b"));
  EXPECT_EQ(file_text(folder / "s"), "1");
  EXPECT_EQ(file_text(folder / "s.2b"), "somebody's");
}

// The last rename fails as the place became a folder, after the new files had their names.
TEST(PendingGroup, ALastRenameThatFailsTakesTheNewOnesBack) {
  const TempFolder folder;
  {
    PendingGroup group(folder / "s", {});
    group.add("s.1");
    std::filesystem::create_directory(folder / "s");
    EXPECT_THAT(error_text([&] { group.commit({}); }), HasSubstr("s\" can't be written: "));
  }
  EXPECT_THAT(folder.names(), ElementsAre("s"));
}

TEST(PendingGroup, LinksThatAreNoLongerNamedStay) {
  const TempFolder folder;
  std::filesystem::create_symlink("elsewhere", folder / "s.1");
  save(folder / "s", "2", {}, {"s.1"});
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "s.1"));
}

TEST(PendingGroup, NewFilesHaveTheModeOfTheOneThatNamesThem) {
  const TempFolder folder;
  put_text(folder / "s", "old");
  chmod((folder / "s").c_str(), 0600);
  save(folder / "s", "1", {"s.1"});
  for (const char* name : {"s", "s.1"}) {
    struct stat status {};
    ASSERT_EQ(stat((folder / name).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u) << name;
  }
}

TEST(PendingGroup, KeepsOtherGroupsOutOfItsFolder) {
  const TempFolder folder;
  {
    const PendingGroup group(folder / "s", {});
    EXPECT_TRUE(group.locked());
    EXPECT_FALSE(FolderLock::attempt(folder.path()).held());
  }
  EXPECT_THAT(folder.names(), ElementsAre());
  EXPECT_TRUE(FolderLock::attempt(folder.path()).held());
}

// A list that a program left behind: it tells of files, but those there are others by now.
TEST(PendingGroup, AListThatNoLongerHoldsRemovesNothing) {
  const TempFolder folder;
  put_text(folder / "s", "edited since");
  put_text(folder / "s.1", "somebody's");
  GroupList list{folder / ".s.part", folder / "s", 1, {{'n', 1, 2, "s.1"}, {'o', 1, 2, "s.1"}}};
  put_text(folder / ".s.convscope-0123456789abcdef.list", group_list_text(list));
  remove_leftovers(folder.path());
  EXPECT_THAT(folder.names(), ElementsAre("s", "s.1"));
}

}  // namespace
}  // namespace convscope::files
