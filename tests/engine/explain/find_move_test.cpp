#include "engine/explain/find_move.h"

#include <algorithm>
#include <cmath>

#include "engine/explain/move_text.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/input_edits.h"
#include "engine/ops/pool2d.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/spot.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

const Tensor kSpot = spot();
const Tensor kKernel = Tensor::from_rows({{1, 2}, {0, 1}});

Conv2dOptions strides(Yx stride) {
  Conv2dOptions options;
  options.stride = stride;
  return options;
}

FoundMove found_between(const Tensor& before, const Tensor& now, const MoveQuestion& question) {
  return find_move(before.plane(0, 0), now.plane(0, 0), before.shape(), question);
}

// Compares the convolutions of a picture before and after a shift.
FoundMove output_move(const Tensor& x, Yx by, const Tensor& kernel, const Conv2dOptions& options,
                      ShiftFill fill = ShiftFill::kZero) {
  const ChainStep step = conv_step(kernel.shape(), options, x.shape());
  return found_between(conv2d(x, kernel, {}, options),
                       conv2d(shifted(x, by, fill), kernel, {}, options),
                       move_question({&step, 1}, by));
}

FoundMove pooled_move(const Tensor& x, Yx by, const Pool2dOptions& options) {
  const ChainStep step = pool_step(options, x.shape());
  return found_between(pool2d(x, options).output,
                       pool2d(shifted(x, by, ShiftFill::kZero), options).output,
                       move_question({&step, 1}, by));
}

TEST(FindMove, AtStrideOneTheOutputMovesAsTheInput) {
  const FoundMove found = output_move(kSpot, {0, 2}, kKernel, {});
  EXPECT_EQ(found.kind, MoveKind::kMoved);
  EXPECT_EQ(found.by, (Move{0, 2}));
  EXPECT_TRUE(found.exact());
  // Columns 0 to 6 stay in the picture, so that six columns of windows see nothing else.
  EXPECT_EQ(found.compared, 6 * 6);
  EXPECT_EQ(found.content, (CellRect{0, 1, 3, 4})) << "the answer to the spot";
  EXPECT_EQ(move_text(found), "moved by (0, 2), exactly");
  EXPECT_EQ(move_sentence("Y", found), "Y moved by (0, 2), exactly, in 36 compared cells.");
}

TEST(FindMove, AtStrideTwoAShiftByOneGivesOtherNumbers) {
  const FoundMove found = output_move(kSpot, {0, 1}, kKernel, strides({1, 2}));
  EXPECT_EQ(found.kind, MoveKind::kUnexplained);
  EXPECT_GT(found.difference, 1.0f);
  EXPECT_EQ(move_text(found), "no shift fits") << "and none is the nearest";
  EXPECT_EQ(move_sentence("Y", found),
            "Y has numbers that no shift of the old ones by whole or half cells gives; divided by "
            "the strides the shift is (0, 0.5).");
  const FoundMove two = output_move(kSpot, {0, 2}, kKernel, strides({1, 2}));
  EXPECT_EQ(two.kind, MoveKind::kMoved);
  EXPECT_EQ(two.by, (Move{0, 1}));
  EXPECT_TRUE(two.exact());
}

// Between the cells of a ramp there is what half a cell's move gives.
TEST(FindMove, ARampMovesByHalfACell) {
  const Tensor ramp = Tensor::from_rows({{1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 5, 6, 7, 8, 9}});
  const FoundMove found =
      output_move(ramp, {0, 1}, Tensor::from_rows({{1}}), strides({1, 2}), ShiftFill::kEdge);
  EXPECT_EQ(found.kind, MoveKind::kMoved);
  EXPECT_EQ(found.by, (Move{0, 0.5}));
  EXPECT_EQ(move_text(found), "moved by (0, 0.5), exactly");
}

TEST(FindMove, MaxPoolingForgetsAMoveWithinItsWindow) {
  const Tensor cell = Tensor::from_rows({{0, 0, 0, 0, 0, 0, 0, 0},
                                         {0, 0, 0, 0, 0, 0, 0, 0},
                                         {0, 0, 9, 0, 0, 0, 0, 0},
                                         {0, 0, 0, 0, 0, 0, 0, 0}});
  Pool2dOptions pool;
  pool.kernel = pool.stride = {2, 2};
  const FoundMove stays = pooled_move(cell, {0, 1}, pool);
  EXPECT_EQ(stays.kind, MoveKind::kUnchanged);
  EXPECT_TRUE(stays.whole);
  EXPECT_EQ(stays.compared, 8);
  EXPECT_EQ(move_sentence("P", stays), "P is what it was, in all of its 8 cells.");
  const FoundMove left = pooled_move(cell, {0, -1}, pool);
  EXPECT_EQ(left.kind, MoveKind::kMoved);
  EXPECT_EQ(left.by, (Move{0, -1})) << "a move by one cell has become one by a window";
  EXPECT_EQ(left.other, (Move{0, -0.5}));
  EXPECT_EQ(move_sentence("P", left),
            "P moved by (0, −1), exactly, in " + std::to_string(left.compared) +
                " compared cells; divided by the strides the shift is (0, −0.5).");
}

