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
