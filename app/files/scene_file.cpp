#include "app/files/scene_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <vector>

#include "app/files/arrays/npy_write.h"
#include "app/files/cancelled.h"
#include "app/files/parse_json.h"
#include "app/files/pending_group.h"
#include "app/files/read_text.h"
#include "app/files/scene_reader.h"
#include "app/files/scene_tensor.h"
#include "app/files/scene_writer.h"
#include "app/files/tensor_files.h"
#include "app/files/whole_path.h"
#include "app/files/write_file.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormat = "convscope-scene";
constexpr int kVersion = 1;

void require_format(const Json& json) {
  if (!json.is_object() || !json.contains("format") || json["format"] != kFormat)
    throw Error("it has no \"format\": \"" + std::string(kFormat) + "\"");
  if (!json.contains("version") || json["version"] != kVersion) {
    const std::string version = json.contains("version") ? short_text(json["version"]) : "missing";
    throw Error("its \"version\" is " + version + "; version " + std::to_string(kVersion) +
                " is read");
  }
}

// Throws where fit_channels would change the kernel. The channels that its layer gives.
Index require_kernel_fits(const KernelScene& kernel, const ConvScene& conv, Index channels,
                          const std::string& place) {
  const Shape& k = kernel.weight.shape();
  const auto weight_error = [&](const std::string& accepted) {
    return Error(place + "kernel.weight has shape " + to_string(k) + "; " + accepted);
  };
  if (!kernel.layer && (k.n != 1 || k.c != 1))
    throw weight_error(
        "one kernel for every channel is rows of numbers; filters need "
        "\"layer\": true");
  if (kernel.layer) {
    const Index outputs = conv.transposed ? k.c : k.n;
    if (channels % conv.groups != 0 || (!conv.transposed && outputs % conv.groups != 0))
      throw Error(place + "conv.groups is " + std::to_string(conv.groups) + "; it must divide " +
                  std::to_string(channels) + " input channels" +
                  (conv.transposed ? "" : " and " + std::to_string(outputs) + " filters"));
    if (conv.transposed && k.n != channels)
      throw weight_error("with " + std::to_string(channels) +
                         " input channels its first size must be that");
    if (!conv.transposed && k.c != channels / conv.groups)
      throw weight_error("with " + std::to_string(channels) + " input channels and groups " +
                         std::to_string(conv.groups) + " its second size must be " +
                         std::to_string(channels / conv.groups));
  }
  const Index given = output_channels(kernel, conv, channels);
  if (given > kMaxFileFilters)
    throw Error(place + "kernel would give " + std::to_string(given) + " channels; at most " +
                std::to_string(kMaxFileFilters) + " are accepted");
  const Index biases = kernel.layer ? given : 1;
  if (std::ssize(kernel.bias) != biases && kernel.bias != std::vector<float>{0.0f})
    throw Error(place + "kernel.bias has " + std::to_string(kernel.bias.size()) +
                " values; it must have " + std::to_string(biases));
  return given;
}

// Writes a pair as the file does: "[1, 2]".
std::string pair_json(Yx pair) {
  return "[" + std::to_string(pair.y) + ", " + std::to_string(pair.x) + "]";
}

std::string padding_json(const Padding& p) {
  if (p.top == p.bottom && p.left == p.right) return pair_json({p.top, p.left});
  return "[" + std::to_string(p.top) + ", " + std::to_string(p.left) + ", " +
         std::to_string(p.bottom) + ", " + std::to_string(p.right) + "]";
}

void require_pool_fits(const PoolingScene& pool, const std::string& place) {
  const Pool2dOptions& o = pool.options;
  if (pool.padding_choice != PaddingChoice::kExplicit || o.allow_large_padding) return;
  if (has_large_padding(o))
    throw Error(place + "pool.padding is " + padding_json(o.padding) +
                "; it must be at most half of pool.kernel, which is " + pair_json(o.kernel) +
                ", unless pool.allow_large_padding is true");
}

const Shape& learned_shape(const Scene& scene) {
  const bool hidden = scene.learning.target == LearningTarget::kHiddenKernel;
  return (hidden ? scene.learning.hidden : first_layer(scene).kernel.weight).shape();
}

// Initial weights of another shape than the learned weights are ignored, and new ones are drawn.
bool has_stale_start(const Scene& scene) {
  const Tensor& start = scene.learning.start;
  return !start.empty() && start.shape() != learned_shape(scene);
}

void require_learning_fits(const Scene& scene) {
  const LearningScene& learning = scene.learning;
  if (learning.target == LearningTarget::kPicture && learning.picture == nullptr)
    throw Error(
        "learning.target is \"picture\", and there is none; learning.picture must be its rows of "
        "numbers or a .npy file");
  if (has_stale_start(scene))
    throw Error("learning.start has shape " + to_string(learning.start.shape()) +
                "; it must have that of what is learned, " + to_string(learned_shape(scene)));
}

