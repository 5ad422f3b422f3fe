#include "app/files/output_target.h"

#include <algorithm>
#include <string>
#include <system_error>

#include "engine/core/error.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

bool is_below(const fs::path& path, const fs::path& folder) {
  const auto [inside, end] = std::mismatch(path.begin(), path.end(), folder.begin(), folder.end());
  return end == folder.end() && inside != path.end();
}

// Regular files can be kept in /dev/shm, which lies below /dev.
bool is_device_path(const fs::path& path) {
  return is_below(path, "/proc") || (is_below(path, "/dev") && !is_below(path, "/dev/shm"));
}

}  // namespace

void require_file_target(const fs::path& path) {
  constexpr int kMaxLinks = 40;  // as many as Linux follows
  if (path == "-")
    throw Error(
        "\"-\" can't be written: outputs don't go to standard output; name a file, or \"./-\" for "
        "one of that name");
  std::error_code error;
  fs::path now = fs::absolute(path, error);
  for (int i = 0; i < kMaxLinks && !error; ++i) {
    const fs::path folder = fs::weakly_canonical(now.parent_path(), error);
    if (error) return;  // opening the file will report the reason
    now = folder / now.filename();
    if (is_device_path(now.lexically_normal()))
      throw Error("\"" + path.string() +
                  "\" can't be written: it is a stream or a device, and outputs go to files; name "
                  "a file");
    if (!fs::is_symlink(fs::symlink_status(now, error))) return;
    now = folder / fs::read_symlink(now, error);
  }
}

}  // namespace convscope::files
