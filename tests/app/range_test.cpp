// The colour bar's popup: ranges, histogram and number format, through the window.
#include <gtest/gtest.h>

#include <array>

#include "app_harness.h"

namespace convscope::program {
namespace {

using ui::RangeMode;

// What the view `id` was painted with in the last frame.
ui::HeatmapStyle style_of(AppHarness& app, const Tensor* tensor) {
  for (const auto& call : app.painted()) {
    if (call.picture.values.tensor == tensor) return call.style;
  }
  ADD_FAILURE() << "not painted";
  return {};
}
ui::HeatmapStyle output_style(AppHarness& app) {
  return style_of(app, app.app().live().results()->layers[0].output.get());
}
ui::HeatmapStyle input_style(AppHarness& app) {
  return style_of(app, app.app().document().scene().input.tensor.get());
}
ui::HeatmapStyle error_style(AppHarness& app) {
  return style_of(app, app.app().live().training().snapshot->error.get());
}

void open(AppHarness& app, const char* view) {
  app.click(std::string(view) + "/bar");
  EXPECT_TRUE(app.has("range/popup"));
}
void choose(AppHarness& app, RangeMode mode) {
  app.click("range/mode/" + std::to_string(static_cast<int>(mode)));
}
void close(AppHarness& app) {
  app.key(ui::Key::kEscape);
  app.frame(2);
  EXPECT_FALSE(app.has("range/popup"));
}

TEST(RangePopup, OpensAtTheColorBarBesideTheView) {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1920, 1080}}) {
    AppHarness app(size);
    for (const char* view : {"input", "output", "pooled", "error"}) {
      SCOPED_TRACE(view);
      open(app, view);
      const auto popup = app.rect("range/popup");
      EXPECT_GE(popup.min.x, 0.0f);
      EXPECT_GE(popup.min.y, 0.0f);
      EXPECT_LE(popup.max.x, size.x);
      EXPECT_LE(popup.max.y, size.y);
      const auto bar = app.rect(std::string(view) + "/bar");
      EXPECT_TRUE(popup.min.x >= bar.max.x || popup.max.x <= bar.min.x);
      EXPECT_TRUE(app.has("range/histogram"));
      close(app);
    }
  }
}

TEST(RangePopup, SymmetricIsForItsViewOnly) {
  AppHarness app;
  EXPECT_EQ(input_style(app).lo, 0.0f);
  open(app, "input");
  choose(app, RangeMode::kSymmetric);
  EXPECT_EQ(input_style(app).lo, -1.0f);
  EXPECT_EQ(input_style(app).hi, 1.0f);
  EXPECT_EQ(input_style(app).map, ColorMap::kDiverging);
  EXPECT_EQ(app.app().view().settings.ranges.at("input").mode, RangeMode::kSymmetric);
  EXPECT_FALSE(app.app().view().settings.ranges.contains("output"));
  choose(app, RangeMode::kAutomatic);
  EXPECT_EQ(input_style(app).lo, 0.0f);
}

TEST(RangePopup, ALockedRangeStaysWhileTheValuesChange) {
  AppHarness app;
  open(app, "output");
  choose(app, RangeMode::kLocked);
  close(app);
  KernelScene kernel = first_layer(app.app().document().scene()).kernel;
  kernel.weight.at(0, 0) = 7.0f;
  app.app().perform(Edit{LayerEdit{0, kernel}});
  app.settle();
  EXPECT_EQ(output_style(app).hi, 1.0f);
  open(app, "output");
  choose(app, RangeMode::kAutomatic);
  EXPECT_EQ(output_style(app).hi, 7.0f);
}

TEST(RangePopup, TypedEndsAreTaken) {
  AppHarness app;
  open(app, "output");
  app.enter("range/to", "5");
  app.enter("range/from", "2");
  EXPECT_EQ(app.app().view().settings.ranges.at("output").mode, RangeMode::kTyped);
  EXPECT_EQ(output_style(app).lo, 2.0f);
  EXPECT_EQ(output_style(app).hi, 5.0f);
}

