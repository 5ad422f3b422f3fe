#include "app/files/output_target.h"

#include <gmock/gmock.h>

#include "tests/temp_folder.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

std::string refused(const fs::path& path) {
  return error_text([&] { require_file_target(path); });
}

TEST(OutputTarget, StreamsOfTheProgramAreRefused) {
  for (const char* path : {"/dev/stdout", "/dev/stderr", "/dev/fd/1", "/proc/self/fd/1",
                           "/dev/../dev/stdout", "/dev/null"}) {
    EXPECT_EQ(refused(path), "\"" + std::string(path) +
                                 "\" can't be written: it is a stream or a device, and outputs go "
                                 "to files; name a file");
  }
  EXPECT_THAT(refused("-"), testing::HasSubstr("name a file, or \"./-\""));
}

TEST(OutputTarget, AStreamBehindLinksIsRefused) {
  const TempFolder folder;
  fs::create_symlink("/dev/stdout", folder / "out.npy");
  fs::create_symlink("out.npy", folder / "again.npy");
  fs::create_directory_symlink("/dev", folder / "devices");
  for (const char* name : {"out.npy", "again.npy", "devices/stdout"})
    EXPECT_THAT(refused(folder / name), testing::HasSubstr("it is a stream or a device")) << name;
}

TEST(OutputTarget, FilesAndWhatIsLeftToWhoeverOpensItAreAccepted) {
  const TempFolder folder;
  put_text(folder / "there.npy", "x");
  fs::create_symlink("there.npy", folder / "link.npy");
  fs::create_symlink("loop.npy", folder / "loop.npy");
  for (const char* name : {"there.npy", "new.npy", "link.npy", "loop.npy", "none/new.npy", "-"})
    EXPECT_NO_THROW(require_file_target(folder / name)) << name;
  EXPECT_NO_THROW(require_file_target("relative.npy"));
  EXPECT_NO_THROW(require_file_target("/dev/shm/y.npy"));
  EXPECT_NO_THROW(require_file_target("/device/y.npy"));
}

}  // namespace
}  // namespace convscope::files
