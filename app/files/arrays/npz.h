#pragma once

#include <filesystem>
#include <string>

#include "app/files/arrays/array_info.h"
#include "app/files/arrays/array_open.h"
#include "app/files/names.h"

// NumPy's .npz archives: ZIP files of .npy files, stored or deflated, as numpy.savez and
// numpy.savez_compressed write them (APPNOTE 6.3, with ZIP64). libzip reads them.
namespace convscope::files {

// The most arrays that an archive may hold.
inline constexpr int kMaxZipEntries = 4096;

// Returns whether the file begins as ZIP files do; false where it can't be read.
bool is_zip(const std::filesystem::path& path);

// Returns the arrays of an archive in its order, by their headers alone. Throws Error where the
// file is missing or damaged, or holds too many entries, two of the same name, or an encrypted one.
ArrayList list_npz(const std::filesystem::path& path);

// Opens one of them, of the name that list_npz gives it. No more is decompressed than the array's
// header asks for.
OpenArray open_npz(const std::filesystem::path& path, const std::string& name);

}  // namespace convscope::files
