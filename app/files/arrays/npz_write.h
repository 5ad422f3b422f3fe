#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/files/names.h"
#include "app/files/write_file.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// An array of an archive. Numpy.load gives it under its name.
struct NamedArray {
  std::string name;
  std::vector<Index> shape;
  std::span<const float> values;  // as many as the shape says, which live until it is written
};

// Writes an archive as numpy.savez does, of float32 arrays that are not compressed, into a file
// that the caller commits. The same arrays make the same bytes. Needs as much memory as the file
// will have bytes. Throws Error where libzip can't make it.
void write_npz(PendingFile& file, std::span<const NamedArray> arrays);

}  // namespace convscope::files
