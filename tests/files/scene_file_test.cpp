#include "app/files/scene_file.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/files/arrays/npy.h"
#include "app/files/json_text.h"
#include "app/files/picture.h"
#include "app/files/tensor_files.h"
#include "app/scene/layer_presets.h"
#include "engine/core/patterns.h"
#include "engine/kernel_info/kernels.h"
#include "tests/files/scene_file_fixture.h"
#include "tests/scene/arbitrary_scene.h"
#include "tests/test_folder.h"

namespace convscope::files {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

// NaN equals nothing, and -0 equals 0: other numbers in their places, so that == tells whether the
// bits are the same.
void distinguish(std::span<float> values) {
  for (float& value : values) {
    if (std::isnan(value)) value = 1234.5f;
    if (value == 0.0f && std::signbit(value)) value = 4321.5f;
  }
}

void distinguish(KernelScene& kernel) {
  distinguish(kernel.weight.values());
  distinguish(kernel.bias);
}

void distinguish(TensorPtr& tensor) {
  if (tensor == nullptr) return;
  Tensor values = *tensor;
  distinguish(values.values());
  tensor = std::make_shared<const Tensor>(std::move(values));
}

// One tensor for both, where they have the same values.
void share(TensorPtr& a, const TensorPtr& b) {
  if (a != nullptr && b != nullptr && *a == *b) a = b;
}

bool equal(Scene a, Scene b) {
  for (Scene* scene : {&a, &b}) {
    for (LayerScene& layer : scene->layers)
      distinguish(convolution(layer).kernel);
    distinguish(scene->learning.hidden.values());
    distinguish(scene->learning.start.values());
    distinguish(scene->learning.start_bias);
    distinguish(scene->input.tensor);
    distinguish(scene->learning.picture);
    distinguish(scene->backward.picture);
    scene->file.clear();
  }
  share(a.input.tensor, b.input.tensor);
  share(a.learning.picture, b.learning.picture);
  share(a.backward.picture, b.backward.picture);
  return a == b;
}

RC_GTEST_FIXTURE_PROP(SceneFile, AnySceneComesBackAndIsSavedToTheSameBytes, ()) {
  const Scene scene = arbitrary_scene();
  save_scene(scene, path_);
  const Scene loaded = load_scene(path_);
  RC_ASSERT(equal(loaded, scene));
  RC_ASSERT(loaded.file == path_);
  const std::string first = file_text(path_);
  save_scene(loaded, path_);
  RC_ASSERT(file_text(path_) == first);
  RC_ASSERT(folder_.names() == std::vector<std::string>{"scene.json"});
}

TEST_F(SceneFile, IsReadable) {
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = Tensor::from_rows({{0.1f, -1}, {INFINITY, NAN}});
  save_scene(scene, path_);
  EXPECT_THAT(file_text(path_), testing::StartsWith("{\n"
                                                    "  \"format\": \"convscope-scene\",\n"
                                                    "  \"version\": 1,\n"
                                                    "  \"note\": \"\",\n"
                                                    "  \"input\": {\n"
                                                    "    \"pattern\": \"edge\",\n"
                                                    "    \"size\": [6, 8],\n"
                                                    "    \"seed\": 0,\n"
                                                    "    \"transposed\": false\n"
                                                    "  },\n"
                                                    "  \"kernel\": {\n"
                                                    "    \"weight\": [\n"
                                                    "      [0.1, -1],\n"
                                                    "      [\"inf\", \"nan\"]\n"
                                                    "    ],\n"));
  EXPECT_EQ(file_text(path_), scene_text(scene, path_));
}

TEST_F(SceneFile, WhatIsLeftOutHasItsDefault) {
  const Scene scene = load_with(
      R"("input": {"pattern": "edge"}, "kernel": {"weight": [[1, -1]], "preset": "edge [1, -1]"})");
  EXPECT_TRUE(equal(scene, default_scene()));
  EXPECT_EQ(first_layer(load_with(R"("kernel": {"weight": [[2]]})")).kernel.preset, "custom");
}

TEST_F(SceneFile, APresetWithoutAWeightBringsItsOwn) {
  const auto kernel = [&](const std::string& json) {
    return first_layer(load_with("\"kernel\": " + json)).kernel;
  };
  EXPECT_EQ(kernel(R"({"preset": "sobel-x"})").weight, make_kernel("sobel-x", {3, 3}, 0));
  EXPECT_EQ(kernel(R"({"preset": "sobel-x"})").preset, "sobel-x");
  EXPECT_EQ(kernel(R"({"preset": "box"})").weight.shape(), (Shape{1, 1, 3, 3}));
  EXPECT_EQ(kernel(R"({"preset": "random", "seed": 7})").weight, make_kernel("random", {3, 3}, 7));
  EXPECT_EQ(kernel(R"({"turned": true, "preset": "edge [1, -1]"})").weight,
            Tensor::from_rows({{-1.0f, 1.0f}}));
  EXPECT_EQ(kernel(R"({"preset": "my own", "weight": [[3]]})").preset, "my own");
  for (const char* none : {"sobel_x", "random layer", "custom"}) {
    const std::string json = "{\"preset\": \"" + std::string(none) + "\"}";
    EXPECT_THAT(error_text([&] { kernel(json); }),
                testing::AllOf(testing::HasSubstr("kernel.preset is \"" + std::string(none) +
                                                  "\"; it must be one of \"edge [1, -1]\""),
                               testing::HasSubstr("where there is no \"weight\"")));
  }
}

TEST_F(SceneFile, WhetherAPlateauEndsARunIsKeptWhereItWasChosen) {
  EXPECT_EQ(load_with(R"("note": "")").learning.stop.plateau, std::nullopt);
  EXPECT_EQ(load_with(R"("learning": {"stop": {"plateau": false}})").learning.stop.plateau, false);
  EXPECT_EQ(load_with(R"("learning": {"stop": {"plateau": true}})").learning.stop.plateau, true);
  EXPECT_THAT(scene_text(default_scene(), path_), testing::Not(testing::HasSubstr("plateau")));
}

TEST_F(SceneFile, StepsASecondAreWrittenWhereTheyAreChosenOnly) {
  Scene scene = default_scene();
  EXPECT_THAT(scene_text(scene, path_), testing::Not(testing::HasSubstr("steps_per_second")));
  scene.learning.steps_per_second = 5;
  EXPECT_THAT(scene_text(scene, path_), testing::HasSubstr("\"steps_per_second\": 5"));
  EXPECT_EQ(load_with(R"("learning": {"steps_per_second": 1})").learning.steps_per_second, 1);
}

TEST_F(SceneFile, AShareOfTheCliffIsWrittenWhereItIsChosenOnly) {
  Scene scene = default_scene();
  EXPECT_THAT(scene_text(scene, path_), testing::Not(testing::HasSubstr("share_of_cliff")));
  scene.learning.share_of_cliff = 0.9f;
  EXPECT_THAT(scene_text(scene, path_), testing::HasSubstr("\"share_of_cliff\": 0.9"));
  EXPECT_EQ(load_with(R"("learning": {"share_of_cliff": 0.5})").learning.share_of_cliff, 0.5f);
}

TEST_F(SceneFile, TheOptimizersSettingsAreWrittenWhereTheyAreChosenOnly) {
  Scene scene = default_scene();
  for (const char* key : {"\"momentum\"", "beta1", "beta2", "\"eps\""})
    EXPECT_THAT(scene_text(scene, path_), testing::Not(testing::HasSubstr(key)));
  scene.learning.tuning.momentum = 0.95f;
  EXPECT_THAT(scene_text(scene, path_), testing::HasSubstr("\"momentum\": 0.95"));
  const OptimizerTuning read =
      load_with(R"("learning": {"momentum": 0, "beta1": 0.5, "beta2": 0.99, "eps": 1e-6})")
          .learning.tuning;
  EXPECT_EQ(read, (OptimizerTuning{0.0f, 0.5f, 0.99f, 1e-6f}));
}

TEST_F(SceneFile, TheExampleIsTheSceneOfTheStart) {
  EXPECT_TRUE(equal(load_scene(test_folder() + "/../../assets/scenes/edge.json"), default_scene()));
}

TEST_F(SceneFile, AWholeLayerInAFewLines) {
  const Scene scene = load_with(
      R"("input": {"values": [[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]]},
         "kernel": {"layer": true, "weight": [[[[1]], [[2]]], [[[3]], [[4]]], [[[5]], [[6]]]]})");
  EXPECT_EQ(scene.input.tensor->shape(), (Shape{1, 2, 2, 2}));
  EXPECT_EQ(first_layer(scene).kernel.weight.shape(), (Shape{3, 2, 1, 1}));
  EXPECT_THAT(first_layer(scene).kernel.bias, ElementsAre(0, 0, 0));
  EXPECT_EQ(scene.learning.hidden.shape(), (Shape{3, 2, 1, 2}));
}

TEST_F(SceneFile, RandomTensorsNeedNoFile) {
  const Scene scene = load_with(R"("input": {"values": {"random": [2, 3, 6, 8], "seed": 5}},
      "kernel": {"layer": true, "weight": {"random": [4, 3, 2, 2], "seed": 5}})");
  EXPECT_EQ(*scene.input.tensor, *noise_stack(2, 3, {6, 8}, 5).tensor);
  EXPECT_EQ(first_layer(scene).kernel.weight, random_weight({4, 3, 2, 2}, 5));
  save_scene(scene, path_);
  EXPECT_EQ(*load_scene(path_).input.tensor, *scene.input.tensor);
}

TEST_F(SceneFile, LargeTensorsStandBesideIt) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 300, 301}, 7));
  scene.input.name = "drawn";
  save_scene(scene, path_);
  const std::string beside = "scene.input." + checksum_of(*scene.input.tensor) + ".npy";
  EXPECT_THAT(folder_.names(), ElementsAre(beside, "scene.json"));
  EXPECT_EQ(read_npy(folder_ / beside).tensor, *scene.input.tensor);
  EXPECT_TRUE(equal(load_scene(path_), scene));
  EXPECT_LT(file_text(path_).size(), 3000u);

  // The folder moves as a whole.
  const std::string other = folder_ / "moved";
  std::filesystem::create_directory(other);
  for (const std::string& name : {beside, std::string("scene.json")})
    std::filesystem::rename(folder_ / name, std::filesystem::path(other) / name);
  EXPECT_TRUE(equal(load_scene(other + "/scene.json"), scene));
}

