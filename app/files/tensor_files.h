#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/json_text.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

// The .npy files beside a scene, which hold its large tensors. Each content has its own name,
// NAME.PLACE.CHECKSUM.npy ("s.input.0123456789abcdef.npy" for s.json), so that a file that a scene
// refers to never changes: saving a scene writes new files and a new JSON. If something else has
// the name already, NAME.PLACE.CHECKSUM-2.npy or the like is used.
namespace convscope::files {

// Returns the 64-bit FNV-1a hash, as 16 hexadecimal digits, of the four sizes as 64-bit integers
// and the values as float32, all little-endian.
std::string checksum_of(const Tensor& tensor);

// A name for a tensor's file.
struct TensorFileName {
  std::string name;
  bool exists = false;  // whether it exists with this content already
};

// Returns the first name that is free or whose file holds this tensor already.
TensorFileName tensor_file_name(const std::filesystem::path& folder, const std::string& stem,
                                const std::string& place, const std::string& checksum,
                                const Tensor& tensor);

// Returns the names of such files that a scene of this stem refers to in its JSON.
std::set<std::string> referenced_tensor_files(const Json& scene, std::string_view stem);

// Returns those of `names` that no other scene in the folder refers to; a copy of the scene may.
std::vector<std::string> unreferenced_elsewhere(const std::filesystem::path& folder,
                                                const std::filesystem::path& scene,
                                                const std::set<std::string>& names);

}  // namespace convscope::files
