#include "app/scene/actions.h"

#include "app/files/scene_file.h"

namespace convscope {

Action open_file(const std::filesystem::path& path) {
  if (has_scene_extension(path)) return OpenScene{path};
  return OpenPicture{path};
}

void Actions::push(Action action) {
  queue_.push_back(std::move(action));
}

std::vector<Action> Actions::take() {
  return std::exchange(queue_, {});
}

}  // namespace convscope
