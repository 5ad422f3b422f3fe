// The optional members of a scene's file: how it is shown, and what its input means.
#include "tests/files/scene_file_fixture.h"

namespace convscope::files {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(SceneFile, HasNoLookWhereNoneWasSet) {
  const std::string text = scene_text(default_scene(), path_);
  EXPECT_THAT(text, Not(HasSubstr("look")));
  EXPECT_THAT(text, Not(HasSubstr("meaning")));
  EXPECT_EQ(load_with(R"("note": "")").look, SceneLook());
}

TEST_F(SceneFile, KeepsTheLookThatItsAuthorSet) {
  const Scene scene = load_with(R"("look": {"page": "layers", "tab": "landscape", "theme": "dark",
      "signs": "unsigned", "ranges": [{"view": "output", "range": "typed", "from": -2, "to": 5},
      {"view": "maps", "range": "percentiles"}]})");
  EXPECT_EQ(scene.look.page, Page::kLayers);
  EXPECT_EQ(scene.look.tab, LearningTab::kLandscape);
  EXPECT_EQ(scene.look.theme, SceneTheme::kDark);
  EXPECT_EQ(scene.look.signs, SignChoice::kUnsigned);
  EXPECT_EQ(scene.look.ranges,
            (std::vector<ViewRange>{{"output", RangeKind::kTyped, -2.0f, 5.0f},
                                    {"maps", RangeKind::kPercentiles, 0.0f, 1.0f}}));
  save_scene(scene, path_);
  EXPECT_EQ(load_scene(path_).look, scene.look);
}

TEST_F(SceneFile, KeepsTheLookForAProjector) {
  const Scene scene = load_with(R"("look": {"theme": "projector"})");
  EXPECT_EQ(scene.look.theme, SceneTheme::kProjector);
  EXPECT_THAT(scene_text(scene, path_), HasSubstr(R"("theme": "projector")"));
  EXPECT_EQ(load_with(R"("look": {"theme": "light"})").look.theme, SceneTheme::kLight);
  EXPECT_EQ(error_with(R"("look": {"theme": "bright"})"),
            "look.theme is \"bright\"; it must be \"light\", \"dark\" or \"projector\"");
}

TEST_F(SceneFile, AWrongLookIsToldWithItsPlace) {
  EXPECT_EQ(error_with(R"("look": {"page": "third"})"),
            "look.page is \"third\"; it must be \"kernel\" or \"layers\"");
  EXPECT_THAT(error_with(R"("look": {"ranges": [{"view": "output", "from": "x"}]})"),
              HasSubstr("look.ranges.1.from is \"x\""));
}

TEST_F(SceneFile, NegativeNumbersOfAnInputMeanSigns) {
  EXPECT_EQ(load_with(R"("input": {"values": [[1, 2]]})").input.meaning, InputMeaning::kAmounts);
  EXPECT_EQ(load_with(R"("input": {"values": [[1, -2]]})").input.meaning, InputMeaning::kSigned);
  Scene painted = load_with(R"("input": {"values": [[1, -2]], "meaning": "photograph"})");
  EXPECT_EQ(painted.input.meaning, InputMeaning::kPhotograph);
  painted.input.meaning = InputMeaning::kAmounts;
  save_scene(painted, path_);
  EXPECT_EQ(load_scene(path_).input.meaning, InputMeaning::kAmounts);
}

}  // namespace
}  // namespace convscope::files
