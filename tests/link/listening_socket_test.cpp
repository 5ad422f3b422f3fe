#include "app/link/listening_socket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <utility>

#include "app/files/file_descriptor.h"
#include "app/link/socket_place.h"
#include "tests/error_text.h"
#include "tests/temp_folder.h"

namespace convscope::link {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(lstat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

// Sets a variable of the environment until the end of a test.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    value != nullptr ? setenv(name, value, 1) : unsetenv(name);
  }
  ~Environment() { before_ ? setenv(name_, before_->c_str(), 1) : unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(ListeningSocket, IsForItsUserAlone) {
  const TempFolder temp;
  const fs::path folder = temp.path() / "convscope";
  const ListeningSocket socket("one", folder);
  EXPECT_EQ(mode_of(folder), 0700u);
  EXPECT_EQ(mode_of(folder / "one.sock"), 0600u);
  EXPECT_EQ(socket.path(), folder / "one.sock");
}

TEST(ListeningSocket, IsRemovedAtTheEnd) {
  const TempFolder temp;
  const fs::path folder = temp.path() / "convscope";
  { const ListeningSocket socket("one", folder); }
  EXPECT_TRUE(fs::is_empty(folder));
}

TEST(ListeningSocket, LeavesAFileThatIsNotItsOwn) {
  const TempFolder temp;
  const fs::path folder = temp.path() / "convscope";
  {
    const ListeningSocket socket("one", folder);
    fs::remove(folder / "one.sock");
    put_text(folder / "one.sock", "another's");
  }
  EXPECT_EQ(file_text(folder / "one.sock"), "another's");
}

TEST(ListeningSocket, HasANameOfItsOwn) {
  const TempFolder temp;
  const fs::path folder = temp.path() / "convscope";
  const ListeningSocket socket("one", folder);
  EXPECT_EQ(error_text([&] { ListeningSocket("one", folder); }),
            "a window listens as \"one\" already; give this one another name");
  EXPECT_TRUE(fs::exists(folder / "one.sock"));
  EXPECT_EQ(error_text([&] { ListeningSocket("two", folder); }), "no error");
  // Also before there is a socket that answers.
  fs::remove(folder / "one.sock");
  EXPECT_THAT(error_text([&] { ListeningSocket("one", folder); }), HasSubstr("already"));
}

// A listening socket without the lock of a window.
FileDescriptor listen_at(const fs::path& path) {
  FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_un address = address_of(path);
  EXPECT_EQ(bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  EXPECT_EQ(listen(socket.get(), 1), 0);
  return socket;
}

TEST(ListeningSocket, ReplacesWhatAKilledWindowLeft) {
  const TempFolder temp;
  const fs::path folder = temp.path() / "convscope";
  require_own_folder(folder);
  FileDescriptor left = listen_at(folder / "one.sock");
  EXPECT_THAT(error_text([&] { ListeningSocket("one", folder); }), HasSubstr("already"));
  left.close();
  EXPECT_TRUE(fs::exists(folder / "one.sock"));
  EXPECT_EQ(error_text([&] { ListeningSocket("one", folder); }), "no error");
}

TEST(ListeningSocket, NeedsAFolderOfItsUser) {
  const TempFolder temp;
  const fs::path folder = temp.path() / "convscope";
  const auto refusal = [&] { return error_text([&] { ListeningSocket("one", folder); }); };
  fs::create_directory(folder);
  chmod(folder.c_str(), 0755);
  EXPECT_THAT(refusal(), HasSubstr("others may enter it; only you may (chmod 700)"));
  fs::remove(folder);
  fs::create_directory_symlink(temp.path(), folder);
  EXPECT_THAT(refusal(), HasSubstr("it is no folder"));
  fs::remove(folder);
  if (geteuid() == 0) {  // only root can give a folder away
    fs::create_directory(folder);
    chmod(folder.c_str(), 0700);
    ASSERT_EQ(chown(folder.c_str(), 65534, 65534), 0);
    EXPECT_THAT(refusal(), HasSubstr("it belongs to another user"));
    fs::remove(folder);
  }
  EXPECT_THAT(error_text([&] { ListeningSocket("one", temp.path() / "no" / "convscope"); }),
              HasSubstr("can't hold the window's socket: No such file"));
}

TEST(ListeningSocket, HasAPlainName) {
  const TempFolder temp;
  for (const char* name : {"", "../one", "one two", "a.b", "ä"})
    EXPECT_THAT(error_text([&] { ListeningSocket(name, temp.path() / "convscope"); }),
                HasSubstr("it must be 1 to 64 letters, digits, - and _"))
        << name;
  EXPECT_THAT(
      error_text([&] { ListeningSocket("one", temp.path() / std::string(90, 'x') / "convscope"); }),
      HasSubstr("it may have 107"));
}

TEST(LinkFolder, IsThatOfTheSessionOrOneOfTheUserInTmp) {
  {
    const Environment runtime("XDG_RUNTIME_DIR", "/run/user/7");
    EXPECT_EQ(link_folder(), "/run/user/7/convscope");
  }
  for (const char* value : {static_cast<const char*>(nullptr), "", "relative"}) {
    const Environment runtime("XDG_RUNTIME_DIR", value);
    EXPECT_EQ(link_folder(), "/tmp/convscope-" + std::to_string(geteuid()));
  }
}

}  // namespace
}  // namespace convscope::link
