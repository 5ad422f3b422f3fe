#include "app/files/arrays/npy_open.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <system_error>

#include "app/files/system_reason.h"
#include "engine/core/option_check.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMaxHeader = std::size_t{1} << 20;  // headers of record types can be long

std::string quoted(const fs::path& path) {
  return "\"" + path.string() + "\"";
}

std::ifstream open(const fs::path& path) {
  std::error_code error;
  const bool there = fs::exists(path, error);
  if (error) throw Error(quoted(path) + " can't be read: " + system_reason(error.value()));
  if (!there) throw Error("there is no file " + quoted(path));
  if (!fs::is_regular_file(path, error)) throw Error(quoted(path) + " is not a file");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(quoted(path) + " can't be read: " + system_reason(errno));
  return file;
}

// Reads the length of the header's text: two bytes in version 1, four bytes since.
std::size_t header_length(std::ifstream& file, const fs::path& path) {
  std::array<unsigned char, 8> start{};
  if (!file.read(reinterpret_cast<char*>(start.data()), start.size()) ||
      std::memcmp(start.data(), kMagic.data(), kMagic.size()) != 0) {
    throw Error(quoted(path) + " is not a .npy file: it doesn't begin as numpy.save begins one");
  }
  const int version = start[6];
  if (version < 1 || version > 3 || start[7] != 0) {
    throw Error(quoted(path) + " is of .npy version " + std::to_string(version) + "." +
                std::to_string(start[7]) + "; versions 1.0, 2.0 and 3.0 are read");
  }
  std::array<unsigned char, 4> length{};
  if (!file.read(reinterpret_cast<char*>(length.data()), version == 1 ? 2 : 4))
    throw damaged_npy(path, "it ends in the header");
  return std::size_t{length[0]} | std::size_t{length[1]} << 8 | std::size_t{length[2]} << 16 |
         std::size_t{length[3]} << 24;
}

Index checked_numel(const NpyHeader& header, const fs::path& path) {
  const auto refused = [&](const std::string& why) {
    return Error(quoted(path) + " has shape " + npy_shape_text(header.shape) + why);
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

void require_length(OpenNpy& npy) {
  const NpyHeader& header = npy.header;
  if (header.dtype.size == 0) return;
  const auto expected = static_cast<std::uintmax_t>(header.numel * header.dtype.size);
  // Takes the size of the open file: another file may have taken the name meanwhile.
  const std::streamoff begin = npy.file.tellg();
  npy.file.seekg(0, std::ios::end);
  const std::streamoff end = npy.file.tellg();
  if (!npy.file.seekg(begin) || end < begin)
    throw Error(quoted(npy.path) + " can't be read to its end");
  const auto rest = static_cast<std::uintmax_t>(end - begin);
  if (rest != expected) {
    throw damaged_npy(npy.path, "shape " + npy_shape_text(header.shape) + " of " +
                                    header.dtype.name + " takes " + std::to_string(expected) +
                                    " bytes, and " + std::to_string(rest) + " follow the header");
  }
}

// Returns the descr for a message, cut where it is long.
std::string descr_text(const std::string& descr) {
  constexpr std::size_t kMax = 60;
  if (descr.size() <= kMax) return descr;
  std::size_t end = kMax;
  while (end > 0 && (descr[end] & 0xC0) == 0x80)
    --end;  // not inside a UTF-8 sequence
  return descr.substr(0, end) + "…";
}

}  // namespace

Error damaged_npy(const fs::path& path, const std::string& how) {
  return Error(quoted(path) + " is not a whole .npy file: " + how);
}

OpenNpy open_npy(const fs::path& path) {
  OpenNpy npy{path, open(path), {}};
  const std::size_t length = header_length(npy.file, path);
  if (length > kMaxHeader)
    throw damaged_npy(path, "its header would have " + std::to_string(length) + " bytes");
  std::string text(length, '\0');
  if (!npy.file.read(text.data(), static_cast<std::streamsize>(length)))
    throw damaged_npy(path, "it ends in the header");
  std::optional<NpyHeader> header = parse_npy_header(text);
  if (!header.has_value())
    throw damaged_npy(path, "its header is not the dictionary of descr, fortran_order and shape");
  npy.header = *std::move(header);
  npy.header.numel = checked_numel(npy.header, path);
  require_length(npy);
  return npy;
}

std::string npy_place(const NpyHeader& header, Index number) {
  std::vector<Index> at(header.shape.size());
  for (std::size_t i = 0; i < at.size(); ++i) {
    // The axis that changes fastest first.
    const std::size_t d = header.fortran_order ? i : at.size() - 1 - i;
    at[d] = number % header.shape[d];
    number /= header.shape[d];
  }
  return npy_shape_text(at);
}

void require_readable(const OpenNpy& npy) {
  const NpyDtype& dtype = npy.header.dtype;
  if (dtype.type != NpyType::kOther) return;
  throw Error(quoted(npy.path) + " holds " + dtype.what + " (dtype " +
              descr_text(npy.header.descr) +
              "); whole numbers, bool, float16, float32 and float64 are read: " + dtype.advice);
}

}  // namespace convscope::files
