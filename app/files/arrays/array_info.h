#pragma once

#include <string>
#include <vector>

#include "app/files/arrays/array_header.h"
#include "app/files/names.h"

namespace convscope::files {

// One array of a file, as its header tells it.
struct ArrayInfo {
  std::string name;   // empty where the file holds just this one
  std::string dtype;  // "float32"
  std::vector<Index> shape;
  std::string unreadable;  // what it holds that is not read: "complex numbers (dtype <c8)"
  friend bool operator==(const ArrayInfo&, const ArrayInfo&) = default;
};

// Returns what an array's header tells of it.
ArrayInfo info_of(const ArrayHeader& header, const std::string& name);

// The arrays of a file.
struct ArrayList {
  std::string format;  // ".npz archive"
  std::vector<ArrayInfo> arrays;
  std::vector<std::string> others;  // what the file holds besides, by name
};

}  // namespace convscope::files
