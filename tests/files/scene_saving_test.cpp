// A scene whose tensors stand beside it, and what is somebody's there.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <thread>

#include "app/files/arrays/npy_write.h"
#include "app/files/tensor_files.h"
#include "tests/files/scene_file_fixture.h"

namespace convscope::files {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

Scene large_scene(float value) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 300, 300}, value);
  scene.input.name = "drawn";
  return scene;
}

std::string tensor_name(const Scene& scene, const std::string& stem = "scene") {
  return stem + ".input." + checksum_of(*scene.input.tensor) + ".npy";
}

unsigned mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(lstat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

TEST_F(SceneFile, TheChecksumIsTheOneThatIsDescribed) {
  // FNV-1a of 01 00 .. (8 bytes) twice, 01 .., 02 .., then 1.0f and -2.0f.
  EXPECT_EQ(checksum_of(Tensor::from_rows({{1, -2}})), "5667febf640a7cd7");
  EXPECT_NE(checksum_of(Tensor::from_rows({{1, 2, 3, 4}})),
            checksum_of(Tensor::from_rows({{1, 2}, {3, 4}})));
}

TEST_F(SceneFile, AnotherTensorIsAnotherFileAndTheOldOneGoes) {
  save_scene(large_scene(1), path_);
  EXPECT_THAT(folder_.names(), ElementsAre(tensor_name(large_scene(1)), "scene.json"));
  save_scene(large_scene(2), path_);
  EXPECT_THAT(folder_.names(), ElementsAre(tensor_name(large_scene(2)), "scene.json"));
  save_scene(default_scene(), path_);
  EXPECT_THAT(folder_.names(), ElementsAre("scene.json"));
}

TEST_F(SceneFile, TheSameTensorIsNotWrittenAgain) {
  save_scene(large_scene(1), path_);
  const auto before = std::filesystem::last_write_time(folder_ / tensor_name(large_scene(1)));
  const std::string text = file_text(path_);
  save_scene(load_scene(path_), path_);
  EXPECT_EQ(std::filesystem::last_write_time(folder_ / tensor_name(large_scene(1))), before);
  EXPECT_EQ(file_text(path_), text);
}

TEST_F(SceneFile, WhatStandsBesideItIsNeverOverwritten) {
  const std::string ours = tensor_name(large_scene(1));
  put_text(folder_ / "scene.input.npy", "somebody's");
  put_text(folder_ / ours, "somebody's too");
  save_scene(large_scene(1), path_);
  EXPECT_EQ(file_text(folder_ / "scene.input.npy"), "somebody's");
  EXPECT_EQ(file_text(folder_ / ours), "somebody's too");
  EXPECT_EQ(load_scene(path_).input.tensor->at(0, 0, 0, 0), 1.0f);
  EXPECT_THAT(folder_.names(), SizeIs(4));
  // The next save knows which of them is its own.
  save_scene(large_scene(1), path_);
  EXPECT_THAT(folder_.names(), SizeIs(4));
  save_scene(default_scene(), path_);
  EXPECT_THAT(folder_.names(), ElementsAre(ours, "scene.input.npy", "scene.json"));
}

TEST_F(SceneFile, NoLinkBesideItIsFollowed) {
  const std::string ours = tensor_name(large_scene(1));
  put_text(folder_ / "precious", "somebody's");
  for (const std::string& name : {ours, std::string("scene.input.npy")})
    std::filesystem::create_symlink("precious", folder_ / name);
  save_scene(large_scene(1), path_);
  EXPECT_EQ(file_text(folder_ / "precious"), "somebody's");
  EXPECT_TRUE(std::filesystem::is_symlink(folder_ / ours));
  EXPECT_EQ(load_scene(path_).input.tensor->at(0, 0, 0, 0), 1.0f);
}

TEST_F(SceneFile, ACopyKeepsItsTensors) {
  save_scene(large_scene(1), path_);
  std::filesystem::copy_file(path_, folder_ / "copy.json");
  save_scene(large_scene(2), path_);
  EXPECT_EQ(load_scene(folder_ / "copy.json").input.tensor->at(0, 0, 0, 0), 1.0f);
  EXPECT_EQ(load_scene(path_).input.tensor->at(0, 0, 0, 0), 2.0f);
}

TEST_F(SceneFile, AFileThatItOnlyNamesIsNotRemoved) {
  write_npy(folder_ / "scene.input.npy", Tensor(Shape{1, 1, 2, 2}, 3.0f));
  put_text(folder_ / "scene.input.0123456789abcdef.npy", "somebody's");
  put_text(path_, R"({"format": "convscope-scene", "version": 1,
    "input": {"values": {"file": "scene.input.npy"}},
    "kernel": {"weight": {"file": "scene.input.0123456789abcdef.npy"}}})");
  save_scene(default_scene(), path_);
  EXPECT_THAT(folder_.names(),
              ElementsAre("scene.input.0123456789abcdef.npy", "scene.input.npy", "scene.json"));
}

