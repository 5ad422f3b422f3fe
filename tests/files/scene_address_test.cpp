// Scenes as one line of text.
#include "app/files/scene_address.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "app/files/base64url.h"
#include "app/files/deflate.h"
#include "app/files/examples.h"
#include "app/files/picture_input.h"
#include "app/files/scene_file.h"
#include "app/scene/shared_tensor.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "tests/engine/testing.h"
#include "tests/error_text.h"
#include "tests/test_folder.h"

namespace convscope::files {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

std::string packed(const std::string& text) {
  return "convscope:1:" + to_base64url(deflated(text));
}

std::string error_of(const std::string& address) {
  return error_text([&] { read_address(address); });
}

Scene with_input(const Tensor& tensor) {
  Scene scene = default_scene();
  scene.input = InputScene();
  scene.input.tensor = shared_tensor(Tensor(tensor));
  scene.input.name = "drawn";
  scene.input.meaning = meaning_of(tensor);
  return scene;
}

TEST(SceneAddress, EveryShippedSceneComesBackFromALineOfLettersThatAnAddressMayHave) {
  for (const Example& example : examples()) {
    const Scene scene = example_scene(example);
    const std::string address = scene_address(scene);
    EXPECT_THAT(address, MatchesRegex("convscope:1:[A-Za-z0-9_-]+")) << example.name;
    EXPECT_LT(address.size(), 1000u) << example.name;
    EXPECT_EQ(whole_scene_text(read_address(address)), whole_scene_text(scene));
  }
}

TEST(SceneAddress, EveryValueComesBackBitForBit) {
  constexpr float kInf = std::numeric_limits<float>::infinity();
  Scene scene = with_input(
      Tensor(Shape{1, 1, 2, 3}, std::vector<float>{0.1f, -0.0f, kInf, -kInf, 1e-41f, 3.4e38f}));
  EXPECT_EQ(whole_scene_text(read_address(scene_address(scene))), whole_scene_text(scene));
  scene = with_input(Tensor(Shape{1, 1, 1, 1}, std::vector<float>{std::nanf("")}));
  const Scene read = read_address(scene_address(scene));
  EXPECT_TRUE(std::isnan(read.input.tensor->at(0, 0)));
}

RC_GTEST_PROP(SceneAddress, DrawnInputsComeBack, ()) {
  const auto height = *rc::gen::inRange<Index>(1, 9);
  const auto width = *rc::gen::inRange<Index>(1, 9);
  const auto values = *rc::gen::container<std::vector<float>>(
      static_cast<std::size_t>(height * width), rc::gen::arbitrary<float>());
  const Scene scene = with_input(Tensor(Shape{1, 1, height, width}, values));
  RC_ASSERT(whole_scene_text(read_address(scene_address(scene))) == whole_scene_text(scene));
}

TEST(SceneAddress, APictureIsInItByItsValues) {
  Scene scene = default_scene();
  scene.input = picture_input(test_folder() + "/pictures/grey8.bmp", false, {8, 8}, false).input;
  ASSERT_FALSE(scene.input.path.empty());
  const Scene read = read_address(scene_address(scene));
  EXPECT_EQ(*read.input.tensor, *scene.input.tensor);
  EXPECT_EQ(read.input.path, "");
  EXPECT_EQ(read.input.name, scene.input.name);
}

TEST(SceneAddress, ASceneTooLargeSaysItsSizeAndWhatIsAccepted) {
  EXPECT_THAT(error_text([] {
                scene_address(with_input(Tensor(Shape{1, 1, 257, 256})));
              }),
              HasSubstr("with input the scene has " + count_text(65792) +
                        " values; without a file at most " + count_text(65536) + " are written"));
  EXPECT_THAT(error_text([] {
                scene_address(with_input(random_tensor({1, 1, 128, 128}, 1)));
              }),
              testing::AllOf(HasSubstr(" characters as an address"),
                             HasSubstr("at most " + count_text(32768) + ". Save it as a file")));
}

TEST(SceneAddress, IsFoundAloneBehindAPagesAddressAndAcrossLines) {
  EXPECT_EQ(find_address("convscope:1:abc"), "convscope:1:abc");
  EXPECT_EQ(find_address("  convscope:1:ab\r\n  c\n"), "convscope:1:abc");
  EXPECT_EQ(find_address("https://a.example/b?c#convscope:1:abc"), "convscope:1:abc");
  EXPECT_EQ(find_address("convscope:2:x"), "convscope:2:x") << "so that it is told";
  for (const char* other : {"", "1 2 3", "#convscope:1:abc", "https://a.example/convscope:1:abc",
                            "convscope.json", "a convscope:1:abc"})
    EXPECT_EQ(find_address(other), std::nullopt) << other;
}

TEST(SceneAddress, WhatIsWrongIsTold) {
  const std::string good = scene_address(default_scene());
  EXPECT_THAT(error_of("convscope:2:abc"), HasSubstr("its version is \"2\"; version 1 is read"));
  EXPECT_THAT(error_of("convscope:"), HasSubstr("its version is \"\""));
  EXPECT_THAT(error_of("convscope:1:a=b"), HasSubstr("its character 2 is no letter"));
  EXPECT_THAT(error_of("convscope:1:"), HasSubstr("it ends too early"));
  EXPECT_THAT(error_of("convscope:1:AAAA"), HasSubstr("it is damaged"));
  EXPECT_THAT(error_of(std::string(kMaxAddress + 1, 'x')), HasSubstr("it is longer than"));
  EXPECT_THAT(error_of(packed("[]")), HasSubstr("it has no \"format\""));
  EXPECT_THAT(error_of(packed(std::string(kMaxAddressText + 1, ' '))),
              HasSubstr("it holds more than " + count_text(1048576) + " bytes"));
  for (std::size_t cut = good.size() - 1; cut > 20; cut -= 7)
    EXPECT_THROW(read_address(good.substr(0, cut)), Error) << cut;
  for (std::size_t place = 14; place < good.size(); place += 5) {
    std::string flipped = good;
    flipped[place] = flipped[place] == 'A' ? 'B' : 'A';
    EXPECT_THROW(read_address(flipped), Error) << place;
  }
}

TEST(SceneAddress, ReadsNoFile) {
  const std::string start = R"({"format": "convscope-scene", "version": 1, )";
  EXPECT_THAT(
      error_of(packed(start + R"("input": {"picture": "/etc/hostname"}})")),
      HasSubstr("input is in \"/etc/hostname\"; an address has all of its values in itself"));
  EXPECT_THAT(error_of(packed(start + R"("kernel": {"weight": {"file": "w.npy"}}})")),
              HasSubstr("is in \"w.npy\""));
  EXPECT_THAT(error_of(packed(start + R"("learning": {"picture": {"file": "w.npy"}}})")),
              HasSubstr("is in \"w.npy\""));
}

RC_GTEST_PROP(Base64Url, AnyBytesComeBack, (const std::string& bytes)) {
  RC_ASSERT(from_base64url(to_base64url(bytes)) == bytes);
}

TEST(Base64Url, IsThatOfRfc4648) {
  EXPECT_EQ(to_base64url("foobar"), "Zm9vYmFy");
  EXPECT_EQ(to_base64url("fooba"), "Zm9vYmE");
  EXPECT_EQ(to_base64url("foob"), "Zm9vYg");
  EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
}

RC_GTEST_PROP(Deflate, AnyBytesComeBack, (const std::string& bytes)) {
  RC_ASSERT(inflated(deflated(bytes), bytes.size()) == bytes);
}

TEST(Deflate, TakesNoMoreThanIsAllowed) {
  const std::string bomb = deflated(std::string(std::size_t{1} << 24, 'x'));
  EXPECT_LT(bomb.size(), 20000u);
  EXPECT_THAT(error_text([&] { inflated(bomb, 100000); }), HasSubstr("it holds more than"));
  EXPECT_THAT(error_text([&] { inflated(deflated("abc") + "x", 3); }),
              HasSubstr("something stands behind its end"));
}

}  // namespace
}  // namespace convscope::files
