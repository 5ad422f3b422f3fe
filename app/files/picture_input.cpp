#include "app/files/picture_input.h"

#include "app/files/picture.h"
#include "app/files/whole_path.h"
#include "app/scene/shared_tensor.h"

namespace convscope::files {

PictureInput picture_input(const std::filesystem::path& path, bool color, Yx size, bool transpose,
                           const std::stop_token& stop) {
  LoadedPicture read =
      read_picture_file(path, color ? PictureColor::kRgb : PictureColor::kGrey, stop);
  Tensor picture = std::move(read.values);
  if (size.y > 0 && size.x > 0)
    picture = scaled(picture, transpose ? Yx{size.x, size.y} : size, stop);
  if (transpose) picture = transposed(picture);
  InputScene input;
  input.tensor = shared_tensor(std::move(picture));
  input.name = path.filename().string();
  input.path = shown_path(path).string();  // absolute, because the file is looked for again later
  input.color = color;
  input.scaled_to = size;
  input.transposed = transpose;
  input.meaning = InputMeaning::kPhotograph;
  return {std::move(input), read.over_white};
}

}  // namespace convscope::files