const ui::ValueRange& typed(AppHarness& app, const char* view) {
  return app.app().view().settings.ranges.at(view).fixed;
}

TEST(RangePopup, ANumberThatWasTypedStaysAsItIs) {
  AppHarness app;
  open(app, "output");
  app.enter("range/to", "5");
  app.enter("range/from", "9");  // beyond the other end
  EXPECT_EQ(typed(app, "output"), (ui::ValueRange{9.0f, 5.0f}));
  EXPECT_EQ(output_style(app).lo, 9.0f);
  EXPECT_GT(output_style(app).hi, 9.0f);
  EXPECT_TRUE(app.has("range/remark"));
  app.enter("range/to", "12");
  EXPECT_EQ(typed(app, "output"), (ui::ValueRange{9.0f, 12.0f}));
  EXPECT_EQ(output_style(app).hi, 12.0f);
  EXPECT_FALSE(app.has("range/remark"));
}

TEST(RangePopup, ARangeThatAMapWidensIsStillTheOneThatWasTyped) {
  AppHarness app({1280, 720}, default_scene(), {.colors = ui::MapChoice::kDiverging});
  open(app, "output");
  app.enter("range/from", "-2");
  app.enter("range/to", "5");
  EXPECT_EQ(typed(app, "output"), (ui::ValueRange{-2.0f, 5.0f}));
  EXPECT_EQ(output_style(app).lo, -5.0f);
  EXPECT_EQ(output_style(app).hi, 5.0f);
  EXPECT_TRUE(app.has("range/remark"));
}

TEST(RangePopup, TheLayersPageHasItAtItsBars) {
  AppHarness app({1280, 720}, default_scene(), {.page = Page::kLayers});
  app.settle();
  for (const auto& [bar, view] : {std::pair{"maps", "maps"}, {"layer/input/range", "input"}}) {
    SCOPED_TRACE(bar);
    open(app, bar);
    EXPECT_TRUE(app.has("range/histogram"));
    app.enter("range/to", "3");
    EXPECT_EQ(app.app().view().settings.ranges.at(view).mode, RangeMode::kTyped);
    EXPECT_EQ(typed(app, view).hi, 3.0f);
    app.click("numbers/mode/1");
    EXPECT_EQ(app.app().view().settings.numbers.mode, ui::NumberMode::kFixed);
    app.click("numbers/mode/0");
    close(app);
  }
  bool found = false;
  for (const auto& call : app.painted())
    found |= call.picture.values.tensor == &app.app().live().stage().get()->maps.cells &&
             call.style.hi == 3.0f;
  EXPECT_TRUE(found) << "the maps have the typed range";
  app.click("maps/range/1");  // each its own: what is typed holds for all
  for (const auto& call : app.painted()) {
    if (call.picture.values.tensor == &app.app().live().stage().get()->maps.cells) {
      EXPECT_EQ(call.style.hi, 3.0f);
    }
  }
}

TEST(RangePopup, PagesShareARange) {
  AppHarness app;
  open(app, "input");
  app.enter("range/to", "7");
  close(app);
  app.key(ui::Key::kL);
  app.settle();
  bool found = false;
  for (const auto& call : app.painted())
    found |= call.picture.values.tensor == &app.app().live().stage().get()->input.cells &&
             call.style.hi == 7.0f;
  EXPECT_TRUE(found);
}

TEST(RangePopup, AllThatShareHaveOneRange) {
  AppHarness app;
  const float error = error_style(app).hi;
  ASSERT_GT(error, 1.0f);
  open(app, "output");
  choose(app, RangeMode::kShared);
  EXPECT_EQ(output_style(app).hi, 1.0f);
  close(app);
  open(app, "error");
  choose(app, RangeMode::kShared);
  app.frame(2);
  EXPECT_EQ(error_style(app).hi, error);
  EXPECT_EQ(output_style(app).hi, error);
  EXPECT_EQ(output_style(app).lo, -error);
  EXPECT_EQ(input_style(app).hi, 1.0f);  // does not share
  choose(app, RangeMode::kAutomatic);
  app.frame(2);
  EXPECT_EQ(output_style(app).hi, 1.0f);
}

