#include "app/files/arrays/npy_open.h"

#include <array>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "app/files/arrays/npy_header.h"

namespace convscope::files {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMaxHeader = std::size_t{1} << 20;  // headers of record types can be long
constexpr const char* kFormat = ".npy file";

// Reads the length of the header's text: two bytes in version 1, four bytes since. Adds the bytes
// that were read to `taken`.
std::size_t header_length(std::istream& file, const std::string& label, std::uintmax_t& taken) {
  std::array<unsigned char, 8> start{};
  if (!file.read(reinterpret_cast<char*>(start.data()), start.size()) ||
      std::memcmp(start.data(), kMagic.data(), kMagic.size()) != 0) {
    throw Error("\"" + label + "\" is not a .npy file: it doesn't begin as numpy.save begins one");
  }
  const int version = start[6];
  if (version < 1 || version > 3 || start[7] != 0) {
    throw Error("\"" + label + "\" is of .npy version " + std::to_string(version) + "." +
                std::to_string(start[7]) + "; versions 1.0, 2.0 and 3.0 are read");
  }
  std::array<unsigned char, 4> length{};
  const int size = version == 1 ? 2 : 4;
  if (!file.read(reinterpret_cast<char*>(length.data()), size))
    throw damaged_array(label, kFormat, "it ends in the header");
  taken += start.size() + static_cast<std::uintmax_t>(size);
  return std::size_t{length[0]} | std::size_t{length[1]} << 8 | std::size_t{length[2]} << 16 |
         std::size_t{length[3]} << 24;
}

}  // namespace

OpenArray open_npy(const std::filesystem::path& path) {
  auto file = std::make_unique<std::ifstream>(open_bytes(path));
  const std::uintmax_t size = bytes_left(*file, path.string());
  return open_npy(std::move(file), size, path.string());
}

OpenArray open_npy(std::unique_ptr<std::istream> bytes, std::uintmax_t size,
                   const std::string& label) {
  OpenArray npy{label, kFormat, std::move(bytes), {}};
  std::uintmax_t taken = 0;
  const std::size_t length = header_length(*npy.bytes, label, taken);
  if (length > kMaxHeader)
    throw damaged_array(label, kFormat,
                        "its header would have " + std::to_string(length) + " bytes");
  std::string text(length, '\0');
  if (!npy.bytes->read(text.data(), static_cast<std::streamsize>(length)))
    throw damaged_array(label, kFormat, "it ends in the header");
  taken += length;
  std::optional<ArrayHeader> header = parse_npy_header(text);
  if (!header.has_value())
    throw damaged_array(label, kFormat,
                        "its header is not the dictionary of descr, fortran_order and shape");
  npy.header = *std::move(header);
  npy.header.numel = checked_numel(npy.header, label);
  require_length(npy, size < taken ? 0 : size - taken);
  // A structured or other unknown type has a length that is not known.
  npy.ends = npy.header.dtype.size != 0;
  return npy;
}

}  // namespace convscope::files
