#include "app/session/file_loader.h"

#include <gmock/gmock.h>

#include "app/files/picture.h"
#include "app/files/scene_file.h"
#include "app/files/write_file.h"
#include "tests/engine/testing.h"
#include "tests/temp_folder.h"

namespace convscope::session {
namespace {

using testing::HasSubstr;

class FileLoading : public testing::Test {
 protected:
  // A picture of one value of red, and half of it in blue.
  std::string put(const std::string& name, int side, std::uint8_t red) const {
    std::vector<std::uint8_t> rgba(static_cast<std::size_t>(4 * side * side), 255);
    for (std::size_t i = 0; i < rgba.size(); i += 4) {
      rgba[i] = red;
      rgba[i + 1] = 0;
      rgba[i + 2] = static_cast<std::uint8_t>(red / 2);
    }
    write_png(folder_ / name, rgba, side, side);
    return folder_ / name;
  }
  OpenPicture adding(const std::string& path) const {
    OpenPicture wanted{path};
    wanted.onto = stack_;
    return wanted;
  }
  // The next one; nothing where nothing is read any more.
  LoadedFile next() {
    while (!loader_.loading().empty()) {
      loader_.wait();
      if (std::optional<LoadedFile> loaded = loader_.take(stack_)) return *loaded;
    }
    return {};
  }
  TempFolder folder_;
  TensorPtr stack_ = std::make_shared<const Tensor>(Shape{1, 1, 2, 2});  // the input as it is now
  FileLoader loader_{[] {}};
};

TEST_F(FileLoading, GivesTheInputOnce) {
  const std::string path = put("a.png", 4, 200);
  loader_.load(OpenPicture{path, true, {}});
  EXPECT_EQ(loader_.loading(), "a.png");
  loader_.wait();
  const std::optional<LoadedFile> loaded = loader_.take(stack_);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->error, "");
  const auto& input = std::get<InputScene>(loaded->content);
  EXPECT_EQ(*input.tensor, load_picture(path, PictureColor::kRgb));
  EXPECT_EQ(input.name, "a.png");
  EXPECT_EQ(input.path, path);
  EXPECT_TRUE(input.color);
  EXPECT_FALSE(loader_.take(stack_).has_value());
  EXPECT_EQ(loader_.loading(), "");
}

TEST_F(FileLoading, ScalesToTheSizeAskedFor) {
  const std::string path = put("a.png", 8, 100);
  const InputScene input = read_picture({path, false, {2, 3}});
  EXPECT_EQ(*input.tensor, scaled(load_picture(path, PictureColor::kGrey), {2, 3}));
  EXPECT_EQ(input.scaled_to, (Yx{2, 3}));
}

TEST_F(FileLoading, SeveralMakeAStackOfTheFirstOnesSize) {
  OpenPicture wanted{put("a.png", 4, 200), true};
  wanted.more = {put("b.png", 8, 100), put("c.png", 4, 50)};
  const InputScene input = read_picture(wanted);
  ASSERT_EQ(input.tensor->shape(), (Shape{3, 3, 4, 4}));
  const Tensor second = scaled(load_picture(wanted.more[0], PictureColor::kRgb), {4, 4});
  EXPECT_EQ(input.tensor->at(1, 0, 2, 2), second.at(0, 0, 2, 2));
  EXPECT_FLOAT_EQ(input.tensor->at(2, 0, 1, 1), 50.0f / 255.0f);
  EXPECT_EQ(input.path, "") << "a stack has no one file";
  EXPECT_EQ(input.name, "3 pictures");
}

TEST_F(FileLoading, OnesThatAreAddedTakeTheStacksSizeAndChannels) {
  OpenPicture wanted{put("a.png", 8, 200), true};
  wanted.onto = std::make_shared<const Tensor>(random_tensor({2, 1, 3, 5}, 1));
  const InputScene input = read_picture(wanted);
  ASSERT_EQ(input.tensor->shape(), (Shape{3, 1, 3, 5}));
  EXPECT_EQ(input.tensor->at(1, 0, 2, 4), wanted.onto->at(1, 0, 2, 4));
  const Tensor grey = scaled(load_picture(wanted.path, PictureColor::kGrey), {3, 5});
  EXPECT_EQ(input.tensor->at(2, 0, 1, 1), grey.at(0, 0, 1, 1));
}

TEST_F(FileLoading, NoneIsAddedToAStackOfOtherChannels) {
  OpenPicture wanted{put("a.png", 4, 200)};
  wanted.onto = std::make_shared<const Tensor>(Shape{1, 16, 4, 4});
  EXPECT_THAT(error_text([&] { read_picture(wanted); }), HasSubstr("16 channels"));
}

TEST_F(FileLoading, AStackHasAnEnd) {
  OpenPicture wanted{put("a.png", 1, 200)};
  wanted.onto = std::make_shared<const Tensor>(Shape{256, 1, 1, 1});
  EXPECT_THAT(error_text([&] { read_picture(wanted); }), HasSubstr("at most 256"));
}

TEST_F(FileLoading, AStackHasAnEndInValuesToo) {
  OpenPicture wanted{put("a.png", 1, 200)};
  wanted.size = {8192, 8192};
  wanted.more.assign(4, wanted.path);
  EXPECT_EQ(error_text([&] { read_picture(wanted); }),
            "the stack would have 5 pictures of 67 108 864 values each; at most 268 435 456 values "
            "in all are accepted");
}

TEST_F(FileLoading, StopsBeforeThePictureThatComesNext) {
  std::stop_source stop;
  stop.request_stop();
  OpenPicture wanted{folder_ / "none.png"};
  wanted.more = {wanted.path};
  EXPECT_FALSE(read_picture(wanted, stop.get_token()).has_value());
}

TEST_F(FileLoading, APictureThatIsStoppedIsNothing) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(read_picture({put("a.png", 4, 200)}, stop.get_token()).has_value());
}

