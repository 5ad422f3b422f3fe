#include "app/files/tensor_files.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

#include "app/files/arrays/npy.h"
#include "app/files/scene_file.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDigits = 16;

class Fnv1a {
 public:
  template <typename Integer>
  void add(Integer value) {
    for (std::size_t i = 0; i < sizeof(value); ++i) {
      state_ = (state_ ^ ((value >> (8 * i)) & 0xFF)) * 0x100000001b3u;
    }
  }
  std::string text() const {
    std::string digits;
    for (int shift = 60; shift >= 0; shift -= 4)
      digits += "0123456789abcdef"[(state_ >> shift) & 15];
    return digits;
  }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325u;
};

// Returns whether the file is exactly what write_npy writes for the tensor.
bool holds(const fs::path& path, const Tensor& tensor) {
  try {
    const ArrayHeader header = npy_header(path);
    const Shape& s = tensor.shape();
    const ArrayDtype& type = header.dtype;
    if (type.type != ArrayType::kFloat32 || type.big_endian || header.fortran_order ||
        header.shape != std::vector<Index>{s.n, s.c, s.h, s.w})
      return false;
  } catch (const Error&) {
    return false;  // it is some other file
  }
  std::ifstream file(path, std::ios::binary);
  const std::span<const std::byte> values = std::as_bytes(tensor.values());
  file.seekg(-static_cast<std::streamoff>(values.size()), std::ios::end);
  std::array<std::byte, 65536> buffer{};
  for (std::size_t at = 0; at < values.size();) {
    const std::size_t count = std::min(buffer.size(), values.size() - at);
    if (!file.read(reinterpret_cast<char*>(buffer.data()), static_cast<std::streamsize>(count)))
      return false;
    if (std::memcmp(buffer.data(), values.data() + at, count) != 0) return false;
    at += count;
  }
  return true;
}

bool is_tensor_file(std::string_view name, std::string_view stem, std::string_view checksum) {
  if (checksum.size() != kDigits || name.find('/') != std::string_view::npos) return false;
  if (!name.starts_with(std::string(stem) + ".") || !name.ends_with(".npy")) return false;
  name.remove_suffix(4);
  const std::size_t at = name.rfind(checksum);
  if (at == std::string_view::npos || at == 0 || name[at - 1] != '.') return false;
  const std::string_view number = name.substr(at + kDigits);
  return number.empty() || (number.size() > 1 && number.front() == '-' &&
                            number.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

void collect(const Json& json, std::string_view stem, std::set<std::string>& names) {
  if (!json.is_structured()) return;
  const auto text_of = [&](const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (json.is_object()) {
    const std::string name = text_of("file");
    if (is_tensor_file(name, stem, text_of("checksum"))) names.insert(name);
  }
  for (const Json& member : json)
    collect(member, stem, names);
}

// Returns whether a file may be a scene or a backup copy of one: "s.json.bak", "s.json~".
bool may_be_scene(const fs::path& path) {
  return has_scene_extension(path) || path.filename().string().find(".json") != std::string::npos;
}

// Returns the text of a file; nullopt if it can't be read. Empty if it is too large for a scene.
std::optional<std::string> text_of_file(const fs::path& path) {
  constexpr std::uintmax_t kMax = std::uintmax_t{64} << 20;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return "";
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return std::nullopt;
  if (size > kMax) return "";
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

std::string checksum_of(const Tensor& tensor) {
  Fnv1a sum;
  const Shape& s = tensor.shape();
  for (const Index size : {s.n, s.c, s.h, s.w})
    sum.add(static_cast<std::uint64_t>(size));
  for (const float value : tensor.values())
    sum.add(std::bit_cast<std::uint32_t>(value));
  return sum.text();
}

TensorFileName tensor_file_name(const fs::path& folder, const std::string& stem,
                                const std::string& place, const std::string& checksum,
                                const Tensor& tensor) {
  const std::string start = stem + "." + place + "." + checksum;
  for (int i = 1;; ++i) {
    const std::string name = start + (i == 1 ? "" : "-" + std::to_string(i)) + ".npy";
    std::error_code error;
    const fs::file_status status = fs::symlink_status(folder / name, error);
    if (!fs::exists(status)) return {name, false};
    if (fs::is_regular_file(status) && holds(folder / name, tensor)) return {name, true};
  }
}

std::set<std::string> referenced_tensor_files(const Json& scene, std::string_view stem) {
  std::set<std::string> names;
  collect(scene, stem, names);
  return names;
}

std::vector<std::string> unreferenced_elsewhere(const fs::path& folder, const fs::path& scene,
                                                const std::set<std::string>& names) {
  std::vector<std::string> left(names.begin(), names.end());
  std::error_code error;
  for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    if (left.empty()) break;
    if (!may_be_scene(it->path()) || it->path().filename() == scene.filename()) continue;
    const std::optional<std::string> text = text_of_file(it->path());
    if (!text) return {};  // an unreadable scene may refer to any of the names
    std::erase_if(left,
                  [&](const std::string& name) { return text->find(name) != std::string::npos; });
  }
  if (error) left.clear();
  return left;
}

}  // namespace convscope::files
