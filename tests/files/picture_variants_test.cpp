// A small file of each variant of each format, made by other software (pictures/make.sh), against
// what it was made from.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "app/files/picture.h"
#include "tests/error_text.h"
#include "tests/test_folder.h"

namespace convscope::files {
namespace {

using testing::HasSubstr;

std::string path_of(const std::string& name) {
  return test_folder() + "/pictures/" + name;
}

// A plain PPM or PGM, read as nothing but words.
Tensor plain_pnm(const std::string& name) {
  std::ifstream file(path_of(name));
  std::string magic;
  Index width = 0;
  Index height = 0;
  float maxval = 0;
  file >> magic >> width >> height >> maxval;
  const Index channels = magic == "P3" ? 3 : 1;
  Tensor planes(Shape{1, channels, height, width});
  for (Index y = 0; y < height; ++y) {
    for (Index x = 0; x < width; ++x) {
      for (Index c = 0; c < channels; ++c) {
        float sample = 0;
        file >> sample;
        planes.row(0, c, y)[x] = sample / maxval;
      }
    }
  }
  EXPECT_TRUE(file) << name;
  return planes;
}

// The bits of a plain PBM, of which 1 is black.
Tensor plain_bits() {
  std::ifstream file(path_of("p1.pbm"));
  std::string magic;
  Index width = 0;
  Index height = 0;
  file >> magic >> width >> height;
  Tensor plane(Shape{1, 1, height, width});
  for (float& value : plane.values()) {
    char bit = 0;
    file >> bit;
    value = bit == '0' ? 1.0f : 0.0f;
  }
  EXPECT_TRUE(file);
  return plane;
}

// alpha · colour + (1 − alpha): what see_through.txt looks like on white.
Tensor on_white() {
  std::ifstream file(path_of("see_through.txt"));
  Tensor planes(Shape{1, 3, 2, 3});
  for (Index i = 0; i < 6; ++i) {
    std::array<float, 4> rgba{};
    for (float& sample : rgba)
      file >> sample;
    const float alpha = rgba[3] / 255.0f;
    for (Index c = 0; c < 3; ++c)
      planes.data()[c * 6 + i] = alpha * rgba[static_cast<std::size_t>(c)] / 255.0f + 1.0f - alpha;
  }
  EXPECT_TRUE(file);
  return planes;
}

void expect_picture(const std::string& name, const Tensor& expected, float tolerance = 1e-6f,
                    bool over_white = false) {
  SCOPED_TRACE(name);
  const bool color = expected.shape().c == 3;
  LoadedPicture read;
  ASSERT_EQ(error_text([&] {
              read = read_picture_file(path_of(name),
                                       color ? PictureColor::kRgb : PictureColor::kGrey);
            }),
            "no error");
  ASSERT_EQ(read.values.shape(), expected.shape());
  EXPECT_EQ(picture_size(path_of(name)).size, (Yx{expected.shape().h, expected.shape().w}));
  EXPECT_EQ(picture_size(path_of(name)).color, color);
  EXPECT_EQ(read.over_white, over_white);
  for (Index i = 0; i < expected.numel(); ++i) {
    ASSERT_NEAR(read.values.data()[i], expected.data()[i], tolerance)
        << "channel " << i / (expected.shape().h * expected.shape().w) << ", row "
        << i / expected.shape().w % expected.shape().h << ", column " << i % expected.shape().w;
  }
}

class PictureVariants : public testing::Test {
 protected:
  Tensor colours_ = plain_pnm("colours.ppm");
  Tensor greys_ = plain_pnm("greys.pgm");
};

TEST_F(PictureVariants, Png) {
  for (const char* name : {"rgb8.png", "rgb16.png", "palette.png", "interlaced.png"})
    expect_picture(name, colours_);
  for (const char* name : {"grey8.png", "grey16.png"})
    expect_picture(name, greys_);
  expect_picture("bits.png", plain_bits());
}

TEST_F(PictureVariants, Jpeg) {
  constexpr float kLoss = 4.0f / 255.0f;
  for (const char* name : {"rgb.jpg", "progressive.jpg", "restarts.jpg", "three_scans.jpg"})
    expect_picture(name, colours_, kLoss);
  expect_picture("grey.jpg", greys_, kLoss);
}

TEST_F(PictureVariants, JpegsAreTurnedAsExifSays) {
  for (int i = 1; i <= 8; ++i)
    expect_picture("orientation" + std::to_string(i) + ".jpg", colours_, 8.0f / 255.0f);
}

TEST_F(PictureVariants, Bmp) {
  for (const char* name : {"rgb24.bmp", "palette8.bmp", "top_down.bmp", "os2.bmp", "windows8.bmp"})
    expect_picture(name, colours_);
  expect_picture("palette4.bmp", plain_pnm("few.ppm"));
  for (const char* name : {"rgb565.bmp", "rgb555.bmp"})
    expect_picture(name, colours_, 1.01f / 31.0f);
  // ImageMagick has put near greys together.
  const Tensor grey = load_picture(path_of("grey8.bmp"), PictureColor::kGrey);
  for (Index i = 0; i < greys_.numel(); ++i)
    EXPECT_NEAR(grey.data()[i], greys_.data()[i], 4.0f / 255.0f);
  EXPECT_EQ(load_picture(path_of("rle8.bmp"), PictureColor::kGrey), grey);
  EXPECT_EQ(load_picture(path_of("bits.bmp"), PictureColor::kGrey), plain_bits());
  expect_picture("rgba.bmp", on_white(), 1e-6f, true);
}

TEST_F(PictureVariants, Gif) {
  for (const char* name : {"rgb.gif", "interlaced.gif", "animated.gif"})
    expect_picture(name, colours_);
}

TEST_F(PictureVariants, Tga) {
  for (const char* name : {"rgb24.tga", "rle24.tga", "mapped.tga", "mapped_rle.tga", "netpbm.tga",
                           "bottom_up.tga", "top_down.tga", "from_right.tga"})
    expect_picture(name, colours_);
  for (const char* name : {"grey.tga", "grey_rle.tga"})
    expect_picture(name, greys_);
  expect_picture("rgba.tga", on_white(), 1e-6f, true);
}

TEST_F(PictureVariants, Psd) {
  for (const char* name : {"rgb8.psd", "rgb8_rle.psd", "rgb16.psd", "rgb16_rle.psd"})
    expect_picture(name, colours_);
  expect_picture("grey.psd", greys_);
}

TEST_F(PictureVariants, Hdr) {
  expect_picture("rgb.hdr", colours_, 1.0f / 128.0f);
}

TEST_F(PictureVariants, Pnm) {
  for (const char* name : {"p6.ppm", "colours.ppm", "p6_16.ppm"})
    expect_picture(name, colours_);
  for (const char* name : {"p5.pgm", "greys.pgm", "p5_16.pgm"})
    expect_picture(name, greys_);
  for (const char* name : {"p5_15.pgm", "p2_15.pgm"})
    expect_picture(name, plain_pnm("p2_15.pgm"));
  expect_picture("p5_1000.pgm", greys_, 0.51f / 1000.0f);
  for (const char* name : {"p1.pbm", "p4.pbm"})
    expect_picture(name, plain_bits());
}

TEST_F(PictureVariants, WhatIsSeenThroughIsOnWhite) {
  expect_picture("rgba.png", on_white(), 1e-6f, true);
  // Black ink is not all black: every other pixel of this is transparent black, the others are red.
  for (const char* name : {"palette_see_through.png", "see_through.gif"}) {
    Tensor stripes(Shape{1, 3, 1, 4}, 0.0f);
    const std::vector<float> values{1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0};
    std::ranges::copy(values, stripes.values().begin());
    expect_picture(name, stripes, 0.0f, true);
  }
  expect_picture("grey_see_through.png", greys_, 1e-6f, true);  // its white was
}

// Photoshop keeps the colours on white, so that only what is not there at all is to be filled.
TEST_F(PictureVariants, APsdIsOnWhiteAlready) {
  Tensor planes(Shape{1, 3, 2, 3}, 1.0f);
  const std::vector<float> values{0, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1};
  std::ranges::copy(values, planes.values().begin());
  expect_picture("rgba.psd", planes, 1e-6f, true);
}

TEST_F(PictureVariants, ThoseThatAreNotReadAreNamed) {
  const std::vector<std::pair<std::string, std::string>> refused = {
      {"arithmetic.jpg", "is a JPEG with arithmetic coding, which is not read; save it as"},
      {"cmyk.jpg", "is a JPEG in CMYK colours, which is not read; save it as"},
      {"cmyk.psd", "is a PSD in CMYK colours, which is not read; save it in RGB"},
  };
  for (const auto& [name, text] : refused) {
    const auto path = path_of(name);
    EXPECT_THAT(error_text([&] { load_picture(path, PictureColor::kRgb); }),
                HasSubstr("/" + name + "\" " + text));
  }
}

}  // namespace
}  // namespace convscope::files
