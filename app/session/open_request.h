#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "app/scene/scene.h"

// What can be asked of a file: to become the input, a picture of the stack, the learning's target,
// or the scene.
namespace convscope {

struct OpenPicture {  // load a picture file as the input, off the UI thread
  std::filesystem::path path;
  bool color = false;       // three channels instead of one
  Yx size{0, 0};            // to scale it to; 0 leaves the picture's own
  bool transposed = false;  // swap rows and columns; `size` is that of the result
  // Further ones, scaled to the size of the first: a stack.
  std::vector<std::filesystem::path> more = {};
  // Puts them after the pictures of this stack, in its size and channels; null replaces the input.
  TensorPtr onto = nullptr;
  // As the learning's target of this shape instead of the input.
  std::optional<Shape> target = {};
  bool continues = false;  // the same picture at the next size of a drag: as in Edit
};

struct OpenScene {  // in place of the one that is there, as one step of undo
  std::filesystem::path path;
  std::size_t beside = 0;                   // files that were dropped with it, and are not opened
  std::optional<std::size_t> example = {};  // of examples(), in place of a file
};

}  // namespace convscope
