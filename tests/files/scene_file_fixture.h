#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "app/files/scene_file.h"
#include "tests/engine/testing.h"
#include "tests/temp_folder.h"

namespace convscope::files {

class SceneFile : public testing::Test {
 protected:
  // Returns the error for a scene file with this text, without the words that all such errors begin
  // with.
  std::string error_of(const std::string& text) const {
    put_text(path_, text);
    const std::string error = error_text([&] { load_scene(path_); });
    const std::string start = "\"" + path_ + "\" can't be read as a scene: ";
    EXPECT_THAT(error, testing::StartsWith(start));
    return error.substr(std::min(error.size(), start.size()));
  }
  // Returns the error for a scene with the default input and these members.
  std::string error_with(const std::string& members) const {
    return error_of(R"({"format": "convscope-scene", "version": 1, )" + members + "}");
  }
  Scene load_with(const std::string& members) const {
    put_text(path_, R"({"format": "convscope-scene", "version": 1, )" + members + "}");
    return load_scene(path_);
  }

  TempFolder folder_;
  std::string path_ = folder_ / "scene.json";
};

}  // namespace convscope::files
