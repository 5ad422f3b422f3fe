// Files that were made to do harm, or that did, through the whole way from a name to a tensor.
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <filesystem>

#include "app/files/picture.h"
#include "tests/temp_folder.h"
#include "tests/test_folder.h"

namespace convscope::files {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class PictureHostile : public testing::Test {
 protected:
  std::string put(const std::string& name, const std::string& content) const {
    put_text(folder_ / name, content);
    return folder_ / name;
  }
  std::string error(const std::string& name, const std::string& content) const {
    const std::string path = put(name, content);
    std::string text = error_text([&] { load_picture(path, PictureColor::kRgb); });
    if (text.starts_with("\"" + path + "\" ")) text.erase(0, path.size() + 3);
    return text;
  }
  TempFolder folder_;
};

std::string numbers(std::initializer_list<int> bytes) {
  std::string text;
  for (const int byte : bytes)
    text += static_cast<char>(byte);
  return text;
}

TEST_F(PictureHostile, A16BitPgmOf600By600IsRead) {
  std::string content = "P5 600 600 65535\n";
  for (int i = 0; i < 600 * 600; ++i)
    content += numbers({i / 600 % 256, i % 256});
  const Tensor t = load_picture(put("p.pgm", content), PictureColor::kGrey);
  ASSERT_EQ(t.shape(), (Shape{1, 1, 600, 600}));
  EXPECT_FLOAT_EQ(t.at(599, 599),
                  static_cast<float>((599 % 256) * 256 + (599 * 600 + 599) % 256) / 65535.0f);
}

TEST_F(PictureHostile, A16BitPgmHasItsValues) {
  const Tensor t =
      load_picture(put("p.pgm", "P5 2 1 65535 \xFF\xFF\x80" + numbers({0})), PictureColor::kGrey);
  EXPECT_EQ(t.at(0, 0), 1.0f);
  EXPECT_FLOAT_EQ(t.at(0, 1), 32768.0f / 65535.0f);
}

TEST_F(PictureHostile, AnHdrCutInARunEnds) {
  const std::string start = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 2 +X 8\n";
  for (const std::string& cut : {numbers({2, 2, 0, 8}), numbers({2, 2, 0, 8, 136}),
                                 numbers({2, 2, 0, 8, 136, 7}), numbers({2, 2, 0, 8, 3, 1, 2})})
    EXPECT_THAT(error("p.hdr", start + cut), HasSubstr("ends too early"));
  EXPECT_THAT(error("p.hdr", start + numbers({2, 2, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0})),
              HasSubstr("is damaged"))
      << "counts of nothing";
}

TEST_F(PictureHostile, NoPixelsAreRefusedAtTheDoor) {
  const std::string png = file_text(test_folder() + "/pictures/rgb8.png");
  std::string no_width = png;
  no_width[19] = 0;
  for (const auto& [name, content] : std::vector<std::pair<std::string, std::string>>{
           {"p.pgm", "P5 0 0 255\n"},
           {"p.pbm", "P4 0 3\n"},
           {"p.png", no_width},
           {"p.gif", "GIF89a" + std::string(7, '\0')},
           {"p.bmp",
            "BM" + std::string(8, '\0') + numbers({54, 0, 0, 0, 40}) + std::string(39, '\0')},
           {"p.tga", numbers({0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 24, 0})},
           {"p.psd", "8BPS" + numbers({0, 1}) + std::string(6, '\0') + numbers({0, 3}) +
                         std::string(8, '\0')},
           {"p.hdr", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 0 +X 8\n"},
           {"p.jpg", numbers({0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 4, 0, 0, 1, 1, 0x11, 0})}}) {
    EXPECT_THAT(error(name, content), HasSubstr("has no pixels (")) << name;
    EXPECT_THAT(error_text([&, &path = name] { picture_size(folder_ / path); }),
                HasSubstr("has no pixels ("))
        << name;
  }
}

TEST_F(PictureHostile, AMaxvalOfZeroIsRefused) {
  EXPECT_EQ(error("p.pgm", "P5 1 1 0\na"), "has a maxval of 0; it must be from 1 to 65535");
}

TEST_F(PictureHostile, AJpegWithoutAScanIsTold) {
  const std::string whole = file_text(test_folder() + "/pictures/rgb.jpg");
  const std::size_t scan = whole.find("\xFF\xDA");
  ASSERT_NE(scan, std::string::npos);
  EXPECT_THAT(error("p.jpg", whole.substr(0, scan) + "\xFF\xD9"), HasSubstr("is damaged"));
  // And one whose scan ends too early, though the file has its end.
  for (std::size_t length = scan + 14; length + 3 < whole.size(); length += 5)
    EXPECT_THAT(error("p.jpg", whole.substr(0, length) + "\xFF\xD9"), HasSubstr("is damaged"))
        << length;
}

TEST_F(PictureHostile, AJpegWithoutTheScanOfAChannelIsTold) {
  const std::string whole = file_text(test_folder() + "/pictures/three_scans.jpg");
  const std::size_t last = whole.rfind("\xFF\xDA");
  ASSERT_NE(last, whole.find("\xFF\xDA"));
  EXPECT_THAT(error("p.jpg", whole.substr(0, last) + "\xFF\xD9"), HasSubstr("is damaged"));
}

TEST_F(PictureHostile, AJpegThatLacksOnlyItsEndIsRead) {
  const std::string path = test_folder() + "/pictures/rgb.jpg";
  const std::string whole = file_text(path);
  ASSERT_EQ(whole.substr(whole.size() - 2), "\xFF\xD9");
  EXPECT_EQ(load_picture(put("p.jpg", whole.substr(0, whole.size() - 2)), PictureColor::kRgb),
            load_picture(path, PictureColor::kRgb));
}

TEST_F(PictureHostile, WhatStandsBehindAPictureDoesNotMatter) {
  for (const char* name : {"rgb8.png", "rgb.jpg", "rgb24.bmp", "rgb.gif", "rle24.tga", "rgb8.psd",
                           "rgb.hdr", "p6.ppm"}) {
    const std::string path = test_folder() + "/pictures/" + name;
    EXPECT_EQ(load_picture(put(name, file_text(path) + "some more words"), PictureColor::kRgb),
              load_picture(path, PictureColor::kRgb))
        << name;
  }
}

TEST_F(PictureHostile, APngWithAWrongChecksumIsTold) {
  std::string png = file_text(test_folder() + "/pictures/rgb8.png");
  const std::size_t data = png.find("IDAT");
  ASSERT_NE(data, std::string::npos);
  png[data + 20] = static_cast<char>(png[data + 20] ^ 1);
  EXPECT_THAT(error("p.png", png), HasSubstr("is damaged"));
}

// A chunk of a PNG with its checksum, bit by bit as the format describes it.
std::string chunk(const std::string& name, const std::string& content) {
  const auto number = [](std::uint32_t value) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8)
      text += static_cast<char>(value >> shift & 255);
    return text;
  };
  std::uint32_t sum = 0xFFFFFFFF;
  for (const char c : name + content) {
    sum ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit)
      sum = (sum & 1) != 0 ? 0xEDB88320u ^ sum >> 1 : sum >> 1;
  }
  return number(static_cast<std::uint32_t>(content.size())) + name + content + number(~sum);
}

