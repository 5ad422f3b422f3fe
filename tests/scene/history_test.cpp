#include "app/scene/history.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "app/files/scene_file.h"
#include "tests/scene/arbitrary_scene.h"

namespace convscope::scene {
namespace {

TensorPtr tensor(Index side) {
  return std::make_shared<const Tensor>(Shape{1, 1, side, side}, 1.0f);
}

Edit stride_edit(Index y, bool continues = false) {
  ConvScene conv;
  conv.stride = {y, 1};
  return {LayerEdit{0, conv}, continues};
}

Edit random_edit() {
  const auto number = [] { return *rc::gen::inRange(1, 1000); };
  const bool continues = *rc::gen::inRange(0, 3) == 0;
  switch (*rc::gen::inRange(0, 5)) {
    case 0: {
      InputScene input;
      input.tensor = tensor(*rc::gen::inRange(1, 5));
      input.name = "drawn";
      return {input, continues};
    }
    case 1: {
      KernelScene kernel;
      kernel.weight.at(0, 0) = static_cast<float>(number());
      kernel.preset = "custom";
      return {LayerEdit{0, kernel}, continues};
    }
    case 2: {
      Edit edit = stride_edit(number());
      edit.continues = continues;
      return edit;
    }
    case 3: {
      PoolingScene pool;
      pool.options.kernel = {number(), number()};
      return {LayerEdit{0, pool}, continues};
    }
    default: {
      LearningScene learning;
      learning.rate = static_cast<float>(number());
      return {learning, continues};
    }
  }
}

// Every scene there was, and where among them we are: what a History should be like.
struct Model {
  std::vector<Scene> scenes;
  std::size_t at = 0;
  bool in_gesture = false;

