#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/files/file_lock.h"
#include "app/scene/scene.h"

namespace convscope {

// The scene of one run of the program that is in no file of the user's yet, kept so that it
// outlives a crash:
//
//   FOLDER/run-20261130-063137-4711.lock           held while that run goes on
//   FOLDER/run-20261130-063137-4711/origin-3       the file that the scene is of, or nothing
//   FOLDER/run-20261130-063137-4711/scene-3.json   the scene, with its tensors beside it
//
// Another origin begins with the next number, so that a scene and what it is of are never of two
// moments. Whoever has such an object holds the lock.
class KeptScene {
 public:
  // More than so many that were left behind are not kept: the oldest go.
  static constexpr std::size_t kMostLeft = 10;

  // For this run: it has nothing yet. Throws Error where the folder can't be written to.
  static KeptScene begin(const std::filesystem::path& folder);
  // What runs have left behind that ended without being asked, the newest first. Removes what is
  // no scene. Nothing where the folder can't be read.
  static std::vector<KeptScene> left_behind(const std::filesystem::path& folder);

  KeptScene(KeptScene&&) = default;
  KeptScene& operator=(KeptScene&&) = default;

  // In place of the scene that was kept. Throws Error where it can't be written; then the old one
  // is there still.
  void save(const Scene& scene);
  // With the file that it is of. Throws Error where it can't be read.
  Scene load() const;
  // All of it.
  void remove();

  bool empty() const { return number_ == 0; }
  const std::string& file() const { return origin_; }  // that it is of; empty for none
  std::filesystem::file_time_type time() const { return time_; }
  // Its file was changed after it was kept.
  bool file_is_newer() const;

 private:
  KeptScene(std::filesystem::path run, FileLock lock)
      : run_(std::move(run)), lock_(std::move(lock)) {}
  std::filesystem::path scene_path(std::uint64_t number) const;
  std::filesystem::path origin_path(std::uint64_t number) const;
  void find();
  void remove_others() const;

  std::filesystem::path run_;
  FileLock lock_;
  std::uint64_t number_ = 0;  // of the scene that is there; 0 for none
  std::string origin_;
  std::filesystem::file_time_type time_;
};

}  // namespace convscope
