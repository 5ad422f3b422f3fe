// Arrays of files in the window: dropped, chosen, taken as input, kernel or target.
#include <gmock/gmock.h>

#include <array>
#include <filesystem>
#include <string>

#include "app/files/arrays/npy_write.h"
#include "tests/app/app_harness.h"
#include "tests/random_tensor.h"
#include "tests/temp_folder.h"
#include "tests/test_folder.h"

namespace convscope::program {
namespace {

using testing::HasSubstr;
using ui::Key;

class ArrayOpen : public testing::Test {
 protected:
  void drop(const std::filesystem::path& file, const char* onto = nullptr) {
    if (onto != nullptr) h_.move(h_.rect(onto).center());
    h_.frame();
    const std::array dropped{file};
    h_.app().drop(dropped);
    h_.settle();
    h_.frame(2);
  }
  std::string npy(const char* name, const Tensor& tensor) {
    write_npy(folder_ / name, tensor);
    return folder_ / name;
  }
  // Files that NumPy wrote: tests/files/arrays/make_arrays.py.
  static std::string numpy(const std::string& name) {
    return test_folder() + "/../files/arrays/" + name;
  }
  const Scene& scene() { return h_.app().document().scene(); }

  TempFolder folder_;
  AppHarness h_{{1280, 720}, default_scene()};
};

TEST_F(ArrayOpen, ADroppedFileAsksWhatItBecomesWithWhatIsLikely) {
  const Tensor picture = random_tensor({1, 1, 20, 30}, 1);
  drop(npy("x.npy", picture));
  ASSERT_TRUE(h_.has("arrays/open"));
  EXPECT_TRUE(h_.has("arrays/array"));
  h_.key(Key::kEnter);
  h_.settle();
  EXPECT_FALSE(h_.has("arrays/open"));
  EXPECT_EQ(*scene().input.tensor, picture);
  EXPECT_EQ(scene().input.name, "x.npy");
  EXPECT_EQ(scene().input.meaning, InputMeaning::kSigned);
  h_.key(Key::kZ, true);
  h_.settle();
  EXPECT_NE(*scene().input.tensor, picture) << "it is one step of undo";
}

TEST_F(ArrayOpen, FiltersBecomeALayer) {
  const Tensor filters = random_tensor({8, 1, 5, 5}, 2);
  drop(npy("w.npy", filters));
  h_.click("arrays/open");
  h_.settle();
  const KernelScene& kernel = first_layer(scene()).kernel;
  EXPECT_EQ(kernel.weight, filters);
  EXPECT_TRUE(kernel.layer);
  EXPECT_EQ(kernel.bias.size(), 8u);
  EXPECT_EQ(h_.app().live().results()->layers.front().output->shape().c, 8);
}

TEST_F(ArrayOpen, ACardUnderThePointerSaysWhatItBecomes) {
  const Tensor small = random_tensor({1, 1, 3, 3}, 3);
  const std::string file = npy("k.npy", small);
  drop(file, "card/input");
  EXPECT_FALSE(h_.has("arrays/open")) << "nothing is left to be asked";
  EXPECT_EQ(*scene().input.tensor, small);
  drop(file, "card/kernel");
  EXPECT_EQ(first_layer(scene()).kernel.weight, small);
  EXPECT_FALSE(first_layer(scene()).kernel.layer);
  drop(numpy("several.npz"), "card/kernel");
  EXPECT_TRUE(h_.has("arrays/open")) << "which of several arrays is asked";
}

TEST_F(ArrayOpen, OfSeveralArraysWeightsComeFirstAndAnotherCanBeChosen) {
  drop(numpy("several.npz"));
  ASSERT_TRUE(h_.has("arrays/weight"));
  h_.click("arrays/open");
  h_.settle();
  EXPECT_EQ(first_layer(scene()).kernel.weight.shape(), (Shape{2, 1, 3, 3}));
  drop(numpy("several.npz"));
  h_.click("arrays/rows");
  h_.click("arrays/use/0");
  h_.click("arrays/open");
  h_.settle();
  EXPECT_EQ(*scene().input.tensor, Tensor::from_rows({{1, 2, 3}, {4, 5, 6}}));
  EXPECT_EQ(scene().input.name, "several.npz:rows");
}

TEST_F(ArrayOpen, WhatCanNotBeTakenIsToldAndNotTaken) {
  const Scene before = scene();
  drop(numpy("several.npz"));
  h_.click("arrays/complex");
  h_.frame(2);
  h_.click("arrays/open");
  h_.key(Key::kEnter);
  h_.settle();
  EXPECT_TRUE(h_.has("arrays/open"));
  h_.key(Key::kEscape);
  h_.frame(2);
  EXPECT_FALSE(h_.has("arrays/open"));
  EXPECT_EQ(scene(), before);
  drop(npy("large.npy", Tensor({1, 1, 40, 40})));
  h_.click("arrays/use/1");
  h_.frame(2);
  h_.click("arrays/open");
  h_.settle();
  EXPECT_TRUE(h_.has("arrays/open")) << "a kernel has at most 31 × 31 weights";
}

TEST_F(ArrayOpen, ChannelsBehindTheColumnsAreGuessedAndMoved) {
  Tensor last({1, 20, 24, 3});  // [N, H, W, C]
  for (Index i = 0; i < last.numel(); ++i)
    last.data()[i] = static_cast<float>(i);
  drop(npy("hwc.npy", last));
  ASSERT_TRUE(h_.has("arrays/layout/1"));
  h_.click("arrays/open");
  h_.settle();
  EXPECT_EQ(scene().input.tensor->shape(), (Shape{1, 3, 20, 24}));
  EXPECT_EQ(scene().input.tensor->at(0, 2, 5, 6), last.at(0, 5, 6, 2));
}

TEST_F(ArrayOpen, ADamagedFileIsASentence) {
  put_text(folder_ / "bad.npz", "PK\x03\x04 no archive");
  drop(folder_ / "bad.npz");
  EXPECT_TRUE(h_.app().view().message.is_error);
  EXPECT_THAT(h_.app().view().message.text, HasSubstr("bad.npz\" is not a whole .npz archive"));
}

TEST_F(ArrayOpen, APathThatIsPastedOpensTheFile) {
  const Tensor picture = random_tensor({1, 1, 20, 30}, 1);
  ImGui::SetClipboardText(("'" + npy("x.npy", picture) + "'\n").c_str());
  h_.key(Key::kV, true);
  h_.settle();
  h_.frame(2);
  ASSERT_TRUE(h_.has("arrays/open"));
  h_.key(Key::kEnter);
  h_.settle();
  EXPECT_EQ(*scene().input.tensor, picture);
}

TEST_F(ArrayOpen, WhatFloat32CanNotHoldIsSaidOnce) {
  drop(test_folder() + "/../files/npy/rounded_i4.npy", "card/input");
  EXPECT_THAT(h_.app().view().message.text, HasSubstr("not exact in float32"));
  EXPECT_FALSE(h_.app().view().message.is_error);
}

}  // namespace
}  // namespace convscope::program
