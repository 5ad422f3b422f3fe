// Number fields in the window: they keep their places, take pairs, and say what limits did.
#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "app/scene/layer_presets.h"
#include "engine/kernel_info/kernels.h"
#include "tests/app/app_harness.h"

namespace convscope::program {
namespace {

using ui::Key;

// The fields, and what stands beside them.
const std::vector<std::string> kControls = {
    "input/pattern",  "input/open",     "input/size",     "input/paint",  "input/brush",
    "input/edit",     "kernel/preset",  "kernel/edit",    "kernel/about", "kernel/size",
    "kernel/bias",    "conv/padding/y", "conv/padding/x", "conv/stride",  "conv/more",
    "output/sweep",   "pool/kind",      "pool/kernel",    "pool/stride",  "pool/padding",
    "pool/padding/y", "pool/more"};

using Places = std::map<std::string, ui::ItemRegistry::Rect>;

Places places(const AppHarness& h) {
  Places places;
  for (const std::string& name : kControls) {
    if (h.has(name)) places[name] = h.rect(name);
  }
  return places;
}

void expect_same(const Places& now, const Places& before, const std::string& when) {
  ASSERT_GE(before.size(), 4u) << when;
  ASSERT_EQ(now.size(), before.size()) << when;
  for (const auto& [name, was] : before) {
    const ui::ItemRegistry::Rect is = now.at(name);
    EXPECT_TRUE(is.min.x == was.min.x && is.min.y == was.min.y && is.max.x == was.max.x &&
                is.max.y == was.max.y)
        << name << " moved " << when;
  }
}

TEST(Fields, KeepTheirPlacesWhateverIsTypedOrScrolled) {
  for (const float width : {1024.0f, 1280.0f, 1920.0f}) {
    for (const std::string field :
         {"input/size/y", "input/size/x", "input/brush", "kernel/size/x", "kernel/bias",
          "conv/padding/y", "conv/stride/x", "pool/kernel/y", "pool/stride/x", "pool/padding/x"}) {
      AppHarness h({width, 720});
      h.find(field);  // selects its card
      const Places before = places(h);
      const std::string where = " " + field + " at " + std::to_string(width);
      h.click(field);
      h.turn_wheel(12.0f);
      h.settle();
      expect_same(places(h), before, "after scrolling" + where);
      h.double_click(field);
      h.frame();
      expect_same(places(h), before, "as typing begins" + where);
      h.type("10");
      expect_same(places(h), before, "while typing" + where);
      h.key(Key::kEnter);
      h.settle();
      expect_same(places(h), before, "after typing" + where);
    }
  }
}

TEST(Fields, ASizeIsTypedAsItIsShown) {
  AppHarness h;
  h.enter("input/size/y", "28, 28");
  EXPECT_EQ(h.app().document().scene().input.tensor->shape(), (Shape{1, 1, 28, 28}));
  h.enter("kernel/size/x", "3x5");
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight.shape(), (Shape{1, 1, 3, 5}));
  h.key(Key::kZ, true);
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight.shape(), (Shape{1, 1, 1, 2}))
      << "both are one step";
}

TEST(Fields, ATypedNumbersEffectIsNotUnderATooltip) {
  AppHarness h;
  // Each window, as that of a tooltip, has a list of its own.
  const auto windows = [] { return ImGui::GetDrawData()->CmdListsCount; };
  h.move({2, 2});
  h.frame(2);
  const int before = windows();
  h.hover("conv/stride/y");
  EXPECT_GT(windows(), before);
  h.enter("conv/stride/y", "2");
  h.frame(60);
  EXPECT_EQ(windows(), before);
}

TEST(Fields, ALimitThatWasAppliedIsSaid) {
  AppHarness h;
  h.enter("conv/stride/y", "99");
  EXPECT_EQ(first_layer(h.app().document().scene()).conv.stride.y, 64);
  EXPECT_EQ(h.app().view().toast.text, "99 is beyond 1 to 64: 64 is taken.");
  EXPECT_TRUE(h.has("toast"));
  h.enter("conv/stride/y", "2");
  EXPECT_FALSE(h.has("toast")) << "that was the number before";
}

// The seed of a random kernel stays beside the weights that were edited since, and makes them
// random again.
TEST(Fields, TheKernelsSeedStaysWhenItIsEditedByHand) {
  Scene scene = default_scene();
  KernelScene& kernel = first_layer(scene).kernel;
  kernel.preset = "random";
  kernel.seed = 3;
  kernel.weight = named_kernel(kernel, "random", {3, 3});
  AppHarness h({1280, 720}, scene);
  const auto now = [&]() -> const KernelScene& {
    return first_layer(h.app().document().scene()).kernel;
  };
  const auto before = h.find("kernel/seed");
  h.enter("kernel/weight/0/0", "5");
  EXPECT_EQ(now().preset, "custom");
  ASSERT_TRUE(h.has("kernel/seed"));
  EXPECT_EQ(h.rect("kernel/seed").min.x, before.min.x);
  EXPECT_EQ(h.rect("kernel/seed").min.y, before.min.y);
  h.enter("kernel/seed", "4");
  EXPECT_EQ(now().preset, "random");
  EXPECT_EQ(now().weight, make_kernel("random", {3, 3}, 4));
  h.enter("kernel/weight/0/0", "5");
  h.enter("kernel/seed", "4");
  EXPECT_EQ(now().weight, make_kernel("random", {3, 3}, 4)) << "the same seed gives the same again";
  h.enter("kernel/weight/0/0", "5");
  h.double_click("kernel/seed");
  h.frame(2);
  h.key(Key::kEscape);
  EXPECT_EQ(now().weight.at(0, 0), 5.0f) << "a seed that was not entered changes nothing";
  h.click("kernel/preset");
  h.click("kernel/preset/1");
  EXPECT_FALSE(h.has("kernel/seed"));
}

TEST(Fields, TheSeedOfALayerStaysWhenAFilterIsEditedByHand) {
  Scene scene = default_scene();
  first_layer(scene).kernel = random_layer(2, 1, {3, 3}, 3);
  AppHarness h({1280, 720}, scene, {.page = Page::kLayers});
  const auto now = [&]() -> const KernelScene& {
    return first_layer(h.app().document().scene()).kernel;
  };
  const auto before = h.find("layer/seed");
  h.enter("layer/weight/0/0", "5");
  EXPECT_EQ(now().preset, "custom");
  ASSERT_TRUE(h.has("layer/seed"));
  EXPECT_EQ(h.rect("layer/seed").min.x, before.min.x);
  h.enter("layer/seed", "3");
  EXPECT_EQ(now().weight, random_layer(2, 1, {3, 3}, 3).weight);
}

}  // namespace
}  // namespace convscope::program
