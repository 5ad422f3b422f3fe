#include "app/session/kept_scene.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <fstream>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

#include "app/files/scene_file.h"
#include "app/files/state_folder.h"
#include "app/files/write_file.h"
#include "engine/core/error.h"

namespace convscope::session {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRun = "run-";
constexpr std::string_view kLock = ".lock";
constexpr std::string_view kScene = "scene-";
constexpr std::string_view kOrigin = "origin-";

fs::path lock_path(fs::path run) {
  return run += kLock;
}

// Returns "run-20261130-063137-4711", with a suffix if that exists.
std::string run_name(int attempt) {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S-", &utc);
  std::string name = std::string(kRun) + text.data() + std::to_string(getpid());
  return attempt == 0 ? name : name + "-" + std::to_string(attempt);
}

// Returns the number in "scene-12.json" after the prefix "scene-"; 0 for other names.
std::uint64_t number_in(const std::string& name, std::string_view prefix, std::string_view end) {
  if (!name.starts_with(prefix) || !name.ends_with(end)) return 0;
  std::uint64_t number = 0;
  const char* last = name.data() + name.size() - end.size();
  const auto read = std::from_chars(name.data() + prefix.size(), last, number);
  return read.ec == std::errc() && read.ptr == last ? number : 0;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error))
    names.push_back(entry->path().filename().string());
  return names;
}

std::string file_content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

KeptScene KeptScene::begin(const fs::path& folder) {
  make_private_folder(folder);
  for (int attempt = 0;; ++attempt) {
    const fs::path run = folder / run_name(attempt);
    std::optional<FileLock> lock = FileLock::take(lock_path(run));
    std::error_code error;
    if (!lock || fs::exists(fs::symlink_status(run, error))) continue;
    make_private_folder(run);
    return {run, std::move(*lock)};
  }
}

std::vector<KeptScene> KeptScene::left_behind(const fs::path& folder) {
  std::vector<KeptScene> found;
  for (const std::string& name : names_in(folder)) {
    if (!name.starts_with(kRun) || !name.ends_with(kLock)) continue;
    const fs::path run = folder / name.substr(0, name.size() - kLock.size());
    try {
      std::optional<FileLock> lock = FileLock::take(lock_path(run));
      if (!lock) continue;  // that run is still going on
      KeptScene kept(run, std::move(*lock));
      kept.find();
      kept.empty() ? kept.remove() : found.push_back(std::move(kept));
    } catch (const Error&) {
      // The run belongs to another user, so its files can't be locked or read.
    }
  }
  std::ranges::sort(found, std::greater(), &KeptScene::time);
  for (std::size_t i = kMaxLeft; i < found.size(); ++i)
    found[i].remove();
  if (found.size() > kMaxLeft) found.erase(found.begin() + kMaxLeft, found.end());
  return found;
}

fs::path KeptScene::scene_path(std::uint64_t number) const {
  return run_ / (std::string(kScene) + std::to_string(number) + ".json");
}

fs::path KeptScene::origin_path(std::uint64_t number) const {
  return run_ / (std::string(kOrigin) + std::to_string(number));
}

// Finds the newest scene that has its origin file.
void KeptScene::find() {
  std::error_code error;
  for (const std::string& name : names_in(run_)) {
    const std::uint64_t number = number_in(name, kScene, ".json");
    if (number > number_ && fs::is_regular_file(scene_path(number), error) &&
        fs::is_regular_file(origin_path(number), error)) {
      number_ = number;
    }
  }
  if (number_ == 0) return;
  origin_ = file_content(origin_path(number_));
  time_ = fs::last_write_time(scene_path(number_), error);
}

void KeptScene::save(const Scene& scene) {
  const bool follows = number_ > 0 && origin_ == scene.file;
  const std::uint64_t number = follows ? number_ : number_ + 1;
  if (!follows) write_file(origin_path(number), std::as_bytes(std::span(scene.file)));
  save_scene(scene, scene_path(number));
  number_ = number;
  origin_ = scene.file;
  if (!follows) remove_others();
  std::error_code error;
  time_ = fs::last_write_time(scene_path(number_), error);
}

// Removes the files with other numbers.
void KeptScene::remove_others() const {
  const std::string number = std::to_string(number_);
  std::error_code ignored;
  for (const std::string& name : names_in(run_)) {
    if (name != std::string(kOrigin) + number &&
        !name.starts_with(std::string(kScene) + number + "."))
      fs::remove(run_ / name, ignored);
  }
}

Scene KeptScene::load() const {
  Scene scene = load_scene(scene_path(number_));
  scene.file = origin_;
  return scene;
}

void KeptScene::remove() {
  std::error_code ignored;
  fs::remove_all(run_, ignored);
  lock_.remove();
  number_ = 0;
}

bool KeptScene::file_is_newer() const {
  std::error_code error;
  return !origin_.empty() && fs::last_write_time(origin_, error) > time_ && !error;
}

}  // namespace convscope::session