TEST_F(FileLoading, ASceneStopsWhileItsPictureIsRead) {
  Scene scene = default_scene();
  scene.input = read_picture({put("a.png", 4, 200)});
  save_scene(scene, folder_ / "s.json");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(load_scene(folder_ / "s.json", stop.get_token()).has_value());
  EXPECT_TRUE(load_scene(folder_ / "s.json", std::stop_token()).has_value());
}

TEST_F(FileLoading, WhatWasPutOnWhiteIsTold) {
  write_png(folder_ / "ink.png", std::vector<std::uint8_t>{0, 0, 0, 255, 0, 0, 0, 0}, 2, 1);
  loader_.load(OpenPicture{folder_ / "ink.png"});
  LoadedFile ink = next();
  EXPECT_TRUE(ink.over_white);
  EXPECT_EQ(*std::get<InputScene>(ink.content).tensor, Tensor::from_rows({{0, 1}}));
  loader_.load(OpenPicture{put("a.png", 4, 200)});
  EXPECT_FALSE(next().over_white);
  loader_.load(adding(folder_ / "ink.png"));
  EXPECT_TRUE(next().over_white);
  OpenPicture target{folder_ / "ink.png"};
  target.target = Shape{1, 1, 2, 2};
  EXPECT_TRUE(read_target(target).over_white);
}

TEST_F(FileLoading, PicturesThatAreAddedWaitForEachOther) {
  loader_.load(adding(put("a.png", 2, 100)));
  loader_.load(adding(folder_ / "none.png"));
  loader_.load(adding(put("b.png", 2, 200)));
  const LoadedFile first = next();
  ASSERT_TRUE(first.added) << first.error;
  stack_ = std::get<InputScene>(first.content).tensor;
  EXPECT_EQ(stack_->shape().n, 2);
  EXPECT_EQ(loader_.loading(), "none.png");
  EXPECT_THAT(next().error, HasSubstr("none.png"));
  const LoadedFile last = next();
  ASSERT_TRUE(last.added) << last.error;
  const Tensor& all = *std::get<InputScene>(last.content).tensor;
  ASSERT_EQ(all.shape().n, 3);
  EXPECT_EQ(all.at(1, 0, 0, 0), stack_->at(1, 0, 0, 0));
  EXPECT_GT(all.at(2, 0, 0, 0), all.at(1, 0, 0, 0));
  EXPECT_EQ(loader_.loading(), "");
}

TEST_F(FileLoading, OneThatIsAddedBetweenTwoOthersTakesNoOnesPlace) {
  loader_.load(adding(put("a.png", 2, 100)));
  loader_.load(adding(put("b.png", 2, 150)));
  ASSERT_TRUE(next().added);  // the other one waits, and has not been begun
  loader_.load(adding(put("c.png", 2, 200)));
  EXPECT_EQ(loader_.loading(), "b.png");
  const LoadedFile second = next();
  ASSERT_TRUE(second.added) << second.error;
  EXPECT_FLOAT_EQ(std::get<InputScene>(second.content).tensor->at(1, 0, 0, 0),
                  read_picture({put("b.png", 2, 150)}).tensor->at(0, 0));
  EXPECT_TRUE(next().added);
  EXPECT_EQ(loader_.loading(), "");
}

