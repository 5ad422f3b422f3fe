#include "app/files/write_file.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>

#include "tests/temp_folder.h"

namespace convscope {
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

}  // namespace
}  // namespace convscope
