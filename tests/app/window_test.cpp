// The window as a whole: nothing cut off, links between the cards, dialogs, messages.
#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "app/files/arrays/number_table.h"
#include "app/files/write_file.h"
#include "app/panels/parts/layout.h"
#include "app/program/view/clipboard.h"
#include "tests/app/app_harness.h"
#include "tests/app/cards_apart.h"
#include "tests/app/drawn_text.h"
#include "tests/engine/testing.h"
#include "tests/scene/bias_scene.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using ui::Key;

struct Display {
  ImVec2 size;
  float font_scale;
};

class AllItems : public testing::TestWithParam<Display> {};

// Controls lie inside the inspector or their card, cards inside the window and beside each other,
// whichever card is selected.
TEST_P(AllItems, NothingIsCutOffAndNoCardsOverlap) {
  const Display& display = GetParam();
  AppHarness h(display.size, default_scene(), {.font_scale = display.font_scale});
  for (const Card selected : {Card::kInput, Card::kKernel, Card::kOutput, Card::kPooled,
                              Card::kLearning, Card::kLoss, Card::kError, Card::kLearned}) {
    h.app().perform(SelectCard{selected});
    h.frame(3);
    expect_cards_apart(h,
                       {"inspector", "card/input", "card/kernel", "card/output", "card/pooled",
                        "explanation", "card/learning", "card/loss", "card/error", "card/learned"},
                       display.size.x);
    const std::pair<const char*, const char*> prefixes[] = {
        {"input/", "card/input"},  {"kernel/", "card/kernel"},  {"conv/", "card/output"},
        {"output", "card/output"}, {"pool", "card/pooled"},     {"learning/", "card/learning"},
        {"loss/", "card/loss"},    {"learned/", "card/learned"}};
    for (const auto& [name, rect] : h.app().surface().items().all()) {
      if (name == "output/tabs" || name.rfind("output/tabs/", 0) == 0) continue;
      for (const auto& [prefix, card] : prefixes) {
        if (name.rfind(prefix, 0) != 0) continue;
        EXPECT_TRUE(lies_within(h, rect, card) || lies_within(h, rect, "inspector")) << name;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Window, AllItems,
                         testing::Values(Display{{1280, 720}, 1.0f}, Display{{1920, 1080}, 1.0f},
                                         Display{{1920, 1080}, 1.4f}, Display{{3840, 2160}, 2.0f},
                                         Display{{1024, 768}, 1.0f}, Display{{640, 480}, 1.0f},
                                         Display{{1280, 720}, 3.0f}));

TEST(Layout, WideNumbersAreNotCutOff) {
  AppHarness h;
  h.enter("input/size/y", "64");
  h.enter("input/size/x", "64");
  h.enter("conv/padding/y", "64");
  h.enter("conv/padding/x", "64");
  h.enter("conv/stride/x", "64");
  for (const char* field : {"input/size", "conv/padding", "conv/stride"}) {
    const auto rect = h.find(field);
    EXPECT_LE(rect.max.x, h.rect("inspector").max.x - 10.0f) << field;
    EXPECT_LE(rect.max.y, h.rect("inspector").max.y) << field;
  }
}

// Whatever the window's size: in the bar or in the menu at its right end.
TEST_P(AllItems, EverythingOfTheTopBarCanBeReached) {
  const Display& display = GetParam();
  AppHarness h(display.size, default_scene(), {.font_scale = display.font_scale});
  const auto bar = h.rect("top-bar");
  const auto inside = [&](const std::string& name) {
    const auto rect = h.rect(name);
    EXPECT_GE(rect.min.x, 0.0f) << name;
    EXPECT_LE(rect.max.x, display.size.x) << name;
    return rect.max.y <= bar.max.y;
  };
  std::vector<std::string> missing;
  float end = 0.0f;
  for (const char* name :
       {"top/page", "top/open", "top/undo", "top/redo", "top/save", "top/shown", "top/flip",
        "top/colors", "top/smaller", "top/larger", "top/theme", "top/help", "top/more"}) {
    if (!h.has(name)) {
      missing.emplace_back(name);
      continue;
    }
    EXPECT_TRUE(inside(name)) << name;
    EXPECT_GE(h.rect(name).min.x, end) << name;
    end = h.rect(name).max.x;
  }
  std::erase(missing, "top/shown");
  if (missing == std::vector<std::string>{"top/more"}) return;
  ASSERT_TRUE(h.has("top/more"));
  h.click("top/more");
  h.frame(2);
  for (const std::string& name : missing) {
    ASSERT_TRUE(h.has(name)) << name;
    EXPECT_FALSE(inside(name)) << name << " is in the menu";
  }
}

TEST(TopBar, ChoosesTheColoursWithoutAMenuOnAProjector) {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1920, 1080}}) {
    AppHarness h(size);
    ASSERT_TRUE(h.has("top/colors")) << size.x;
    EXPECT_FALSE(h.has("top/more")) << size.x;
    h.click("top/colors");
    h.click("top/colors/2");
    h.frame(2);
    EXPECT_EQ(h.app().view().settings.colors, ui::MapChoice::kMagma);
  }
}