// 1.9 MB that unpack to 1.2 GB of zeros: one value, then again and again 258 times the one before.
std::string packed_zeros() {
  std::string bytes = "\x78\x01";
  unsigned bits = 0;
  int count = 0;
  const auto put = [&](unsigned code, int length) {
    for (int i = length - 1; i >= 0; --i) {
      bits |= (code >> i & 1) << count;
      if (++count == 8) {
        bytes += static_cast<char>(bits);
        bits = 0;
        count = 0;
      }
    }
  };
  put(0b110, 3);  // the last block, of fixed codes
  put(0b00110000, 8);
  while (bytes.size() < 1'900'000) {
    put(0b11000101, 8);
    put(0, 5);
  }
  return bytes;
}

// What stb_image makes of such a pixel is what its memory happens to hold.
TEST_F(PictureHostile, APngPixelBeyondItsPaletteIsTold) {
  // Four pixels in one row: a block that is not packed, its length and its complement, the bytes.
  const auto png = [](int depth, const std::string& row, const std::string& before) {
    const int size = static_cast<int>(row.size());
    const std::string data = "\x78\x01" + numbers({1, size, 0, 255 - size, 255}) + row;
    return "\x89PNG\r\n\x1A\n" +
           chunk("IHDR", numbers({0, 0, 0, 4, 0, 0, 0, 1, depth, 3, 0, 0, 0})) + before +
           chunk("IDAT", data + "none") + chunk("IEND", "");
  };
  const std::string two = chunk("PLTE", numbers({255, 0, 0, 0, 102, 0}));
  const std::string alpha = chunk("tRNS", numbers({255, 51}));
  const Tensor whole =
      load_picture(put("p.png", png(8, numbers({0, 0, 1, 1, 0}), two)), PictureColor::kRgb);
  EXPECT_EQ(whole.at(0, 0, 0, 0), 1.0f);
  EXPECT_FLOAT_EQ(whole.at(0, 1, 0, 1), 0.4f);
  EXPECT_EQ(load_picture(put("q.png", png(2, numbers({0, 0b00010100}), two)), PictureColor::kRgb),
            whole);
  EXPECT_TRUE(read_picture_file(put("q.png", png(8, numbers({0, 0, 1, 1, 0}), two + alpha)),
                                PictureColor::kRgb)
                  .over_white);
  for (const std::string& before : {two, two + alpha}) {
    EXPECT_THAT(error("p.png", png(8, numbers({0, 0, 1, 2, 0}), before)), HasSubstr("is damaged"));
    EXPECT_THAT(error("p.png", png(8, numbers({0, 255, 1, 1, 0}), before)),
                HasSubstr("is damaged"));
    EXPECT_THAT(error("p.png", png(2, numbers({0, 0b00011000}), before)), HasSubstr("is damaged"));
  }
  EXPECT_THAT(error("p.png", png(8, numbers({0, 0, 0, 0, 0}), "")), HasSubstr("is damaged"));
  EXPECT_THAT(error("p.png", png(8, numbers({0, 0, 0, 0, 0}), alpha + two)),
              HasSubstr("is damaged"));
}

