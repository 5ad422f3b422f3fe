#include "app/session/scene_saver.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <iostream>

#include "app/files/scene_file.h"
#include "tests/temp_folder.h"

namespace convscope::session {
namespace {

using testing::HasSubstr;

TEST(SceneSaver, WritesAllInTheirOrder) {
  const TempFolder folder;
  Scene scene = default_scene();
  scene.file = folder / "before.json";
  SceneSaver saver([] {});
  first_layer(scene).kernel.bias = {1.0f};
  saver.save(scene, folder / "a.json");
  first_layer(scene).kernel.bias = {2.0f};
  saver.save(scene, folder / "b.json");
  first_layer(scene).kernel.bias = {3.0f};
  saver.save(scene, folder / "a.json");
  saver.wait();
  EXPECT_EQ(first_layer(load_scene(folder / "a.json")).kernel.bias.front(), 3.0f);
  EXPECT_EQ(first_layer(load_scene(folder / "b.json")).kernel.bias.front(), 2.0f);
  const std::optional<SavedScene> first = saver.take();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->error, "");
  EXPECT_EQ(first->before, folder / "before.json");
  EXPECT_EQ(first->scene.file, folder / "a.json");
  EXPECT_EQ(first_layer(first->scene).kernel.bias.front(), 1.0f);
}

TEST(SceneSaver, EndsWhenAllIsWritten) {
  const TempFolder folder;
  {
    SceneSaver saver([] {});
    for (int i = 0; i < 5; ++i)
      saver.save(default_scene(), folder / (std::to_string(i) + ".json"));
  }
  EXPECT_EQ(folder.names().size(), 5u);
}

TEST(SceneSaver, AFailureIsASentence) {
  const TempFolder folder;
  SceneSaver saver([] {});
  saver.save(default_scene(), folder / "none/a.json");
  saver.wait();
  EXPECT_THAT(saver.take()->error, HasSubstr("a.json\" can't be written: No such file"));
}

// Runs in a program of its own, as the folder is the whole program's.
TEST(SceneSaverDeathTest, ANameWhereTheFolderOfTheStartIsGoneIsASentence) {
  const TempFolder folder;
  const std::string kept = folder / "kept.json";
  const auto save = [&] {
    std::filesystem::create_directory(folder / "gone");
    std::filesystem::current_path(folder / "gone");
    std::filesystem::remove(folder / "gone");
    SceneSaver saver([] {});
    saver.save(default_scene(), "a.json");
    saver.save(default_scene(), kept);
    saver.wait();
    std::cerr << saver.take()->error << "|" << saver.take()->error << "|\n";
    std::_Exit(0);
  };
  EXPECT_EXIT(save(), testing::ExitedWithCode(0),
              "\"a.json\" can't be found: the folder that the program was started in is no longer "
              "there; a path from / on is accepted\\|\\|");
  EXPECT_THAT(folder.names(), testing::ElementsAre("kept.json"));
}

}  // namespace
}  // namespace convscope::session
