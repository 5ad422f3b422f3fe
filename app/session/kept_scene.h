#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/files/file_lock.h"
#include "app/scene/scene.h"
#include "app/session/names.h"

namespace convscope::session {

// The unsaved scene of one run of the program, kept on disk so that it survives a crash:
//
//   FOLDER/run-20261130-063137-4711.lock           locked as long as the run lasts
//   FOLDER/run-20261130-063137-4711/origin-3       the path of the scene's file, or empty
//   FOLDER/run-20261130-063137-4711/scene-3.json   the scene, with its tensors beside it
//
// Every change of the origin takes the next number, so that a scene and its origin always belong
// together. An object of this class holds the lock.
class KeptScene {
 public:
  // At most this many scenes of earlier runs are kept; the oldest are removed.
  static constexpr std::size_t kMaxLeft = 10;

  // Returns an empty kept scene for this run. Throws Error if the folder can't be written to.
  static KeptScene begin(const std::filesystem::path& folder);
  // Returns the scenes of runs that crashed, the newest first; none if the folder can't be read.
  // Removes files that are not a scene.
  static std::vector<KeptScene> left_behind(const std::filesystem::path& folder);

  KeptScene(KeptScene&&) = default;
  KeptScene& operator=(KeptScene&&) = default;

  // Replaces the kept scene. Throws Error if the new scene can't be written; the old one is kept
  // then.
  void save(const Scene& scene);
  // Returns the kept scene with the path of its file. Throws Error if it can't be read.
  Scene load() const;
  // Removes all files of the run.
  void remove();

  // Returns whether no scene is kept.
  bool empty() const { return number_ == 0; }
  // Returns the path of the scene's file; empty if it has none.
  const std::string& file() const { return origin_; }
  // Returns when the scene was kept.
  std::filesystem::file_time_type time() const { return time_; }
  // Returns whether the scene's file was changed after the scene was kept.
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
  std::uint64_t number_ = 0;  // number in the current scene's file name; 0 if there is none
  std::string origin_;
  std::filesystem::file_time_type time_;
};

}  // namespace convscope::session