TEST(FindMove, WhatIsAlikeAlongTheShiftIsUnchangedAndHasMoved) {
  Tensor bars({1, 1, 8, 9});
  for (Index y = 0; y < 8; ++y)
    bars.at(y, 4) = 1.0f;
  const FoundMove found = output_move(bars, {1, 0}, Tensor::from_rows({{1, -1}}), {});
  EXPECT_EQ(found.kind, MoveKind::kUnchanged);
  EXPECT_FALSE(found.whole) << "the first row has become dark";
  EXPECT_TRUE(found.moved_too);
  EXPECT_EQ(move_text(found), "unchanged; (1, 0) fits too");
}

TEST(FindMove, SaysWhereNothingCanBeSeen) {
  const Tensor grey({1, 1, 6, 6}, 0.5f);
  EXPECT_EQ(output_move(grey, {0, 1}, Tensor::from_rows({{1, -1}}), {}).kind, MoveKind::kUniform);
  EXPECT_EQ(output_move(grey, {0, 6}, Tensor::from_rows({{1}}), {}).kind, MoveKind::kTooFew);
}

TEST(FindMove, WhereAllThatFitsIsOneValueTheMoveCannotBeTold) {
  const Tensor before = Tensor::from_rows({{1, 0, 0}, {1, 0, 0}, {1, 0, 0}});
  const Tensor now = Tensor::from_rows({{0, 0, 1}, {0, 0, 1}, {0, 0, 1}});
  const FoundMove found = found_between(before, now, {{0, 0, 3, 2}, {0, 2, 3, 3}, {0, 1.5}});
  EXPECT_EQ(found.kind, MoveKind::kUntold);
  EXPECT_EQ(found.by, (Move{0, 2}));
  EXPECT_EQ(move_text(found), "cannot be told; (0, 2) fits");
  EXPECT_EQ(move_sentence("P", found),
            "By how much P moved cannot be told: (0, 2) fits in 3 compared cells, but they all "
            "have one value.");
}

TEST(FindMove, WhereTooFewCellsFitTheMoveCannotBeTold) {
  const Tensor before = Tensor::from_rows({{3, 1, 4, 7, 5}});
  const Tensor now = Tensor::from_rows({{8, 6, 9, 3, 1}});
  const FoundMove found = found_between(before, now, {{0, 0, 1, 5}, {0, 0, 1, 5}, {0, 2}});
  EXPECT_EQ(found.kind, MoveKind::kUntold);
  EXPECT_EQ(found.by, (Move{0, 3}));
  EXPECT_EQ(move_sentence("P", found),
            "By how much P moved cannot be told: (0, 3) fits, but leaves too few cells to be "
            "compared.");
}

TEST(FindMove, WhatTheStridesGiveIsOnlySaidInWholeOrHalfCells) {
  const FoundMove found =
      output_move(random_tensor({1, 1, 12, 16}, 1), {0, 1}, kKernel, strides({3, 3}));
  EXPECT_EQ(found.kind, MoveKind::kUnexplained);
  EXPECT_EQ(move_sentence("Y", found),
            "Y has numbers that no shift of the old ones by whole or half cells gives.");
}

// Rounds as sums do whose order differs, the same on every processor.
Tensor rounded_otherwise(Tensor plane) {
  for (Index y = 0; y < plane.shape().h; ++y) {
    for (Index x = 0; x < plane.shape().w; ++x)
      plane.at(y, x) *= 1.0f + static_cast<float>((3 * y + 5 * x) % 4 - 1) * 1e-7f;
  }
  return plane;
}

TEST(FindMove, WhatIsAlikeButForRoundingIsAlike) {
  const Tensor before = rounded_otherwise(Tensor({1, 1, 4, 6}, 0.889f));
  Tensor now = before;
  now.at(0, 0) = 0.0f;
  now.at(2, 3) = before.at(2, 3) + 1e-7f;
  const FoundMove found = found_between(before, now, {{1, 0, 4, 5}, {1, 1, 4, 6}, {0, 1}});
  EXPECT_EQ(found.kind, MoveKind::kUniform);
  EXPECT_EQ(move_text(found), "all alike: no shift to see");
}

