#include "app/program/document/document.h"

#include <gtest/gtest.h>

#include "tests/program/desk.h"

namespace convscope {
namespace {

// What the next frame uploads: the cells since what was shown last.
CellRect changed(const Document& document) {
  EXPECT_NE(document.input().before, nullptr) << "nothing is known";
  return document.input().cells;
}

TEST(Document, TellsTheCellsThatDifferFromWhatWasShown) {
  Desk desk;
  Document& document = desk.document;
  EXPECT_EQ(document.input().before, nullptr) << "nothing was shown yet";
  document.input_was_shown();
  document.change(cell_change(0, {1, 2}, 5.0f));
  EXPECT_EQ(changed(document), (CellRect{1, 2, 2, 3}));
  document.change(cell_change(0, {3, 4}, 5.0f));  // before the next frame
  EXPECT_EQ(changed(document), (CellRect{1, 2, 4, 5}));
  document.input_was_shown();
  EXPECT_TRUE(changed(document).empty());
}

TEST(Document, UndoAndRedoKnowTheCellsOfTheirStep) {
  Desk desk;
  Document& document = desk.document;
  document.change(cell_change(0, {1, 2}, 5.0f));
  InputChange further = cell_change(0, {3, 4}, 5.0f);
  further.continues = true;  // of the same stroke
  document.change(further);
  document.change(cell_change(0, {0, 0}, 5.0f));
  document.input_was_shown();
  document.undo();
  EXPECT_EQ(changed(document), (CellRect{0, 0, 1, 1}));
  document.input_was_shown();
  document.undo();
  EXPECT_EQ(changed(document), (CellRect{1, 2, 4, 5}));
  document.input_was_shown();
  document.redo();
  EXPECT_EQ(changed(document), (CellRect{1, 2, 4, 5}));
}

TEST(Document, AnotherInputIsAnotherInAllCells) {
  Desk desk;
  Document& document = desk.document;
  document.input_was_shown();
  InputScene other = document.scene().input;
  other.tensor = std::make_shared<const Tensor>(Shape{1, 1, 6, 8}, 2.0f);
  const std::uint64_t version = document.input().version;
  document.edit(Edit{other});
  EXPECT_EQ(document.input().before, nullptr);
  EXPECT_EQ(document.input().version, version + 1);
}

TEST(Document, AnEditOfTheKernelLeavesTheInput) {
  Desk desk;
  Document& document = desk.document;
  document.input_was_shown();
  const std::uint64_t version = document.version();
  document.edit(Edit{KernelScene{}});
  EXPECT_EQ(document.input().version, 1u);
  EXPECT_GT(document.version(), version);
}

}  // namespace
}  // namespace convscope
