#include "app/export/snippet/snippet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>

#include "app/export/all_tensors.h"
#include "app/export/snippet/python.h"
#include "app/files/arrays/npz_write.h"
#include "tests/error_text.h"
#include "tests/export/export_fixture.h"
#include "tests/export/snippet_scenes.h"
#include "tests/temp_folder.h"

namespace convscope::exports {
namespace {

using testing::HasSubstr;

constexpr std::array kDialects{Dialect::kPytorch, Dialect::kNumpy, Dialect::kLists};

Source learned(const Scene& scene, Index steps) {
  Source source = source_of(scene);
  if (steps > 0) learn(source, steps);
  return source;
}

std::string text_of(Dialect dialect, const Scene& scene, Index steps = 0) {
  const Source source = learned(scene, steps);
  return snippet(dialect, {source.results, source.training}).text;
}

// The Python of the system, with PyTorch and SciPy.
class SnippetRun : public testing::TestWithParam<Dialect> {
 protected:
  void put(const std::string& name, const std::string& text) const {
    write_file(folder_ / (name + ".py"), std::as_bytes(std::span(text)));
  }
  // Runs all that were put, and again with each expected value changed.
  void run() const {
    const std::string command = std::string(CONVSCOPE_PYTHON) + " " + CONVSCOPE_RUN_SNIPPETS + " " +
                                folder_.path().string() + " > " + (folder_ / "report") + " 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << file_text(folder_ / "report");
  }

  TempFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Dialects, SnippetRun, testing::ValuesIn(kDialects),
                         [](const auto& dialect) { return std::string(name(dialect.param)); });

TEST_P(SnippetRun, EveryFeatureIsAsInTheWindow) {
  for (const NamedScene& named : feature_scenes())
    put(named.name, text_of(GetParam(), named.scene, named.steps));
  run();
}

// Options of every size together: what one of them alone would not show.
TEST_P(SnippetRun, AnyOptionsTogetherAreAsInTheWindow) {
  Random random(3);
  const auto pick = [&](Index least, Index most) {
    return std::min(most, least + static_cast<Index>(
                                      random.uniform(0.0f, static_cast<float>(most - least + 1))));
  };
  int written = 0;
  for (int i = 0; i < 60; ++i) {
    const bool transposed = pick(0, 3) == 0;
    const Index groups = pick(1, 2);
    const Index channels = groups * pick(1, 2), outputs = groups * pick(1, 2);
    const Shape weight = transposed ? Shape{channels, outputs / groups, pick(1, 3), pick(1, 3)}
                                    : Shape{outputs, channels / groups, pick(1, 3), pick(1, 3)};
    Scene scene =
        drawn_scene({pick(1, 2), channels, pick(5, 9), pick(5, 9)}, weight, groups, transposed);
    ConvolutionLayer& layer = first_layer(scene);
    layer.conv.padding = {pick(0, 2), pick(0, 2), pick(0, 2), pick(0, 2)};
    if (!transposed) layer.conv.padding_mode = static_cast<PaddingMode>(pick(0, 3));
    layer.conv.stride = {pick(1, 3), pick(1, 3)};
    layer.conv.dilation = {pick(1, 2), pick(1, 2)};
    if (transposed)
      layer.conv.output_padding = {pick(0, layer.conv.stride.y - 1),
                                   pick(0, layer.conv.stride.x - 1)};
    layer.relu = pick(0, 1) == 1;
    Pool2dOptions& pool = layer.pool.options;
    pool.kind = static_cast<PoolKind>(pick(0, 1));
    pool.kernel = {pick(1, 3), pick(1, 3)};
    pool.stride = {pick(1, 3), pick(1, 3)};
    pool.padding = {pick(0, 2), pick(0, 2), pick(0, 2), pick(0, 2)};
    pool.allow_large_padding = true;
    if (pool.kind == PoolKind::kMax) pool.dilation = {pick(1, 2), pick(1, 2)};
    pool.ceil_mode = pick(0, 1) == 1;
    pool.count_include_pad = pick(0, 1) == 1;
    if (pick(0, 3) == 0) pool.divisor_override = pick(1, 5);
    scene.learning.hidden = drawn(layer.kernel.weight.shape(), 5);
    scene.learning.rate = 0.001f;
    scene.learning.bias = pick(0, 1) == 1;
    const Source evaluated = source_of(scene);
    if (!evaluated.results->layers.front().output) continue;
    put("options_" + std::to_string(i), text_of(GetParam(), scene, pick(0, 3)));
    ++written;
  }
  EXPECT_GT(written, 40);
  run();
}

// The window's rate can be changed while it learns.
TEST_P(SnippetRun, RatesThatWereChangedAreThoseOfTheSteps) {
  for (const OptimizerKind kind : {OptimizerKind::kSgd, OptimizerKind::kAdam}) {
    Scene scene = plane_scene();
    scene.learning.hidden = drawn({1, 1, 3, 2}, 5);
    scene.learning.optimizer = kind;
    const std::unique_ptr<TrainingRun> run = TrainingRun::begin(training_setup(scene), {});
    for (const float rate : {0.01f, 0.01f, 0.02f, 0.005f, 0.005f, 0.1f})
      run->step(rate);
    run->seek(5);  // the last rate is that of no step before
    const auto training = std::make_shared<const TrainingSnapshot>(snapshot_of(*run, false));
    const std::string text = snippet(GetParam(), {source_of(scene).results, training}).text;
    EXPECT_THAT(text, HasSubstr("rates = [0.01] * 2 + [0.02] * 1 + [0.005] * 2\n"));
    put(name(kind), text);
  }
  run();
}

TEST_P(SnippetRun, LargeTensorsAreLoadedFromTheArchiveOfTheScene) {
  Scene scene = drawn_scene({1, 1, 70, 80}, {2, 1, 3, 3});
  scene.learning.target = LearningTarget::kPicture;
  scene.learning.picture = std::make_shared<const Tensor>(drawn({1, 2, 68, 78}, 9));
  scene.learning.rate = 1e-4f;
  const Source source = learned(scene, 3);
  if (GetParam() == Dialect::kLists) {
    EXPECT_EQ(
        error_text([&] {
          snippet(GetParam(), {source.results, source.training});
        }),
        "the input has 5600 values, and plain lists take at most 4096: take PyTorch or NumPy");
    return;
  }
  const Snippet written = snippet(GetParam(), {source.results, source.training});
  EXPECT_TRUE(written.loads);
  EXPECT_LT(written.text.size(), 8000U);
  put("large", written.text);
  PendingFile file(folder_ / "tensors.npz");
  write_npz(file, all_tensors(source).arrays);
  file.commit();
  run();
}

TEST_P(SnippetRun, ValuesThatAreNoNumbersAreAsInTheWindow) {
  Scene scene = plane_scene();
  Tensor input = *scene.input.tensor;
  input.at(0, 0) = std::numeric_limits<float>::quiet_NaN();
  input.at(5, 5) = std::numeric_limits<float>::infinity();
  scene.input.tensor = std::make_shared<const Tensor>(input);
  if (GetParam() == Dialect::kLists) {
    EXPECT_THAT(error_text([&] { text_of(GetParam(), scene); }), HasSubstr("take PyTorch"));
    return;
  }
  put("nan", text_of(GetParam(), scene));
  first_layer(scene).conv.dilation = {2, 2};
  if (GetParam() == Dialect::kNumpy)
    EXPECT_THAT(error_text([&] { text_of(GetParam(), scene); }), HasSubstr("take PyTorch"));
  else
    put("dilated", text_of(GetParam(), scene));
  run();
}

TEST(Snippet, NumbersReadBackAsTheSameFloats) {
  EXPECT_EQ(python::number(1.0), "1.0");
  EXPECT_EQ(python::number(static_cast<double>(0.1f), python::Precision::kFloat32), "0.1");
  EXPECT_EQ(python::number(static_cast<double>(0.1f)), "0.10000000149011612");
  EXPECT_EQ(python::number(static_cast<double>(1e-45f), python::Precision::kFloat32), "1e-45");
  EXPECT_EQ(python::number(-0.0), "-0.0");
  Random random(2);
  for (int i = 0; i < 1000; ++i) {
    const float value = random.uniform(-1.0f, 1.0f) * std::exp(random.uniform(-60.0f, 60.0f));
    const std::string text =
        python::number(static_cast<double>(value), python::Precision::kFloat32);
    EXPECT_EQ(std::strtof(text.c_str(), nullptr), value) << text;
  }
}

TEST(Snippet, RowsStandBelowEachOther) {
  const Tensor tensor({1, 2, 2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  EXPECT_EQ("x = " + python::list(tensor, false, 4),
            "x = [[[[1.0, 2.0, 3.0],\n"
            "       [4.0, 5.0, 6.0]],\n"
            "      [[7.0, 8.0, 9.0],\n"
            "       [10.0, 11.0, 12.0]]]]");
  EXPECT_EQ(python::list(Tensor::from_rows({{1, 2}, {3, 4}}), true, 4), "[[1.0, 2.0], [3.0, 4.0]]");
}

// A whole one, as a reader sees it.
TEST(Snippet, OfTheFirstSceneIsShort) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Tensor::from_rows({{1, 0, 1}, {1, 0, 1}}));
  EXPECT_EQ(text_of(Dialect::kPytorch, scene),
            "import torch\n"
            "import torch.nn.functional as F\n"
            "\n"
            "x = torch.tensor([[[[1.0, 0.0, 1.0],\n"
            "                    [1.0, 0.0, 1.0]]]])\n"
            "weight = torch.tensor([[[[1.0, -1.0]]]])\n"
            "bias = torch.tensor([0.0])\n"
            "y = F.conv2d(x, weight, bias)\n"
            "pooled = F.max_pool2d(y, 2)\n"
            "\n"
            "# What the window shows.\n"
            "# At most 4 roundings of sums of at most 2.0 to float32, here and in the window.\n"
            "tolerance = 2 * 4 * 2**-24 * 2.0\n"
            "expected = torch.tensor([[[[1.0, -1.0], [1.0, -1.0]]]])\n"
            "torch.testing.assert_close(y, expected, rtol=0, atol=tolerance)\n"
            "expected = torch.tensor([[[[1.0]]]])\n"
            "torch.testing.assert_close(pooled, expected, rtol=0, atol=tolerance)\n");
}

TEST(Snippet, SaysOptionsInPyTorchsWords) {
  const auto says = [](auto change) {
    Scene scene = plane_scene();
    change(first_layer(scene));
    return text_of(Dialect::kPytorch, scene);
  };
  EXPECT_THAT(says([](ConvolutionLayer& l) { l.conv.padding_choice = PaddingChoice::kSame; }),
              HasSubstr("y = F.conv2d(x, weight, bias, padding=\"same\")\n"));
  EXPECT_THAT(says([](ConvolutionLayer& l) {
                l.conv.padding = {1, 1, 1, 1};
                l.conv.stride = {2, 1};
              }),
              HasSubstr("y = F.conv2d(x, weight, bias, stride=(2, 1), padding=1)\n"));
  EXPECT_THAT(says([](ConvolutionLayer& l) {
                l.conv.padding = {1, 2, 3, 4};
                l.conv.padding_mode = PaddingMode::kReflect;
              }),
              HasSubstr("padded = F.pad(x, (2, 4, 1, 3), mode=\"reflect\")\n"
                        "y = F.conv2d(padded, weight, bias)\n"));
}

TEST(Snippet, WithoutAnOutputThereIsNone) {
  Scene scene = plane_scene();
  first_layer(scene).conv.dilation = {9, 9};
  EXPECT_THAT(error_text([&] { text_of(Dialect::kPytorch, scene); }),
              testing::StartsWith("there is no output: "));
}

TEST(Snippet, RefusesARunThatIsTooLong) {
  Scene scene = default_scene();
  Source source = learned(scene, 3);
  auto longer = std::make_shared<TrainingSnapshot>(*source.training);
  longer->step = kMaxSnippetSteps + 1;
  EXPECT_THAT(error_text([&] {
                snippet(Dialect::kPytorch, {source.results, longer});
              }),
              HasSubstr("100001 steps of 2 weights are too many to repeat"));
}

// As in the moment after an edit, when the snapshot is still that of the scene before.
TEST(Snippet, RefusesARunOfAnotherInput) {
  const Source before = learned(default_scene(), 3);
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(drawn({1, 1, 6, 8}, 1));
  EXPECT_THAT(error_text([&] {
                snippet(Dialect::kPytorch, {source_of(scene).results, before.training});
              }),
              HasSubstr("copy it again"));
}

// A run that float32 has led elsewhere has nothing to assert.
TEST(Snippet, RefusesWeightsThatNoRunLeadsTo) {
  const Source source = learned(default_scene(), 3);
  auto other = std::make_shared<TrainingSnapshot>(*source.training);
  other->weight.at(0, 0) += 0.1f;
  EXPECT_THAT(error_text([&] {
                snippet(Dialect::kPytorch, {source.results, other});
              }),
              HasSubstr("too far from exact ones"));
}

}  // namespace
}  // namespace convscope::exports
