#include "app/files/npy.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>
#include <type_traits>

#include "app/files/npy_header.h"
#include "engine/error.h"

namespace convscope {
namespace {

namespace fs = std::filesystem;

static_assert(std::endian::native == std::endian::little, "what is written is little-endian");

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr Index kMaxValues = Index{1} << 34;          // 64 GB as float32
constexpr std::size_t kMaxHeader = 1u << 16;          // a header of four sizes has 80 bytes
constexpr std::size_t kChunk = std::size_t{1} << 16;  // values converted at a time

std::string quoted(const fs::path& path) {
  return "\"" + path.string() + "\"";
}

// "(6, 8)", as NumPy prints it.
std::string shape_text(const std::vector<Index>& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

// An open file whose header was read: what follows are the values.
struct OpenFile {
  std::ifstream file;
  NpyHeader header;
};

std::ifstream open(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) throw Error("there is no file " + quoted(path));
  if (!fs::is_regular_file(path, error)) throw Error(quoted(path) + " is not a file");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(quoted(path) + " can't be read; is it yours to read?");
  return file;
}

Error damaged(const fs::path& path, const std::string& how) {
  return Error(quoted(path) + " is not a whole .npy file: " + how);
}

// The length of the header's text: two bytes in version 1, four since.
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
    throw damaged(path, "it ends in the header");
  return std::size_t{length[0]} | std::size_t{length[1]} << 8 | std::size_t{length[2]} << 16 |
         std::size_t{length[3]} << 24;
}

// Bytes of one value: the number at the end of "<f4"; 0 where there is none.
Index value_size(const std::string& dtype) {
  const std::size_t digits = dtype.find_last_not_of("0123456789") + 1;
  if (digits == dtype.size() || dtype.size() - digits > 4) return 0;
  return std::stol(dtype.substr(digits)) * (dtype.find('U') != std::string::npos ? 4 : 1);
}

Index checked_numel(const NpyHeader& header, const fs::path& path) {
  Index numel = 1;
  Index without_zeros = 1;  // so that (0, 10^18, 10^18) is refused too
  for (const Index size : header.shape) {
    if (size < 0)
      throw Error(quoted(path) + " has shape " + shape_text(header.shape) +
                  ": a size can't be negative");
    if (size > 0 && without_zeros > kMaxValues / size)
      throw Error(quoted(path) + " has shape " + shape_text(header.shape) +
                  ", which is too large: at most " + std::to_string(kMaxValues) +
                  " values are read");
    without_zeros *= std::max<Index>(size, 1);
    numel *= size;
  }
  return numel;
}

OpenFile open_npy(const fs::path& path) {
  OpenFile result{open(path), {}};
  const std::size_t length = header_length(result.file, path);
  if (length > kMaxHeader)
    throw damaged(path, "its header would have " + std::to_string(length) + " bytes");
  std::string text(length, '\0');
  if (!result.file.read(text.data(), static_cast<std::streamsize>(length)))
    throw damaged(path, "it ends in the header");
  const std::optional<NpyHeader> header = parse_npy_header(text);
  if (!header.has_value())
    throw damaged(path, "its header is not the dictionary of descr, fortran_order and shape");
  result.header = *header;
  result.header.numel = checked_numel(result.header, path);

  const Index size = value_size(result.header.dtype);
  const auto expected = static_cast<std::uintmax_t>(result.header.numel * size);
  const std::uintmax_t rest =
      fs::file_size(path) - static_cast<std::uintmax_t>(result.file.tellg());
  if (size != 0 && rest != expected) {
    throw damaged(path, "shape " + shape_text(result.header.shape) + " of " + result.header.dtype +
                            " takes " + std::to_string(expected) + " bytes, and " +
                            std::to_string(rest) + " follow the header");
  }
  return result;
}

template <typename T>
T swapped(T value) {
  auto bytes = std::bit_cast<std::array<std::byte, sizeof(T)>>(value);
  std::ranges::reverse(bytes);
  return std::bit_cast<T>(bytes);
}

// "(0, 2)": the place of the value that is the `number`-th in the file, counted from 0.
std::string place_text(const NpyHeader& header, std::size_t number) {
  std::vector<Index> at(header.shape.size());
  auto rest = static_cast<Index>(number);
  for (std::size_t i = 0; i < at.size(); ++i) {
    const std::size_t d = header.fortran_order ? i : at.size() - 1 - i;  // fastest first
    at[d] = rest % header.shape[d];
    rest /= header.shape[d];
  }
  return shape_text(at);
}

// A finite number must not become an infinite one without a word.
template <typename To, typename From>
To narrowed(From value, const OpenFile& npy, const fs::path& path, std::size_t number) {
  const To result = static_cast<To>(value);
  if constexpr (std::is_same_v<From, double> && std::is_same_v<To, float>) {
    if (std::isinf(result) && !std::isinf(value)) {
      std::array<char, 32> text{};
      char* const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
      throw Error(quoted(path) + " has " + std::string(text.data(), end) + " at " +
                  place_text(npy.header, number) + ", which is beyond float32; values up to " +
                  "3.4e38 are read");
    }
  }
  return result;
}

// The file's values of type From, in the file's order.
template <typename From, typename To>
void read_values(OpenFile& npy, const fs::path& path, std::span<To> values) {
  const bool swap = npy.header.dtype[0] == '>';
  std::vector<From> chunk(std::min(kChunk, values.size()));
  for (std::size_t done = 0; done < values.size();) {
    const std::size_t count = std::min(kChunk, values.size() - done);
    if (!npy.file.read(reinterpret_cast<char*>(chunk.data()),
                       static_cast<std::streamsize>(count * sizeof(From))))
      throw damaged(path, "its values can't be read to the end");
    for (std::size_t i = 0; i < count; ++i)
      values[done + i] = narrowed<To>(swap ? swapped(chunk[i]) : chunk[i], npy, path, done + i);
    done += count;
  }
}

// From columns first, where the first index changes fastest, to rows first.
template <typename To>
void columns_to_rows(const std::vector<Index>& shape, std::span<To> values) {
  const std::vector<To> columns(values.begin(), values.end());
  std::vector<Index> step(shape.size(), 1);  // in `columns`
  for (std::size_t d = 1; d < shape.size(); ++d)
    step[d] = step[d - 1] * shape[d - 1];
  std::vector<Index> at(shape.size(), 0);
  Index from = 0;
  for (To& value : values) {
    value = columns[static_cast<std::size_t>(from)];
    for (std::size_t d = shape.size(); d-- > 0;) {
      from += step[d];
      if (++at[d] < shape[d]) break;
      from -= at[d] * step[d];
      at[d] = 0;
    }
  }
}

bool is_dtype(const std::string& dtype, std::string_view kind) {
  return dtype.size() == 3 && (dtype[0] == '<' || dtype[0] == '>') && dtype.substr(1) == kind;
}

template <typename To>
void read_rows(OpenFile& npy, const fs::path& path, std::span<To> values) {
  const std::string& dtype = npy.header.dtype;
  if (is_dtype(dtype, "f4")) read_values<float>(npy, path, values);
  if (is_dtype(dtype, "f8")) read_values<double>(npy, path, values);
  if (is_dtype(dtype, "i8")) read_values<std::int64_t>(npy, path, values);
  if (npy.header.fortran_order) columns_to_rows(npy.header.shape, values);
}

bool is_float(const std::string& dtype) {
  return is_dtype(dtype, "f4") || is_dtype(dtype, "f8");
}

void require_float(const NpyHeader& header, const fs::path& path) {
  if (!is_float(header.dtype))
    throw Error(quoted(path) + " holds values of dtype \"" + header.dtype +
                "\"; float32 and float64 are read: save it with .astype('float32')");
}

void write_header(PendingFile& file, const char* dtype, const std::string& shape) {
  std::string text =
      std::string("{'descr': '") + dtype + "', 'fortran_order': False, 'shape': " + shape + ", }";
  // Magic, version, length and text together are a multiple of 64 bytes, the last a line feed.
  constexpr std::size_t kBefore = 10;
  text.append(63 - (kBefore + text.size()) % 64, ' ');
  text += '\n';
  std::string start(kMagic);
  start +=
      {'\x01', '\x00', static_cast<char>(text.size() % 256), static_cast<char>(text.size() / 256)};
  start += text;
  file.write(std::as_bytes(std::span(start)));
}

std::string shape_text(const Shape& s) {
  return shape_text(std::vector<Index>{s.n, s.c, s.h, s.w});
}

}  // namespace

