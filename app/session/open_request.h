#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/files/arrays/array_file.h"
#include "app/scene/scene.h"
#include "app/session/names.h"

// Requests to open a file: as the input, as a picture of the stack, as the learning target, or as
// the scene.
namespace convscope::session {

// A request to load picture files off the UI thread, as the input unless `onto` or `target` is set.
struct OpenPicture {
  std::filesystem::path path;
  bool color = false;       // three channels instead of one
  Yx size{0, 0};            // size to resample to; 0 keeps the picture's own
  bool transposed = false;  // whether to swap rows and columns; `size` is the result's
  // Further pictures, resampled to the size of the first: a stack.
  std::vector<std::filesystem::path> more = {};
  // The stack [N, C, H, W] to append the pictures to, with its size and channels; null replaces the
  // input.
  TensorPtr onto = nullptr;
  // The shape [N, C_out, H', W'] of the learning target, if the picture becomes the target instead
  // of the input.
  std::optional<Shape> target = {};
  bool continues = false;  // whether this is the same picture at the next size of a drag (Edit)
};

// What an array becomes in the scene.
enum class ArrayUse { kInput, kKernel, kTarget };

// A request to take an array of a file into the scene, off the UI thread.
struct OpenNumbers {
  ArrayPath array;
  // What it becomes. Nothing, or a file of several arrays without a name, is answered by a
  // question.
  std::optional<ArrayUse> use = {};
  bool channels_last = false;  // whether [H, W, C] or [N, H, W, C] stand in the file
};

// A request to replace the scene by that of a file or of an address, as one step of undo.
struct OpenScene {
  std::filesystem::path path;
  std::size_t beside = 0;                   // number of files dropped with it that are not opened
  std::optional<std::size_t> example = {};  // index in examples(), instead of a file
  std::string address = {};                 // of a scene (scene_address.h), instead of a file
};

}  // namespace convscope::session
