#include "app/files/decoded_planes.h"

#include <cstring>

#include "app/files/decoder_protocol.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

std::size_t bytes_of(SampleKind kind) {
  return kind == SampleKind::k8Bits ? 1 : kind == SampleKind::k16Bits ? 2 : 4;
}

DecodedHeader read_header(DecoderProcess& decoder, const PictureHeader& header) {
  DecodedHeader decoded;
  decoder.read(std::as_writable_bytes(std::span(&decoded, 1)));
  if (decoded.mark != DecodedHeader().mark || decoded.width != header.size.x ||
      decoded.height != header.size.y || decoded.channels != (header.color ? 3 : 1) ||
      decoded.kind > SampleKind::kFloat || decoded.over_white > 1) {
    throw Error("is damaged: what it holds is not what its header promises");
  }
  return decoded;
}

template <typename T>
void spread_row(std::span<const std::byte> bytes, float scale, Index y, Tensor& planes) {
  const Index channels = planes.shape().c;
  const Index width = planes.shape().w;
  const std::byte* from = bytes.data();
  for (Index x = 0; x < width; ++x) {
    for (Index c = 0; c < channels; ++c, from += sizeof(T)) {
      T sample{};
      std::memcpy(&sample, from, sizeof(T));
      planes.row(0, c, y)[x] = static_cast<float>(sample) * scale;
    }
  }
}

}  // namespace

DecodedPlanes read_decoded_planes(DecoderProcess& decoder, const PictureHeader& header) {
  const DecodedHeader decoded = read_header(decoder, header);
  DecodedPlanes result;
  result.over_white = decoded.over_white == 1;
  result.values.resize({1, decoded.channels, header.size.y, header.size.x});
  std::vector<std::byte> row(static_cast<std::size_t>(header.size.x) * decoded.channels *
                             bytes_of(decoded.kind));
  for (Index y = 0; y < header.size.y; ++y) {
    decoder.read(row);
    switch (decoded.kind) {
      case SampleKind::k8Bits:
        spread_row<std::uint8_t>(row, 1.0f / 255.0f, y, result.values);
        break;
      case SampleKind::k16Bits:
        spread_row<std::uint16_t>(row, 1.0f / 65535.0f, y, result.values);
        break;
      case SampleKind::kFloat:
        spread_row<float>(row, 1.0f, y, result.values);
        break;
    }
  }
  decoder.finish();
  return result;
}

Tensor turned(const Tensor& picture, int orientation) {
  if (orientation == 1) return picture;
  const Shape& s = picture.shape();
  // EXIF orientations 5 to 8 swap rows and columns; 2, 3, 7 and 8 mirror the file's columns, and 3,
  // 4, 6 and 7 its rows.
  const bool swaps = orientation >= 5;
  const bool from_right =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_below =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Tensor result;
  result.resize({s.n, s.c, swaps ? s.w : s.h, swaps ? s.h : s.w});
  for (Index c = 0; c < s.c; ++c) {
    for (Index y = 0; y < result.shape().h; ++y) {
      float* out = result.row(0, c, y);
      for (Index x = 0; x < result.shape().w; ++x) {
        const Index row = swaps ? x : y;
        const Index column = swaps ? y : x;
        out[x] = picture.row(
            0, c, from_below ? s.h - 1 - row : row)[from_right ? s.w - 1 - column : column];
      }
    }
  }
  return result;
}

}  // namespace convscope::files
