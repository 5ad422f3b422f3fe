#include "app/files/arrays/npy_write.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <string>
#include <vector>

#include "app/files/arrays/npy_header.h"

namespace convscope::files {
namespace {

static_assert(std::endian::native == std::endian::little, "what is written is little-endian");

std::string header_bytes(const char* dtype, const std::vector<Index>& shape) {
  std::string text = std::string("{'descr': '") + dtype +
                     "', 'fortran_order': False, 'shape': " + array_shape_text(shape) + ", }";
  // Magic, version, length and text together are a multiple of 64 bytes; the last one is a line
  // feed.
  constexpr std::size_t kBefore = 10;
  text.append(63 - (kBefore + text.size()) % 64, ' ');
  text += '\n';
  std::string start("\x93NUMPY");
  start +=
      {'\x01', '\x00', static_cast<char>(text.size() % 256), static_cast<char>(text.size() / 256)};
  return start + text;
}

void write_header(PendingFile& file, const char* dtype, const std::vector<Index>& shape) {
  const std::string bytes = header_bytes(dtype, shape);
  file.write(std::as_bytes(std::span(bytes)));
}

std::vector<Index> sizes(const Shape& s) {
  return {s.n, s.c, s.h, s.w};
}

}  // namespace

void write_npy(PendingFile& file, const Tensor& tensor) {
  write_header(file, "<f4", sizes(tensor.shape()));
  file.write(std::as_bytes(tensor.values()));
}

void write_npy_vector(PendingFile& file, std::span<const float> values) {
  write_header(file, "<f4", {std::ssize(values)});
  file.write(std::as_bytes(values));
}

void write_npy_indices(PendingFile& file, const Shape& shape, std::span<const Index> indices) {
  assert(std::ssize(indices) == shape.numel());
  write_header(file, "<i8", sizes(shape));
  file.write(std::as_bytes(indices));
}

std::string npy_bytes(const std::vector<Index>& shape, std::span<const float> values) {
  const std::string header = header_bytes("<f4", shape);
  std::string bytes(header.size() + values.size_bytes(), '\0');
  std::ranges::copy(header, bytes.begin());
  if (!values.empty())
    std::memcpy(bytes.data() + header.size(), values.data(), values.size_bytes());
  return bytes;
}

void write_npy(const std::filesystem::path& path, const Tensor& tensor) {
  PendingFile file(path);
  write_npy(file, tensor);
  file.commit();
}

}  // namespace convscope::files
