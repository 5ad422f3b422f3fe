// What `convscope render` computes is what the window shows, bit for bit.
#include <gtest/gtest.h>

#include "app/export/scene_source.h"
#include "app/files/examples.h"
#include "app/scene/layer_presets.h"
#include "engine/core/error.h"
#include "tests/app/app_harness.h"
#include "tests/random_tensor.h"

namespace convscope::program {
namespace {

constexpr int kSteps = 3;

void expect_same(const TensorPtr& window, const TensorPtr& rendered, const std::string& what) {
  ASSERT_EQ(window == nullptr, rendered == nullptr) << what;
  if (!window) return;
  EXPECT_EQ(*window, *rendered) << what;
}

void expect_same_layers(const Results& window, const Results& rendered, const std::string& name) {
  ASSERT_EQ(window.layers.size(), rendered.layers.size()) << name;
  for (std::size_t i = 0; i < window.layers.size(); ++i) {
    const std::string layer = name + ", layer " + std::to_string(i + 1);
    expect_same(window.layers[i].output, rendered.layers[i].output, layer);
    expect_same(window.layers[i].activated, rendered.layers[i].activated, layer + " activated");
    expect_same(pooled_values(window.layers[i]), pooled_values(rendered.layers[i]),
                layer + " pooled");
  }
}

TEST(Render, EqualsTheWindowInEveryExample) {
  for (const files::Example& example : files::examples()) {
    const Scene scene = example_scene(example);
    AppHarness h({1280, 720}, scene);
    exports::Source source = exports::source_of(scene);
    expect_same_layers(*h.app().live().results(), *source.results, std::string(example.name));
    for (int i = 0; i < kSteps; ++i) {
      h.app().perform(TrainingCommand::kStep);
      h.settle();
    }
    const TrainingSnapshot& window = *h.app().live().training().snapshot;
    try {
      exports::learn(source, kSteps);
    } catch (const Error& error) {
      EXPECT_FALSE(window.message.empty()) << example.name << ": " << error.what();
      continue;
    }
    EXPECT_EQ(window.step, source.training->step) << example.name;
    EXPECT_EQ(window.weight, source.training->weight) << example.name;
    EXPECT_EQ(window.bias, source.training->bias) << example.name;
    EXPECT_EQ(window.loss, source.training->loss) << example.name;
  }
}

// While a weight is edited the window updates its output, which leaves rounding errors until it is
// quiet.
TEST(Render, EqualsTheWindowAfterEditsByHand) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 1, {500, 500}, 1);
  first_layer(scene).kernel.weight = random_tensor({1, 1, 9, 9}, 2);
  AppHarness h({1280, 720}, scene);
  for (const float weight : {0.1f, 0.7f, -0.3f, 1e-3f}) {
    KernelScene kernel = first_layer(h.app().document().scene()).kernel;
    kernel.weight.at(4, 4) = weight;
    h.app().perform(Edit{LayerEdit{0, kernel}});
    h.settle();
  }
  const exports::Source source = exports::source_of(h.app().document().scene());
  expect_same_layers(*h.app().live().results(), *source.results, "edited");
}

}  // namespace
}  // namespace convscope::program
