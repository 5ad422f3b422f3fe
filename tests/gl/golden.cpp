#include "tests/gl/golden.h"

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <filesystem>

#include "app/files/picture.h"
#include "app/files/write_file.h"
#include "tests/gl/names.h"
#include "tests/test_folder.h"

namespace convscope::testing {
namespace {

std::filesystem::path path_of(const std::string& name) {
  return std::filesystem::path(test_folder()) / "golden" / (name + ".png");
}

}  // namespace

bool writes_golden() {
  return std::getenv("CONVSCOPE_WRITE_GOLDEN") != nullptr;
}

Picture stored_picture(const std::string& name) {
  const Tensor tensor = load_picture(path_of(name), PictureColor::kRgb);
  const Shape& s = tensor.shape();
  Picture picture{{}, static_cast<int>(s.w), static_cast<int>(s.h)};
  for (Index y = 0; y < s.h; ++y) {
    for (Index x = 0; x < s.w; ++x) {
      for (Index c = 0; c < 3; ++c)
        picture.pixels.push_back(
            static_cast<std::uint8_t>(std::lround(tensor.at(0, c, y, x) * 255.0f)));
      picture.pixels.push_back(255);
    }
  }
  return picture;
}

void store_picture(const Picture& picture, const std::string& name) {
  write_png(path_of(name), picture.pixels, picture.width, picture.height);
}

Picture reduced(const Picture& picture, int side) {
  Picture small{{}, picture.width / side, picture.height / side};
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      for (int c = 0; c < 4; ++c) {
        int sum = 0;
        for (int dy = 0; dy < side; ++dy) {
          const std::ptrdiff_t row = std::ptrdiff_t{y * side + dy} * picture.width + x * side;
          for (int dx = 0; dx < side; ++dx)
            sum += picture.pixels[static_cast<std::size_t>((row + dx) * 4 + c)];
        }
        small.pixels.push_back(static_cast<std::uint8_t>((sum + side * side / 2) / (side * side)));
      }
    }
  }
  return small;
}

}  // namespace convscope::testing
