#include "app/program/document/document_actions.h"

#include <utility>

#include "app/files/lesson_name.h"
#include "app/files/scene_address.h"
#include "app/files/scene_file.h"

namespace convscope::program {

std::variant<OpenPicture, OpenScene, OpenLesson> open_file(const std::filesystem::path& path) {
  if (auto address = find_address(path.native()))
    return OpenScene{.path = {}, .address = std::move(*address)};
  if (has_scene_extension(path)) return OpenScene{path};
  if (has_lesson_extension(path)) return OpenLesson{.path = path, .shipped = {}};
  return OpenPicture{path};
}

}  // namespace convscope::program
