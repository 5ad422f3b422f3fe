#include "app/look/skipped_cells.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/ops/conv2d_reference.h"
#include "tests/app/app_harness.h"

namespace convscope::program {

using namespace look;

namespace {

// By brute force: places of the padded input that change nothing of the output.
TEST(SkippedCells, AreThoseThatChangeNothing) {
  for (const Index stride : {1, 2, 3, 4}) {
    for (const Index dilation : {1, 2, 3}) {
      for (const Index kernel : {1, 2, 3}) {
        for (const Padding padding : {Padding{}, Padding{1, 0, 0, 2}, Padding{2, 1, 1, 0}}) {
          Conv2dOptions options;
          options.stride = {stride, 2};
          options.dilation = {dilation, 1};
          options.padding = padding;
          const Shape shape{1, 1, 9, 6};
          Tensor weight(Shape{1, 1, kernel, 2});
          weight.fill(1.0f);
          Conv2dOptions unpadded = options;
          unpadded.padding = {};
          const Index rows = shape.h + padding.top + padding.bottom;
          const Index columns = shape.w + padding.left + padding.right;
          const ui::CellStrips hatched = skipped_cells(shape, {kernel, 2}, options);
          for (Index y = 0; y < rows; ++y) {
            for (Index x = 0; x < columns; ++x) {
              Tensor padded(Shape{1, 1, rows, columns});
              padded.at(y, x) = 1.0f;
              const Tensor output = reference::conv2d(padded, weight, {}, unpadded);
              const bool seen =
                  std::ranges::any_of(output.values(), [](float v) { return v != 0; });
              EXPECT_NE(hatched.has_row(y - padding.top) || hatched.has_column(x - padding.left),
                        seen)
                  << stride << " " << dilation << " " << kernel << " at " << y << ", " << x;
            }
          }
        }
      }
    }
  }
}

TEST(SkippedCells, AreCountedInASentence) {
  Conv2dOptions options;
  EXPECT_EQ(skipped_text({1, 1, 6, 8}, {1, 2}, options), "");
  options.stride = {1, 3};
  EXPECT_EQ(skipped_text({1, 1, 6, 9}, {1, 2}, options),
            "The last column of the padded input is under no window. "
            "Between the windows, 2 columns meet no weight.");
  options.stride = {2, 2};
  EXPECT_EQ(skipped_text({1, 1, 5, 8}, {1, 2}, options),
            "Between the windows, 2 rows meet no weight.");
}

TEST(SkippedCells, AreHatchedInTheInput) {
  Scene scene = default_scene();
  first_layer(scene).conv.stride = {1, 3};
  AppHarness h({1280, 720}, scene);
  const auto hatched = [&] { return h.painted(*h.app().document().scene().input.tensor).hatched; };
  EXPECT_EQ(hatched(), (ui::CellStrips{{}, {{2, 1}, {5, 1}}}));
  h.app().perform(Edit{LayerEdit{0, ConvScene{}}});
  h.settle();
  EXPECT_TRUE(hatched().empty());
}

TEST(Padding, EachSideHasItsOwn) {
  AppHarness h;
  h.click("conv/more");
  h.frame(2);
  h.enter("conv/padding-bottom", "2");
  h.enter("conv/padding-left", "3");
  EXPECT_EQ(first_layer(h.app().document().scene()).conv.padding, (Padding{0, 3, 2, 0}));
  EXPECT_EQ(h.app().live().results()->layers[0].output->shape(), (Shape{1, 1, 8, 10}));
  EXPECT_EQ(h.painted(*h.app().document().scene().input.tensor).ring, (Padding{0, 3, 2, 0}));
  h.key(ui::Key::kEscape);
  // The pair in the card changes the sides that it shows.
  h.enter("conv/padding/y", "1");
  EXPECT_EQ(first_layer(h.app().document().scene()).conv.padding, (Padding{1, 3, 2, 0}));
}

TEST(Padding, ThePairSetsBothSidesWhereTheyAreEqual) {
  AppHarness h;
  h.enter("conv/padding/y", "1");
  EXPECT_EQ(first_layer(h.app().document().scene()).conv.padding, (Padding{1, 0, 1, 0}));
}

}  // namespace
}  // namespace convscope::program
