#include "app/link/socket_place.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "app/files/system_reason.h"
#include "engine/core/error.h"

namespace convscope::link {
namespace {

namespace fs = std::filesystem;

Error unfit(const fs::path& folder, const std::string& why) {
  return Error("the folder \"" + folder.string() + "\" can't hold the window's socket: " + why);
}

}  // namespace

fs::path session_folder() {
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  const fs::path folder = runtime != nullptr ? runtime : "";
  return folder.is_absolute() ? folder : fs::path();
}

fs::path link_folder() {
  if (const fs::path session = session_folder(); !session.empty()) return session / "convscope";
  return "/tmp/convscope-" + std::to_string(geteuid());
}

void require_own_folder(const fs::path& folder) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    throw unfit(folder, system_reason(errno));
  struct stat status {};
  if (lstat(folder.c_str(), &status) != 0) throw unfit(folder, system_reason(errno));
  if (!S_ISDIR(status.st_mode)) throw unfit(folder, "it is no folder");
  if (status.st_uid != geteuid()) throw unfit(folder, "it belongs to another user");
  if ((status.st_mode & 0077) != 0)
    throw unfit(folder, "others may enter it; only you may (chmod 700)");
}

void require_window_name(const std::string& name) {
  constexpr std::size_t kMost = 64;
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  if (name.empty() || name.size() > kMost || !std::ranges::all_of(name, good))
    throw Error("the window's name is \"" + name + "\"; it must be 1 to " + std::to_string(kMost) +
                " letters, digits, - and _");
}

fs::path socket_path(const fs::path& folder, const std::string& name) {
  return folder / (name + ".sock");
}

sockaddr_un address_of(const fs::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string& text = path.native();
  if (text.size() >= sizeof(address.sun_path))
    throw Error("the socket's path \"" + text + "\" has " + std::to_string(text.size()) +
                " bytes; it may have " + std::to_string(sizeof(address.sun_path) - 1));
  std::ranges::copy(text, address.sun_path);
  return address;
}

}  // namespace convscope::link
