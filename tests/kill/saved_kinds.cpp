#include "tests/kill/saved_kinds.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>

#include "app/files/arrays/npy.h"
#include "app/files/arrays/npy_write.h"
#include "app/files/picture.h"
#include "app/files/scene_file.h"
#include "app/files/tensor_files.h"
#include "app/files/write_file.h"

namespace convscope::session {
namespace {

constexpr Index kRows = 260, kColumns = 270;  // more values than stand in the JSON

Tensor tensor_of(int which) {
  return Tensor(Shape{1, 1, kRows, kColumns}, static_cast<float>(which));
}

Scene scene_of(int which) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(tensor_of(which));
  scene.input.name = "drawn";
  first_layer(scene).kernel.bias = {static_cast<float>(which)};
  return scene;
}

int which_of(const Tensor& tensor) {
  for (const int which : {1, 2})
    if (tensor == tensor_of(which)) return which;
  return 0;
}

// Noise, so that it is not a few bytes of PNG.
std::vector<std::uint8_t> pixels_of(int which) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(kRows * kColumns) * 4, 255);
  std::uint32_t state = 7;
  for (std::size_t i = 0; i < pixels.size(); i += 4) {
    state = state * 1664525 + 1013904223;
    pixels[i] = pixels[i + 1] = pixels[i + 2] =
        static_cast<std::uint8_t>((state >> 24) ^ static_cast<std::uint32_t>(which));
  }
  return pixels;
}

int which_picture(const Tensor& picture) {
  for (const int which : {1, 2}) {
    const std::vector<std::uint8_t> pixels = pixels_of(which);
    bool same = picture.numel() == kRows * kColumns;
    for (std::size_t i = 0; same && i < picture.values().size(); ++i)
      same = std::lround(picture.values()[i] * 255.0f) == pixels[i * 4];
    if (same) return which;
  }
  return 0;
}

}  // namespace

void save_kind(const std::string& kind, const std::filesystem::path& path, int which) {
  if (kind == "scene") save_scene(scene_of(which), path);
  if (kind == "array") write_npy(path, tensor_of(which));
  if (kind == "picture")
    write_png(path, pixels_of(which), static_cast<int>(kColumns), static_cast<int>(kRows));
}

int saved_kind(const std::string& kind, const std::filesystem::path& path) {
  if (kind == "array") return which_of(read_npy(path).tensor);
  if (kind == "picture") return which_picture(load_picture(path, PictureColor::kGrey));
  const Scene scene = load_scene(path);
  const int which = which_of(*scene.input.tensor);
  return first_layer(scene).kernel.bias.front() == static_cast<float>(which) ? which : 0;
}

std::vector<std::string> names_of_kind(const std::string& kind, const std::filesystem::path& path,
                                       int which) {
  std::vector<std::string> names{path.filename().string()};
  if (kind == "scene")
    names.push_back(path.stem().string() + ".input." + checksum_of(tensor_of(which)) + ".npy");
  std::ranges::sort(names);
  return names;
}

}  // namespace convscope::session