// Of any that there was, in kB.
long most_memory_of_children() {
  rusage most{};
  EXPECT_EQ(getrusage(RUSAGE_CHILDREN, &most), 0);
  return most.ru_maxrss;
}

TEST_F(PictureHostile, APngBombOfOnePixelIsTold) {
  const std::string one_pixel = numbers({0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0});
  const std::string png = "\x89PNG\r\n\x1A\n" + chunk("IHDR", one_pixel) +
                          chunk("IDAT", packed_zeros()) + chunk("IEND", "");
  const long before = most_memory_of_children();
  EXPECT_THAT(error("p.png", png), HasSubstr("is damaged"));
  EXPECT_LE(most_memory_of_children(), std::max(before, 512l << 10)) << "kB";
}

// Of a file that is 1 GB long only the first bytes are looked at before it is refused.
TEST_F(PictureHostile, AGigabyteIsNotReadBeforeItsHeader) {
  const std::string path = put("p.png", "This is no picture.");
  std::filesystem::resize_file(path, std::uintmax_t{1} << 30);
  EXPECT_THAT(error_text([&] { picture_size(path); }),
              HasSubstr("is not a picture that can be read; it must be PNG"));
  std::filesystem::resize_file(path, (std::uintmax_t{1} << 30) + 1);
  EXPECT_THAT(error_text([&] { picture_size(path); }),
              HasSubstr("has 1024 MB; a picture's file may have 1024"));
}

TEST_F(PictureHostile, APipeIsNotWaitedFor) {
  const std::string path = folder_ / "pipe.png";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_THAT(error_text([&] { load_picture(path, PictureColor::kRgb); }),
              HasSubstr("is not a file; a picture must be"));
}

TEST_F(PictureHostile, OtherFormatsAreToldByName) {
  EXPECT_THAT(error("p.tif", "II*" + std::string(20, '\0')),
              HasSubstr("is a TIFF; it must be PNG"));
  EXPECT_THAT(error("p.webp", "RIFF\1\1\1\1WEBPVP8 "), HasSubstr("is a WebP picture; it must"));
  EXPECT_THAT(error("p.pic", "\x53\x80\xF6\x34" + std::string(200, '\0')),
              HasSubstr("is a Softimage PIC; it must"));
  EXPECT_THAT(error("p.pam", "P7\nWIDTH 1\n"), HasSubstr("is a PAM (P7), which is not read"));
}

}  // namespace
}  // namespace convscope::files
