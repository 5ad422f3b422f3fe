#include "app/program/document/document_actions.h"

#include "app/files/scene_file.h"

namespace convscope::program {

std::variant<OpenPicture, OpenScene> open_file(const std::filesystem::path& path) {
  if (has_scene_extension(path)) return OpenScene{path};
  return OpenPicture{path};
}

}  // namespace convscope::program
