#include "app/files/exif_orientation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace convscope::files {
namespace {

int orientation(const std::string& segment) {
  return exif_orientation({reinterpret_cast<const std::uint8_t*>(segment.data()), segment.size()});
}

// A directory with one entry, of the low byte first.
std::string segment(char tag, char type, char value) {
  std::string text("Exif\0\0II*\0\x08\0\0\0\x01\0", 16);
  text += std::string{tag, '\x01', type, '\0', '\x01', '\0', '\0', '\0', value, '\0', '\0', '\0'};
  return text;
}

TEST(ExifOrientation, OneToEightOfEitherByteOrder) {
  for (char value = 1; value <= 8; ++value)
    EXPECT_EQ(orientation(segment(0x12, 3, value)), value);
  const std::string big("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0", 28);
  EXPECT_EQ(orientation(big), 6);
}

TEST(ExifOrientation, WhatCanNotBeIsOne) {
  EXPECT_EQ(orientation(segment(0x12, 3, 0)), 1);
  EXPECT_EQ(orientation(segment(0x12, 3, 9)), 1);
  EXPECT_EQ(orientation(segment(0x12, 4, 6)), 1);  // of another type
  EXPECT_EQ(orientation(segment(0x13, 3, 6)), 1);  // another tag
  EXPECT_EQ(orientation(""), 1);
  std::string far = segment(0x12, 3, 6);
  far[13] = '\xFF';  // a directory behind the end
  EXPECT_EQ(orientation(far), 1);
}

TEST(ExifOrientation, EveryCutIsOne) {
  const std::string whole = segment(0x12, 3, 6);
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_EQ(orientation(whole.substr(0, length)), 1);
}

RC_GTEST_PROP(ExifOrientationRandom, AnyBytesAreAnOrientation, (const std::string& bytes)) {
  const int found = orientation(std::string("Exif\0\0II*\0", 10) + bytes);
  RC_ASSERT(found >= 1 && found <= 8);
}

}  // namespace
}  // namespace convscope::files
