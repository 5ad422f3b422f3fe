// A cell that is selected by a click and moved by the arrow keys, and what is linked to it.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "engine/ops/conv2d_reference.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/app/app_harness.h"

namespace convscope::program {
namespace {

using ui::Key;

const ImVec2 kNowhere{5, 5};

std::optional<SelectedCell> selected(AppHarness& h) {
  return h.app().view().explore.selected;
}

TEST(Selection, AClickSelectsAndTheStripFollowsWhileNothingIsHovered) {
  AppHarness h;
  h.click(h.cell("output", 2, 3, 6, 7));
  h.move(kNowhere);
  EXPECT_EQ(selected(h), (SelectedCell{SweptPlane::kOutput, {2, 3}}));
  EXPECT_EQ(h.app().view().links.output, (Yx{2, 3}));
  h.move(h.input_cell(0, 0));
  EXPECT_EQ(h.app().view().links.output, std::nullopt);
  EXPECT_EQ(h.app().view().links.input, (Yx{0, 0}));
  h.move(kNowhere);
  EXPECT_EQ(h.app().view().links.output, (Yx{2, 3}));
}

TEST(Selection, APooledCellIsSelectedAlike) {
  AppHarness h;
  h.click(h.cell("pooled", 1, 2, 3, 3));
  h.move(kNowhere);
  EXPECT_EQ(selected(h), (SelectedCell{SweptPlane::kPooled, {1, 2}}));
  EXPECT_EQ(h.app().view().links.pooled, (Yx{1, 2}));
}

TEST(Selection, ArrowKeysMoveItWithinThePlane) {
  AppHarness h;
  h.click(h.cell("output", 0, 5, 6, 7));
  h.move(kNowhere);
  h.key(Key::kRight);
  h.key(Key::kRight);
  h.key(Key::kUp);
  EXPECT_EQ(selected(h)->cell, (Yx{0, 6}));
  h.key(Key::kDown);
  h.key(Key::kLeft);
  EXPECT_EQ(selected(h)->cell, (Yx{1, 5}));
}

TEST(Selection, AnArrowKeySelectsTheFirstCellWhereNoneIs) {
  AppHarness h;
  h.move(kNowhere);
  h.key(Key::kDown);
  EXPECT_EQ(selected(h), (SelectedCell{SweptPlane::kOutput, {0, 0}}));
}

TEST(Selection, EscapeClearsIt) {
  AppHarness h;
  h.click(h.cell("output", 2, 3, 6, 7));
  h.move(kNowhere);
  h.key(Key::kEscape);
  EXPECT_EQ(selected(h), std::nullopt);
  EXPECT_EQ(h.app().view().links, Links{});
}

TEST(Selection, DraggingAnOutputSelectsNothing) {
  AppHarness h;
  h.drag(h.cell("output", 2, 3, 6, 7), h.cell("output", 4, 5, 6, 7));
  EXPECT_EQ(selected(h), std::nullopt);
}

TEST(Selection, ASmallerOutputKeepsItInside) {
  AppHarness h;
  h.click(h.cell("output", 5, 6, 6, 7));
  h.move(kNowhere);
  ConvScene conv;
  conv.stride = {2, 2};
  h.app().perform(Edit{LayerEdit{0, conv}});
  h.settle();
  EXPECT_EQ(selected(h)->cell, (Yx{2, 3}));
  EXPECT_EQ(h.app().view().links.output, (Yx{2, 3}));
}

// The cells of a heatmap that are inside the outlines of the last frame.
std::set<std::pair<Index, Index>> outlined(AppHarness& h, const std::string& view, Index rows,
                                           Index columns) {
  std::set<std::pair<Index, Index>> cells;
  const auto plane = h.rect(view + "/plane");
  const float cell = (plane.max.x - plane.min.x) / static_cast<float>(columns);
  for (int i = 0; h.has(view + "/outline/" + std::to_string(i)); ++i) {
    const auto r = h.rect(view + "/outline/" + std::to_string(i));
    const auto index = [&](float at, float from) {
      return static_cast<Index>(std::lround((at - from) / cell));
    };
    for (Index y = index(r.min.y, plane.min.y); y < index(r.max.y, plane.min.y); ++y) {
      for (Index x = index(r.min.x, plane.min.x); x < index(r.max.x, plane.min.x); ++x) {
        if (y >= 0 && x >= 0 && y < rows && x < columns) cells.insert({y, x});
      }
    }
  }
  return cells;
}

Scene random_scene(std::mt19937& random) {
  const auto pick = [&](Index lo, Index hi) {
    return std::uniform_int_distribution<Index>(lo, hi)(random);
  };
  std::uniform_real_distribution<float> value(0.5f, 1.5f);
  Scene scene = default_scene();
  Tensor input(Shape{1, 1, pick(5, 9), pick(5, 9)});
  for (float& v : input.values())
    v = value(random);
  Tensor weight(Shape{1, 1, pick(1, 3), pick(1, 3)});
  for (float& w : weight.values())
    w = value(random);
  scene.input.tensor = std::make_shared<const Tensor>(std::move(input));
  first_layer(scene).kernel.weight = std::move(weight);
  first_layer(scene).conv.stride = {pick(1, 2), pick(1, 2)};
  first_layer(scene).conv.dilation = {pick(1, 2), pick(1, 2)};
  first_layer(scene).conv.padding = {pick(0, 2), pick(0, 2), pick(0, 2), pick(0, 2)};
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  first_layer(scene).pool.options.kernel = {pick(1, 2), pick(1, 2)};
  first_layer(scene).pool.options.stride = {pick(1, 2), pick(1, 2)};
  return scene;
}

Tensor changed(const Tensor& tensor, Index y, Index x) {
  Tensor result = tensor;
  result.at(y, x) += 1.0f;
  return result;
}

// By brute force: the cells that change the selected one.
TEST(Selection, OutlinesTheCellsThatTheSelectedOneDependsOn) {
  std::mt19937 random(7);
  for (int round = 0; round < 12; ++round) {
    AppHarness h({1920, 1080}, random_scene(random));
    const Scene& scene = h.app().document().scene();
    const Tensor& input = *scene.input.tensor;
    const ResultsPtr results = h.app().live().results();
    const Shape out = results->layers[0].output->shape();
    const Yx cell{static_cast<Index>(random() % static_cast<unsigned>(out.h)),
                  static_cast<Index>(random() % static_cast<unsigned>(out.w))};
    h.click(h.cell("output", cell.y, cell.x, out.h, out.w));
    h.move(kNowhere);
    std::set<std::pair<Index, Index>> expected;
    for (Index y = 0; y < input.shape().h; ++y) {
      for (Index x = 0; x < input.shape().w; ++x) {
        const Tensor after = reference::conv2d(
            changed(input, y, x), first_layer(scene).kernel.weight, {}, results->layers[0].options);
        const float before =
            results->layers[0].output->at(cell.y, cell.x) - first_layer(scene).kernel.bias[0];
        if (std::abs(after.at(cell.y, cell.x) - before) > 0.1f) expected.insert({y, x});
      }
    }
    EXPECT_EQ(outlined(h, "input", input.shape().h, input.shape().w), expected) << round;

    const Shape small = results->layers[0].pooled->output.shape();
    const Yx pooled{static_cast<Index>(random() % static_cast<unsigned>(small.h)),
                    static_cast<Index>(random() % static_cast<unsigned>(small.w))};
    h.click(h.cell("pooled", pooled.y, pooled.x, small.h, small.w));
    h.move(kNowhere);
    expected.clear();
    for (Index y = 0; y < out.h; ++y) {
      for (Index x = 0; x < out.w; ++x) {
        const Tensor after = reference::pool2d(changed(*results->layers[0].output, y, x),
                                               first_layer(scene).pool.options)
                                 .output;
        const float before = results->layers[0].pooled->output.at(pooled.y, pooled.x);
        if (std::abs(after.at(pooled.y, pooled.x) - before) > 0.1f) expected.insert({y, x});
      }
    }
    EXPECT_EQ(outlined(h, "output", out.h, out.w), expected) << round;
  }
}

}  // namespace
}  // namespace convscope::program
