#include "app/program/document/document.h"

#include <gtest/gtest.h>

#include "tests/program/desk.h"

namespace convscope::program {
namespace {

// What is uploaded by a view that has shown the input `shown`.
CellRect changed(const Document& document, const TensorPtr& shown) {
  const std::optional<CellRect> cells = document.scene().input.tensor.changed_since(shown);
  EXPECT_TRUE(cells.has_value()) << "nothing is known";
  return cells.value_or(CellRect{});
}

TEST(Document, TellsTheCellsThatDifferFromWhatWasShown) {
  Desk desk;
  Document& document = desk.document;
  TensorPtr shown = document.scene().input.tensor;
  document.change(cell_change(0, {1, 2}, 5.0f));
  EXPECT_EQ(changed(document, shown), (CellRect{1, 2, 2, 3}));
  document.change(cell_change(0, {3, 4}, 5.0f));  // before the next frame
  EXPECT_EQ(changed(document, shown), (CellRect{1, 2, 4, 5}));
  shown = document.scene().input.tensor;
  EXPECT_TRUE(changed(document, shown).empty());
}

TEST(Document, UndoAndRedoKnowTheCellsOfTheirStep) {
  Desk desk;
  Document& document = desk.document;
  document.change(cell_change(0, {1, 2}, 5.0f));
  InputChange further = cell_change(0, {3, 4}, 5.0f);
  further.continues = true;  // of the same stroke
  document.change(further);
  document.change(cell_change(0, {0, 0}, 5.0f));
  TensorPtr shown = document.scene().input.tensor;
  document.undo();
  EXPECT_EQ(changed(document, shown), (CellRect{0, 0, 1, 1}));
  shown = document.scene().input.tensor;
  document.undo();
  EXPECT_EQ(changed(document, shown), (CellRect{1, 2, 4, 5}));
  shown = document.scene().input.tensor;
  document.redo();
  EXPECT_EQ(changed(document, shown), (CellRect{1, 2, 4, 5}));
}

TEST(Document, AnotherInputIsAnotherInAllCells) {
  Desk desk;
  Document& document = desk.document;
  const TensorPtr shown = document.scene().input.tensor;
  InputScene other = document.scene().input;
  other.tensor = std::make_shared<const Tensor>(Shape{1, 1, 6, 8}, 2.0f);
  document.edit(Edit{other});
  EXPECT_FALSE(document.scene().input.tensor.changed_since(shown).has_value());
  EXPECT_NE(document.scene().input.tensor, shown);
}

TEST(Document, AnEditOfTheKernelLeavesTheInput) {
  Desk desk;
  Document& document = desk.document;
  const TensorPtr shown = document.scene().input.tensor;
  const std::uint64_t version = document.version();
  document.edit(Edit{LayerEdit{0, KernelScene{}}});
  EXPECT_EQ(document.scene().input.tensor, shown);
  EXPECT_GT(document.version(), version);
}

}  // namespace
}  // namespace convscope::program
