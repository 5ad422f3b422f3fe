#include "app/files/arrays/array_file.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <vector>

#include "app/files/arrays/idx.h"
#include "app/files/arrays/npy.h"
#include "app/files/arrays/npy_open.h"
#include "app/files/arrays/npz.h"
#include "app/files/arrays/safetensors.h"
#include "app/files/arrays/table_file.h"
#include "app/files/near_name.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

enum class Format { kNone, kNpy, kNpz, kSafetensors, kIdx, kTable };

std::string lower_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return extension;
}

// A file that does not begin as its name says is read as its name says, for the message.
Format format_of(const fs::path& file) {
  const std::string extension = lower_extension(file);
  if (extension == ".safetensors") return Format::kSafetensors;
  if (has_table_extension(file)) return Format::kTable;
  if (is_npy(file)) return Format::kNpy;
  if (is_zip(file)) return Format::kNpz;
  if (is_idx(file)) return Format::kIdx;
  if (extension == ".npy") return Format::kNpy;
  if (extension == ".npz") return Format::kNpz;
  if (extension == ".idx") return Format::kIdx;
  return Format::kNone;
}

bool holds_several(Format format) {
  return format == Format::kNpz || format == Format::kSafetensors;
}

ArrayList list(const fs::path& file, Format format) {
  switch (format) {
    case Format::kNpz:
      return list_npz(file);
    case Format::kSafetensors:
      return list_safetensors(file);
    default:
      break;
  }
  const OpenArray array = open_array({file, ""});
  return {array.format, {info_of(array.header, "")}, {}};
}

// Lists some of the arrays for a message.
std::string names_text(const ArrayList& list) {
  constexpr std::size_t kMost = 6;
  const std::vector<ArrayInfo> arrays = weights_first(list.arrays);
  std::string text;
  for (std::size_t i = 0; i < std::min(kMost, arrays.size()); ++i)
    text += (i == 0 ? "" : ", ") + info_text(arrays[i]);
  if (arrays.size() > kMost) text += ", and " + std::to_string(arrays.size() - kMost) + " more";
  return text;
}

// Returns the name of the array that is meant. Throws Error where that is not clear.
std::string meant_name(const ArrayPath& path, const ArrayList& list) {
  const std::string file = path.file.string();
  if (list.arrays.empty()) throw Error("\"" + file + "\" is a " + list.format + " without arrays");
  if (path.name.empty()) {
    if (list.arrays.size() == 1) return list.arrays.front().name;
    throw Error("\"" + file + "\" holds " + std::to_string(list.arrays.size()) +
                " arrays; choose one by its name, as in \"" + file + ":" +
                weights_first(list.arrays).front().name + "\": " + names_text(list));
  }
  if (std::ranges::find(list.arrays, path.name, &ArrayInfo::name) != list.arrays.end())
    return path.name;
  std::vector<std::string> names;
  for (const ArrayInfo& info : list.arrays)
    names.push_back(info.name);
  const std::string_view near = nearest_name(path.name, names);
  throw Error("\"" + file + "\" holds no array \"" + path.name + "\"" +
              (near.empty() ? "; it holds " + names_text(list)
                            : "; did you mean \"" + std::string(near) + "\"?"));
}

}  // namespace

ArrayPath array_path(const std::string& written) {
  std::error_code ignored;
  const std::size_t colon = written.rfind(':');
  if (colon == std::string::npos || fs::exists(written, ignored)) return {written, ""};
  // A name may have colons too, so that the first part that is a file ends before it.
  for (std::size_t at = written.find(':'); at != std::string::npos;
       at = written.find(':', at + 1)) {
    const std::string file = written.substr(0, at);
    if (fs::is_regular_file(file, ignored)) return {file, written.substr(at + 1)};
  }
  return {written, ""};
}

bool is_array_file(const fs::path& file) {
  return format_of(file) != Format::kNone;
}

bool has_array_extension(const fs::path& file) {
  const std::string extension = lower_extension(file);
  constexpr std::array kNames = {".npy", ".npz", ".safetensors", ".idx", ".csv", ".tsv"};
  const std::string name = file.filename().string();
  const bool mnist = name.ends_with("-ubyte") || name.ends_with("-ubyte.gz");
  return mnist || std::ranges::find(kNames, extension) != kNames.end();
}

ArrayList list_arrays(const fs::path& file) {
  return list(file, format_of(file));
}

OpenArray open_array(const ArrayPath& path) {
  const Format format = format_of(path.file);
  if (!path.name.empty() && !holds_several(format))
    throw Error("\"" + path.file.string() +
                "\" holds a single array, which has no name such as \"" + path.name + "\"");
  switch (format) {
    case Format::kNpz:
      return open_npz(path.file, meant_name(path, list_npz(path.file)));
    case Format::kSafetensors:
      return open_safetensors(path.file, meant_name(path, list_safetensors(path.file)));
    case Format::kIdx:
      return open_idx(path.file);
    case Format::kTable:
      return open_table(path.file);
    case Format::kNpy:
    case Format::kNone:
      break;
  }
  return open_npy(path.file);
}

std::vector<ArrayInfo> weights_first(std::vector<ArrayInfo> arrays) {
  // Clang 14 can't compile that of std::ranges.
  std::stable_partition(arrays.begin(), arrays.end(), [](const ArrayInfo& a) {
    return a.shape.size() == 4 && a.unreadable.empty();
  });
  return arrays;
}

std::string info_text(const ArrayInfo& info) {
  return info.name + " " + array_shape_text(info.shape) + " " + info.dtype;
}

}  // namespace convscope::files