TEST(RangePopup, ThePooledViewHasTheOutputsRange) {
  AppHarness app;
  open(app, "pooled");
  app.enter("range/to", "3");
  EXPECT_EQ(output_style(app).hi, 3.0f);
}

TEST(RangePopup, NumbersAreForAllViews) {
  AppHarness app;
  open(app, "output");
  EXPECT_FALSE(app.has("numbers/decimals"));
  app.click("numbers/mode/1");
  EXPECT_EQ(app.app().view().settings.numbers, (ui::NumberStyle{ui::NumberMode::kFixed, 2}));
  app.enter("numbers/decimals", "4");
  EXPECT_EQ(app.app().view().settings.numbers.decimals, 4);
  app.enter("numbers/decimals", "99");
  EXPECT_LE(app.app().view().settings.numbers.decimals, ui::kMaxDecimals);
  app.click("numbers/mode/0");
  EXPECT_EQ(app.app().view().settings.numbers.mode, ui::NumberMode::kAutomatic);
}

TEST(StyleCache, LooksOnlyAtTheRowsThatChanged) {
  Tensor before(Shape{1, 1, 600, 40}, 1.0f);
  Tensor after = before;
  after.at(300, 7) = 4.0f;
  after.at(10, 0) = 9.0f;  // behind its back, in another row
  const ViewSettings settings;
  StyleCache styles;
  const Revision first = Revision::fresh();
  EXPECT_EQ(styles.style("x", {&before, first}, settings, CardMeaning::kAmounts).hi, 1.0f);
  ui::HeatmapPlane plane{&after, first.followed_by({300, 7, 301, 8})};
  EXPECT_EQ(styles.style("x", plane, settings, CardMeaning::kAmounts).hi, 4.0f);
  // What follows another revision than the last one is looked at whole.
  plane.revision = Revision::fresh().followed_by({300, 7, 301, 8});
  EXPECT_EQ(styles.style("x", plane, settings, CardMeaning::kAmounts).hi, 9.0f);
}

TEST(StyleCache, LooksAgainAtNewVersionsOnly) {
  Tensor tensor(Shape{2, 2, 3, 3}, 1.0f);
  const ViewSettings settings;
  StyleCache styles;
  const std::array<Revision, 4> revisions = {Revision{}, Revision::fresh(), Revision::fresh(),
                                             Revision::fresh()};
  const auto hi = [&](std::size_t revision, Index sample = 0, Index channel = 0) {
    return styles
        .style("x", {&tensor, revisions.at(revision), sample, channel}, settings,
               CardMeaning::kAmounts)
        .hi;
  };
  EXPECT_EQ(hi(1), 1.0f);
  tensor.at(0, 0, 1, 1) = 4.0f;  // behind its back
  EXPECT_EQ(hi(1), 1.0f);
  tensor.at(1, 1, 1, 1) = 9.0f;
  EXPECT_EQ(hi(1, 1, 1), 9.0f);
  EXPECT_EQ(hi(1), 1.0f);
  EXPECT_EQ(hi(2), 4.0f);
  const ui::HeatmapPlane plane{&tensor, revisions[2], 0, 0};
  EXPECT_EQ(styles.histogram("x", plane).range.hi, 4.0f);
  tensor.at(0, 0, 1, 1) = 5.0f;
  EXPECT_EQ(styles.histogram("x", plane).range.hi, 4.0f);
  EXPECT_EQ(styles.histogram("x", {&tensor, revisions[3], 0, 0}).range.hi, 5.0f);
}

}  // namespace
}  // namespace convscope::program
