#include "app/files/folder.h"

#include <algorithm>
#include <cctype>
#include <system_error>

#include "app/files/arrays/array_file.h"
#include "app/files/lesson_name.h"
#include "app/files/picture.h"
#include "app/files/scene_file.h"
#include "app/files/system_reason.h"
#include "engine/core/error.h"

namespace convscope::files {

std::vector<FolderEntry> list_folder(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::directory_iterator it(folder, error);
  if (error) {
    throw Error("the folder \"" + folder.string() +
                "\" can't be read: " + system_reason(error.value()));
  }
  std::vector<FolderEntry> entries;
  for (; it != fs::directory_iterator(); it.increment(error)) {
    if (error) break;
    const std::string name = it->path().filename().string();
    if (name.empty() || name.front() == '.') continue;
    std::error_code ignored;
    const bool is_folder = it->is_directory(ignored);
    if (is_folder || has_picture_extension(it->path()) || has_scene_extension(it->path()) ||
        has_lesson_extension(it->path()) || has_array_extension(it->path())) {
      entries.push_back({name, it->path(), is_folder});
    }
  }
  const auto lower = [](unsigned char a, unsigned char b) {
    return std::tolower(a) < std::tolower(b);
  };
  std::ranges::sort(entries, [&](const FolderEntry& a, const FolderEntry& b) {
    if (a.is_folder != b.is_folder) return a.is_folder;
    if (std::ranges::lexicographical_compare(a.name, b.name, lower)) return true;
    if (std::ranges::lexicographical_compare(b.name, a.name, lower)) return false;
    return a.name < b.name;
  });
  return entries;
}

std::string why_not_opened(const std::filesystem::path& file) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) {
    const bool unknown = error && error != std::errc::no_such_file_or_directory;
    const std::string name = "\"" + file.string() + "\"";
    return unknown ? name + " can't be opened: " + system_reason(error.value())
                   : "there is no file " + name;
  }
  return "";
}

std::string why_not_saved(const std::filesystem::path& file) {
  std::error_code error;
  const std::filesystem::path folder = file.parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, error))
    return "there is no folder \"" + folder.string() + "\"";
  if (std::filesystem::is_directory(file, error)) return "\"" + file.string() + "\" is a folder";
  return "";
}

}  // namespace convscope::files