TEST_F(FileLoading, APictureIsAddedToTheStackAsItIsWhenItHasCome) {
  loader_.load(adding(put("a.png", 2, 100)));
  loader_.wait();
  stack_ = std::make_shared<const Tensor>(Shape{2, 1, 2, 2}, 0.25f);  // it was edited meanwhile
  EXPECT_FALSE(loader_.take(stack_).has_value());
  EXPECT_EQ(loader_.loading(), "a.png");
  const LoadedFile loaded = next();
  ASSERT_TRUE(loaded.added) << loaded.error;
  const Tensor& all = *std::get<InputScene>(loaded.content).tensor;
  EXPECT_EQ(all.shape().n, 3);
  EXPECT_EQ(all.at(1, 0, 1, 1), 0.25f);
}

TEST_F(FileLoading, SwapsRowsAndColumns) {
  const std::string path = put("a.png", 8, 100);
  const InputScene input = read_picture({path, false, {2, 3}, true});
  EXPECT_EQ(*input.tensor, transposed(scaled(load_picture(path, PictureColor::kGrey), {3, 2})));
  EXPECT_EQ(input.tensor->shape(), (Shape{1, 1, 2, 3}));
  EXPECT_TRUE(input.transposed);
}

TEST_F(FileLoading, ATargetGetsTheOutputsShape) {
  OpenPicture wanted{put("a.png", 8, 100)};
  wanted.target = Shape{2, 3, 5, 4};
  const TargetPicture target = read_target(wanted);
  EXPECT_EQ(target.name, "a.png");
  const Tensor rgb = scaled(load_picture(wanted.path, PictureColor::kRgb), {5, 4});
  EXPECT_EQ(*target.tensor, with_planes(rgb, 2, 3));
  wanted.target = Shape{1, 2, 5, 4};
  const Tensor grey = scaled(load_picture(wanted.path, PictureColor::kGrey), {5, 4});
  EXPECT_EQ(*read_target(wanted).tensor, with_planes(grey, 1, 2));
}

TEST_F(FileLoading, TheNewestWins) {
  for (int i = 1; i <= 20; ++i)
    loader_.load(
        OpenPicture{put("p" + std::to_string(i) + ".png", 64, static_cast<std::uint8_t>(10 * i))});
  loader_.wait();
  const std::optional<LoadedFile> loaded = loader_.take(stack_);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(std::get<InputScene>(loaded->content).name, "p20.png");
  EXPECT_FALSE(loader_.take(stack_).has_value());
}

TEST_F(FileLoading, ErrorsAreSentences) {
  loader_.load(OpenPicture{folder_ / "none.png"});
  loader_.wait();
  const std::optional<LoadedFile> loaded = loader_.take(stack_);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->error, "there is no file \"" + (folder_ / "none.png") + "\"");
}

TEST_F(FileLoading, ScenesToo) {
  Scene scene = default_scene();
  first_layer(scene).kernel.bias = {3.0f};
  save_scene(scene, folder_ / "s.json");
  loader_.load(OpenScene{folder_ / "s.json"});
  loader_.wait();
  const std::optional<LoadedFile> loaded = loader_.take(stack_);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->error, "");
  EXPECT_FALSE(loaded->continues);
  const auto& opened = std::get<Scene>(loaded->content);
  EXPECT_EQ(first_layer(opened).kernel, first_layer(scene).kernel);
  EXPECT_EQ(opened.file, folder_ / "s.json");
}

// Whether each of the pictures that came is part of the step of undo before it.
TEST_F(FileLoading, TheSizesOfADragAreOneGestureHoweverManyAreSkipped) {
  const std::string path = put("a.png", 8, 100);
  const auto load = [&](Index side, bool continues) {
    loader_.load(OpenPicture{.path = path, .size = {side, side}, .continues = continues});
  };
  const auto continues = [&] {
    loader_.wait();
    std::optional<LoadedFile> loaded;
    while (std::optional<LoadedFile> next = loader_.take(stack_))
      loaded = std::move(next);
    return loaded->continues;
  };
  load(2, false);
  loader_.cancel();  // as if the next one had come too soon
  load(3, true);
  EXPECT_FALSE(continues());
  load(4, true);
  EXPECT_TRUE(continues());
  load(5, true);
  load(6, true);
  EXPECT_TRUE(continues());
  load(2, false);
  EXPECT_FALSE(continues());
  load(3, true);
  EXPECT_TRUE(continues());
}

TEST_F(FileLoading, ACancelledPictureNeverComes) {
  loader_.load(OpenPicture{put("a.png", 512, 100)});
  loader_.load(adding(put("c.png", 4, 100)));
  loader_.cancel();
  EXPECT_EQ(loader_.loading(), "");
  loader_.wait();
  EXPECT_FALSE(loader_.take(stack_).has_value());
  EXPECT_EQ(loader_.loading(), "");
  loader_.load(OpenPicture{put("b.png", 2, 100)});  // and the next one does
  loader_.wait();
  EXPECT_TRUE(loader_.take(stack_).has_value());
}

}  // namespace
}  // namespace convscope::session
