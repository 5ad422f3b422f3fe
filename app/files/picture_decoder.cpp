#include "app/files/picture_decoder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <new>
#include <optional>
#include <string_view>

#include "app/files/decoder_limits.h"
#include "app/files/decoder_protocol.h"
#include "app/files/on_white.h"
#include "app/files/picture_fault.h"
#include "app/files/picture_formats.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

bool write_all(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;  // the reader is gone
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

template <typename T>
SampleKind kind_of(const std::vector<T>&) {
  return sizeof(T) == 1   ? SampleKind::k8Bits
         : sizeof(T) == 2 ? SampleKind::k16Bits
                          : SampleKind::kFloat;
}

template <typename T>
bool write_samples(const std::vector<T>& samples) {
  return write_all(std::as_bytes(std::span(samples)));
}

void send(const Raster& raster) {
  DecodedHeader header;
  header.width = static_cast<std::uint32_t>(raster.size.x);
  header.height = static_cast<std::uint32_t>(raster.size.y);
  header.channels = static_cast<std::uint8_t>(raster.channels >= 3 ? 3 : 1);
  const bool see_through = has_transparent_parts(raster);
  header.over_white = see_through ? 1 : 0;
  std::visit(
      [&](const auto& samples) {
        header.kind = see_through ? SampleKind::kFloat : kind_of(samples);
        if (!write_all(std::as_bytes(std::span(&header, 1)))) return;
        const auto row = static_cast<std::size_t>(raster.size.x * raster.channels);
        for (std::size_t i = 0; i < samples.size(); i += row) {
          const auto pixels = std::span(samples).subspan(i, row);
          const bool sent = see_through ? write_samples(row_on_white(pixels, raster.channels))
                                        : write_samples(row_without_alpha(pixels, raster.channels));
          if (!sent) return;
        }
      },
      raster.samples);
}

int decode() {
  struct stat status {};
  if (fstat(STDIN_FILENO, &status) != 0 || status.st_size <= 0) return kPictureCut;
  try {
    ByteReader file(STDIN_FILENO, static_cast<std::uint64_t>(status.st_size));
    const PictureFormat format = read_picture_header(file).format;
    send(read_raster(file, format));
    return kDecoded;
  } catch (const PictureDataError& error) {
    if (error.fault() == PictureFault::kAboveMaxval) return kSampleAboveMaxval;
    return error.fault() == PictureFault::kCut ? kPictureCut : kPictureDamaged;
  } catch (const Error&) {
    return kPictureDamaged;  // the starting program has read the same header and reported its
                             // errors
  } catch (const std::bad_alloc&) {
    return kDecoderMemory;
  }
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

void become_decoder_if_asked(int argc, char** argv) {
  if (argc < 2 || std::strcmp(argv[1], kDecoderCommand) != 0) return;
  const auto memory = argc == 4 ? number(argv[2]) : std::nullopt;
  const auto seconds = argc == 4 ? number(argv[3]) : std::nullopt;
  int code = kWrongDecoderCall;
  if (memory && seconds) {
    const DecoderLimits limits{.memory = *memory, .seconds = *seconds};
    const bool limited = memory_limit_is_below(limits);
    code = confine_decoder(limits) ? decode() : kDecoderNotConfined;
    if (limited && code == kDecoderMemory) code = kDecoderLimitTooLow;
  }
  _exit(code);  // the exit handlers of the libraries would make system calls that are no longer
                // allowed
}

}  // namespace convscope::files
