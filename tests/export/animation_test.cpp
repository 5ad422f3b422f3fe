#include "app/export/animation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stb/stb_image.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "app/export/gif_file.h"
#include "engine/learning/learning.h"
#include "tests/error_text.h"
#include "tests/export/export_fixture.h"
#include "tests/temp_folder.h"

namespace convscope::exports {
namespace {

using testing::HasSubstr;

struct Gif {
  int frames = 0, width = 0, height = 0;
  std::vector<int> delays;  // milliseconds
  std::vector<Raster> pictures;
};

Gif read_gif(const std::string& bytes) {
  Gif gif;
  int* delays = nullptr;
  int channels = 0;
  unsigned char* data = stbi_load_gif_from_memory(
      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), &delays,
      &gif.width, &gif.height, &gif.frames, &channels, 4);
  EXPECT_NE(data, nullptr);
  const std::size_t size =
      static_cast<std::size_t>(gif.width) * static_cast<std::size_t>(gif.height) * 4;
  for (int i = 0; data != nullptr && i < gif.frames; ++i) {
    gif.delays.push_back(delays[i]);
    const unsigned char* from = data + static_cast<std::size_t>(i) * size;
    gif.pictures.push_back({gif.width, gif.height, {from, from + size}});
  }
  std::free(data);
  std::free(delays);
  return gif;
}

std::string written(const Animation& animation, const FigureLook& look, int rate) {
  const TempFolder folder;
  const std::filesystem::path path = folder / "a.gif";
  PendingFile file(path);
  write_gif(file, animation, look, rate);
  file.commit();
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(SweepAnimation, ShowsTheOutputCellByCell) {
  const Source source = source_of(default_scene());
  FigureLook look;
  look.numbers = false;
  look.color_bars = false;
  const Gif gif = read_gif(written(sweep_animation(source, 0), look, 20));
  ASSERT_EQ(gif.frames, 42);
  // The output is the last block, at the right.
  const int left = gif.width - 16 - (7 * kCell - 2);
  const auto middle = [&](const Raster& frame, int cell) {
    return pixel(frame, left + cell % 7 * kCell + 23, kPlaneY + cell / 7 * kCell + 12);
  };
  const Tensor& output = *source.layer_results().output;
  for (int frame = 0; frame < gif.frames; ++frame) {
    for (int cell = 0; cell < 42; ++cell) {
      const Rgb shown = map_color(ColorMap::kDiverging, -1.0f, 1.0f,
                                  output.values()[static_cast<std::size_t>(cell)]);
      const Rgb pale = rgb_of(mixed(light_palette().card, light_palette().muted, 0.15f));
      EXPECT_EQ(middle(gif.pictures[static_cast<std::size_t>(frame)], cell),
                opaque(cell <= frame ? shown : pale))
          << frame << ": " << cell;
    }
  }
}

TEST(SweepAnimation, RepeatsForEverAtItsRate) {
  const Source source = source_of(default_scene());
  const std::string bytes = written(sweep_animation(source, 6), {}, 30);
  EXPECT_THAT(bytes, HasSubstr(std::string("NETSCAPE2.0\x03\x01\x00\x00", 15)));
  const Gif gif = read_gif(bytes);
  EXPECT_THAT(gif.delays, testing::ElementsAre(30, 40, 30, 30, 40, 1000));
}

TEST(SweepAnimation, FewerFramesEndWithTheLastCell) {
  const Source source = source_of(default_scene());
  const Animation animation = sweep_animation(source, 4);
  ASSERT_EQ(animation.frames, 4);
  EXPECT_EQ(std::get<HeatmapBlock>(animation.frame(0).blocks.back()).revealed, 10);
  EXPECT_EQ(std::get<HeatmapBlock>(animation.frame(3).blocks.back()).revealed, 42);
}

TEST(SweepAnimation, TooManyFramesAndPixelsAreRefused) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 50, 50});
  const Source source = source_of(scene);
  EXPECT_EQ(error_text([&] { sweep_animation(source, 0); }),
            "the output has 2450 cells; an animation has at most 2000 frames: ask for fewer");
  FigureLook look;
  look.scale = 3.0;
  EXPECT_THAT(error_text([&] { written(sweep_animation(source, 2000), look, 20); }),
              HasSubstr("; accepted are 2000 frames of at most 658x303 pixels"));
  Animation many = sweep_animation(source, 100);
  many.frames = 1000;
  EXPECT_EQ(error_text([&] { require_animation(many, 800, 1000); }),
            "the animation would have 1000 frames of 800x1000 pixels; accepted are at most 500 "
            "frames of this size, or 1000 frames of at most 565x707 pixels");
  require_animation(many, 565, 707);
  many.frames = 500;
  require_animation(many, 800, 1000);
  EXPECT_EQ(error_text([&] { require_animation(many, 8192, 10); }),
            "the animation would have 500 frames of 8192x10 pixels; accepted are 500 frames of at "
            "most 4096x5 pixels");
}

TEST(LearnAnimation, EachFrameIsAStep) {
  Source source = source_of(default_scene());
  learn(source, 12);
  const Animation animation = learn_animation(source);
  ASSERT_EQ(animation.frames, 13);
  for (Index i = 0; i < 13; ++i) {
    const Figure figure = animation.frame(i);
    const Parameters& values = *source.run[static_cast<std::size_t>(i)].values;
    EXPECT_EQ(*std::get<HeatmapBlock>(figure.blocks[0]).tensor, values.weight);
    EXPECT_EQ(*std::get<HeatmapBlock>(figure.blocks[1]).tensor,
              prediction_error(*source.training->problem, values));
    EXPECT_EQ(std::get<ChartBlock>(figure.blocks[2]).until, static_cast<double>(i));
  }
  EXPECT_EQ(read_gif(written(animation, {}, 10)).frames, 13);
}

}  // namespace
}  // namespace convscope::exports
