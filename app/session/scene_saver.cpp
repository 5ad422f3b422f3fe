#include "app/session/scene_saver.h"

#include <new>
#include <utility>

#include "app/scene/scene_file.h"
#include "engine/error.h"

namespace convscope {
namespace {

std::optional<SavedScene> write(const SavedScene& wanted, const std::stop_token&) {
  SavedScene saved = wanted;
  try {
    save_scene(saved.scene, saved.scene.file);
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

void SceneSaver::save(Scene scene, const std::filesystem::path& path) {
  const std::string file = std::filesystem::absolute(path).lexically_normal().string();
  const std::string before = std::exchange(scene.file, file);
  worker_.submit({std::move(scene), before, ""});
}

}  // namespace convscope
