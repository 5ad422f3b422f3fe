#include "app/files/arrays/array_open.h"

#include <cerrno>
#include <system_error>

#include "app/files/system_reason.h"
#include "engine/core/option_check.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

// Returns the descr for a message, cut where it is long.
std::string descr_text(const std::string& descr) {
  constexpr std::size_t kMax = 60;
  if (descr.size() <= kMax) return descr;
  std::size_t end = kMax;
  while (end > 0 && (descr[end] & 0xC0) == 0x80)
    --end;  // not inside a UTF-8 sequence
  return descr.substr(0, end) + "…";
}

std::string quoted(const std::string& label) {
  return "\"" + label + "\"";
}

}  // namespace

std::ifstream open_bytes(const fs::path& path) {
  const std::string name = quoted(path.string());
  std::error_code error;
  const bool there = fs::exists(path, error);
  if (error) throw Error(name + " can't be read: " + system_reason(error.value()));
  if (!there) throw Error("there is no file " + name);
  if (!fs::is_regular_file(path, error)) throw Error(name + " is not a file");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(name + " can't be read: " + system_reason(errno));
  return file;
}

std::uintmax_t bytes_left(std::istream& file, const std::string& label) {
  // Takes the size of the open file: another file may have taken the name meanwhile.
  const std::streamoff begin = file.tellg();
  file.seekg(0, std::ios::end);
  const std::streamoff end = file.tellg();
  if (!file.seekg(begin) || end < begin) throw Error(quoted(label) + " can't be read to its end");
  return static_cast<std::uintmax_t>(end - begin);
}

Index checked_numel(const ArrayHeader& header, const std::string& label) {
  const auto refused = [&](const std::string& why) {
    return Error(quoted(label) + " has shape " + array_shape_text(header.shape) + why);
  };
  Index numel = 1;
  for (const Index size : header.shape) {
    if (size < 0) throw refused(": a size can't be negative");
    if (size == 0) throw refused(", which has no values; at least one is needed");
    if (numel > kMaxValues / size)
      throw refused(", which is too large: at most " + std::to_string(kMaxValues) +
                    " values are read");
    numel *= size;
  }
  return numel;
}

void require_length(const OpenArray& array, std::uintmax_t left) {
  const ArrayHeader& header = array.header;
  if (header.dtype.size == 0) return;
  const auto expected = static_cast<std::uintmax_t>(header.numel * header.dtype.size);
  if (left == expected) return;
  throw damaged_array(array.label, array.format,
                      "shape " + array_shape_text(header.shape) + " of " + header.dtype.name +
                          " takes " + std::to_string(expected) + " bytes, and " +
                          std::to_string(left) + " follow the header");
}

void require_whole(OpenArray& array) {
  if (!array.ends) return;
  const int next = array.bytes->peek();
  if (array.bytes->bad())
    throw damaged_array(array.label, array.format, "its checksum is that of other values");
  if (next != std::istream::traits_type::eof())
    throw damaged_array(array.label, array.format,
                        "more bytes follow than shape " + array_shape_text(array.header.shape) +
                            " of " + array.header.dtype.name + " takes");
}

Error damaged_array(const std::string& label, const std::string& format, const std::string& how) {
  return Error(quoted(label) + " is not a whole " + format + ": " + how);
}

std::string array_place(const ArrayHeader& header, Index number) {
  std::vector<Index> at(header.shape.size());
  for (std::size_t i = 0; i < at.size(); ++i) {
    // The axis that changes fastest first.
    const std::size_t d = header.fortran_order ? i : at.size() - 1 - i;
    at[d] = number % header.shape[d];
    number /= header.shape[d];
  }
  return array_shape_text(at);
}

std::string unreadable_text(const ArrayHeader& header) {
  if (header.dtype.type != ArrayType::kOther) return {};
  return header.dtype.what + " (dtype " + descr_text(header.descr) + ")";
}

void require_readable(const OpenArray& array) {
  const std::string what = unreadable_text(array.header);
  if (what.empty()) return;
  throw Error(
      quoted(array.label) + " holds " + what +
      "; whole numbers, bool, float16, float32 and float64 are read: " + array.header.dtype.advice);
}

}  // namespace convscope::files
