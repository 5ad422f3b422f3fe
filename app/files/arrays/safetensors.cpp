#include "app/files/arrays/safetensors.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "app/files/arrays/array_dtype.h"
#include "app/files/json_text.h"
#include "app/files/parse_json.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormat = "safetensors file";

struct Code {
  std::string_view code;
  std::string_view name;
};
constexpr std::array kCodes = {
    Code{"F64", "float64"},   Code{"F32", "float32"}, Code{"F16", "float16"},
    Code{"BF16", "bfloat16"}, Code{"I64", "int64"},   Code{"I32", "int32"},
    Code{"I16", "int16"},     Code{"I8", "int8"},     Code{"U64", "uint64"},
    Code{"U32", "uint32"},    Code{"U16", "uint16"},  Code{"U8", "uint8"},
    Code{"BOOL", "bool"},
};

// A tensor with its place behind the header.
struct Placed {
  std::string name;
  ArrayHeader header;
  std::uint64_t begin = 0, end = 0;
};

struct Contents {
  std::ifstream file;
  std::uint64_t values = 0;  // where the values begin
  std::vector<Placed> tensors;
};

Error damaged(const fs::path& path, const std::string& how) {
  return damaged_array(path.string(), kFormat, how);
}

// Returns a whole number that is not negative; nullopt for anything else.
std::optional<std::uint64_t> natural(const Json& json) {
  if (json.is_number_unsigned()) return json.get<std::uint64_t>();
  return std::nullopt;
}

ArrayDtype dtype_of(const Json& json) {
  const std::string code = json.is_string() ? json.get<std::string>() : json.dump();
  const auto found = std::ranges::find(kCodes, code, &Code::code);
  if (found != kCodes.end()) return array_dtype(found->name);
  ArrayDtype other;
  other.name = code;
  other.what = "values of a type that is not read here";
  other.advice = "save it with .float()";
  return other;
}

// Reads the sizes; the product stays below 2^63.
std::vector<Index> shape_of(const Json& json,
                            const std::function<Error(const std::string&)>& wrong) {
  if (!json.is_array()) throw wrong("has no list as its shape");
  std::vector<Index> shape;
  for (const Json& size : json) {
    const std::optional<std::uint64_t> value = natural(size);
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<Index>::max());
    if (!value || *value > kMost) throw wrong("has the size " + json_text(size) + " in its shape");
    shape.push_back(static_cast<Index>(*value));
  }
  return shape;
}

// Returns how many bytes the values take; nullopt where that is beyond 64 bits.
std::optional<std::uint64_t> byte_count(const ArrayHeader& header) {
  std::uint64_t bytes = static_cast<std::uint64_t>(header.dtype.size);
  for (const Index size : header.shape)
    if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes))
      return std::nullopt;
  return bytes;
}

Placed placed_tensor(const fs::path& path, const std::string& name, const Json& json) {
  const auto wrong = [&](const std::string& how) {
    return damaged(path, "its tensor \"" + name + "\" " + how);
  };
  for (const char* key : {"dtype", "shape", "data_offsets"})
    if (!json.is_object() || !json.contains(key))
      throw wrong(std::string("has no \"") + key + "\"");
  Placed placed{name, {}, 0, 0};
  placed.header.dtype = dtype_of(json.at("dtype"));
  placed.header.descr = placed.header.dtype.name;
  placed.header.shape = shape_of(json.at("shape"), wrong);
  const Json& offsets = json.at("data_offsets");
  const bool pair = offsets.is_array() && offsets.size() == 2;
  const auto begin = pair ? natural(offsets[0]) : std::nullopt;
  const auto end = pair ? natural(offsets[1]) : std::nullopt;
  if (!begin || !end || *end < *begin)
    throw wrong("has " + json_text(offsets) +
                " as its data_offsets; two whole numbers, of which the "
                "first is not larger, are accepted");
  placed.begin = *begin;
  placed.end = *end;
  const std::optional<std::uint64_t> bytes = byte_count(placed.header);
  if (placed.header.dtype.size > 0 && bytes != placed.end - placed.begin)
    throw wrong("has " + std::to_string(placed.end - placed.begin) + " bytes, and its shape " +
                array_shape_text(placed.header.shape) + " of " + placed.header.dtype.name +
                " takes " + (bytes ? std::to_string(*bytes) : "more than 64 bits can count"));
  return placed;
}

