#include "tests/fuzz/work_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace convscope::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "convscope-fuzz-";

// Throws where the current folder is another: what is in it is somebody's.
fs::path work_folder() {
  const fs::path folder = fs::current_path();
  if (!folder.filename().string().starts_with(kPrefix))
    throw std::logic_error(folder.string() + " is not a work folder");
  return folder;
}

void remove_work_folder() {
  std::error_code ignored;
  fs::remove_all(work_folder(), ignored);
}

}  // namespace

void enter_work_folder() {
  std::string name = (fs::temp_directory_path() / (std::string(kPrefix) + "XXXXXX")).string();
  if (mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category());
  fs::current_path(name);
  std::atexit(remove_work_folder);
}

void empty_work_folder() {
  for (const auto& entry : fs::directory_iterator(work_folder()))
    fs::remove_all(entry.path());
}

}  // namespace convscope::fuzz
