#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <istream>
#include <memory>
#include <string>

#include "app/files/arrays/array_header.h"
#include "app/files/names.h"
#include "engine/core/error.h"

// An array in a file of any format, before its values are read.
namespace convscope::files {

// An array whose header has been read and checked; its values come next.
struct OpenArray {
  std::string label;   // how messages call it: the file's path, or FILE:NAME of several arrays
  std::string format;  // ".npy file"
  std::unique_ptr<std::istream> bytes;
  ArrayHeader header;
  bool ends = true;       // whether nothing may follow the values
  std::string note = {};  // how it was read, a sentence without full stop; mostly empty
};

// Opens a file to read its bytes. Throws Error where it is missing or unreadable, or is no regular
// file.
std::ifstream open_bytes(const std::filesystem::path& path);
// Returns how many bytes follow the position of an open file, which stays.
std::uintmax_t bytes_left(std::istream& file, const std::string& label);

// Returns the product of the shape. Throws Error where a size is 0 or negative, or where there are
// too many values; `label` is what the message calls the array.
Index checked_numel(const ArrayHeader& header, const std::string& label);
// Throws Error unless as many bytes follow the header as its shape and dtype say.
void require_length(const OpenArray& array, std::uintmax_t left);
// Throws Error where bytes follow the values, or where those that were read are damaged, which some
// formats tell by a checksum at their end.
void require_whole(OpenArray& array);

// Returns the indices, such as "(0, 2)", of the value with this number in the file, counted from 0.
std::string array_place(const ArrayHeader& header, Index number);

// Returns the Error for a damaged file; `how` says what is wrong.
Error damaged_array(const std::string& label, const std::string& format, const std::string& how);

// Throws Error, with what the array holds, if its type is not supported.
void require_readable(const OpenArray& array);
// Returns what an array of this type holds and what to do about it: "complex numbers (dtype <c8)";
// empty for a supported type.
std::string unreadable_text(const ArrayHeader& header);

}  // namespace convscope::files