// Throws Error where the tensors overlap, leave gaps, or don't end with the file.
void require_gapless(const fs::path& path, const std::vector<Placed>& tensors, std::uint64_t left) {
  std::uint64_t next = 0;
  for (const Placed& one : tensors) {
    if (one.begin != next)
      throw damaged(path, "its tensor \"" + one.name + "\" begins at byte " +
                              std::to_string(one.begin) +
                              " of the values, where the one before ends "
                              "at " +
                              std::to_string(next));
    next = one.end;
  }
  if (next != left)
    throw damaged(path, "its tensors take " + std::to_string(next) + " bytes, and " +
                            std::to_string(left) + " follow the header");
}

Json read_header(const fs::path& path, std::ifstream& file, std::uint64_t& left) {
  std::array<unsigned char, 8> start{};
  if (!file.read(reinterpret_cast<char*>(start.data()), start.size()))
    throw damaged(path, "it has fewer than 8 bytes");
  left -= start.size();
  std::uint64_t length = 0;
  for (std::size_t i = start.size(); i-- > 0;)
    length = length << 8 | start[i];
  if (length > left)
    throw damaged(path, "its header would have " + std::to_string(length) + " bytes, and " +
                            std::to_string(left) + " follow");
  if (length > kMaxSafetensorsHeader)
    throw Error("\"" + path.string() + "\" has a header of " + std::to_string(length >> 10) +
                " kB; at most " + std::to_string(kMaxSafetensorsHeader >> 10) + " kB are read");
  std::string text(static_cast<std::size_t>(length), '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(length)))
    throw damaged(path, "it ends in the header");
  left -= length;
  Json header;
  try {
    header = parse_json(text);
  } catch (const Error& error) {
    throw damaged(path, std::string("its header can't be read: ") + error.what());
  }
  if (!header.is_object()) throw damaged(path, "its header is no JSON object");
  return header;
}

Contents read_contents(const fs::path& path) {
  Contents contents{open_bytes(path), 0, {}};
  std::uint64_t left = bytes_left(contents.file, path.string());
  const Json header = read_header(path, contents.file, left);
  contents.values = static_cast<std::uint64_t>(contents.file.tellg());
  for (const auto& [name, json] : header.items())
    if (name != "__metadata__") contents.tensors.push_back(placed_tensor(path, name, json));
  std::ranges::stable_sort(contents.tensors, {}, [](const Placed& one) {
    return std::pair{one.begin, one.end};
  });
  require_gapless(path, contents.tensors, left);
  return contents;
}

}  // namespace

ArrayList list_safetensors(const fs::path& path) {
  ArrayList list{kFormat, {}, {}};
  for (const Placed& one : read_contents(path).tensors)
    list.arrays.push_back(info_of(one.header, one.name));
  return list;
}

OpenArray open_safetensors(const fs::path& path, const std::string& name) {
  Contents contents = read_contents(path);
  const auto found = std::ranges::find(contents.tensors, name, &Placed::name);
  if (found == contents.tensors.end())
    throw Error("\"" + path.string() + "\" holds no tensor \"" + name + "\"");
  OpenArray array{path.string() + ":" + name, kFormat, nullptr, found->header, false, {}};
  array.header.numel = checked_numel(array.header, array.label);
  contents.file.seekg(static_cast<std::streamoff>(contents.values + found->begin));
  array.bytes = std::make_unique<std::ifstream>(std::move(contents.file));
  return array;
}

}  // namespace convscope::files
