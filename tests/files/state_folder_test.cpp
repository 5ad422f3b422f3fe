// Where the program keeps what outlives a run.
#include "app/files/state_folder.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <optional>

#include "tests/temp_folder.h"

namespace convscope::files {
namespace {

// A variable of the environment, until the end of a test; null takes it away.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = getenv(name)) before_ = before;
    value != nullptr ? setenv(name, value, 1) : unsetenv(name);
  }
  ~Variable() { before_ ? setenv(name_, before_->c_str(), 1) : unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(StateFolder, IsThatOfTheSpecification) {
  const Variable home("HOME", "/home/ada");
  {
    const Variable state("XDG_STATE_HOME", "/var/ada");
    EXPECT_EQ(state_folder(), "/var/ada/convscope");
  }
  {
    const Variable state("XDG_STATE_HOME", "relative/paths/are/ignored");
    EXPECT_EQ(state_folder(), "/home/ada/.local/state/convscope");
  }
  const Variable state("XDG_STATE_HOME", nullptr);
  EXPECT_EQ(state_folder(), "/home/ada/.local/state/convscope");
}

TEST(StateFolder, IsNowhereWithoutAHome) {
  const Variable home("HOME", nullptr);
  const Variable state("XDG_STATE_HOME", "");
  EXPECT_EQ(state_folder(), "");
}

TEST(StateFolder, IsForThisUserAlone) {
  const TempFolder folder;
  const std::filesystem::path made = folder.path() / "a" / "b";
  make_private_folder(made);
  make_private_folder(made);
  struct stat status = {};
  ASSERT_EQ(stat(made.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0700u);
}

TEST(StateFolder, SaysWhyItCanNotBeMade) {
  const TempFolder folder;
  put_text(folder / "file", "");
  EXPECT_EQ(error_text([&] { make_private_folder(folder / "file/below"); }),
            "the folder \"" + (folder / "file") + "\" can't be made: File exists");
}

}  // namespace
}  // namespace convscope::files