TEST(TopBar, WhatIsInTheMenuDoesWhatItSays) {
  AppHarness h({640, 480});
  ASSERT_FALSE(h.has("top/theme"));
  h.click("top/more");
  h.frame(2);
  h.click("top/theme");
  h.frame(2);
  EXPECT_EQ(h.app().view().settings.theme, SceneTheme::kDark);
  EXPECT_FALSE(h.has("top/theme")) << "the menu closes";
}

TEST(Links, ThePointerLinksOneCellInOneCard) {
  AppHarness h;
  h.move(h.cell("output", 2, 1, 6, 7));
  EXPECT_EQ(h.app().view().links, (Links{.output = Yx{2, 1}}));
  h.move(h.cell("pooled", 1, 0, 3, 3));
  EXPECT_EQ(h.app().view().links, (Links{.pooled = Yx{1, 0}}));
  h.move(h.input_cell(5, 7));
  EXPECT_EQ(h.app().view().links, (Links{.input = Yx{5, 7}}));
  h.move(h.rect("kernel/weight/0/1").center());
  EXPECT_EQ(h.app().view().links, (Links{.weight = Yx{0, 1}}));
  h.move({2, 2});
  EXPECT_EQ(h.app().view().links, Links{});
}

TEST(Clipboard, AnOutputIsPastedAsTheInput) {
  AppHarness h;
  h.move(h.cell("output", 0, 0, 6, 7));
  h.key(Key::kC, true);
  h.move(h.input_cell(0, 0));
  h.key(Key::kV, true);
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->shape(), (Shape{1, 1, 6, 7}));
  EXPECT_EQ(h.app().document().scene().input.tensor->at(3, 1), 1.0f);
  EXPECT_EQ(h.app().document().scene().input.tensor->at(3, 5), -1.0f);
}

TEST(Clipboard, TheAddressOfASceneOpensItWhereverThePointerIs) {
  AppHarness h({1280, 720}, with_bias(2));
  h.key(Key::kB);
  h.key(Key::kC, true, true);
  const std::string address = ImGui::GetClipboardText();
  EXPECT_THAT(address, testing::StartsWith("convscope:1:"));
  EXPECT_THAT(drawn_text(), testing::HasSubstr("The scene's address was copied"));

  AppHarness other;
  ImGui::SetClipboardText(("https://a.example/#" + address + "\n").c_str());
  other.move({2, 2});
  other.key(Key::kV, true);
  other.settle();
  EXPECT_EQ(first_layer(other.app().document().scene()).kernel.bias.front(), 2.0f);
  EXPECT_TRUE(other.app().view().settings.backward) << "it is shown as it was";
  other.app().perform(Undo{});
  EXPECT_EQ(first_layer(other.app().document().scene()).kernel.bias.front(), 0.0f);
}

