#include "app/session/scene_saver.h"

#include <new>
#include <utility>

#include "app/files/scene_file.h"
#include "app/files/whole_path.h"
#include "engine/core/error.h"

namespace convscope::session {
namespace {

std::optional<SavedScene> write(const SavedScene& wanted, const std::stop_token&) {
  SavedScene saved = wanted;
  try {
    saved.scene.file = whole_path(saved.scene.file).string();
    save_scene(saved.scene, saved.scene.file, {.replace_read_only = saved.replace_read_only});
  } catch (const Error& error) {
    saved.error = error.what();
  } catch (const std::bad_alloc&) {
    saved.error = "\"" + saved.scene.file + "\" can't be written: there is not enough memory";
  }
  return saved;
}

}  // namespace

SceneSaver::SceneSaver(std::function<void()> wake)
    : worker_(write, std::move(wake), {.order = WorkOrder::kAll}) {}

void SceneSaver::save(Scene scene, const std::filesystem::path& path, bool replace_read_only) {
  const std::string before = std::exchange(scene.file, path.string());
  worker_.submit({std::move(scene), before, replace_read_only, ""});
}

}  // namespace convscope::session
