#include "app/files/picture.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "app/files/write_file.h"
#include "tests/engine/testing.h"
#include "tests/temp_folder.h"

namespace convscope::files {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class Picture : public testing::Test {
 protected:
  // Opaque pixels of three values each.
  std::string put_png(const std::string& name, const std::vector<std::uint8_t>& rgb, int width,
                      int height, std::uint8_t alpha = 255) const {
    std::vector<std::uint8_t> rgba;
    for (std::size_t i = 0; i < rgb.size(); i += 3)
      rgba.insert(rgba.end(), {rgb[i], rgb[i + 1], rgb[i + 2], alpha});
    write_png(folder_ / name, rgba, width, height);
    return folder_ / name;
  }
  std::string put(const std::string& name, const std::string& content) const {
    put_text(folder_ / name, content);
    return folder_ / name;
  }
  TempFolder folder_;
};

std::string load_error(const std::string& path) {
  return error_text([&] { load_picture(path, PictureColor::kGrey); });
}

TEST_F(Picture, PlanesOfColourFromZeroToOne) {
  const std::string path = put_png("p.png", {255, 0, 51, 0, 102, 255, 1, 2, 3}, 3, 1);
  const Tensor t = load_picture(path, PictureColor::kRgb);
  EXPECT_EQ(t.shape(), (Shape{1, 3, 1, 3}));
  const std::vector<int> coded{255, 0, 1, 0, 102, 2, 51, 255, 3};
  for (std::size_t i = 0; i < coded.size(); ++i)
    EXPECT_FLOAT_EQ(t.values()[i], static_cast<float>(coded[i]) / 255.0f);
  EXPECT_EQ(picture_size(path).size, (Yx{1, 3}));
  EXPECT_TRUE(picture_size(path).color);
}

TEST_F(Picture, GreyByRec601AndGreyStaysGrey) {
  const Tensor t = load_picture(put_png("p.png", {255, 0, 0, 0, 255, 0, 0, 0, 255, 7, 7, 7}, 2, 2),
                                PictureColor::kGrey);
  EXPECT_EQ(t.shape(), (Shape{1, 1, 2, 2}));
  EXPECT_FLOAT_EQ(t.at(0, 0), 0.299f);
  EXPECT_FLOAT_EQ(t.at(0, 1), 0.587f);
  EXPECT_FLOAT_EQ(t.at(1, 0), 0.114f);
  EXPECT_EQ(t.at(1, 1), 7.0f * (1.0f / 255.0f));
}

TEST_F(Picture, WhatIsSeenThroughIsWhite) {
  const std::string path = put_png("p.png", {0, 0, 0}, 1, 1, 0);
  EXPECT_EQ(load_picture(path, PictureColor::kGrey).at(0, 0), 1.0f);
  EXPECT_TRUE(read_picture_file(path, PictureColor::kRgb).over_white);
  EXPECT_FALSE(read_picture_file(put_png("q.png", {0, 0, 0}, 1, 1), PictureColor::kRgb).over_white);
}

TEST_F(Picture, GreyFileAsThreeEqualPlanes) {
  const std::string path = put("p.pgm", std::string("P5 2 1 255\n\x00\xff", 13));
  EXPECT_FALSE(picture_size(path).color);
  EXPECT_EQ(load_picture(path, PictureColor::kGrey), Tensor::from_rows({{0, 1}}));
  const Tensor t = load_picture(path, PictureColor::kRgb);
  EXPECT_THAT(t.values(), ElementsAre(0, 1, 0, 1, 0, 1));
}

TEST_F(Picture, RadianceIsLinearAndMayExceedOne) {
  // Two pixels of mantissas and an exponent: m · 2^(e - 136).
  const std::string path = put("p.hdr", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 2\n" +
                                            std::string("\x80\x80\x80\x81\x80\x40\x00\x83", 8));
  const Tensor t = load_picture(path, PictureColor::kRgb);
  EXPECT_THAT(t.values(), ElementsAre(1, 4, 1, 2, 1, 0));
}

TEST_F(Picture, TheContentCountsAndNotTheExtension) {
  const std::string png = put_png("p.png", {255, 255, 255}, 1, 1);
  EXPECT_EQ(load_picture(put("p.dat", file_text(png)), PictureColor::kGrey).at(0, 0), 1.0f);
  EXPECT_THAT(load_error(put("text.png", "These are words, not pixels.")),
              AllOf(HasSubstr("text.png\" is not a picture that can be read; it must be PNG")));
  for (const char* name : {"a.png", "a.PNG", "a.jpg", "a.jpeg", "a.bmp", "a.gif", "a.tga", "a.psd",
                           "a.hdr", "a.pnm", "a.pbm", "a.pgm", "a.ppm"})
    EXPECT_TRUE(has_picture_extension(name)) << name;
  for (const char* name : {"a.npy", "png", ".png", "a.png.txt", "a", ""})
    EXPECT_FALSE(has_picture_extension(name)) << name;
}

TEST_F(Picture, MissingEmptyAndFolder) {
  EXPECT_EQ(load_error(folder_ / "none.png"),
            "there is no file \"" + (folder_ / "none.png") + "\"");
  EXPECT_THAT(load_error(put("empty.png", "")), HasSubstr("is empty; a picture must be PNG"));
  EXPECT_THAT(load_error(folder_.path().string()), HasSubstr("is not a file"));
}

TEST_F(Picture, EveryTruncationIsRefused) {
  std::vector<std::uint8_t> rgb(3 * 16 * 16);
  std::iota(rgb.begin(), rgb.end(), std::uint8_t{0});
  const std::string whole = file_text(put_png("p.png", rgb, 16, 16));
  for (std::size_t length = 1; length + 12 < whole.size(); length += 7) {
    EXPECT_THAT(load_error(put("cut.png", whole.substr(0, length))),
                AllOf(HasSubstr("cut.png\" is "), HasSubstr("PNG, JPEG")))
        << length;
  }
}

TEST_F(Picture, TooLargeIsRefusedByTheHeader) {
  const std::string path = put_png("wide.png", std::vector<std::uint8_t>(3 * 8193), 8193, 1);
  const std::string expected =
      "\"" + path + "\" has 8193 × 1 pixels; at most 8192 × 8192 are accepted";
  EXPECT_EQ(load_error(path), expected);
  EXPECT_EQ(error_text([&] { picture_size(path); }), expected);
  EXPECT_EQ(load_picture(put_png("long.png", std::vector<std::uint8_t>(3 * 8192), 1, 8192),
                         PictureColor::kGrey)
                .shape(),
            (Shape{1, 1, 8192, 1}));
}

// Whatever byte is changed: a picture or a sentence.
RC_GTEST_PROP(PictureRandom, DamagedBytesNeverDoWorse, ()) {
  const TempFolder folder;
  std::vector<std::uint8_t> rgba(4 * 5 * 5);
  std::iota(rgba.begin(), rgba.end(), std::uint8_t{0});
  write_png(folder / "p.png", rgba, 5, 5);
  std::string content = file_text(folder / "p.png");
  for (int i = 0; i < 3; ++i)
    content[*rc::gen::inRange<std::size_t>(8, content.size())] = *rc::gen::arbitrary<char>();
  put_text(folder / "d.png", content);
  const std::string text = load_error(folder / "d.png");
  RC_ASSERT(text == "no error" || text.find("d.png\" ") != std::string::npos);
}

TEST(Scaled, TheSameSizeIsTheSamePicture) {
  const Tensor t = random_tensor({2, 3, 5, 7}, 1);
  EXPECT_EQ(scaled(t, {5, 7}), t);
}

TEST(Scaled, WholeFactorsAreMeansAndCopies) {
  const Tensor t = Tensor::from_rows({{0, 1, 2, 3}, {4, 5, 6, 7}});
  EXPECT_EQ(scaled(t, {1, 2}), Tensor::from_rows({{2.5f, 4.5f}}));
  EXPECT_EQ(scaled(t, {2, 1}), Tensor::from_rows({{1.5f}, {5.5f}}));
  EXPECT_EQ(scaled(Tensor::from_rows({{1, 2}}), {2, 6}),
            Tensor::from_rows({{1, 1, 1, 2, 2, 2}, {1, 1, 1, 2, 2, 2}}));
}

TEST(Scaled, PartsOfCellsCountByTheirShare) {
  // Two cells cover one and a half each.
  const Tensor t = scaled(Tensor::from_rows({{0, 3, 9}}), {1, 2});
  EXPECT_FLOAT_EQ(t.at(0, 0), 1.0f);
  EXPECT_FLOAT_EQ(t.at(0, 1), 7.0f);
  // And growing: the middle one of three lies half on either.
  const Tensor grown = scaled(Tensor::from_rows({{0, 4}}), {1, 3});
  EXPECT_FLOAT_EQ(grown.at(0, 1), 2.0f);
}

double mean(std::span<const float> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

RC_GTEST_PROP(ScaledRandom, KeepsTheMeanOfEveryPlaneAndItsRange, ()) {
  const auto size = [] { return *rc::gen::inRange<Index>(1, 40); };
  const Tensor t = random_tensor(
      {*rc::gen::inRange<Index>(1, 3), *rc::gen::inRange<Index>(1, 4), size(), size()},
      *rc::gen::arbitrary<std::uint64_t>());
  const Tensor s = scaled(t, {size(), size()});
  for (Index n = 0; n < t.shape().n; ++n) {
    for (Index c = 0; c < t.shape().c; ++c) {
      RC_ASSERT(std::abs(mean(s.plane(n, c)) - mean(t.plane(n, c))) < 1e-5);
      const auto [low, high] = std::ranges::minmax(t.plane(n, c));
      for (const float value : s.plane(n, c))
        RC_ASSERT(value >= low - 1e-6f && value <= high + 1e-6f);
    }
  }
}

}  // namespace
}  // namespace convscope::files
