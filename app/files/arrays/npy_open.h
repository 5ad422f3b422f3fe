#pragma once

#include <filesystem>
#include <istream>
#include <memory>
#include <string>

#include "app/files/arrays/array_open.h"
#include "app/files/names.h"

namespace convscope::files {

// Opens a .npy file. Throws Error where it is missing, unreadable or damaged, has no values, or has
// another length than its header says.
OpenArray open_npy(const std::filesystem::path& path);

// Does the same for what stands in `bytes`, of which there are `size`; `label` is what messages
// call it.
OpenArray open_npy(std::unique_ptr<std::istream> bytes, std::uintmax_t size,
                   const std::string& label);

}  // namespace convscope::files
