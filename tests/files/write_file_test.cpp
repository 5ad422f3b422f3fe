#include "app/files/write_file.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>

#include "tests/temp_folder.h"

namespace convscope::files {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::span<const std::byte> bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

TEST(WriteFile, WritesAndReplaces) {
  const TempFolder folder;
  write_file(folder / "a.txt", bytes("first, and longer"));
  write_file(folder / "a.txt", bytes("second"));
  EXPECT_EQ(file_text(folder / "a.txt"), "second");
  EXPECT_THAT(folder.names(), ElementsAre("a.txt"));
}

TEST(WriteFile, WithoutCommitTheOldFileStays) {
  const TempFolder folder;
  put_text(folder / "a.txt", "old");
  {
    PendingFile file(folder / "a.txt");
    file.write(bytes("new"));
    file.finish();
    EXPECT_EQ(file_text(folder / "a.txt"), "old");
  }
  EXPECT_EQ(file_text(folder / "a.txt"), "old");
  EXPECT_THAT(folder.names(), ElementsAre("a.txt"));
}

// It can't be given to the written file, which would be found out only after other files had
// theirs.
TEST(WriteFile, ANameThatIsTooLongIsToldBeforeAnythingIsWritten) {
  const TempFolder folder;
  const std::string name(256, 'n');
  EXPECT_THAT(error_text([&] { PendingFile(folder / name); }),
              testing::EndsWith("\" can't be written: File name too long"));
  EXPECT_THAT(folder.names(), IsEmpty());
  write_file(folder / name.substr(1), bytes("as long as it may be"));
  EXPECT_THAT(folder.names(), ElementsAre(name.substr(1)));
}

class SignalDeathTest : public testing::TestWithParam<int> {};

TEST_P(SignalDeathTest, ThatEndsTheProgramLeavesNothingBehind) {
  const TempFolder folder;
  put_text(folder / "a.txt", "old");
  const auto die = [&] {
    const rlimit no_core_file{};
    setrlimit(RLIMIT_CORE, &no_core_file);
    std::signal(GetParam(), SIG_DFL);
    remove_doomed_files_on_signals();
    const PendingFile a(folder / "a.txt");
    const PendingFile b(folder / "b.txt");
    raise(GetParam());
  };
  EXPECT_EXIT(die(), testing::KilledBySignal(GetParam()), "");
  EXPECT_THAT(folder.names(), ElementsAre("a.txt"));
  EXPECT_EQ(file_text(folder / "a.txt"), "old");
}

TEST_P(SignalDeathTest, ThatIsIgnoredStaysIgnored) {
  const TempFolder folder;
  const auto live = [&] {
    std::signal(GetParam(), SIG_IGN);
    remove_doomed_files_on_signals();
    PendingFile file(folder / "a.txt");
    raise(GetParam());
    file.write(bytes("new"));
    file.commit();
    std::_Exit(0);
  };
  EXPECT_EXIT(live(), testing::ExitedWithCode(0), "");
  EXPECT_EQ(file_text(folder / "a.txt"), "new");
}

INSTANTIATE_TEST_SUITE_P(WriteFile, SignalDeathTest,
                         testing::Values(SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXFSZ,
                                         SIGXCPU));

TEST(WriteFile, LeavesAFileOfTheTemporaryNameAlone) {
  const TempFolder folder;
  put_text(folder / "a.txt.part", "somebody's");
  write_file(folder / "a.txt", bytes("new"));
  EXPECT_EQ(file_text(folder / "a.txt.part"), "somebody's");
  EXPECT_THAT(folder.names(), ElementsAre("a.txt", "a.txt.part"));
}

TEST(WriteFile, MissingFolderIsAnErrorWithPathAndReason) {
  const TempFolder folder;
  const std::string path = folder / "none/a.txt";
  const std::string text = error_text([&] { write_file(path, bytes("new")); });
  EXPECT_EQ(text, "\"" + path + "\" can't be written: No such file or directory");
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(WriteFile, AFolderIsNotReplaced) {
  const TempFolder folder;
  std::filesystem::create_directory(folder / "a");
  EXPECT_THAT(error_text([&] { write_file(folder / "a", bytes("new")); }),
              HasSubstr("it is a folder"));
  EXPECT_THAT(folder.names(), ElementsAre("a"));
}

TEST(WriteFile, ADeviceIsNotReplaced) {
  EXPECT_THAT(error_text([] { write_file("/dev/null", bytes("new")); }),
              HasSubstr("it is not a regular file"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST(WriteFile, FollowsASymbolicLink) {
  const TempFolder folder;
  put_text(folder / "real.txt", "old");
  std::filesystem::create_symlink("real.txt", folder / "link.txt");
  write_file(folder / "link.txt", bytes("new"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.txt"));
  EXPECT_EQ(file_text(folder / "real.txt"), "new");
  EXPECT_THAT(folder.names(), ElementsAre("link.txt", "real.txt"));
}

TEST(WriteFile, ALinkToADeviceIsNotReplaced) {
  const TempFolder folder;
  std::filesystem::create_symlink("/dev/full", folder / "a.txt");
  EXPECT_THAT(error_text([&] { write_file(folder / "a.txt", bytes("new")); }),
              HasSubstr("it is not a regular file"));
  EXPECT_THAT(folder.names(), ElementsAre("a.txt"));
}

unsigned mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(lstat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

TEST(WriteFile, AFileThatIsReplacedLeavesItsMode) {
  const TempFolder folder;
  for (const unsigned mode : {0600u, 0640u, 0666u, 0755u, 0200u}) {
    put_text(folder / "a.txt", "old");
    chmod((folder / "a.txt").c_str(), mode);
    write_file(folder / "a.txt", bytes("new"));
    EXPECT_EQ(mode_of(folder / "a.txt"), mode);
    std::filesystem::remove(folder / "a.txt");
  }
}

TEST(WriteFile, ANewFileHasTheModeOfTheUmask) {
  const TempFolder folder;
  const mode_t before = umask(027);
  write_file(folder / "a.txt", bytes("new"));
  umask(before);
  EXPECT_EQ(mode_of(folder / "a.txt"), 0640u);
}

TEST(WriteFile, UntilItIsWholeOnlyItsOwnerReadsWhatReplacesAPrivateFile) {
  const TempFolder folder;
  put_text(folder / "a.txt", "old");
  chmod((folder / "a.txt").c_str(), 0600);
  PendingFile file(folder / "a.txt");
  file.write(bytes("new"));
  for (const std::string& name : folder.names())
    EXPECT_EQ(mode_of(folder / name), 0600u) << name;
}

TEST(WriteFile, AReadOnlyFileIsNotReplacedUnasked) {
  const TempFolder folder;
  put_text(folder / "a.txt", "old");
  EXPECT_FALSE(is_read_only(folder / "a.txt"));
  EXPECT_FALSE(is_read_only(folder / "none.txt"));
  chmod((folder / "a.txt").c_str(), 0444);
  EXPECT_TRUE(is_read_only(folder / "a.txt"));
  EXPECT_EQ(error_text([&] { write_file(folder / "a.txt", bytes("new")); }),
            "\"" + (folder / "a.txt") +
                "\" can't be written: it is read-only; make it writable first, or name another "
                "file");
  EXPECT_EQ(file_text(folder / "a.txt"), "old");
  PendingFile file(folder / "a.txt", {.replace_read_only = true});
  file.write(bytes("new"));
  file.commit();
  EXPECT_EQ(file_text(folder / "a.txt"), "new");
  EXPECT_EQ(mode_of(folder / "a.txt"), 0444u);
}

TEST(WriteFile, AFifoIsNeitherOpenedNorReplaced) {
  const TempFolder folder;
  ASSERT_EQ(mkfifo((folder / "a").c_str(), 0600), 0);
  EXPECT_THAT(error_text([&] { write_file(folder / "a", bytes("new")); }),
              HasSubstr("it is not a regular file"));
  EXPECT_TRUE(std::filesystem::is_fifo(folder / "a"));
}

TEST(WriteFile, WhatMustBeNewFollowsNoLinkAndReplacesNothing) {
  const TempFolder folder;
  const WriteOptions options{.must_be_new = true};
  put_text(folder / "there", "somebody's");
  std::filesystem::create_symlink("nowhere", folder / "link");
  for (const char* name : {"there", "link"})
    EXPECT_THAT(error_text([&] { PendingFile(folder / name, options); }), HasSubstr("File exists"));
  PendingFile late(folder / "late", options);
  late.write(bytes("ours"));
  std::filesystem::create_symlink("nowhere", folder / "late");
  EXPECT_THAT(error_text([&] { late.commit(); }), HasSubstr("File exists"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "late"));
  EXPECT_FALSE(std::filesystem::exists(folder / "nowhere"));
}

}  // namespace
}  // namespace convscope::files
