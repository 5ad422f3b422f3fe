// Leaving a scene without losing work, by the document and its files alone.
#include "app/program/document/scene_files.h"

#include <gmock/gmock.h>

#include <array>
#include <filesystem>

#include "app/files/scene_file.h"
#include "app/files/write_file.h"
#include "tests/program/desk.h"
#include "tests/scene/bias_scene.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using testing::HasSubstr;

class LeavingTheDocument : public testing::Test {
 protected:
  LeavingTheDocument() {
    save_scene(with_bias(1), a_);
    save_scene(with_bias(9), b_);
  }
  // The scene a.json with another bias.
  void open_and_edit(Desk& desk) const {
    desk.files.open(OpenScene{a_});
    desk.settle();
    desk.document.edit(bias_edit(2));
  }
  static float bias(const Desk& desk) { return bias_of(desk.document.scene()); }

  TempFolder folder_;
  std::string a_ = folder_ / "a.json";
  std::string b_ = folder_ / "b.json";
};

TEST_F(LeavingTheDocument, NothingIsAskedWhereNothingIsLost) {
  Desk untouched;
  untouched.files.end_program();
  EXPECT_TRUE(untouched.files.ends_program());

  Desk without_file;
  without_file.document.edit(bias_edit(2));
  without_file.files.end_program();
  EXPECT_TRUE(without_file.files.ends_program());

  Desk undone;
  open_and_edit(undone);
  undone.document.undo();
  undone.files.end_program();
  EXPECT_TRUE(undone.files.ends_program());
}

TEST_F(LeavingTheDocument, AnAnswerSavesGivesUpOrStays) {
  Desk desk;
  open_and_edit(desk);
  desk.files.end_program();
  ASSERT_TRUE(desk.files.asks_to_save());
  EXPECT_FALSE(desk.files.ends_program());
  desk.files.answer(SaveAnswer::kCancel);
  EXPECT_FALSE(desk.files.asks_to_save());
  EXPECT_TRUE(desk.document.unsaved());
  desk.files.end_program();
  desk.files.answer(SaveAnswer::kSave);
  desk.settle();
  EXPECT_TRUE(desk.files.ends_program());
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
}

TEST_F(LeavingTheDocument, DiscardedChangesStayOutOfTheFile) {
  Desk desk;
  open_and_edit(desk);
  desk.files.end_program();
  desk.files.answer(SaveAnswer::kDiscard);
  EXPECT_TRUE(desk.files.ends_program());
  EXPECT_EQ(bias_of(load_scene(a_)), 1.0f);
}

TEST_F(LeavingTheDocument, WhatIsEditedWhileTheSceneIsSavedIsAskedForAgain) {
  Desk desk;
  open_and_edit(desk);
  desk.files.end_program();
  desk.files.answer(SaveAnswer::kSave);
  desk.document.edit(bias_edit(3));
  desk.settle();
  EXPECT_FALSE(desk.files.ends_program());
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
  ASSERT_TRUE(desk.files.asks_to_save());
  desk.files.answer(SaveAnswer::kSave);
  desk.settle();
  EXPECT_TRUE(desk.files.ends_program());
  EXPECT_EQ(bias_of(load_scene(a_)), 3.0f);
}

TEST_F(LeavingTheDocument, ItStaysWhereTheChangesCanNotBeSaved) {
  Desk desk;
  open_and_edit(desk);
  std::filesystem::remove(a_);
  std::filesystem::create_directory(a_);
  desk.files.end_program();
  desk.files.answer(SaveAnswer::kSave);
  desk.settle();
  EXPECT_FALSE(desk.files.ends_program());
  EXPECT_THAT(desk.message, HasSubstr("a.json\" can't be written: it is a folder"));
  EXPECT_TRUE(desk.document.unsaved());
  desk.files.end_program();
  EXPECT_TRUE(desk.files.asks_to_save()) << "it can be tried again";
}

TEST_F(LeavingTheDocument, ASceneWithoutAFileAsksForItsName) {
  Desk desk;
  desk.files.save({});
  desk.settle();
  EXPECT_TRUE(desk.asks_name);
}

TEST_F(LeavingTheDocument, AnotherSceneWaitsForTheAnswer) {
  Desk desk;
  open_and_edit(desk);
  desk.files.open(OpenScene{b_});
  ASSERT_TRUE(desk.files.asks_to_save());
  EXPECT_EQ(bias(desk), 2.0f);
  desk.files.answer(SaveAnswer::kSave);
  desk.settle();
  EXPECT_EQ(bias(desk), 9.0f);
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
  EXPECT_FALSE(desk.files.ends_program());
}

TEST_F(LeavingTheDocument, WhatIsEditedWhileAnotherSceneIsReadIsAskedFor) {
  Desk desk;
  desk.files.open(OpenScene{a_});
  desk.settle();
  desk.files.open(OpenScene{b_});
  desk.document.edit(bias_edit(2));
  desk.settle();
  EXPECT_EQ(bias(desk), 2.0f);
  ASSERT_TRUE(desk.files.asks_to_save());
  desk.files.answer(SaveAnswer::kDiscard);
  desk.settle();
  EXPECT_EQ(bias(desk), 9.0f);
  EXPECT_EQ(bias_of(load_scene(a_)), 1.0f);
}

// A save that ends after another scene was opened says nothing of that one.
TEST_F(LeavingTheDocument, ASaveIsOfItsOwnScene) {
  Desk desk;
  open_and_edit(desk);
  desk.files.open(OpenScene{b_});
  desk.files.answer(SaveAnswer::kDiscard);
  desk.settle();
  desk.document.undo();  // a.json again, with its change
  desk.files.save({});
  desk.document.redo();  // b.json before it is known to be written
  desk.settle();
  EXPECT_EQ(std::filesystem::path(desk.document.scene().file).filename(), "b.json");
  EXPECT_FALSE(desk.document.unsaved());
}

TEST_F(LeavingTheDocument, WhatIsDroppedBesideASceneIsToldToBeLeftOut) {
  Desk desk;
  const std::array<std::filesystem::path, 3> dropped{a_, folder_ / "x.png", folder_ / "y.png"};
  desk.files.drop(dropped);
  desk.settle();
  EXPECT_EQ(bias(desk), 1.0f);
  EXPECT_EQ(desk.message,
            "A scene is opened alone: what was dropped with it (2 files) was left out.");
}

}  // namespace
}  // namespace convscope::program
