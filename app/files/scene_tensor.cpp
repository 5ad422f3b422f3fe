#include "app/files/scene_tensor.h"

#include <utility>

#include "app/files/arrays/npy.h"
#include "app/files/picture_header.h"
#include "app/files/scene_numbers.h"
#include "app/files/tensor_files.h"
#include "app/scene/option_limits.h"
#include "engine/core/error.h"
#include "engine/core/shape_text.h"

namespace convscope::files {

Tensor read_scene_tensor(const SceneTensorFile& file, const std::string& place) {
  const std::string in = place + " is in \"" + file.path.string() + "\", which has ";
  const Index numel = npy_header(file.path).numel;
  if (numel < 1 || numel > kMaxInputValues)
    throw Error(in + std::to_string(numel) + " values; it must have from 1 to " +
                std::to_string(kMaxInputValues));
  ArrayTensor npy = read_npy(file.path);
  // A scene's tensors are saved as float32, so a number that float32 can't hold would change the
  // scene.
  if (!npy.note.empty()) throw Error(place + " can't be read: " + npy.note);
  Tensor read = std::move(npy.tensor);
  if (file.shape && read.shape() != *file.shape)
    throw Error(in + "shape " + to_string(read.shape()) + "; the scene was saved with " +
                to_string(*file.shape) + " (without \"shape\" it is read as it is)");
  if (file.checksum && checksum_of(read) != *file.checksum)
    throw Error(in +
                "other values than when the scene was saved (without \"checksum\" it is read "
                "as it is)");
  return read;
}

void require_input(const Shape& s, const std::string& place) {
  if (s.h > kMaxPictureSize || s.w > kMaxPictureSize || s.n > kMaxFileFilters ||
      s.c > kMaxFileFilters)
    throw Error(place + " has shape " + to_string(s) + "; it may have " +
                std::to_string(kMaxFileFilters) + " pictures and channels of " +
                size_text({kMaxPictureSize, kMaxPictureSize}));
}

}  // namespace convscope::files
