// The padding of a pooling: how it is chosen, and what a scene file says of it.
#include <nlohmann/json.hpp>

#include "app/scene/stage.h"
#include "tests/files/scene_file_fixture.h"

namespace convscope::files {
namespace {

class PoolingScenes : public SceneFile {
 protected:
  // What a scene with this pooling is written as, under "pool".
  nlohmann::json written(const PoolingScene& pool) const {
    Scene scene = default_scene();
    first_layer(scene).pool = pool;
    return nlohmann::json::parse(scene_text(scene, path_)).at("pool");
  }
};

TEST_F(PoolingScenes, PaddingOfTwoNumbersIsReadAndWrittenAsBefore) {
  const Scene scene = load_with(R"("pool": {"kernel": [2, 4], "padding": [1, 2]})");
  EXPECT_EQ(first_layer(scene).pool.options.padding, (Padding{1, 2, 1, 2}));
  const nlohmann::json json = written(first_layer(scene).pool);
  EXPECT_EQ(json.at("padding"), nlohmann::json({1, 2}));
  EXPECT_FALSE(json.contains("padding_choice"));
  EXPECT_FALSE(json.contains("allow_large_padding"));
}

TEST_F(PoolingScenes, PaddingOfFourSidesIsFourNumbers) {
  const Scene scene = load_with(R"("pool": {"kernel": [4, 6], "padding": [0, 1, 2, 3]})");
  EXPECT_EQ(first_layer(scene).pool.options.padding, (Padding{0, 1, 2, 3}));
  EXPECT_EQ(written(first_layer(scene).pool).at("padding"), nlohmann::json({0, 1, 2, 3}));
  const Scene even = load_with(R"("pool": {"kernel": [4, 6], "padding": [1, 2, 1, 2]})");
  EXPECT_EQ(first_layer(even).pool.options.padding, (Padding{1, 2, 1, 2}));
}

TEST_F(PoolingScenes, LargePaddingIsReadWhereTheFileAllowsIt) {
  const Scene scene = load_with(R"("pool": {"padding": [9, 0], "allow_large_padding": true})");
  EXPECT_EQ(first_layer(scene).pool.options.padding, (Padding{9, 0, 9, 0}));
  EXPECT_EQ(written(first_layer(scene).pool).at("allow_large_padding"), true);
}

TEST_F(PoolingScenes, ChoiceIsReadAndWrittenOfTheFirstLayerAndOfTheChain) {
  const Scene scene = load_with(
      R"("pool": {"padding_choice": "same"}, "chain": [{"pool": {"padding_choice": "valid"}}])");
  EXPECT_EQ(first_layer(scene).pool.padding_choice, PaddingChoice::kSame);
  EXPECT_EQ(convolution(scene.layers[1]).pool.padding_choice, PaddingChoice::kValid);
  const nlohmann::json json = nlohmann::json::parse(scene_text(scene, path_));
  EXPECT_EQ(json.at("pool").at("padding_choice"), "same");
  EXPECT_EQ(json.at("chain").at(0).at("pool").at("padding_choice"), "valid");
}

TEST(PoolOptions, OfSameFollowTheInput) {
  PoolingScene pool;
  pool.options.padding = {1, 1, 1, 1};
  EXPECT_EQ(pool_options(pool, {1, 1, 5, 6}), pool.options);
  pool.padding_choice = PaddingChoice::kSame;
  EXPECT_EQ(pool_options(pool, {1, 1, 5, 6}).padding, (Padding{0, 0, 1, 0}));
  EXPECT_EQ(pool_options(pool, {1, 1, 4, 7}).padding, (Padding{0, 0, 0, 1}));
  pool.padding_choice = PaddingChoice::kValid;
  EXPECT_EQ(pool_options(pool, {1, 1, 5, 6}).padding, Padding{});
}

// A dilated window of two cells has half of it, and more, in the padding.
TEST(PoolOptions, OfSameMayHaveLargePadding) {
  PoolingScene pool;
  pool.options.dilation = {5, 1};
  pool.padding_choice = PaddingChoice::kSame;
  const Pool2dOptions options = pool_options(pool, {1, 1, 8, 8});
  EXPECT_EQ(options.padding, (Padding{2, 0, 2, 0}));
  EXPECT_EQ(pool2d_output_shape({1, 1, 8, 8}, options), (Shape{1, 1, 4, 4}));
}

TEST(Stage, AWindowOfOneCellThatPadsOrDividesIsAStage) {
  Scene scene = default_scene();
  first_layer(scene).pool.options.kernel = first_layer(scene).pool.options.stride = {1, 1};
  EXPECT_FALSE(is_pooling(first_layer(scene).pool));
  first_layer(scene).pool.options.allow_large_padding = true;
  first_layer(scene).pool.options.padding = {0, 0, 1, 0};
  EXPECT_TRUE(is_pooling(first_layer(scene).pool));
  first_layer(scene).pool.padding_choice = PaddingChoice::kValid;
  EXPECT_FALSE(is_pooling(first_layer(scene).pool));
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  first_layer(scene).pool.options.divisor_override = 3;
  EXPECT_TRUE(is_pooling(first_layer(scene).pool));
}

}  // namespace
}  // namespace convscope::files
