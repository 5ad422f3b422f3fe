// What a scene file is refused for.
#include "tests/files/scene_file_fixture.h"
#include "tests/test_folder.h"

namespace convscope::files {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST_F(SceneFile, ErrorsTellThePlaceTheValueAndWhatIsAccepted) {
  EXPECT_EQ(error_with(R"("kernel": {"weight": [[1, 2, 3], [4, 5]]})"),
            "kernel.weight row 2 has 2 columns; it must have 3, as the first has");
  EXPECT_EQ(error_with(R"("kernel": {"weight": [[1, "two"]]})"),
            "kernel.weight row 1 column 2 is \"two\"; it must be a number of float32, \"nan\", "
            "\"inf\" or \"-inf\"");
  EXPECT_EQ(error_with(R"("kernel": {"weight": [[1, 1e39]]})"),
            "kernel.weight row 1 column 2 is 1e+39; it must be a number of float32, \"nan\", "
            "\"inf\" or \"-inf\"");
  EXPECT_EQ(error_with(R"("kernel": {"weight": 3})"),
            "kernel.weight is 3; it must be rows of numbers, channels of rows, or pictures of "
            "channels of rows");
  EXPECT_EQ(error_with(R"("conv": {"stride": [0, 1]})"),
            "conv.stride is [0, 1]; it must be [y, x], whole numbers from 1 to 64");
  EXPECT_EQ(error_with(R"("conv": {"stride": 2.5})"),
            "conv.stride is 2.5; it must be [y, x], whole numbers from 1 to 64");
  EXPECT_EQ(error_with(R"("conv": {"padding_mode": "mirror"})"),
            "conv.padding_mode is \"mirror\"; it must be \"zeros\", \"reflect\", \"replicate\" or "
            "\"circular\"");
  EXPECT_EQ(error_with(R"("pool": {"relu": 1})"), "pool.relu is 1; it must be true or false");
  EXPECT_EQ(error_with(R"("learning": {"steps_per_frame": 0})"),
            "learning.steps_per_frame is 0; it must be a whole number from 1 to 10000");
  EXPECT_EQ(error_with(R"("learning": {"momentum": 1})"),
            "learning.momentum is 1; it must be a number from 0 to 0.999");
  EXPECT_EQ(error_with(R"("learning": {"eps": 0})"),
            "learning.eps is 0; it must be a number from 1e-30 to 1");
  EXPECT_EQ(error_with(R"("learning": {"seed": -3})"),
            "learning.seed is -3; it must be a whole number of 64 bits, 0 or more");
  EXPECT_EQ(error_with(R"("chain": [{"conv": {"groups": "all"}}])"),
            "chain.1.conv.groups is \"all\"; it must be a whole number from 1 to 4096");
  EXPECT_EQ(error_with(R"("kernel": [])"), "kernel is []; it must be an object in braces");
}

TEST_F(SceneFile, RandomTensorsAreBoundBeforeTheyAreMade) {
  EXPECT_THAT(error_with(R"("input": {"values": {"random": [4, 4, 8192, 8192]}})"),
              HasSubstr("input.values.random is [4, 4, 8192, 8192], which has 1073741824 values; "
                        "it may have 268435456"));
  EXPECT_THAT(error_with(R"("kernel": {"weight": {"random": [1, 1, 3]}})"),
              StartsWith("kernel.weight.random is [1, 1, 3]; it must be [N, C, H, W]"));
  EXPECT_THAT(error_with(R"("kernel": {"weight": {"random": [1, 1, 3, 3], "sed": 1}})"),
              StartsWith("kernel.weight has an unknown key \"sed\""));
  EXPECT_THAT(error_with(R"("kernel": {"weight": {}})"), HasSubstr("names no file"));
}

TEST_F(SceneFile, RatesMustBePositiveAsFloats) {
  for (const std::string rate : {"-1", "0", "1e-300", "1e39", "\"nan\"", "null"}) {
    EXPECT_THAT(error_with(R"("learning": {"rate": )" + rate + "}"),
                AllOf(StartsWith("learning.rate is "),
                      EndsWith("; it must be a positive number of float32, at most 3.4e38")));
    EXPECT_THAT(error_with(R"("learning": {"compared": [{"rate": )" + rate + "}]}"),
                StartsWith("learning.compared.1.rate is "));
  }
  EXPECT_EQ(load_with(R"("learning": {"rate": 1e-45})").learning.rate, 1e-45f);
}

TEST_F(SceneFile, AWholeNumberMayHaveAPointOrAPower) {
  const Scene scene = load_with(R"("conv": {"stride": [2.0, 1e0], "groups": 1.0},
      "input": {"pattern": "noise", "size": [6.0, 8e0], "seed": 1e3},
      "learning": {"seed": 7.0, "steps_per_frame": 1e2})");
  EXPECT_EQ(first_layer(scene).conv.stride, (Yx{2, 1}));
  EXPECT_EQ(scene.input.tensor->shape(), (Shape{1, 1, 6, 8}));
  EXPECT_EQ(scene.input.seed, 1000u);
  EXPECT_EQ(scene.learning.seed, 7u);
  EXPECT_EQ(scene.learning.steps_per_frame, 100);
  EXPECT_EQ(load_with(R"("learning": {"seed": 18446744073709551615})").learning.seed,
            ~std::uint64_t{0});
}

TEST_F(SceneFile, AMessageShowsWhatIsWrongWithTheValue) {
  EXPECT_EQ(error_with(R"("conv": {"stride": [1.0000000001, 2]})"),
            "conv.stride is [1.0000000001, 2]; it must be [y, x], whole numbers from 1 to 64");
  EXPECT_EQ(
      error_with(R"("learning": {"seed": 9007199254740994.0})"),
      "learning.seed is 9007199254740994, which is written with a point, a power or more than "
      "64 bits, and from 2^53 on that is not one whole number; it must be a whole number of 64 "
      "bits, 0 or more");
  EXPECT_THAT(error_with(R"("learning": {"seed": 9007199254740993.0})"),
              HasSubstr("and from 2^53 on that is not one whole number"));
  EXPECT_EQ(load_with(R"("learning": {"seed": 9007199254740991.0})").learning.seed,
            9007199254740991u);
  EXPECT_THAT(error_with(R"("learning": {"seed": 18446744073709551616})"),
              HasSubstr("more than 64 bits"));
  EXPECT_EQ(error_with(R"("learning": {"noise": 1e-60})"),
            "learning.noise is 1e-60, which float32 has only as 0; it must be a number from 0 to "
            "1000");
  EXPECT_EQ(error_with(R"("learning": {"noise": 1000.00000001})"),
            "learning.noise is 1000.00000001; it must be a number from 0 to 1000");
  EXPECT_EQ(error_with(R"("learning": {"rate": 3.401e38})"),
            "learning.rate is 3.401e+38; it must be a positive number of float32, at most 3.4e38");
  EXPECT_THAT(error_with(R"("learning": {"rate": 1e-60})"),
              HasSubstr("1e-60, which float32 has only as 0; it must be a positive"));
  EXPECT_THAT(error_with(R"("kernel": {"weight": [[1, 1e-60]]})"),
              HasSubstr("column 2 is 1e-60, which float32 has only as 0; it must be a number"));
  EXPECT_THAT(error_with("\"note\": \"" + std::string(5000, 'a') + "\""),
              HasSubstr("note is a text of 5000 bytes; it may have at most 4096"));
  EXPECT_EQ(error_with("\"note\": \"a\x7F\""),
            "note has a control character, number 127, at byte 2; it must be a text of one line");
  std::string chain = "{}";
  for (int i = 0; i < 64; ++i)
    chain += ", {}";
  EXPECT_EQ(error_with("\"chain\": [" + chain + "]"),
            "chain has 65 entries; it may have at most 64");
  EXPECT_EQ(error_with(R"("chain": 3)"), "chain is 3; it must be a list in square brackets");
}

TEST_F(SceneFile, WhatPythonWritesAndJsonLacksIsNamed) {
  const auto literal = [&](const std::string& word) {
    const std::string error = error_with("\"kernel\": {\"weight\": [[1, " + word + "]]}");
    EXPECT_THAT(error, StartsWith("it is not valid JSON at line 1, column "));
    const std::size_t colon = error.find(": ");
    return colon == std::string::npos ? "" : error.substr(colon + 2);
  };
  EXPECT_EQ(literal("NaN"), "NaN is not JSON; write \"nan\"");
  EXPECT_EQ(literal("nan"), "nan is not JSON; write \"nan\"");
  EXPECT_EQ(literal("Infinity"), "Infinity is not JSON; write \"inf\"");
  EXPECT_EQ(literal("-Infinity"), "-Infinity is not JSON; write \"-inf\"");
  EXPECT_EQ(literal("inf"), "inf is not JSON; write \"inf\"");
  EXPECT_EQ(literal("-inf"), "-inf is not JSON; write \"-inf\"");
  EXPECT_EQ(literal("None"), "None is not JSON; write null");
  EXPECT_EQ(literal("True"), "True is not JSON; write true");
  EXPECT_EQ(literal("NaNs"), "");
  EXPECT_EQ(literal("word"), "");
}

TEST_F(SceneFile, ATensorFileThatFloat32CannotHoldIsRefused) {
  const std::string rounded = test_folder() + "/../files/npy/rounded_i4.npy";
  EXPECT_THAT(error_with("\"kernel\": {\"weight\": {\"file\": \"" + rounded + "\"}}"),
              AllOf(StartsWith("kernel.weight can't be read: \""),
                    HasSubstr("2 of its 4 values are not exact in float32")));
  const std::string whole = test_folder() + "/../files/npy/rows_i4.npy";
  const Scene scene = load_with("\"kernel\": {\"weight\": {\"file\": \"" + whole + "\"}}");
  EXPECT_EQ(first_layer(scene).kernel.weight, Tensor::from_rows({{0, 0, 1}, {1, 2, 2}}));
}

TEST_F(SceneFile, NumbersEndWhereTheControlsEnd) {
  const auto refused = [&](const std::string& part, const std::string& member) {
    EXPECT_THAT(error_with("\"" + part + "\": {" + member + "}"),
                StartsWith(part + "." + member.substr(1, member.find('"', 1) - 1) + " is "));
  };
  for (const char* member :
       {R"("stride": [65, 1])", R"("dilation": [1, 33])", R"("dilation": [0, 1])",
        R"("padding": [513, 0, 0, 0])", R"("groups": 0)", R"("output_padding": [64, 0])"})
    refused("conv", member);
  for (const char* member :
       {R"("kernel": [65, 1])", R"("kernel": [0, 1])", R"("stride": [0, 1])",
        R"("dilation": [33, 1])", R"("divisor_override": 4097)", R"("divisor_override": -1)"})
    refused("pool", member);
  for (const char* member : {R"("noise": -1)", R"("noise": 1001)", R"("steps_per_frame": 10001)"})
    refused("learning", member);
  EXPECT_THAT(error_with(R"("learning": {"stop": {"loss": 2e9}})"),
              StartsWith("learning.stop.loss is "));
  EXPECT_EQ(error_with(R"("pool": {"kernel": [2, 3], "padding": [1, 2]})"),
            "pool.padding is [1, 2]; it must be at most half of pool.kernel, which is [2, 3], "
            "unless pool.allow_large_padding is true");
  EXPECT_THAT(error_with(R"("pool": {"padding": [0, 1, 0, 2]})"),
              StartsWith("pool.padding is [0, 1, 0, 2]; it must be at most half"));
  EXPECT_EQ(error_with(R"("pool": {"padding": [0, 1, 0]})"),
            "pool.padding is [0, 1, 0]; it must be [y, x] or [top, left, bottom, right], whole "
            "numbers from 0 to 64");
  EXPECT_THAT(error_with(R"("pool": {"padding": [0, 65], "allow_large_padding": true})"),
              StartsWith("pool.padding is [0, 65]; it must be [y, x] or "));
  EXPECT_EQ(error_with(R"("pool": {"padding_choice": "full"})"),
            "pool.padding_choice is \"full\"; it must be \"explicit\", \"same\" or \"valid\"");
  EXPECT_THAT(error_with(R"("chain": [{"pool": {"kernel": [2, 2], "padding": [2, 1]}}])"),
              StartsWith("chain.1.pool.padding is [2, 1]"));
}

TEST_F(SceneFile, AKeyThatStandsTwiceIsRefused) {
  EXPECT_EQ(error_with(R"("kernel": {"weight": [[1]]}, "conv": {}, "kernel": {})"),
            "it has the key \"kernel\" twice");
  EXPECT_EQ(
      error_with(R"("chain": [{"conv": {"groups": 1}}, {"conv": {"groups": 1, "groups": 1}}])"),
      "it has the key \"groups\" twice in \"conv\"");
}

TEST_F(SceneFile, ATargetPictureMustBeThere) {
  EXPECT_THAT(error_with(R"("learning": {"target": "picture"})"),
              StartsWith("learning.target is \"picture\", and there is none"));
  EXPECT_THAT(error_with(R"("learning": {"target": "picture", "picture": null})"),
              StartsWith("learning.target is \"picture\", and there is none"));
  EXPECT_TRUE(load_with(R"("learning": {"target": "picture", "picture": [[1]]})").learning.picture);
}

TEST_F(SceneFile, StartWeightsHaveTheShapeOfWhatIsLearned) {
  EXPECT_EQ(error_with(R"("learning": {"start": [[1, 2, 3]]})"),
            "learning.start has shape [1, 1, 1, 3]; it must have that of what is learned, "
            "[1, 1, 1, 2]");
  EXPECT_EQ(error_with(R"("kernel": {"weight": [[1]]},
                          "learning": {"target": "panel", "start": [[1, 2]]})"),
            "learning.start has shape [1, 1, 1, 2]; it must have that of what is learned, "
            "[1, 1, 1, 1]");
}

TEST_F(SceneFile, StartWeightsThatNoLongerFitAreNotSaved) {
  Scene scene = default_scene();
  scene.learning.start = Tensor::from_rows({{1, 2, 3}});
  save_scene(scene, path_);
  EXPECT_TRUE(load_scene(path_).learning.start.empty());
  scene.learning.hidden = Tensor::from_rows({{0, 0, 0}});
  save_scene(scene, path_);
  EXPECT_EQ(load_scene(path_).learning.start, scene.learning.start);
}

TEST_F(SceneFile, AnUnknownKeyIsRefusedByItsName) {
  EXPECT_EQ(error_with(R"("conv": {"strides": [2, 2]})"),
            "conv has an unknown key \"strides\"; known are dilation, groups, output_padding, "
            "padding, padding_choice, padding_mode, stride, transposed");
  EXPECT_THAT(error_with(R"("kernels": {})"), HasSubstr("it has an unknown key \"kernels\""));
  EXPECT_THAT(error_with(R"("input": {"pattern": "edge", "color": true})"),
              HasSubstr("input has an unknown key \"color\""));
}

TEST_F(SceneFile, InputsMustHaveOneSource) {
  EXPECT_EQ(error_with(R"("input": {"pattern": "edge", "values": [[1]]})"),
            "input has 2 of \"pattern\", \"picture\" and \"values\"; it must have one of them");
  EXPECT_THAT(error_with(R"("input": {})"), HasSubstr("input has 0 of"));
  EXPECT_THAT(error_with(R"("input": {"pattern": "stripes"})"),
              HasSubstr("there is no pattern \"stripes\"; known are edge,"));
  EXPECT_THAT(error_with(R"("input": {"values": {"file": "none.npy"}})"),
              HasSubstr("there is no file \"" + (folder_ / "none.npy")));
}

TEST_F(SceneFile, PartsThatDoNotFitTogetherAreRefused) {
  EXPECT_EQ(error_with(R"("kernel": {"weight": [[[1]], [[2]]]})"),
            "kernel.weight has shape [1, 2, 1, 1]; one kernel for every channel is rows of "
            "numbers; filters need \"layer\": true");
  EXPECT_EQ(error_with(R"("kernel": {"layer": true, "weight": [[[1]], [[2]]]})"),
            "kernel.weight has shape [1, 2, 1, 1]; with 1 input channels and groups 1 its second "
            "size must be 1");
  EXPECT_EQ(error_with(R"("kernel": {"layer": true}, "conv": {"groups": 2})"),
            "conv.groups is 2; it must divide 1 input channels and 1 filters");
  EXPECT_EQ(error_with(R"("kernel": {"bias": [1, 2]})"),
            "kernel.bias has 2 values; it must have 1");
  EXPECT_EQ(error_with(R"("chain": [{"kernel": {"layer": true, "weight": [[[1]], [[2]]]}}])"),
            "chain.1.kernel.weight has shape [1, 2, 1, 1]; with 1 input channels and groups 1 its "
            "second size must be 1");
  EXPECT_THAT(error_with(R"("learning": {"hidden": [[[1]], [[2]]]})"),
              HasSubstr("learning.hidden has shape [1, 2, 1, 1]; beside kernel.weight"));
  std::string row = "[[0";
  for (int i = 0; i < 31; ++i)
    row += ", 0";
  EXPECT_THAT(error_with(R"("kernel": {"weight": )" + row + "]]}"),
              HasSubstr("kernel.weight has shape [1, 1, 1, 32]; a kernel may have 31 × 31"));
}

TEST_F(SceneFile, OtherFilesAreRefused) {
  EXPECT_EQ(error_of("{\n  \"format\": ,\n"), "it is not valid JSON at line 2, column 13");
  EXPECT_EQ(error_of(""), "it is not valid JSON at line 1, column 1");
  EXPECT_EQ(error_of("[1, 2]"), "it has no \"format\": \"convscope-scene\"");
  EXPECT_EQ(error_of(R"({"format": "convscope-scene"})"),
            "its \"version\" is missing; version 1 is read");
  EXPECT_EQ(error_of(R"({"format": "convscope-scene", "version": 2})"),
            "its \"version\" is 2; version 1 is read");
  EXPECT_EQ(error_text([&] { load_scene(folder_ / "none.json"); }),
            "\"" + (folder_ / "none.json") + "\" can't be read as a scene: there is no such file");
  EXPECT_THAT(error_text([&] { load_scene(folder_.path()); }), EndsWith("it is not a file"));
}

// Copied recursively, such values ended the program.
TEST_F(SceneFile, DeepNestingIsAnErrorLikeAnother) {
  const std::string deep = std::string(125'000, '[') + std::string(125'000, ']');
  for (const std::string& member :
       {"\"conv\": {\"stride\": " + deep + "}", "\"kernel\": {\"bias\": " + deep + "}"})
    EXPECT_THAT(error_with(member), HasSubstr("lists and objects in each other, deeper than 64"));
  EXPECT_THAT(error_of("{\"format\": " + deep + "}"), HasSubstr("deeper than 64"));
}

TEST_F(SceneFile, UnknownKeysByTheMegabyteAreRefusedByTheFirst) {
  std::string members = "\"key\": 0";
  for (int i = 0; i < 200'000; ++i)
    members += ", \"key" + std::to_string(i) + "\": 0";
  EXPECT_THAT(error_with(members), StartsWith("it has an unknown key \"key\"; known are"));
  std::string objects = "{}";
  for (int i = 0; i < 200'000; ++i)
    objects += ", {}";
  EXPECT_EQ(error_with("\"chain\": [" + objects + "]"),
            "chain has 200001 entries; it may have at most 64");
}

TEST_F(SceneFile, ReadingIsStoppedBeforeTheNextValue) {
  save_scene(default_scene(), path_);
  std::stop_source stop;
  EXPECT_TRUE(load_scene(path_, stop.get_token()));
  stop.request_stop();
  EXPECT_FALSE(load_scene(path_, stop.get_token()));
}

}  // namespace
}  // namespace convscope::files
