#include "engine/core/revision.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

#include "engine/core/revised.h"

namespace convscope::engine {
namespace {

TEST(Revision, NoneIsOfNoValues) {
  EXPECT_EQ(Revision{}, Revision{});
  EXPECT_NE(Revision::fresh(), Revision{});
  EXPECT_NE(Revision::fresh(), Revision::fresh());
  EXPECT_FALSE(Revision{}.changed_since(Revision{}).has_value());
  EXPECT_FALSE(Revision::fresh().changed_since(Revision{}).has_value());
  EXPECT_FALSE(Revision{}.changed_since(Revision::fresh()).has_value());
  EXPECT_FALSE(Revision::fresh().changed_since(Revision::fresh()).has_value());
  EXPECT_FALSE(Revision{}.followed_by({0, 0, 1, 1}).changed_since(Revision{}).has_value());
}

TEST(Revision, TellsTheCellsOfAllChangesBetweenTwo) {
  const Revision first = Revision::fresh();
  const Revision second = first.followed_by({1, 2, 2, 3});
  const Revision third = second.followed_by({5, 0, 6, 1});
  EXPECT_EQ(first.changed_since(first), CellRect{});
  EXPECT_EQ(second.changed_since(first), (CellRect{1, 2, 2, 3}));
  EXPECT_EQ(third.changed_since(second), (CellRect{5, 0, 6, 1}));
  EXPECT_EQ(third.changed_since(first), (CellRect{1, 0, 6, 3}));
}

TEST(Revision, TellsThemOnTheWayBackToo) {
  const Revision first = Revision::fresh();
  const Revision last = Revision(first).followed_by({1, 2, 2, 3}).followed_by({5, 0, 6, 1});
  EXPECT_EQ(first.changed_since(last), (CellRect{1, 0, 6, 3}));
}

// Undone, and then drawn on elsewhere.
TEST(Revision, TellsThemOfTwoThatFollowAThird) {
  const Revision first = Revision::fresh();
  const Revision left = first.followed_by({1, 1, 2, 2});
  const Revision right = first.followed_by({4, 4, 5, 5});
  EXPECT_EQ(right.changed_since(left), (CellRect{1, 1, 5, 5}));
  EXPECT_EQ(left.changed_since(right), (CellRect{1, 1, 5, 5}));
}

// As the steps of a long stroke, which nobody holds any more.
TEST(Revision, KnowsTheFirstOfAThousandThatNobodyHolds) {
  const Revision first = Revision::fresh();
  Revision last = first;
  for (Index i = 0; i < 1000; ++i)
    last = last.followed_by({i, i, i + 1, i + 1});
  EXPECT_EQ(last.changed_since(first), (CellRect{0, 0, 1000, 1000}));
}

TEST(Revision, ForgetsThoseBehindManyThatAreHeld) {
  std::vector<Revision> held{Revision::fresh()};
  for (Index i = 0; i < 40; ++i)
    held.push_back(held.back().followed_by({i, 0, i + 1, 1}));
  EXPECT_EQ(held.back().changed_since(held[38]), (CellRect{38, 0, 40, 1}));
  EXPECT_FALSE(held.back().changed_since(held[0]).has_value());
}

// Memory is used again, a revision is not.
TEST(Revision, OfValuesThatAreGoneIsNeverGivenToOthers) {
  Revision kept = Revision::fresh();
  const Revision after = kept.followed_by({0, 0, 1, 1});
  kept = {};
  for (int i = 0; i < 1000; ++i)
    EXPECT_FALSE(after.changed_since(Revision::fresh()).has_value());
}

// Values that are changed at random: what is told holds all that differs.
TEST(Revision, WhatIsToldHoldsAllThatDiffers) {
  std::mt19937 random(1);
  struct Version {
    Revision revision = Revision::fresh();
    std::vector<int> values = std::vector<int>(64);
  };
  std::vector<Version> versions(1);
  int next = 0;
  for (int step = 0; step < 300; ++step) {
    Version version = versions[random() % versions.size()];
    const Index at = static_cast<Index>(random() % 64);
    version.values[static_cast<std::size_t>(at)] = ++next;
    version.revision = version.revision.followed_by({at / 8, at % 8, at / 8 + 1, at % 8 + 1});
    versions.push_back(version);
    if (versions.size() > 9)
      versions.erase(versions.begin() + static_cast<std::ptrdiff_t>(random() % 9));
    for (const Version& earlier : versions) {
      const std::optional<CellRect> told = version.revision.changed_since(earlier.revision);
      if (!told) continue;
      for (Index i = 0; i < 64; ++i) {
        const auto k = static_cast<std::size_t>(i);
        const CellRect cell{i / 8, i % 8, i / 8 + 1, i % 8 + 1};
        if (version.values[k] == earlier.values[k]) continue;
        EXPECT_EQ(united(*told, cell), *told);
      }
    }
  }
}

TEST(TensorPtr, IsEqualByItsRevisionAndNotByItsValues) {
  const TensorPtr none;
  const auto values = std::make_shared<const Tensor>(Shape{1, 1, 2, 3}, 1.0f);
  const TensorPtr first = values;
  const TensorPtr same(values, first.revision());
  const TensorPtr other = std::make_shared<const Tensor>(*values);
  EXPECT_EQ(none, nullptr);
  EXPECT_EQ(none, TensorPtr(nullptr));
  EXPECT_EQ(none.revision(), Revision{});
  EXPECT_NE(first, nullptr);
  EXPECT_EQ(first, same);
  EXPECT_NE(first, other);
  EXPECT_EQ(first.get(), values.get());
  EXPECT_EQ(first->numel(), 6);
  EXPECT_EQ(TensorPtr(std::shared_ptr<const Tensor>(), Revision::fresh()), none);
}

TEST(CellRects, HaveInCommonWhatBothCover) {
  EXPECT_EQ(intersected({0, 0, 4, 5}, {-2, 3, 2, 9}), (CellRect{0, 3, 2, 5}));
  EXPECT_TRUE(intersected({0, 0, 2, 2}, {2, 0, 4, 2}).empty());
}

}  // namespace
}  // namespace convscope::engine