TEST_F(SceneFile, PicturesBelowItsFolderAreRelative) {
  const std::vector<std::uint8_t> pixels(4 * 6 * 4, 100);
  std::filesystem::create_directory(folder_ / "pictures");
  const std::string picture = folder_ / "pictures/grey.png";
  write_png(picture, pixels, 6, 4);
  Scene scene = default_scene();
  scene.input.path = picture;
  scene.input.name = "grey.png";
  scene.input.color = true;
  scene.input.scaled_to = {3, 2};
  scene.input.transposed = true;
  scene.input.meaning = InputMeaning::kPhotograph;
  scene.input.tensor = std::make_shared<const Tensor>(
      transposed(scaled(load_picture(picture, PictureColor::kRgb), {2, 3})));
  save_scene(scene, path_);
  EXPECT_THAT(file_text(path_), HasSubstr("\"picture\": \"pictures/grey.png\""));
  EXPECT_TRUE(equal(load_scene(path_), scene));

  std::filesystem::create_directory(folder_ / "scenes");
  const std::string elsewhere = folder_ / "scenes/s.json";
  save_scene(scene, elsewhere);
  EXPECT_THAT(file_text(elsewhere), HasSubstr("\"picture\": \"" + picture + "\""));
  EXPECT_TRUE(equal(load_scene(elsewhere), scene));

  std::filesystem::remove(picture);
  EXPECT_THAT(error_text([&] { load_scene(path_); }),
              AllOf(HasSubstr("scene.json"), EndsWith("there is no file \"" + picture + "\"")));
}