TEST(Clipboard, AnAddressThatIsDamagedOrTooLongChangesNothingAndIsTold) {
  AppHarness h({1280, 720}, with_bias(2));
  ImGui::SetClipboardText("convscope:1:abcd");
  h.key(Key::kV, true);
  h.settle();
  EXPECT_THAT(h.app().view().message.text,
              testing::HasSubstr("the scene's address can't be read: it is damaged"));
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.bias.front(), 2.0f);

  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 300, 300}, 1));
  scene.input.name = "drawn";
  AppHarness large({1280, 720}, scene);
  ImGui::SetClipboardText("before");
  large.key(Key::kC, true, true);
  EXPECT_STREQ(ImGui::GetClipboardText(), "before");
  EXPECT_THAT(large.app().view().message.text, testing::HasSubstr("There is no address: "));
}

TEST(Clipboard, RowsOfTheSameSizeGoIntoTheShownPlaneOfAStack) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({3, 2, 2, 3}, 1));
  AppHarness h({1280, 720}, scene);
  h.app().perform(ShowPlanes{.sample = 1, .channel = 1});
  h.frame(2);
  ImGui::SetClipboardText("1 2 3\n4 5 6");
  h.move(h.input_cell(0, 0));
  h.key(ui::Key::kV, true);
  h.settle();
  const Tensor& after = *h.app().document().scene().input.tensor;
  Tensor expected = *scene.input.tensor;
  const std::vector<float> pasted{1, 2, 3, 4, 5, 6};
  std::ranges::copy(pasted, expected.plane(1, 1).begin());
  EXPECT_EQ(after, expected);
  ImGui::SetClipboardText("1 2\n4 5");
  h.key(ui::Key::kV, true);
  h.settle();
  EXPECT_EQ(*h.app().document().scene().input.tensor, expected);
  EXPECT_THAT(h.app().view().message.text,
              testing::HasSubstr("the pictures of the stack are 2 × 3"));
}

TEST(Clipboard, RowsArePastedAsTheKernelAndWhatIsNoneIsTold) {
  AppHarness h;
  h.move(h.rect("kernel/weight/0/0").center());
  ImGui::SetClipboardText(
      "1, 2\n3, \xE2\x88\x92"
      "4.5\n");
  h.key(Key::kV, true);
  EXPECT_EQ(h.app().view().message.text, "");
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight,
            Tensor::from_rows({{1, 2}, {3, -4.5f}}));
  for (const char* text : {"1 2\n3", "word", "", "1\t\t2", "[1, ..., 2]"}) {
    h.move(h.rect("kernel/weight/0/0").center());
    ImGui::SetClipboardText(text);
    h.key(Key::kV, true);
    EXPECT_FALSE(h.app().view().message.text.empty()) << text;
    EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight,
              Tensor::from_rows({{1, 2}, {3, -4.5f}}));
    h.click("message/close");
  }
}

TEST(Clipboard, TextAndBackIsTheSameTensor) {
  const Tensor tensor =
      Tensor::from_rows({{0.1f, -1e-20f, INFINITY}, {3e20f, 1.0f / 3.0f, -INFINITY}});
  const NumberTable read = read_number_table(rows_text(tensor, 0, 0), 64);
  EXPECT_EQ(read.tensor, tensor);
  EXPECT_EQ(read.note, "");
}

TEST(Clipboard, InfinitiesAndNansOfACopyArePasted) {
  AppHarness h;
  h.move(h.rect("kernel/weight/0/0").center());
  ImGui::SetClipboardText(rows_text(Tensor::from_rows({{NAN, -INFINITY}}), 0, 0).c_str());
  h.key(Key::kV, true);
  const Tensor& weight = first_layer(h.app().document().scene()).kernel.weight;
  EXPECT_TRUE(std::isnan(weight.at(0, 0)));
  EXPECT_EQ(weight.at(0, 1), -INFINITY);
}

TEST(Clipboard, HowACommaWasReadIsTold) {
  AppHarness h;
  h.move(h.rect("kernel/weight/0/0").center());
  ImGui::SetClipboardText("1,5\t2\n3\t4");
  h.key(Key::kV, true);
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight,
            Tensor::from_rows({{1.5f, 2}, {3, 4}}));
  EXPECT_EQ(
      h.app().view().message.text,
      "Pasted 2 × 2 numbers: read 1,5 as 1.5: where tabs separate the columns, a comma is the "
      "decimal sign.");
}

