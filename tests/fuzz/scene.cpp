#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "app/files/arrays/npy_write.h"
#include "app/files/json_text.h"
#include "app/files/parse_json.h"
#include "app/files/scene_file.h"
#include "engine/core/error.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/work_folder.h"

// Scenes: each is read or refused, and what was read is written so that it reads as the same.
namespace convscope::fuzz {
namespace {

// A pattern may have 8192 x 8192 cells, and takes seconds with sanitizers; a tensor of more than
// 65 536 values is not written into the text.
constexpr double kMaxCells = 256;

// Paths without a slash stay in the work folder. Texts that may have one are passed over.
bool may_leave_the_folder(std::string_view text) {
  return text.find('/') != text.npos || text.find("\\u002") != text.npos;
}

bool has_large_pattern(std::string_view text) {
  const Json json = parse_json(text);
  const auto pointed = nlohmann::json_pointer<std::string>("/input/size");
  if (!json.is_object() || !json.contains(pointed)) return false;
  for (const Json& size : json[pointed])
    if (size.is_number() && size.get<double>() > kMaxCells) return true;
  return false;
}

}  // namespace

void prepare() {
  enter_work_folder();
  write_npy("small.npy", Tensor(Shape{1, 1, 2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6}));
  write_npy("layer.npy", Tensor(Shape{2, 1, 2, 2}, std::vector<float>(8, 0.5f)));
}

void fuzz_one(std::string_view input) {
  if (may_leave_the_folder(input)) return;
  const std::filesystem::path folder = std::filesystem::current_path();
  const std::filesystem::path name = folder / "scene.json";
  try {
    if (has_large_pattern(input)) return;
    const Scene scene = parse_scene(input, folder);
    const std::string written = scene_text(scene, name);
    require(scene_text(parse_scene(written, folder), name) == written,
            "a scene that was written reads as the same");
  } catch (const Error&) {
  }
}

}  // namespace convscope::fuzz
