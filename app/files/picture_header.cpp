#include "app/files/picture_header.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "app/files/bmp.h"
#include "app/files/gif.h"
#include "app/files/hdr.h"
#include "app/files/jpeg_header.h"
#include "app/files/picture_formats.h"
#include "app/files/png.h"
#include "app/files/pnm.h"
#include "app/files/psd.h"
#include "app/files/tga.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

using namespace std::string_view_literals;

// Returns the name of an unsupported format that people try, by the first bytes of the file.
std::string_view name_of_unread(std::string_view start) {
  if (start.starts_with("II*\0"sv) || start.starts_with("MM\0*"sv)) return "a TIFF";
  if (start.starts_with("RIFF"sv) &&
      start.substr(std::min<std::size_t>(8, start.size())).starts_with("WEBP"sv))
    return "a WebP picture";
  if (start.substr(std::min<std::size_t>(4, start.size())).starts_with("ftyp"sv))
    return "a HEIF, AVIF or video file";
  if (start.starts_with("%PDF"sv)) return "a PDF";
  if (start.starts_with("\x53\x80\xF6\x34"sv)) return "a Softimage PIC";
  return "not a picture that can be read";
}

}  // namespace

void require_picture_size(Yx size) {
  if (size.y == 0 || size.x == 0) {
    throw Error("has no pixels (" + std::to_string(size.x) + " × " + std::to_string(size.y) +
                "); it must have at least one");
  }
  if (size.y > kMaxPictureSize || size.x > kMaxPictureSize || size.y < 0 || size.x < 0) {
    throw Error("has " + std::to_string(size.x) + " × " + std::to_string(size.y) +
                " pixels; at most " + std::to_string(kMaxPictureSize) + " × " +
                std::to_string(kMaxPictureSize) + " are accepted");
  }
}

PictureHeader read_picture_header(ByteReader& file) {
  std::array<std::uint8_t, 16> bytes{};
  file.seek(0);
  const std::size_t count = file.read_some(bytes);
  const std::string_view start(reinterpret_cast<const char*>(bytes.data()), count);
  file.seek(0);
  if (start.starts_with("\x89PNG\r\n\x1A\n"sv)) return read_png_header(file);
  if (start.starts_with("\xFF\xD8"sv)) return read_jpeg_header(file);
  if (start.starts_with("BM"sv)) return read_bmp_header(file);
  if (start.starts_with("GIF87a"sv) || start.starts_with("GIF89a"sv)) return read_gif_header(file);
  if (start.starts_with("8BPS"sv)) return read_psd_header(file);
  if (start.starts_with("#?RADIANCE\n"sv) || start.starts_with("#?RGBE\n"sv))
    return read_hdr_header(file);
  if (is_pnm(std::span(bytes).first(count))) return read_pnm_header(file);
  const std::string_view name = name_of_unread(start);
  if (!name.starts_with("not") || !is_tga(file)) {
    throw Error("is " + std::string(name) + "; it must be " + kPictureFormats + " of at most " +
                std::to_string(kMaxPictureSize) + " × " + std::to_string(kMaxPictureSize) +
                " pixels");
  }
  return read_tga_header(file);
}

}  // namespace convscope::files
