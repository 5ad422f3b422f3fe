#pragma once

#include <cstdint>

#include "app/files/names.h"

// The protocol between the decoder process and the program that starts it. The decoder finds the
// picture on its standard input, as a seekable file. It writes a DecodedHeader and then the samples
// to its standard output: rows from the top, pixels of one or three channels. Its exit code is a
// DecoderExit.
namespace convscope::files {

inline constexpr const char* kDecoderCommand = "decode-picture";

enum class SampleKind : std::uint8_t { k8Bits, k16Bits, kFloat };

// This environment variable is set for the decoder. It stops a program whose main() doesn't know
// the command from starting itself for ever.
inline constexpr const char* kDecoderVariable = "CONVSCOPE_DECODER";

struct DecodedHeader {
  std::uint32_t mark = 0x43565044;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint8_t channels = 0;  // 1 or 3
  SampleKind kind = SampleKind::k8Bits;
  std::uint8_t over_white = 0;  // 1 if the picture is partly transparent and was put on white
  std::uint8_t zero = 0;
};
static_assert(sizeof(DecodedHeader) == 16);

enum DecoderExit : int {
  kDecoded = 0,
  kWrongDecoderCall = 64,
  kPictureCut,
  kPictureDamaged,
  kSampleAboveMaxval,
  kDecoderMemory,       // it needed more memory than it was given
  kDecoderLimitTooLow,  // this program's own limits don't allow the memory it was to have
  kDecoderNotConfined,  // its limits could not be set, so nothing was read
};

}  // namespace convscope::files
