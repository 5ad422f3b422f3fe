#include "app/files/pnm.h"

#include <gmock/gmock.h>

#include "app/files/picture_fault.h"
#include "engine/core/error.h"
#include "tests/error_text.h"

namespace convscope::files {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Raster read(const std::string& text) {
  ByteReader file(bytes_of(text));
  return read_pnm(file);
}

template <typename T>
std::vector<T> samples(const std::string& text) {
  return std::get<std::vector<T>>(read(text).samples);
}

// "cut", "damaged" or "maxval"; the message of an Error; "read" where nothing is wrong.
std::string fault(const std::string& text) {
  try {
    read(text);
  } catch (const PictureDataError& error) {
    return error.fault() == PictureFault::kCut       ? "cut"
           : error.fault() == PictureFault::kDamaged ? "damaged"
                                                     : "maxval";
  } catch (const Error& error) {
    return error.what();
  }
  return "read";
}

TEST(Pnm, BitsAreBlackWhereTheyAreOne) {
  EXPECT_THAT(samples<std::uint8_t>("P1 3 2 1 0 1 0 0 1"), ElementsAre(0, 255, 0, 255, 255, 0));
  EXPECT_THAT(samples<std::uint8_t>("P1\n3 2\n101001"), ElementsAre(0, 255, 0, 255, 255, 0));
  // Each row begins with a byte of its own.
  EXPECT_THAT(samples<std::uint8_t>("P4 3 2 \xA0\x20"), ElementsAre(0, 255, 0, 255, 255, 0));
  EXPECT_THAT(samples<std::uint8_t>("P4 9 1 " + std::string("\x80\x7F", 2)),
              ElementsAre(0, 255, 255, 255, 255, 255, 255, 255, 255));
}

TEST(Pnm, EveryMaxvalIsOne) {
  for (std::uint32_t maxval = 1; maxval <= 65535; maxval += maxval < 300 ? 1 : 997) {
    const std::string text = "P2 3 1 " + std::to_string(maxval) + " 0 " +
                             std::to_string(maxval / 2) + " " + std::to_string(maxval);
    if (maxval == 255) continue;  // stays as it is coded
    const std::vector<float> values = samples<float>(text);
    EXPECT_EQ(values[0], 0.0f);
    EXPECT_EQ(values[1], static_cast<float>(maxval / 2) / static_cast<float>(maxval));
    EXPECT_EQ(values[2], 1.0f) << maxval;
  }
  EXPECT_THAT(samples<std::uint8_t>("P2 3 1 255 0 127 255"), ElementsAre(0, 127, 255));
  EXPECT_THAT(samples<std::uint16_t>("P2 3 1 65535 0 127 65535"), ElementsAre(0, 127, 65535));
}

TEST(Pnm, SixteenBitsHaveTheHighByteFirst) {
  EXPECT_THAT(samples<std::uint16_t>("P5 2 1 65535 \xFF\xFF\x80" + std::string(1, '\0')),
              ElementsAre(0xFFFF, 0x8000));
  EXPECT_THAT(samples<std::uint16_t>("P6 1 1 65535 \x12\x34\x56\x78\x9A\xBC"),
              ElementsAre(0x1234, 0x5678, 0x9ABC));
  EXPECT_THAT(samples<float>("P5 2 1 256 " + std::string("\x01\x00\x00\x80", 4)),
              ElementsAre(1.0f, 0.5f));
}

TEST(Pnm, CommentsStandWhereTheyMay) {
  EXPECT_THAT(
      samples<std::uint8_t>("P2# one\n# two\n2 # three\n\t1#four\n255# five\n#six\n1#7\n 2"),
      ElementsAre(1, 2));
  EXPECT_THAT(samples<std::uint8_t>("P1 #\n2 1 1# between bits\n0"), ElementsAre(0, 255));
  // The end of the comment is the one white space before the data.
  EXPECT_THAT(samples<std::uint8_t>("P5 2 1 255# last\n#!"), ElementsAre('#', '!'));
  EXPECT_THAT(samples<std::uint8_t>("P5\r2\v1\f255\t##"), ElementsAre('#', '#'));
}

TEST(Pnm, WhatIsBehindThePictureIsNotRead) {
  EXPECT_THAT(samples<std::uint8_t>("P5 1 1 255 aP5 1 1 255 b"), ElementsAre('a'));
  EXPECT_THAT(samples<std::uint8_t>("P2 1 1 255 7 words"), ElementsAre(7));
}

TEST(Pnm, CutDataIsToldAndNotFilled) {
  for (const std::string whole :
       {"P1 3 2 101001", "P2 2 2 9 1 2 3 4", "P3 1 1 9 1 2 3", "P4 9 2 abcd", "P5 2 2 255 abcd",
        "P5 1 2 999 \x01\x02\x03\x03", "P6 1 2 255 abcdef"}) {
    ASSERT_EQ(fault(whole), "read") << whole;
    for (std::size_t length = 2; length < whole.size(); ++length)
      EXPECT_EQ(fault(whole.substr(0, length)), "cut") << whole.substr(0, length);
  }
}

TEST(Pnm, OddHeadersAreToldWithTheirNumbers) {
  EXPECT_EQ(fault("P5 1 1 0 a"), "has a maxval of 0; it must be from 1 to 65535");
  EXPECT_THAT(fault("P5 1 1 65536 ab"), HasSubstr("a maxval of 65536; it must be"));
  EXPECT_THAT(fault("P5 0 0 255 "), HasSubstr("has no pixels (0 × 0)"));
  EXPECT_THAT(fault("P4 3 0 "), HasSubstr("has no pixels (3 × 0)"));
  EXPECT_THAT(fault("P5 8193 1 255 "), HasSubstr("has 8193 × 1 pixels; at most"));
  // Not a number that is not in the file.
  EXPECT_EQ(fault("P5 99999999999999999999 1 255 "),
            "has a width of 100000000 or more; it must be from 1 to 8192");
  EXPECT_THAT(fault("P5 1 4294967297 255 a"), HasSubstr("has a height of 100000000 or more"));
  EXPECT_EQ(fault("P5 1 1 4294967551 a"),
            "has a maxval of 100000000 or more; it must be from 1 to 65535");
  EXPECT_EQ(fault("P5 -1 1 255 a"), "damaged");
  EXPECT_EQ(fault("P5 1.5 1 255 a"), "damaged");
  EXPECT_EQ(fault("P5 1 1 255a"), "damaged");
  EXPECT_THAT(fault("P5 #" + std::string(100'000, 'x')), HasSubstr("a header of more than 64 kB"));
}

TEST(Pnm, SamplesAboveTheMaxvalAreTold) {
  EXPECT_EQ(fault("P5 1 1 100 e"), "maxval");
  EXPECT_EQ(fault("P2 1 1 100 101"), "maxval");
  EXPECT_EQ(fault("P1 1 1 2"), "damaged");
  EXPECT_EQ(fault("P2 1 1 9 x"), "damaged");
}

TEST(Pnm, ItsRelativesAreToldByName) {
  for (const auto& [start, name] : {std::pair("P7\n", "a PAM (P7)"), std::pair("PF\n", "a PFM")}) {
    const std::string text = std::string(start) + "WIDTH 1";
    ASSERT_TRUE(is_pnm(bytes_of(text)));
    ByteReader file(bytes_of(text));
    EXPECT_THAT(error_text([&] { read_pnm_header(file); }),
                HasSubstr(std::string("is ") + name + ", which is not read"));
  }
  EXPECT_FALSE(is_pnm(bytes_of("Picture")));
  EXPECT_FALSE(is_pnm(bytes_of("P5")));
}

}  // namespace
}  // namespace convscope::files