TEST(Clipboard, HowATextWasReadIsNotToldOfTheNextOne) {
  AppHarness h;
  h.move(h.rect("kernel/weight/0/0").center());
  ImGui::SetClipboardText("1,5\t2\n3\t4");
  h.key(Key::kV, true);
  ASSERT_NE(h.app().view().message.text, "");
  ImGui::SetClipboardText("[5 6; 7 8]");
  h.key(Key::kV, true);
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight,
            Tensor::from_rows({{5, 6}, {7, 8}}));
  EXPECT_EQ(h.app().view().message.text, "");
}

TEST(Clipboard, AHugeTextIsRefusedAtOnce) {
  AppHarness h;
  const Tensor before = first_layer(h.app().document().scene()).kernel.weight;
  h.move(h.rect("kernel/weight/0/0").center());
  std::string minuses;
  for (int i = 0; i < (1 << 20); ++i)
    minuses += "\xE2\x88\x92";
  ImGui::SetClipboardText(minuses.c_str());
  h.key(Key::kV, true);
  EXPECT_EQ(h.app().view().message.text,
            "The clipboard can't be pasted: the text has 3072 kB; at most 1024 are read.");
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight, before);
}

TEST(OpenDialog, ChoosesAPictureByMouse) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / "convscope-open-dialog-test";
  std::filesystem::create_directories(folder);
  const std::vector<std::uint8_t> rgba = {255, 255, 255, 255, 0, 0, 0, 255};
  write_png(folder / "two.png", rgba, 2, 1);
  AppHarness h;
  h.key(Key::kO, true);
  h.frame(3);
  ASSERT_TRUE(h.has("open/path"));
  h.click("open/path");
  h.key(Key::kA, true);
  h.type(folder.string());
  h.key(Key::kEnter);
  h.frame(2);
  ASSERT_TRUE(h.has("open/two.png"));
  h.click("open/two.png");
  h.settle();
  EXPECT_EQ(*h.app().document().scene().input.tensor, Tensor::from_rows({{1, 0}}));
  EXPECT_FALSE(h.has("open/path"));
  std::filesystem::remove_all(folder);
}

TEST(Message, StandsBelowTheControlsInEveryLayout) {
  for (const ImVec2 size : {ImVec2{640, 480}, ImVec2{1024, 768}, ImVec2{1280, 720}}) {
    AppHarness h(size);
    h.app().perform(ShowMessage{"This is told.", false});
    h.frame(2);
    EXPECT_GE(h.rect("message").min.y, h.rect("inspector").max.y) << size.x;
    EXPECT_LE(h.rect("message").min.y, h.rect("inspector").max.y + 40.0f) << size.x;
  }
}

TEST(Message, ADamagedPictureIsToldAndNothingIsLost) {
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / "convscope-damaged.png";
  std::ofstream(file) << "not a picture";
  AppHarness h;
  h.take_brush();
  h.click(h.input_cell(3, 3));
  const Tensor drawn = *h.app().document().scene().input.tensor;
  const std::filesystem::path dropped[] = {file};
  h.app().drop(dropped);
  h.settle();
  EXPECT_EQ(*h.app().document().scene().input.tensor, drawn);
  EXPECT_NE(h.app().view().message.text.find("convscope-damaged.png"), std::string::npos);
  ASSERT_TRUE(h.has("message/close"));
  h.click("message/close");
  EXPECT_TRUE(h.app().view().message.text.empty());
  std::filesystem::remove(file);
}

TEST(Message, APictureThatWasPutOnWhiteIsTold) {
  const TempFolder folder;
  write_png(folder / "ink.png", std::vector<std::uint8_t>{0, 0, 0, 255, 0, 0, 0, 0}, 2, 1);
  AppHarness h;
  const std::filesystem::path dropped[] = {folder / "ink.png"};
  h.app().drop(dropped);
  h.settle();
  EXPECT_EQ(*h.app().document().scene().input.tensor, Tensor::from_rows({{0, 1}}));
  EXPECT_EQ(h.app().view().message.text,
            "Parts of ink.png can be seen through; they were put on white.");
}

}  // namespace
}  // namespace convscope::program
