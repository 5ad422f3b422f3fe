#include "app/files/arrays/npy.h"

#include "app/files/arrays/npy_open.h"
#include "app/files/arrays/npy_rounding.h"
#include "app/files/arrays/npy_values.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

// Converts column-major order, in which the first index changes fastest, to row-major order.
template <typename T>
void columns_to_rows(const std::vector<Index>& shape, std::span<T> values) {
  const std::vector<T> columns(values.begin(), values.end());
  std::vector<Index> step(shape.size(),
                          1);  // distance in `columns` between neighbours on each axis
  for (std::size_t d = 1; d < shape.size(); ++d)
    step[d] = step[d - 1] * shape[d - 1];
  std::vector<Index> at(shape.size(), 0);
  Index from = 0;
  for (T& value : values) {
    value = columns[static_cast<std::size_t>(from)];
    for (std::size_t d = shape.size(); d-- > 0;) {
      from += step[d];
      if (++at[d] < shape[d]) break;
      from -= at[d] * step[d];
      at[d] = 0;
    }
  }
}

// Reads all values as float32 in row-major order. Returns the note on values that float32 can't
// hold.
std::string read_rows(OpenNpy& npy, std::span<float> values) {
  NpyRounding rounding;
  if (npy.header.dtype.type == NpyType::kFloat32 && !npy.header.dtype.big_endian) {
    read_npy_bytes(npy, std::as_writable_bytes(values));
  } else {
    visit_npy_values(npy, [&](Index number, auto value) {
      values[static_cast<std::size_t>(number)] = rounding.to_float(number, value);
    });
  }
  rounding.require_within(npy);
  if (npy.header.fortran_order) columns_to_rows(npy.header.shape, values);
  return rounding.note(npy);
}

Error wrong_shape(const OpenNpy& npy, const std::string& accepted) {
  return Error("\"" + npy.path.string() + "\" has shape " + npy_shape_text(npy.header.shape) +
               "; " + accepted);
}

}  // namespace

bool is_npy(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  const std::string magic = "\x93NUMPY";
  std::string start(magic.size(), '\0');
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == magic;
}

NpyHeader npy_header(const fs::path& path) {
  return open_npy(path).header;
}

NpyTensor read_npy(const fs::path& path) {
  OpenNpy npy = open_npy(path);
  require_readable(npy);
  std::vector<Index> shape = npy.header.shape;
  if (shape.size() < 2 || shape.size() > 4)
    throw wrong_shape(npy, "2 dimensions (H, W), 3 (C, H, W) or 4 (N, C, H, W) are read");
  shape.insert(shape.begin(), 4 - shape.size(), 1);
  NpyTensor read;
  read.tensor.resize({shape[0], shape[1], shape[2], shape[3]});
  read.note = read_rows(npy, read.tensor.values());
  return read;
}

NpyVector read_npy_vector(const fs::path& path) {
  OpenNpy npy = open_npy(path);
  require_readable(npy);
  if (npy.header.shape.size() != 1) throw wrong_shape(npy, "one dimension is read here");
  NpyVector read;
  read.values.resize(static_cast<std::size_t>(npy.header.numel));
  read.note = read_rows(npy, read.values);
  return read;
}

std::vector<Index> read_npy_indices(const fs::path& path) {
  OpenNpy npy = open_npy(path);
  if (npy.header.dtype.type != NpyType::kInt64)
    throw Error("\"" + path.string() + "\" holds values of dtype " + npy.header.dtype.name +
                "; int64 is read here");
  std::vector<Index> values(static_cast<std::size_t>(npy.header.numel));
  visit_npy_values_as<Index>(
      npy, [&](Index number, Index value) { values[static_cast<std::size_t>(number)] = value; });
  if (npy.header.fortran_order) columns_to_rows(npy.header.shape, std::span(values));
  return values;
}

}  // namespace convscope::files
