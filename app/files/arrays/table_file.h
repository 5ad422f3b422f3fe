#pragma once

#include <filesystem>

#include "app/files/arrays/array_open.h"
#include "app/files/names.h"

namespace convscope::files {

// The most bytes of a table in a file, and the most rows and columns.
inline constexpr std::uintmax_t kMaxTableFile = std::uintmax_t{64} << 20;
inline constexpr Index kMaxTableFileCells = 65'536;

// Returns whether the file's name ends as that of a table: .csv, .tsv or .txt.
bool has_table_extension(const std::filesystem::path& path);

// Reads a table of numbers, in any of the forms of number_table.h, as an array of float32. Throws
// Error where the file is missing or too large, or with line and column where it holds something
// else.
OpenArray open_table(const std::filesystem::path& path);

}  // namespace convscope::files
