#include "app/export/figure_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "tests/error_text.h"
#include "tests/export/export_fixture.h"

namespace convscope::exports {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Figure output_figure(const Source& source) {
  return panel_figure(Panel::kOutput, source);
}

TEST(FigureFile, PixelsOfCellsHaveTheColoursOfTheirValues) {
  const Source source = source_of(default_scene());
  FigureLook look;
  look.numbers = false;
  look.scale = 2.0;
  const Figure figure = output_figure(source);
  const Raster drawn = raster(figure, look);
  const auto& block = std::get<HeatmapBlock>(figure.blocks.front());
  const Shape& s = block.tensor->shape();
  for (Index y = 0; y < s.h; ++y) {
    for (Index x = 0; x < s.w; ++x) {
      const Rgb expected =
          map_color(block.style.map, block.style.lo, block.style.hi, block.tensor->at(y, x));
      // Both corners of the cell, as nothing but its colour is there.
      const int left = 2 * (kPlaneX + static_cast<int>(x) * kCell);
      const int top = 2 * (kPlaneY + static_cast<int>(y) * kCell);
      EXPECT_EQ(pixel(drawn, left, top), opaque(expected)) << y << ", " << x;
      EXPECT_EQ(pixel(drawn, left + 91, top + 91), opaque(expected)) << y << ", " << x;
      EXPECT_EQ(pixel(drawn, left + 92, top + 92), opaque({255, 255, 255})) << "the grid";
    }
  }
}

TEST(FigureFile, NumbersAreDrawnOnlyWhereTheyAreWanted) {
  const Source source = source_of(default_scene());
  const Figure figure = output_figure(source);
  FigureLook look;
  const Raster with = raster(figure, look);
  look.numbers = false;
  const Raster without = raster(figure, look);
  ASSERT_EQ(with.rgba.size(), without.rgba.size());
  EXPECT_NE(with.rgba, without.rgba);
}

TEST(FigureFile, TheGroundIsTransparentWhereThatIsAskedFor) {
  const Source source = source_of(default_scene());
  const Figure figure = output_figure(source);
  FigureLook look;
  look.dark = true;
  EXPECT_EQ(pixel(raster(figure, look), 2, 2), opaque(rgb_of(dark_palette().card)));
  look.transparent = true;
  const Raster drawn = raster(figure, look);
  EXPECT_EQ(pixel(drawn, 2, 2)[3], 0);
  EXPECT_EQ(pixel(drawn, kPlaneX + 2, kPlaneY + 2)[3], 255);
}

TEST(FigureFile, APictureHasExactlyTheSizeThatIsAskedFor) {
  const Figure figure = output_figure(source_of(default_scene()));
  FigureLook look;
  look.scale = 1.5;
  const Raster drawn = raster(figure, look, Yx{601, 803});
  EXPECT_EQ(drawn.width, 803);
  EXPECT_EQ(drawn.height, 601);
  EXPECT_THAT(error_text([&] {
                raster(figure, look, Yx{50, 50});
              }),
              HasSubstr("does not fit into 50x50 pixels; at this scale it needs at least "));
}

TEST(FigureFile, AFigureFillsItsSizeWhereNoScaleIsAskedFor) {
  const Figure figure = output_figure(source_of(default_scene()));
  FigureLook look;
  look.scale = 0.0;
  look.numbers = false;
  const Raster drawn = raster(figure, look, Yx{1080, 1920});
  EXPECT_EQ(drawn.width, 1920);
  EXPECT_EQ(drawn.height, 1080);
  // 366 units by 380 at 2.5 pixels: the plane is in the middle.
  EXPECT_EQ(pixel(drawn, 960 - 7 * 60 + 4, 600)[3], 255);
  EXPECT_NE(pixel(drawn, 960 - 7 * 60 + 4 + 120, 600), opaque({255, 255, 255}));
}

TEST(FigureFile, TooLargePicturesAreRefused) {
  const Figure figure = output_figure(source_of(default_scene()));
  FigureLook look;
  look.cell = 512.0;
  look.scale = 16.0;
  EXPECT_THAT(error_text([&] { raster(figure, look); }),
              HasSubstr("at most 16384 on a side and 67 million in all are accepted"));
}

TEST(FigureFile, SvgHasItsNumbersAsText) {
  const Scene scene = shipped("dropped-cells");
  const Source source = source_of(scene);
  const std::string text = text_of(svg(panel_figure(Panel::kInput, source), {}));
  EXPECT_THAT(text, StartsWith("<?xml"));
  const std::vector<std::string> texts = texts_of(text);
  EXPECT_EQ(std::ranges::count(texts, "0.111"), scene.input.tensor->shape().h);
  EXPECT_THAT(texts, testing::Contains("Input"));
  EXPECT_THAT(text, HasSubstr("<linearGradient"));
}

TEST(FigureFile, SvgEscapesWhatIsNoText) {
  Figure figure = output_figure(source_of(default_scene()));
  figure.title = "a < b & \"c\"\x01";
  EXPECT_THAT(text_of(svg(figure, {})), HasSubstr(">a &lt; b &amp; \"c\"</text>"));
}

TEST(FigureFile, ALongTitleIsWrappedToTheFigure) {
  Figure figure = output_figure(source_of(default_scene()));
  const Raster plain = raster(figure, {});
  figure.title =
      "The edge experiment of the chapter: a kernel of one row and two columns finds edges in one "
      "direction only";
  const std::string text = text_of(svg(figure, {}));
  std::string joined;
  int lines = 0;
  for (const std::string& each : texts_of(text)) {
    if (figure.title.find(each) == std::string::npos || each.size() < 12) continue;
    joined += (joined.empty() ? "" : " ") + each;
    ++lines;
  }
  EXPECT_EQ(joined, figure.title);
  EXPECT_GE(lines, 2);
  const Raster titled = raster(figure, {});
  EXPECT_EQ(titled.width, plain.width);
  EXPECT_GE(titled.height, plain.height + 2 * 20);
  EXPECT_THAT(text_of(pdf(figure, {})), HasSubstr("%PDF"));
}

TEST(FigureFile, LargePlanesAreImagesOfOnePixelForEachCell) {
  Scene scene = default_scene();
  Tensor large(Shape{1, 1, 300, 700}, 0.25f);
  large.at(299, 699) = 1.0f;
  scene.input.tensor = std::make_shared<const Tensor>(large);
  const Figure figure = panel_figure(Panel::kInput, source_of(scene));
  const std::string text = text_of(svg(figure, {}));
  EXPECT_THAT(text, HasSubstr("<image x=\"16\" y=\"44\" width=\"700\" height=\"300\""));
  const Raster drawn = raster(figure, {});
  EXPECT_EQ(pixel(drawn, kPlaneX + 699, kPlaneY + 299), opaque({253, 231, 37}));  // viridis' end
  EXPECT_NE(pixel(drawn, kPlaneX + 698, kPlaneY + 299), opaque({253, 231, 37}));
}

TEST(FigureFile, PdfHasItsFontsAndIsWhole) {
  const std::string text = text_of(pdf(output_figure(source_of(default_scene())), {}));
  EXPECT_THAT(text, StartsWith("%PDF-"));
  EXPECT_THAT(text, HasSubstr("%%EOF"));
}

TEST(FigureFile, OutlinesHatchingAndPaddingAreDrawn) {
  Source source = source_of(shipped("dropped-cells"));
  const auto ink_of = [](const Figure& figure) { return raster(figure, {}).rgba; };
  const Figure plain = panel_figure(Panel::kInput, source);
  Figure without = plain;
  std::get<HeatmapBlock>(without.blocks.front()).hatched = {};
  EXPECT_NE(ink_of(plain), ink_of(without));
  source.cell = Yx{0, 0};
  EXPECT_NE(ink_of(panel_figure(Panel::kInput, source)), ink_of(plain));
}

}  // namespace
}  // namespace convscope::exports
