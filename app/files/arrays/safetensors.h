#pragma once

#include <filesystem>
#include <string>

#include "app/files/arrays/array_info.h"
#include "app/files/arrays/array_open.h"
#include "app/files/names.h"

// The tensors of a model in a .safetensors file, as github.com/huggingface/safetensors describes
// it: the length of a header, as 64-bit integer; the header, a JSON object with dtype, shape and
// place of each tensor; then their values, without gaps. All is little-endian.
namespace convscope::files {

// The most bytes of a header that are read.
inline constexpr std::uint64_t kMaxSafetensorsHeader = std::uint64_t{4} << 20;

// Return the tensors by name, in the order of their places, and open one of them. Throw Error where
// the file is missing or is not as described.
ArrayList list_safetensors(const std::filesystem::path& path);
OpenArray open_safetensors(const std::filesystem::path& path, const std::string& name);

}  // namespace convscope::files