TEST_F(SceneFile, AFileByNameAloneIsReadAsItIs) {
  write_npy(folder_ / "scene.input.npy", Tensor(Shape{1, 1, 2, 2}, 3.0f));
  EXPECT_EQ(load_with(R"("input": {"values": {"file": "scene.input.npy"}})").input.tensor->shape(),
            (Shape{1, 1, 2, 2}));
}

TEST_F(SceneFile, TensorsThatAreNotThoseThatWereSavedAreTold) {
  const Scene scene = large_scene(1);
  save_scene(scene, path_);
  const std::string beside = folder_ / tensor_name(scene);
  const std::string text = file_text(path_);
  write_npy(beside, Tensor(Shape{1, 1, 300, 300}, 2.0f));
  EXPECT_THAT(error_of(text), AllOf(StartsWith("input.values is in \"" + beside),
                                    EndsWith("which has other values than when the scene was saved "
                                             "(without \"checksum\" it is read as it is)")));
  write_npy(beside, Tensor(Shape{1, 1, 300, 299}, 1.0f));
  EXPECT_THAT(error_of(text), HasSubstr("which has shape [1, 1, 300, 299]; the scene was saved "
                                        "with [1, 1, 300, 300]"));
  EXPECT_THAT(error_with(R"("input": {"values": {"file": "x.npy", "shape": [1, 2]}})"),
              StartsWith("input.values.shape is [1, 2]; it must be [N, C, H, W]"));
}

TEST_F(SceneFile, APrivateSceneStaysPrivateWithItsTensors) {
  save_scene(default_scene(), path_);
  chmod(path_.c_str(), 0600);
  save_scene(large_scene(1), path_);
  EXPECT_EQ(mode_of(path_), 0600u);
  EXPECT_EQ(mode_of(folder_ / tensor_name(large_scene(1))), 0600u);
}

TEST_F(SceneFile, AReadOnlySceneIsReplacedOnlyWhenAsked) {
  save_scene(default_scene(), path_);
  chmod(path_.c_str(), 0444);
  EXPECT_THAT(error_text([&] { save_scene(large_scene(1), path_); }),
              HasSubstr("can't be written: it is read-only"));
  EXPECT_THAT(folder_.names(), ElementsAre("scene.json"));
  save_scene(large_scene(1), path_, {.replace_read_only = true});
  EXPECT_EQ(mode_of(path_), 0444u);
  EXPECT_EQ(load_scene(path_).input.tensor->at(0, 0, 0, 0), 1.0f);
}

// Both ways: each thread's file descriptors lock each other out as those of two programs do.
TEST_F(SceneFile, TwoThatSaveToOneNameAndAReaderGetWholeScenes) {
  save_scene(large_scene(0), path_);
  const auto save_in_turn = [&](float first) {
    for (int i = 0; i < 20; ++i)
      save_scene(large_scene(first + static_cast<float>(i % 2)), path_);
  };
  {
    const std::jthread a(save_in_turn, 1.0f);
    const std::jthread b(save_in_turn, 2.0f);
    for (int i = 0; i < 20; ++i)
      EXPECT_EQ(load_scene(path_).input.tensor->shape(), (Shape{1, 1, 300, 300}));
  }
  EXPECT_THAT(folder_.names(), ElementsAre(tensor_name(load_scene(path_)), "scene.json"));
}

}  // namespace
}  // namespace convscope::files
