#include "app/files/arrays/array_read.h"

#include <span>

#include "app/files/arrays/array_rounding.h"
#include "app/files/arrays/array_values.h"
#include "app/files/cancelled.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

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
std::string read_rows(OpenArray& array, std::span<float> values, const std::stop_token& stop) {
  ArrayRounding rounding;
  visit_values(array, [&](Index number, auto value) {
    if (number % kArrayChunk == 0 && stop.stop_requested()) throw Cancelled();
    values[static_cast<std::size_t>(number)] = rounding.to_float(number, value);
  });
  require_whole(array);
  rounding.require_within(array);
  if (array.header.fortran_order) columns_to_rows(array.header.shape, values);
  std::string note = rounding.note(array);
  if (note.empty() || array.note.empty()) return note + array.note;
  return note + "; " + array.note;
}

Error wrong_shape(const OpenArray& array, const std::string& accepted) {
  return Error("\"" + array.label + "\" has shape " + array_shape_text(array.header.shape) + "; " +
               accepted);
}

}  // namespace

ArrayTensor read_array(OpenArray array, const std::stop_token& stop) {
  require_readable(array);
  std::vector<Index> shape = array.header.shape;
  if (shape.size() < 2 || shape.size() > 4)
    throw wrong_shape(array, "2 dimensions (H, W), 3 (C, H, W) or 4 (N, C, H, W) are read");
  shape.insert(shape.begin(), 4 - shape.size(), 1);
  ArrayTensor read;
  read.tensor.resize({shape[0], shape[1], shape[2], shape[3]});
  read.note = read_rows(array, read.tensor.values(), stop);
  return read;
}

ArrayVector read_array_vector(OpenArray array, const std::stop_token& stop) {
  require_readable(array);
  if (array.header.shape.size() != 1) throw wrong_shape(array, "one dimension is read here");
  ArrayVector read;
  read.values.resize(static_cast<std::size_t>(array.header.numel));
  read.note = read_rows(array, read.values, stop);
  return read;
}

std::vector<Index> read_array_indices(OpenArray array) {
  if (array.header.dtype.type != ArrayType::kInt64)
    throw Error("\"" + array.label + "\" holds values of dtype " + array.header.dtype.name +
                "; int64 is read here");
  std::vector<Index> values(static_cast<std::size_t>(array.header.numel));
  visit_values_as<Index>(
      array, [&](Index number, Index value) { values[static_cast<std::size_t>(number)] = value; });
  require_whole(array);
  if (array.header.fortran_order) columns_to_rows(array.header.shape, std::span(values));
  return values;
}

}  // namespace convscope::files