TEST(FindMove, WhatStandsOutDoesSoByMoreThanRounding) {
  Tensor before({1, 1, 5, 7}, 0.889f);
  before.at(2, 2) = 3.0f;
  const Tensor now = rounded_otherwise(shifted(before, {0, 1}, ShiftFill::kWrap));
  const FoundMove found =
      found_between(rounded_otherwise(before), now, {{0, 0, 5, 6}, {0, 1, 5, 7}, {0, 1}});
  EXPECT_EQ(found.kind, MoveKind::kMoved);
  EXPECT_EQ(found.content, (CellRect{2, 2, 3, 3}));
}

TEST(FindMove, AllOfThePlaneIsUnchangedButForRounding) {
  const Tensor before = random_tensor({1, 1, 2, 4}, 1);
  const FoundMove found =
      found_between(before, rounded_otherwise(before), {{0, 0, 2, 3}, {0, 1, 2, 4}, {0, 1}});
  EXPECT_EQ(found.kind, MoveKind::kUnchanged);
  EXPECT_TRUE(found.whole);
  EXPECT_EQ(move_sentence("P", found),
            "P is what it was, but for rounding, in all of its 8 cells.");
  const FoundMove few = found_between(before, rounded_otherwise(before), {{}, {}, {0, 1}});
  EXPECT_EQ(few.kind, MoveKind::kUnchanged);
}

TEST(FindMove, TellsRoundingFromADifference) {
  Tensor before = random_tensor({1, 1, 6, 8}, 1);
  Tensor now = shifted(before, {0, 1}, ShiftFill::kWrap);
  const MoveQuestion question{{0, 0, 6, 7}, {0, 1, 6, 8}, {0, 1}};
  now.at(2, 3) += 1e-6f;
  const FoundMove found = found_between(before, now, question);
  EXPECT_EQ(found.kind, MoveKind::kMoved);
  EXPECT_FALSE(found.exact());
  EXPECT_EQ(move_text(found), "moved by (0, 1) ± rounding");
  now.at(2, 3) += 0.25f;
  const FoundMove other = found_between(before, now, question);
  EXPECT_EQ(other.kind, MoveKind::kUnexplained);
  EXPECT_NEAR(other.difference, 0.25f, 1e-3f);
}

TEST(CellsWithin, LeavesOutWhatPaddingTouches) {
  Conv2dOptions padded;
  padded.padding = {1, 1, 1, 1};
  const ChainStep conv = conv_step({1, 1, 3, 3}, padded, {1, 1, 6, 8});
  EXPECT_EQ(cells_within({&conv, 1}, {0, 0, 6, 8}), (CellRect{1, 1, 5, 7}));
  EXPECT_EQ(cells_within({&conv, 1}, {0, 2, 6, 8}), (CellRect{1, 3, 5, 7}));
  EXPECT_TRUE(cells_within({&conv, 1}, {0, 0, 2, 8}).empty());
}

// The cells that are compared see nothing but what has moved: whatever comes in, they are equal.
RC_GTEST_PROP(CellsWithin, SeeOnlyWhatIsKept, ()) {
  const ConvCase c = arbitrary_plane_case();
  const Tensor x = random_tensor(c.input, 1);
  const Tensor k = random_tensor(c.weight, 2);
  const CellRect kept = {pick(0, 3), pick(0, 3), pick(1, c.input.h), pick(1, c.input.w)};
  Tensor other = x;
  for (Index y = 0; y < c.input.h; ++y) {
    for (Index z = 0; z < c.input.w; ++z) {
      const bool inside = y >= kept.top && y < kept.bottom && z >= kept.left && z < kept.right;
      if (!inside) other.at(y, z) = 5.0f;
    }
  }
  const ChainStep step = conv_step(c.weight, c.options, c.input);
  const CellRect cells = cells_within({&step, 1}, kept);
  const Tensor a = conv2d(x, k, {}, c.options);
  const Tensor b = conv2d(other, k, {}, c.options);
  for (Index y = cells.top; y < cells.bottom; ++y) {
    for (Index z = cells.left; z < cells.right; ++z)
      RC_ASSERT(std::abs(a.at(y, z) - b.at(y, z)) < 1e-4f);
  }
}

// At stride 1 every kernel moves its output by what its input moved, whatever comes in.
RC_GTEST_PROP(FindMove, FindsTheShiftAtStrideOne, ()) {
  const Tensor x = random_tensor({1, 1, pick(9, 12), pick(9, 14)}, 3);
  const Tensor k = random_tensor({1, 1, pick(1, 3), pick(1, 3)}, 4);
  const Yx by{pick(-3, 3), pick(-3, 3)};
  if (by == Yx{}) return;
  const FoundMove found = output_move(x, by, k, {}, static_cast<ShiftFill>(pick(0, 2)));
  RC_ASSERT(found.kind == MoveKind::kMoved);
  RC_ASSERT(found.by == (Move{static_cast<double>(by.y), static_cast<double>(by.x)}));
}

}  // namespace
}  // namespace convscope::engine