// A bias of a single 0 stands for no bias, and a single hidden kernel for all planes.
void require_fit(Scene& scene) {
  Index channels = scene.input.tensor->shape().c;
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    const std::string place = i == 0 ? "" : "chain." + std::to_string(i) + ".";
    channels =
        std::visit([&](const auto& kind) { return require_layer_fits(kind, channels, place); },
                   scene.layers[i].kind);
  }
  const Shape& k = first_layer(scene).kernel.weight.shape();
  const Shape& h = scene.learning.hidden.shape();
  if ((h.n != k.n || h.c != k.c) && (h.n != 1 || h.c != 1))
    throw Error("learning.hidden has shape " + to_string(h) + "; beside kernel.weight " +
                to_string(k) + " its first sizes must be " + std::to_string(k.n) + " and " +
                std::to_string(k.c) + ", or it must be rows of numbers");
  fit_channels(scene);
  require_learning_fits(scene);
}

// Leaves out what the reader would refuse.
Scene without_stale_start(Scene scene) {
  if (has_stale_start(scene)) scene.learning.start = Tensor();
  return scene;
}

Scene scene_of(Json json, const SceneFolder& folder) {
  require_format(json);
  json.erase("format");
  json.erase("version");
  Scene scene = default_scene();
  SceneReader::read(json, "", folder, scene);
  require_fit(scene);
  return scene;
}

std::string scene_text(const Scene& scene, WriteContext& context) {
  SceneWriter file("", context);
  describe(file, scene);
  Json json = Json::object();
  json["format"] = kFormat;
  json["version"] = kVersion;
  json.update(file.take());
  return json_text(json);
}

// Returns a value that changes whenever the file is saved, even with the same text.
std::array<std::int64_t, 4> version_of(const fs::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return {};
  return {static_cast<std::int64_t>(status.st_dev), static_cast<std::int64_t>(status.st_ino),
          status.st_ctim.tv_sec, status.st_ctim.tv_nsec};
}

// Returns the tensor files of the scene that is about to be replaced, except those that the new
// scene uses.
std::vector<std::string> unreferenced_files(const fs::path& path, const WriteContext& context) {
  std::set<std::string> names;
  try {
    names = referenced_tensor_files(parse_json(read_text(path, kMaxSceneBytes, "a scene")),
                                    context.stem);
  } catch (const Error&) {
    return {};  // the file is new, or was not a scene
  }
  for (const WriteContext::TensorFile& tensor : context.tensors)
    names.erase(tensor.name);
  return unreferenced_elsewhere(context.folder, path, names);
}

WriteContext context_of(const fs::path& path) {
  const fs::path whole = whole_path(path);
  return {.folder = whole.parent_path(), .stem = whole.stem().string(), .tensors = {}};
}

}  // namespace

bool has_scene_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return extension == ".json";
}

Index require_layer_fits(const ConvolutionLayer& layer, Index channels, const std::string& place) {
  const Index given = require_kernel_fits(layer.kernel, layer.conv, channels, place);
  require_pool_fits(layer.pool, place);
  return given;
}

Scene parse_scene(std::string_view text, const fs::path& folder) {
  return scene_of(parse_json(text), SceneFolder{.path = folder});
}

Scene parse_whole_scene(std::string_view text) {
  return scene_of(parse_json(text), SceneFolder{.path = {}, .readable = false});
}

std::optional<Scene> load_scene(const fs::path& path, const std::stop_token& stop) {
  constexpr int kAttempts = 10;
  for (int attempt = 1;; ++attempt) {
    const auto version = version_of(path);
    try {
      const fs::path whole = whole_path(path);
      std::optional<Json> json = parse_json(read_text(path, kMaxSceneBytes, "a scene"), stop);
      if (!json || stop.stop_requested()) return std::nullopt;
      Scene scene =
          scene_of(std::move(*json), SceneFolder{.path = whole.parent_path(), .stop = stop});
      scene.file = whole.string();
      return scene;
    } catch (const Error& e) {
      // While the file was being read, another program may have saved the scene and removed a
      // tensor file.
      if (attempt < kAttempts && version_of(path) != version) continue;
      throw Error("\"" + path.string() + "\" can't be read as a scene: " + e.what());
    } catch (const Cancelled&) {
      return std::nullopt;
    }
  }
}

Scene load_scene(const fs::path& path) {
  return *load_scene(path, std::stop_token());
}

void save_scene(const Scene& edited, const fs::path& path, const WriteOptions& options) {
  const Scene scene = without_stale_start(edited);
  // From here on no other program saves a scene in the folder, so names that are free stay free.
  PendingGroup files(path, options);
  WriteContext context = context_of(path);
  std::string text;
  try {
    text = scene_text(scene, context);
  } catch (const Error& e) {
    throw Error("\"" + path.string() + "\" can't be written: " + e.what());
  }
  for (const WriteContext::TensorFile& tensor : context.tensors)
    if (!tensor.exists) write_npy(files.add(tensor.name), *tensor.tensor);
  files.main().write(std::as_bytes(std::span(text)));
  files.commit(files.locked() ? unreferenced_files(path, context) : std::vector<std::string>());
}

std::string scene_text(const Scene& scene, const fs::path& path) {
  WriteContext context = context_of(path);
  return scene_text(without_stale_start(scene), context);
}

std::string whole_scene_text(const Scene& scene) {
  WriteContext context{.whole = true};
  return scene_text(without_stale_start(scene), context);
}

}  // namespace convscope::files
