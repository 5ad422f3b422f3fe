#include "app/export/gif_palette.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace convscope::exports {
namespace {

// `count` colours, the first of them twice.
std::vector<std::uint8_t> colors(int count) {
  std::vector<std::uint8_t> rgba = {0, 0, 0, 255};
  for (int i = 0; i < count; ++i)
    rgba.insert(rgba.end(),
                {static_cast<std::uint8_t>(i % 256), static_cast<std::uint8_t>(i / 256), 0, 255});
  return rgba;
}

TEST(GifPalette, KeepsUpTo256ColoursExactly) {
  GifPalette palette;
  const std::vector<std::uint8_t> frame = colors(256);
  palette.count(frame);
  palette.choose();
  EXPECT_TRUE(palette.exact());
  const std::vector<std::uint8_t> indices = palette.indices(frame);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    EXPECT_EQ(palette.colors()[indices[i]],
              (Rgb{frame[4 * i], frame[4 * i + 1], frame[4 * i + 2]}));
  }
}

TEST(GifPalette, KeepsTheMostFrequentOfMore) {
  GifPalette palette;
  const std::vector<std::uint8_t> often = colors(200);
  for (int i = 0; i < 3; ++i)
    palette.count(often);
  palette.count(colors(300));
  palette.choose();
  EXPECT_FALSE(palette.exact());
  EXPECT_EQ(palette.colors().size(), 256u);
  const std::vector<std::uint8_t> indices = palette.indices(often);
  for (std::size_t i = 0; i < indices.size(); ++i)
    EXPECT_EQ(palette.colors()[indices[i]].r, often[4 * i]);
}

}  // namespace
}  // namespace convscope::exports