  void edit(const Edit& edit) {
    Scene next = scenes[at];
    apply(next, edit);
    scenes.resize(at + 1);
    if (edit.continues && in_gesture) {
      scenes[at] = next;
    } else {
      scenes.push_back(next);
      ++at;
    }
    in_gesture = true;
  }
};

RC_GTEST_PROP(History, RandomEditsRoundTrip, ()) {
  Scene scene = default_scene();
  History history;
  Model model{{scene}};
  const int operations = *rc::gen::inRange(1, 60);
  for (int i = 0; i < operations; ++i) {
    const int kind = *rc::gen::inRange(0, 4);
    if (kind == 0) {
      const bool can = model.at > 0;
      RC_ASSERT(history.can_undo() == can);
      RC_ASSERT(history.undo(scene) == can);
      if (can) --model.at;
      if (can) model.in_gesture = false;
    } else if (kind == 1) {
      const bool can = model.at + 1 < model.scenes.size();
      RC_ASSERT(history.can_redo() == can);
      RC_ASSERT(history.redo(scene) == can);
      if (can) ++model.at;
      if (can) model.in_gesture = false;
    } else {
      const Edit edit = random_edit();
      history.apply(scene, edit);
      model.edit(edit);
    }
    RC_ASSERT(scene == model.scenes[model.at]);
  }
  // All the way back and forth again.
  const Scene last = scene;
  const std::size_t end = model.at;
  while (history.undo(scene))
    RC_ASSERT(scene == model.scenes[--model.at]);
  RC_ASSERT(scene == model.scenes[0]);
  for (std::size_t i = 0; i < end; ++i)
    RC_ASSERT(history.redo(scene));
  RC_ASSERT(scene == last);
}

TEST(History, AGestureIsOneStep) {
  Scene scene = default_scene();
  const Scene start = scene;
  History history;
  history.apply(scene, stride_edit(2));
  history.apply(scene, stride_edit(3, true));
  history.apply(scene, stride_edit(4, true));
  EXPECT_EQ(first_layer(scene).conv.stride, (Yx{4, 1}));
  ASSERT_TRUE(history.undo(scene));
  EXPECT_EQ(scene, start);
  EXPECT_FALSE(history.undo(scene));
  ASSERT_TRUE(history.redo(scene));
  EXPECT_EQ(first_layer(scene).conv.stride, (Yx{4, 1}));
}

TEST(History, UndoInTheMiddleOfAGestureLosesNothing) {
  Scene scene = default_scene();
  History history;
  history.apply(scene, stride_edit(2));
  history.apply(scene, stride_edit(3));
  ASSERT_TRUE(history.undo(scene));
  history.apply(scene, stride_edit(4, true));  // the drag goes on
  ASSERT_TRUE(history.undo(scene));
  EXPECT_EQ(first_layer(scene).conv.stride, (Yx{2, 1}));
}

TEST(History, AnEditForgetsWhatCouldBeRedone) {
  Scene scene = default_scene();
  History history;
  history.apply(scene, stride_edit(2));
  history.undo(scene);
  EXPECT_TRUE(history.can_redo());
  history.apply(scene, stride_edit(3));
  EXPECT_FALSE(history.can_redo());
}

TEST(History, KeepsAtMost500Steps) {
  Scene scene = default_scene();
  History history;
  for (Index i = 1; i <= 600; ++i)
    history.apply(scene, stride_edit(i));
  int steps = 0;
  while (history.undo(scene))
    ++steps;
  EXPECT_EQ(steps, 500);
  EXPECT_EQ(first_layer(scene).conv.stride, (Yx{100, 1}));
}

// Every kind of edit, in gestures and not. There need not be the layer that one is of.
Edit arbitrary_edit() {
  const bool continues = pick(0, 3) == 0;
  const auto layer = static_cast<std::size_t>(pick(0, 3));
  switch (pick(0, 7)) {
    case 0:
      return {arbitrary_input(), continues};
    case 1:
      return {LayerEdit{layer, arbitrary_kernel()}, continues};
    case 2:
      return {LayerEdit{layer, arbitrary_conv()}, continues};
    case 3:
      return {LayerEdit{layer, arbitrary_pool()}, continues};
    case 4:
      return {LayerEdit{layer, arbitrary_layer()}, continues};
    case 5:
      return {arbitrary_layers(), continues};
    case 6:
      return {arbitrary_learning(), continues};
    default:
      return {arbitrary_scene(), continues};
  }
}

RC_GTEST_PROP(History, UndoAndRedoGiveScenesThatAreSavedToTheSameBytes, ()) {
  const auto saved = [](const Scene& scene) { return files::scene_text(scene, "/scene.json"); };
  Scene scene = arbitrary_scene();
  History history;
  std::vector<std::string> texts{saved(scene)};  // of each step
  for (Index i = pick(1, 12); i > 0; --i) {
    const Edit edit = arbitrary_edit();
    const bool step = !edit.continues || texts.size() == 1;
    history.apply(scene, edit);
    if (!step) texts.pop_back();
    texts.push_back(saved(scene));
  }
  for (std::size_t i = texts.size() - 1; i > 0; --i) {
    RC_ASSERT(saved(scene) == texts[i]);
    RC_ASSERT(history.undo(scene));
  }
  RC_ASSERT(!history.can_undo());
  for (const std::string& text : texts) {
    RC_ASSERT(saved(scene) == text);
    history.redo(scene);
  }
  RC_ASSERT(!history.can_redo());
}

TEST(History, CountsTheWeightsOfLayersToo) {
  Scene scene = default_scene();
  History history;
  for (int i = 0; i < 10; ++i) {
    LearningScene learning;
    Tensor large;  // 64 MB that nobody touches
    large.resize({1, 1, 4096, 4096});
    learning.start = std::move(large);
    learning.seed = static_cast<std::uint64_t>(i);
    history.apply(scene, {std::move(learning)});
  }
  int steps = 0;
  while (history.undo(scene))
    ++steps;
  EXPECT_LE(steps, 8);
}

TEST(History, KeepsAtMost512MegabytesOfTensors) {
  Scene scene = default_scene();
  History history;
  for (int i = 0; i < 12; ++i) {
    Tensor large;  // 63 MB that nobody touches
    large.resize({1, 1, 4096, 4000});
    InputScene input;
    input.tensor = std::make_shared<const Tensor>(std::move(large));
    history.apply(scene, {input});
    history.apply(scene, stride_edit(i + 1));  // shares the tensor
  }
  int tensors = 0;
  TensorPtr last;
  while (history.undo(scene)) {
    tensors += scene.input.tensor != last;
    last = scene.input.tensor;
  }
  EXPECT_EQ(tensors, 8);
}

TEST(History, DrawnTargetsCountToo) {
  Scene scene = default_scene();
  History history;
  for (int i = 0; i < 12; ++i) {
    Tensor large;  // 64 MB that nobody touches
    large.resize({1, 1, 4096, 4096});
    LearningScene learning;
    learning.picture = std::make_shared<const Tensor>(std::move(large));
    history.apply(scene, {learning});
  }
  int steps = 0;
  while (history.undo(scene))
    ++steps;
  EXPECT_EQ(steps, 7) << "eight and the small input are more than 512 MB";
}

TEST(History, ScenesBeforeAndAfterAreOfTheFileThatTheirsWasSavedAs) {
  Scene scene = default_scene();
  scene.file = "old.json";
  History history;
  history.apply(scene, stride_edit(2));
  history.apply(scene, stride_edit(3));
  ASSERT_TRUE(history.undo(scene));
  history.rename("old.json", "new.json");
  history.rename("other.json", "wrong.json");
  ASSERT_TRUE(history.redo(scene));
  EXPECT_EQ(scene.file, "new.json");
  ASSERT_TRUE(history.undo(scene));
  ASSERT_TRUE(history.undo(scene));
  EXPECT_EQ(scene.file, "new.json");
}

}  // namespace
}  // namespace convscope::scene
