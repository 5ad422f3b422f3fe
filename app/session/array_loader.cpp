#include "app/session/array_loader.h"

#include <algorithm>
#include <utility>

#include "app/files/arrays/array_read.h"
#include "engine/core/error.h"

namespace convscope::session {
namespace {

// Moves the channels from behind the columns to before the rows.
Tensor channels_first(const Tensor& last) {
  const Shape& s = last.shape();  // [N, H, W, C]
  Tensor first({s.n, s.w, s.c, s.h});
  for (Index n = 0; n < s.n; ++n)
    for (Index y = 0; y < s.c; ++y)
      for (Index x = 0; x < s.h; ++x)
        for (Index c = 0; c < s.w; ++c)
          first.at(n, c, y, x) = last.at(n, y, x, c);
  return first;
}

std::string name_of(const ArrayPath& array) {
  const std::string file = array.file.filename().string();
  return array.name.empty() ? file : file + ":" + array.name;
}

// A vector is read as a single row.
ArrayTensor read_any(OpenArray array, const std::stop_token& stop) {
  if (array.header.shape.size() == 1) array.header.shape.insert(array.header.shape.begin(), 1);
  return read_array(std::move(array), stop);
}

}  // namespace

ArrayUse likely_use(const std::vector<Index>& shape) {
  constexpr Index kKernelSize = 15;
  const bool matrix = shape.size() == 2;
  const bool filters = shape.size() == 4;
  if (!matrix && !filters) return ArrayUse::kInput;
  const Index most = std::max(shape[shape.size() - 2], shape.back());
  return most <= (filters ? kKernelSize : kKernelSize / 3) ? ArrayUse::kKernel : ArrayUse::kInput;
}

bool likely_channels_last(const std::vector<Index>& shape) {
  if (shape.size() < 3 || shape.size() > 4) return false;
  const Index channels = shape.back();
  const Index first = shape[shape.size() - 3];
  return (channels == 1 || channels == 3 || channels == 4) && first > 4;
}

Shape shape_as_read(const std::vector<Index>& shape, bool channels_last) {
  if (shape.empty() || shape.size() > 4) return {0, 0, 0, 0};
  std::vector<Index> s = shape;
  s.insert(s.begin(), 4 - s.size(), 1);
  return channels_last && shape.size() >= 3 ? Shape{s[0], s[3], s[1], s[2]}
                                            : Shape{s[0], s[1], s[2], s[3]};
}

std::variant<LoadedArray, ArrayQuestion> read_numbers(const OpenNumbers& wanted,
                                                      const std::stop_token& stop) {
  OpenNumbers known = wanted;
  if (known.array.name.empty() || !known.use) {
    ArrayList list = list_arrays(known.array.file);
    if (list.arrays.empty()) throw Error("\"" + known.array.file.string() + "\" holds no arrays");
    if (list.arrays.size() > 1 || !known.use) {
      list.arrays = weights_first(std::move(list.arrays));
      return ArrayQuestion{std::move(known), std::move(list)};
    }
  }
  ArrayTensor read = read_any(open_array(known.array), stop);
  if (known.channels_last) read.tensor = channels_first(read.tensor);
  LoadedArray loaded{std::move(known), std::move(read.tensor), "", std::move(read.note)};
  loaded.name = name_of(loaded.wanted.array);
  return loaded;
}

}  // namespace convscope::session
