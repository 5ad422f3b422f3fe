#include "app/program/document/document_actions.h"

#include <utility>

#include "app/files/arrays/array_file.h"
#include "app/files/lesson_name.h"
#include "app/files/scene_address.h"
#include "app/files/scene_file.h"

namespace convscope::program {

std::variant<OpenPicture, OpenScene, OpenLesson, OpenNumbers> open_file(
    const std::filesystem::path& path) {
  if (auto address = find_address(path.native()))
    return OpenScene{.path = {}, .address = std::move(*address)};
  if (has_scene_extension(path)) return OpenScene{path};
  if (has_lesson_extension(path)) return OpenLesson{.path = path, .shipped = {}};
  if (ArrayPath array = array_path(path.string()); is_array_file(array.file))
    return OpenNumbers{std::move(array)};
  return OpenPicture{path};
}

}  // namespace convscope::program
