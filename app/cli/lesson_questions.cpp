#include "app/cli/lesson_questions.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "app/cli/scene_argument.h"
#include "app/files/examples.h"
#include "app/files/scene_file.h"
#include "app/files/scene_writer.h"
#include "app/files/whole_path.h"
#include "app/lesson/scene_questions.h"
#include "engine/core/error.h"

namespace convscope::cli {
namespace {

constexpr std::size_t kMostBytes = lesson::kMaxLessonBytes / 2;  // the questions need room too

// Whether the scene's JSON refers to no other file.
bool stands_alone(const Scene& scene) {
  const auto small = [](const Tensor& tensor) { return tensor.numel() <= kMaxInlineValues; };
  const bool target = !scene.learning.picture || small(*scene.learning.picture);
  return scene.input.path.empty() && small(*scene.input.tensor) && target &&
         small(scene.learning.hidden) && small(scene.learning.start) &&
         std::ranges::all_of(scene.layers, [&](const LayerScene& layer) {
           return small(convolution(layer).kernel.weight);
         });
}

// What names the scene in the lesson, wherever that will lie.
std::string scene_block(const std::string& argument, const Scene& scene) {
  std::error_code ignored;
  const bool there = std::filesystem::exists(argument, ignored);
  const auto shipped = examples();
  if (!there && std::ranges::find(shipped, argument, &Example::name) != shipped.end())
    return argument + "\n";
  if (stands_alone(scene)) {
    const std::string json = scene_text(scene, whole_path("scene.json"));
    if (json.size() <= kMostBytes) return json + (json.ends_with('\n') ? "" : "\n");
  }
  if (has_scene_extension(argument)) return whole_path(argument).string() + "\n";
  throw Error("the scene of \"" + argument +
              "\" is too large to stand in a lesson; save it as a scene (.json) and give that");
}

}  // namespace

void print_questions(const std::string& scene, std::uint64_t seed, const CommandContext& context) {
  const SceneArgument read = read_scene_argument(scene);
  context.out << lesson::write_questions({.scene = read.scene, .results = nullptr, .seed = seed},
                                         scene_block(scene, read.scene),
                                         {context.scene_memory, context.memory});
}

}  // namespace convscope::cli
