#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/json_text.h"
#include "engine/core/tensor.h"

// The .npy files beside a scene, which hold its large tensors. Each content has a name of its own,
// NAME.PLACE.CHECKSUM.npy ("s.input.0123456789abcdef.npy" of s.json), so that a file that a scene
// names is never changed: a scene is saved by new files and a new JSON. Names that are taken by
// something else are left to it: then it is NAME.PLACE.CHECKSUM-2.npy or the like.
namespace convscope {

// FNV-1a, 64 bits, as 16 hexadecimal digits: of the four sizes as 64-bit integers and the values as
// float32, all with the least byte first.
std::string checksum_of(const Tensor& tensor);

struct TensorFileName {
  std::string name;
  bool exists = false;  // with this content already
};

// The first name that is free, or that has the tensor already.
TensorFileName tensor_file_name(const std::filesystem::path& folder, const std::string& stem,
                                const std::string& place, const std::string& checksum,
                                const Tensor& tensor);

// The names of such files that the scene of that stem, as it stands in its JSON, refers to.
std::set<std::string> named_tensor_files(const Json& scene, std::string_view stem);

// Those of `names` that no other scene of the folder refers to: a copy of the scene may.
std::vector<std::string> named_nowhere_else(const std::filesystem::path& folder,
                                            const std::filesystem::path& scene,
                                            const std::set<std::string>& names);

}  // namespace convscope
