#include <algorithm>
#include <cstring>
#include <optional>
#include <variant>

#include "app/files/picture_fault.h"
#include "app/files/picture_formats.h"
#include "engine/core/error.h"
#include "tests/fuzz/target.h"

// Pictures of one format, CONVSCOPE_PICTURE_FORMAT: each is refused by its header, or by its data,
// or gives the pixels that the header promises, the same ones each time.
namespace convscope::fuzz {
namespace {

constexpr PictureFormat kFormat = PictureFormat::CONVSCOPE_PICTURE_FORMAT;

// A header may promise 8192 x 8192, which rightly takes seconds and much memory.
constexpr Index kMaxPixels = Index{1} << 18;

ByteReader reader(std::string_view input) {
  return ByteReader({reinterpret_cast<const std::uint8_t*>(input.data()), input.size()});
}

// Nothing where it is refused, or not for this target.
std::optional<PictureHeader> header_of(std::string_view input) {
  try {
    ByteReader file = reader(input);
    const PictureHeader header = read_picture_header(file);
    const bool small = header.size.y * header.size.x <= kMaxPixels;
    require(header.size.y >= 1 && header.size.x >= 1, "a picture has pixels");
    require(header.size.y <= kMaxPictureSize && header.size.x <= kMaxPictureSize,
            "a picture is no larger than is accepted");
    require(header.orientation >= 1 && header.orientation <= 8, "EXIF's orientations are 1 to 8");
    if (header.format == kFormat && small) return header;
  } catch (const Error&) {
  } catch (const PictureDataError&) {
  }
  return std::nullopt;
}

std::optional<Raster> raster_of(std::string_view input) {
  try {
    ByteReader file = reader(input);
    return read_raster(file, kFormat);
  } catch (const Error&) {
  } catch (const PictureDataError&) {
  }
  return std::nullopt;
}

template <typename T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

bool same_samples(const Raster& a, const Raster& b) {
  return std::visit(
      [&](const auto& samples) {
        const auto* others = std::get_if<std::decay_t<decltype(samples)>>(&b.samples);
        return others != nullptr && same_bits(samples, *others);
      },
      a.samples);
}

}  // namespace

void prepare() {}

void fuzz_one(std::string_view input) {
  const std::optional<PictureHeader> header = header_of(input);
  if (!header) return;
  const std::optional<Raster> raster = raster_of(input);
  if (!raster) return;
  require(raster->size == header->size, "the pixels are as many as the header promises");
  const auto count = static_cast<std::size_t>(raster->size.y * raster->size.x * raster->channels);
  require(std::visit([&](const auto& s) { return s.size() == count; }, raster->samples),
          "every pixel has its samples");
  const std::optional<Raster> again = raster_of(input);
  require(again && same_samples(*raster, *again), "a picture is the same each time");
}

}  // namespace convscope::fuzz
