#pragma once

#include <cstdint>

// What the decoder's process and the one that started it have to agree on. The decoder finds the
// picture's file at its standard input, as a file that can be read anywhere, and writes a
// DecodedHeader and then the samples to its standard output: rows from the top, pixels of one or
// three channels. How it went is its exit code.
namespace convscope {

inline constexpr const char* kDecoderCommand = "decode-picture";

enum class SampleKind : std::uint8_t { k8Bits, k16Bits, kFloat };

// Set for the decoder: a program whose main() does not know the command would start itself for
// ever.
inline constexpr const char* kDecoderVariable = "CONVSCOPE_DECODER";

struct DecodedHeader {
  std::uint32_t mark = 0x43565044;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint8_t channels = 0;  // 1 or 3
  SampleKind kind = SampleKind::k8Bits;
  std::uint8_t over_white = 0;  // 1: parts of it are seen through, and were put on white
  std::uint8_t zero = 0;
};
static_assert(sizeof(DecodedHeader) == 16);

enum DecoderExit : int {
  kDecoded = 0,
  kWrongDecoderCall = 64,
  kPictureCut,
  kPictureDamaged,
  kSampleAboveMaxval,
  kDecoderMemory,    // it needed more than it was given
  kDecoderHeld,      // as much as it was to have the program itself may not have
  kDecoderNotBound,  // the limits could not be set: nothing was read
};

}  // namespace convscope
