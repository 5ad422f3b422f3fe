#include "app/session/picture_loader.h"

#include <gmock/gmock.h>

#include "app/scene/picture.h"
#include "app/scene/write_file.h"
#include "tests/engine/testing.h"
#include "tests/scene/temp_folder.h"

namespace convscope {
namespace {

using testing::HasSubstr;

class PictureLoading : public testing::Test {
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
  TempFolder folder_;
  PictureLoader loader_{[] {}};
};

TEST_F(PictureLoading, GivesTheInputOnce) {
  const std::string path = put("a.png", 4, 200);
  loader_.load({path, true, {}});
  EXPECT_NE(loader_.loading(), "b.png");
  loader_.wait();
  const std::optional<LoadedPicture> loaded = loader_.take();
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->error, "");
  EXPECT_EQ(*loaded->input.tensor, load_picture(path, PictureColor::kRgb));
  EXPECT_EQ(loaded->input.name, "a.png");
  EXPECT_EQ(loaded->input.path, path);
  EXPECT_TRUE(loaded->input.color);
  EXPECT_FALSE(loader_.take().has_value());
  EXPECT_EQ(loader_.loading(), "");
}

TEST_F(PictureLoading, ScalesToTheSizeAskedFor) {
  const std::string path = put("a.png", 8, 100);
  const LoadedPicture loaded = read_picture({path, false, {2, 3}});
  EXPECT_EQ(*loaded.input.tensor, scaled(load_picture(path, PictureColor::kGrey), {2, 3}));
  EXPECT_EQ(loaded.input.scaled_to, (Yx{2, 3}));
}

TEST_F(PictureLoading, SeveralMakeAStackOfTheFirstOnesSize) {
  OpenPicture wanted{put("a.png", 4, 200), true};
  wanted.more = {put("b.png", 8, 100), put("c.png", 4, 50)};
  const LoadedPicture loaded = read_picture(wanted);
  EXPECT_EQ(loaded.error, "");
  ASSERT_EQ(loaded.input.tensor->shape(), (Shape{3, 3, 4, 4}));
  const Tensor second = scaled(load_picture(wanted.more[0], PictureColor::kRgb), {4, 4});
  EXPECT_EQ(loaded.input.tensor->at(1, 0, 2, 2), second.at(0, 0, 2, 2));
  EXPECT_FLOAT_EQ(loaded.input.tensor->at(2, 0, 1, 1), 50.0f / 255.0f);
  EXPECT_EQ(loaded.input.path, "") << "a stack has no one file";
  EXPECT_EQ(loaded.input.name, "3 pictures");
  EXPECT_FALSE(loaded.added);
}

TEST_F(PictureLoading, OnesThatAreAddedTakeTheStacksSizeAndChannels) {
  OpenPicture wanted{put("a.png", 8, 200), true};
  wanted.onto = std::make_shared<const Tensor>(random_tensor({2, 1, 3, 5}, 1));
  const LoadedPicture loaded = read_picture(wanted);
  EXPECT_EQ(loaded.error, "");
  EXPECT_TRUE(loaded.added);
  ASSERT_EQ(loaded.input.tensor->shape(), (Shape{3, 1, 3, 5}));
  EXPECT_EQ(loaded.input.tensor->at(1, 0, 2, 4), wanted.onto->at(1, 0, 2, 4));
  const Tensor grey = scaled(load_picture(wanted.path, PictureColor::kGrey), {3, 5});
  EXPECT_EQ(loaded.input.tensor->at(2, 0, 1, 1), grey.at(0, 0, 1, 1));
}

TEST_F(PictureLoading, NoneIsAddedToAStackOfOtherChannels) {
  OpenPicture wanted{put("a.png", 4, 200)};
  wanted.onto = std::make_shared<const Tensor>(Shape{1, 16, 4, 4});
  EXPECT_THAT(read_picture(wanted).error, HasSubstr("16 channels"));
}

TEST_F(PictureLoading, AStackHasAnEnd) {
  OpenPicture wanted{put("a.png", 1, 200)};
  wanted.onto = std::make_shared<const Tensor>(Shape{256, 1, 1, 1});
  EXPECT_THAT(read_picture(wanted).error, HasSubstr("at most 256"));
}

TEST_F(PictureLoading, SwapsRowsAndColumns) {
  const std::string path = put("a.png", 8, 100);
  const LoadedPicture loaded = read_picture({path, false, {2, 3}, true});
  EXPECT_EQ(*loaded.input.tensor,
            transposed(scaled(load_picture(path, PictureColor::kGrey), {3, 2})));
  EXPECT_EQ(loaded.input.tensor->shape(), (Shape{1, 1, 2, 3}));
  EXPECT_TRUE(loaded.input.transposed);
}

TEST_F(PictureLoading, TheNewestWins) {
  for (int i = 1; i <= 20; ++i)
    loader_.load({put("p" + std::to_string(i) + ".png", 64, static_cast<std::uint8_t>(10 * i))});
  loader_.wait();
  const std::optional<LoadedPicture> loaded = loader_.take();
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->input.name, "p20.png");
  EXPECT_FALSE(loader_.take().has_value());
}

TEST_F(PictureLoading, ErrorsAreSentences) {
  loader_.load({folder_ / "none.png"});
  loader_.wait();
  const std::optional<LoadedPicture> loaded = loader_.take();
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->error, "there is no file \"" + (folder_ / "none.png") + "\"");
  EXPECT_EQ(loaded->input.tensor, nullptr);
}

TEST_F(PictureLoading, ACancelledPictureNeverComes) {
  loader_.load({put("a.png", 512, 100)});
  loader_.cancel();
  loader_.wait();
  EXPECT_FALSE(loader_.take().has_value());
  EXPECT_EQ(loader_.loading(), "");
  loader_.load({put("b.png", 2, 100)});  // and the next one does
  loader_.wait();
  EXPECT_TRUE(loader_.take().has_value());
}

}  // namespace
}  // namespace convscope
