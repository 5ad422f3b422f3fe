#include "app/scene/picture_input.h"

#include "app/files/picture.h"
#include "app/scene/shared_tensor.h"

namespace convscope {

InputScene picture_input(const std::filesystem::path& path, bool color, Yx size, bool transpose) {
  Tensor picture = load_picture(path, color ? PictureColor::kRgb : PictureColor::kGrey);
  if (size.y > 0 && size.x > 0) picture = scaled(picture, transpose ? Yx{size.x, size.y} : size);
  if (transpose) picture = transposed(picture);
  InputScene input;
  input.tensor = shared_tensor(std::move(picture));
  input.name = path.filename().string();
  input.path = path.string();
  input.color = color;
  input.scaled_to = size;
  input.transposed = transpose;
  return input;
}

}  // namespace convscope