bool is_npy(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  std::string start(kMagic.size(), '\0');
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == kMagic;
}

NpyHeader npy_header(const fs::path& path) {
  return open_npy(path).header;
}

Tensor read_npy(const fs::path& path) {
  OpenFile npy = open_npy(path);
  require_float(npy.header, path);
  std::vector<Index> shape = npy.header.shape;
  if (shape.size() < 2 || shape.size() > 4)
    throw Error(quoted(path) + " has shape " + shape_text(shape) +
                "; 2 dimensions (H, W), 3 (C, H, W) or 4 (N, C, H, W) are read");
  shape.insert(shape.begin(), 4 - shape.size(), 1);
  Tensor tensor;
  tensor.resize({shape[0], shape[1], shape[2], shape[3]});
  read_rows(npy, path, tensor.values());
  return tensor;
}

std::vector<float> read_npy_vector(const fs::path& path) {
  OpenFile npy = open_npy(path);
  require_float(npy.header, path);
  if (npy.header.shape.size() != 1)
    throw Error(quoted(path) + " has shape " + shape_text(npy.header.shape) +
                "; one dimension is read here");
  std::vector<float> values(static_cast<std::size_t>(npy.header.numel));
  read_rows(npy, path, std::span(values));
  return values;
}

std::vector<Index> read_npy_indices(const fs::path& path) {
  OpenFile npy = open_npy(path);
  if (!is_dtype(npy.header.dtype, "i8"))
    throw Error(quoted(path) + " holds values of dtype \"" + npy.header.dtype +
                "\"; int64 is read here");
  std::vector<Index> values(static_cast<std::size_t>(npy.header.numel));
  read_rows(npy, path, std::span(values));
  return values;
}

