// What other programs draw of the vectors is what the PNG shows: SVG by librsvg, PDF by poppler.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "app/files/picture.h"
#include "tests/export/export_fixture.h"
#include "tests/temp_folder.h"

namespace convscope::exports {
namespace {

constexpr int kSquare = 16;  // pixels on a side

// The mean lightness, 0 to 255, of each whole square of the picture, rows from the top.
struct Squares {
  int width = 0, height = 0;
  std::vector<double> means;
};

// `lightness(y, x)` gives that of a pixel.
template <typename Lightness>
Squares squares_of(int width, int height, const Lightness& lightness) {
  Squares squares{width / kSquare, height / kSquare, {}};
  for (int y = 0; y < squares.height; ++y) {
    for (int x = 0; x < squares.width; ++x) {
      double sum = 0.0;
      for (int i = 0; i < kSquare * kSquare; ++i)
        sum += lightness(y * kSquare + i / kSquare, x * kSquare + i % kSquare);
      squares.means.push_back(sum / (kSquare * kSquare));
    }
  }
  return squares;
}

Squares squares_of(const Raster& drawn) {
  return squares_of(drawn.width, drawn.height, [&](int y, int x) {
    const auto p = pixel(drawn, x, y);
    return (p[0] + p[1] + p[2]) / 3.0;
  });
}

Squares squares_of(const std::filesystem::path& picture) {
  const Tensor tensor = load_picture(picture, PictureColor::kRgb);
  const Shape& s = tensor.shape();
  return squares_of(static_cast<int>(s.w), static_cast<int>(s.h), [&](int y, int x) {
    double sum = 0.0;
    for (Index c = 0; c < 3; ++c)
      sum += static_cast<double>(tensor.at(0, c, y, x));
    return sum * 255.0 / 3.0;
  });
}

struct Distance {
  double mean = 0.0, most = 0.0;
};

Distance distance(const Squares& a, const Squares& b) {
  EXPECT_EQ(a.width, b.width);
  EXPECT_EQ(a.height, b.height);
  Distance d;
  if (a.means.size() != b.means.size()) return {255.0, 255.0};
  for (std::size_t i = 0; i < a.means.size(); ++i) {
    const double off = std::abs(a.means[i] - b.means[i]);
    d.mean += off / static_cast<double>(a.means.size());
    d.most = std::max(d.most, off);
  }
  return d;
}

struct Drawn {
  const char* name;
  Panel panel;
  bool dark;
};

void PrintTo(const Drawn& drawn, std::ostream* out) {
  *out << drawn.name;
}

class VectorRaster : public testing::TestWithParam<Drawn> {
 protected:
  VectorRaster() : source_(source_of(default_scene())) {
    source_.dark = GetParam().dark;
    source_.cell = Yx{0, 1};
    learn(source_, 5);
    go_backward(source_);
    look_.dark = GetParam().dark;
    look_.scale = 2.0;
    figure_ = panel_figure(GetParam().panel, source_);
    expected_ = raster(figure_, look_);
  }

  // Writes the bytes into a file, runs a command on it that writes a PNG, and returns that drawn.
  Squares redrawn(const std::vector<std::byte>& bytes, const std::string& command) {
    put_text(folder_ / "vector", text_of(bytes));
    EXPECT_EQ(std::system(("cd " + folder_.path().string() + " && " + command).c_str()), 0)
        << command;
    return squares_of(folder_.path() / "drawn.png");
  }
  std::string size(const char* wide, const char* high) const {
    return std::string(wide) + " " + std::to_string(expected_.width) + " " + high + " " +
           std::to_string(expected_.height);
  }
  Squares of_svg(const FigureLook& look) {
    return redrawn(svg(figure_, look),
                   CONVSCOPE_RSVG " " + size("-w", "-h") + " vector -o drawn.png");
  }
  Squares of_pdf(const FigureLook& look) {
    return redrawn(pdf(figure_, look), CONVSCOPE_PDFTOPPM " -png -singlefile " +
                                           size("-scale-to-x", "-scale-to-y") + " vector drawn");
  }

  TempFolder folder_;
  Source source_;
  FigureLook look_;
  Figure figure_;
  Raster expected_;
};

// Readers set the digits of SVG text in their own widths: a long line of numbers is off by some
// pixels.
TEST_P(VectorRaster, OfAnSvgIsThePng) {
  const Distance d = distance(of_svg(look_), squares_of(expected_));
  EXPECT_LT(d.mean, 1.0);
  EXPECT_LT(d.most, 60.0);
}

TEST_P(VectorRaster, OfAPdfIsThePng) {
  const Distance d = distance(of_pdf(look_), squares_of(expected_));
  EXPECT_LT(d.mean, 0.4);
  EXPECT_LT(d.most, 12.0);
}

// Of figures with cells.
class CellsRaster : public VectorRaster {};

TEST_P(CellsRaster, ShowsWhereNumbersAreMissing) {
  FigureLook without = look_;
  without.numbers = false;
  EXPECT_GT(distance(of_pdf(without), squares_of(expected_)).most, 12.0);
}

constexpr Drawn kOutput{"Output", Panel::kOutput, false};
constexpr Drawn kRow{"RowInTheDark", Panel::kRow, true};
constexpr Drawn kLoss{"Loss", Panel::kLoss, false};
constexpr Drawn kExplanation{"Explanation", Panel::kExplanation, false};
constexpr Drawn kWeights{"Weights", Panel::kWeights, true};
constexpr Drawn kBackward{"Backward", Panel::kBackward, true};
constexpr Drawn kLandscape{"Landscape", Panel::kLandscape, false};
constexpr Drawn kMomentumMap{"MomentumMapInTheDark", Panel::kMomentumMap, true};
constexpr Drawn kDirections{"Directions", Panel::kDirections, false};
constexpr Drawn kFrequency{"FrequencyInTheDark", Panel::kFrequency, true};
constexpr Drawn kChain{"Chain", Panel::kChain, false};

std::string name_of(const testing::TestParamInfo<Drawn>& tested) {
  return tested.param.name;
}
INSTANTIATE_TEST_SUITE_P(Figures, VectorRaster,
                         testing::Values(kOutput, kRow, kLoss, kExplanation, kWeights, kBackward,
                                         kLandscape, kMomentumMap, kDirections, kFrequency, kChain),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Figures, CellsRaster,
                         testing::Values(kOutput, kRow, kExplanation, kWeights), name_of);

}  // namespace
}  // namespace convscope::exports
