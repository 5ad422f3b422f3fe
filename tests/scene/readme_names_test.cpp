#include <gmock/gmock.h>

#include <regex>
#include <string>

#include "app/files/scene_file.h"
#include "app/scene/scene.h"
#include "engine/core/patterns.h"
#include "engine/kernel_info/kernels.h"
#include "tests/temp_folder.h"

namespace convscope::scene {
namespace {

std::string in_code(std::string_view name) {
  return "`\"" + std::string(name) + "\"`";
}

TEST(ScenesPage, HasThePatternsAndTheKernelsByName) {
  const std::string page = file_text(CONVSCOPE_SCENES_PAGE);
  std::string patterns, kernels;
  for (const std::string_view name : engine::pattern_names())
    patterns += (patterns.empty() ? "| " : ", ") + in_code(name);
  for (const engine::KernelPreset& preset : engine::kernel_presets())
    kernels += (kernels.empty() ? ": " : ", ") + in_code(preset.name);
  EXPECT_THAT(page, testing::HasSubstr(patterns + ";"));
  EXPECT_THAT(page, testing::HasSubstr(kernels + ","));
}

TEST(ScenesPage, HasTheKeysOfAScene) {
  const std::string page = file_text(CONVSCOPE_SCENES_PAGE);
  const std::string text = files::scene_text(default_scene(), "/scene.json");
  const std::regex key("\"(\\w+)\":");
  for (std::sregex_iterator it(text.begin(), text.end(), key), end; it != end; ++it)
    EXPECT_THAT(page, testing::HasSubstr(in_code((*it)[1].str())));
}

}  // namespace
}  // namespace convscope::scene