std::vector<double> read_npy_values(const fs::path& path) {
  OpenFile npy = open_npy(path);
  if (!is_float(npy.header.dtype) && !is_dtype(npy.header.dtype, "i8"))
    throw Error(quoted(path) + " holds values of dtype \"" + npy.header.dtype +
                "\"; float32, float64 and int64 are read");
  std::vector<double> values(static_cast<std::size_t>(npy.header.numel));
  read_rows(npy, path, std::span(values));
  return values;
}

void write_npy(PendingFile& file, const Tensor& tensor) {
  write_header(file, "<f4", shape_text(tensor.shape()));
  file.write(std::as_bytes(tensor.values()));
}

void write_npy_vector(PendingFile& file, std::span<const float> values) {
  write_header(file, "<f4", shape_text(std::vector<Index>{std::ssize(values)}));
  file.write(std::as_bytes(values));
}

void write_npy_indices(PendingFile& file, const Shape& shape, std::span<const Index> indices) {
  assert(std::ssize(indices) == shape.numel());
  write_header(file, "<i8", shape_text(shape));
  file.write(std::as_bytes(indices));
}

void write_npy(const fs::path& path, const Tensor& tensor) {
  PendingFile file(path);
  write_npy(file, tensor);
  file.commit();
}

}  // namespace convscope
