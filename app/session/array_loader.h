#pragma once

#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "app/files/arrays/array_info.h"
#include "app/session/names.h"
#include "app/session/open_request.h"

// Reads arrays of files for the scene, or finds out what is to be asked before one can be read.
namespace convscope::session {

// An array that was read.
struct LoadedArray {
  OpenNumbers wanted;  // with the use
  Tensor tensor;       // [N, C, H, W]
  std::string name;    // of the file, and of the array where the file has several
  std::string note;    // what float32 could not hold, without full stop; else empty
};

// What must be chosen before an array can be read.
struct ArrayQuestion {
  OpenNumbers wanted;  // what is known already
  ArrayList list;      // the arrays of the file, what may be weights first
};

// Reads the array or, where the request leaves something open, the file's headers alone. Throws
// Error where the file can't be read, and Cancelled once `stop` is requested.
std::variant<LoadedArray, ArrayQuestion> read_numbers(const OpenNumbers& wanted,
                                                      const std::stop_token& stop);

// Returns what an array of this shape most likely is: weights where the last two sizes are those of
// a kernel, else an input.
ArrayUse likely_use(const std::vector<Index>& shape);
// Returns whether an array of three or four axes most likely has its channels last: 1, 3 or 4 of
// them, behind sizes that are larger.
bool likely_channels_last(const std::vector<Index>& shape);

// Returns the shape that it becomes, with missing sizes as 1; all are 0 where it has no or more
// than four axes.
Shape shape_as_read(const std::vector<Index>& shape, bool channels_last);

}  // namespace convscope::session
