#include "app/files/state_folder.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "engine/core/error.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

// The specification says to ignore relative paths.
fs::path folder_in(const char* variable) {
  const char* value = std::getenv(variable);
  const fs::path path = value != nullptr ? value : "";
  return path.is_absolute() ? path : fs::path();
}

}  // namespace

fs::path state_folder() {
  if (const fs::path state = folder_in("XDG_STATE_HOME"); !state.empty())
    return state / "convscope";
  if (const fs::path home = folder_in("HOME"); !home.empty())
    return home / ".local" / "state" / "convscope";
  return {};
}

fs::path settings_folder() {
  if (const fs::path config = folder_in("XDG_CONFIG_HOME"); !config.empty())
    return config / "convscope";
  if (const fs::path home = folder_in("HOME"); !home.empty()) return home / ".config" / "convscope";
  return {};
}

void make_private_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return;
  if (folder.has_parent_path() && folder.parent_path() != folder)
    make_private_folder(folder.parent_path());
  if (mkdir(folder.c_str(), 0700) == 0) return;
  const std::error_code reason(errno, std::generic_category());
  if (fs::is_directory(folder, error)) return;  // another program has created it meanwhile
  throw Error("the folder \"" + folder.string() + "\" can't be made: " + reason.message());
}

}  // namespace convscope::files