// The JSON with one of its values, anywhere, replaced, removed or given another name.
std::string with_another_value(const std::string& text) {
  const Json kOthers = Json::parse(
      R"([0, 1, 2, 3, -1, 1e300, 18446744073709551615, "nan", "same", null, true, [], {}, [1, 2],
          [[1, 2]], [[[1]], [[2]]], {"file": "x.npy"}, [0, 0, 1, 1], {"weight": [[1]]}])");
  Json json = Json::parse(text);
  Json* at = &json;
  while (at->is_structured() && !at->empty() && pick(0, 5) > 0) {
    auto member = at->begin();
    std::advance(member, pick(0, std::ssize(*at) - 1));
    at = &*member;
  }
  const Json other = kOthers[static_cast<std::size_t>(pick(0, std::ssize(kOthers) - 1))];
  switch (pick(0, 3)) {
    case 0:
      if (at->is_object()) (*at)["strides"] = other;
      if (at->is_array()) at->push_back(other);
      break;
    case 1:
      if (at->is_structured() && !at->empty()) at->erase(at->begin());
      break;
    default:
      *at = other;
  }
  return json.dump();
}

// Replaces, inserts and removes pieces of the text, and swaps values for others of JSON's kinds.
std::string mutated(std::string text) {
  constexpr std::array kPieces = {
      "0", "-1", "1e400", "\"nan\"", "null", "true", "[",    "]",  "{",        "}",     ",",
      ":", "\"", "[]",    "{}",      "1e39", "9999", "\xff", "\\", "\"file\"", "65536", "[[1]]"};
  const Index count = pick(1, 4);
  for (Index i = 0; i < count && !text.empty(); ++i) {
    const auto at = static_cast<std::size_t>(pick(0, std::ssize(text) - 1));
    const auto length = static_cast<std::size_t>(pick(0, 12));
    const std::string piece = kPieces[static_cast<std::size_t>(pick(0, std::ssize(kPieces) - 1))];
    switch (pick(0, 2)) {
      case 0:
        text.replace(at, length, piece);
        break;
      case 1: {  // the whole number or word at the place
        const auto part_of = [](char c) {
          return std::string_view(" ,:[]{}\n").find(c) == std::string_view::npos;
        };
        std::size_t end = at;
        while (end < text.size() && part_of(text[end]))
          ++end;
        text.replace(at, end - at, piece);
        break;
      }
      default:
        text.resize(at);
    }
  }
  return text;
}

RC_GTEST_FIXTURE_PROP(SceneFile, MutatedFilesGiveAnErrorOrAValidScene, ()) {
  save_scene(arbitrary_scene(), path_);
  const std::string text = file_text(path_);
  put_text(path_, pick(0, 2) == 0 ? mutated(text) : with_another_value(text));
  Scene scene;
  try {
    scene = load_scene(path_);
  } catch (const Error& error) {
    RC_ASSERT(std::string(error.what()).find('\n') == std::string::npos);
    return;
  }
  RC_TAG("still a scene");
  Scene fitted = scene;
  fit_channels(fitted);
  RC_ASSERT(equal(fitted, scene));
  save_scene(scene, path_);
  RC_ASSERT(equal(load_scene(path_), scene));
}

}  // namespace
}  // namespace convscope::files
