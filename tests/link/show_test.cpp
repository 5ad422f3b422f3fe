#include "app/link/show.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "app/link/shown_arrays.h"
#include "app/session/evaluator.h"
#include "tests/error_text.h"
#include "tests/random_tensor.h"

namespace convscope::link {
namespace {

using testing::HasSubstr;

TensorPtr values(const Shape& shape, std::uint64_t seed = 1) {
  return std::make_shared<const Tensor>(random_tensor(shape, seed));
}

Show shown_weight(const Shape& shape, bool one_kernel = false) {
  Show show;
  show.weight = values(shape);
  show.one_kernel = one_kernel;
  return show;
}

Show with_options(const std::string& options) {
  Show show;
  show.options = Json::parse(options);
  return show;
}

Scene after(const Show& show, Scene scene = default_scene()) {
  apply(scene, edit_of(scene, show));
  return scene;
}

std::string refusal(const Show& show, const Scene& scene = default_scene()) {
  return error_text([&] { edit_of(scene, show); });
}

TEST(Show, ChangesOnlyWhatIsGiven) {
  Show show;
  show.input = values({1, 1, 5, 4});
  show.client = "Python";
  const Scene before = default_scene();
  const Scene scene = after(show, before);
  EXPECT_EQ(scene.input.tensor, show.input);
  EXPECT_EQ(scene.input.name, "from Python");
  EXPECT_EQ(scene.layers, before.layers);
  EXPECT_EQ(scene.learning, before.learning);
}

TEST(Show, TakesOptionsInPyTorchsTerms) {
  const ConvScene conv =
      first_layer(
          after(with_options(
              R"({"padding": 1, "stride": [2, 3], "dilation": 2, "padding_mode": "reflect"})")))
          .conv;
  EXPECT_EQ(conv.padding, (Padding{1, 1, 1, 1}));
  EXPECT_EQ(conv.stride, (Yx{2, 3}));
  EXPECT_EQ(conv.dilation, (Yx{2, 2}));
  EXPECT_EQ(conv.padding_mode, PaddingMode::kReflect);
  EXPECT_EQ(first_layer(after(with_options(R"({"padding": [1, 2]})"))).conv.padding,
            (Padding{1, 2, 1, 2}));
  EXPECT_EQ(first_layer(after(with_options(R"({"padding": "same"})"))).conv.padding_choice,
            PaddingChoice::kSame);
  EXPECT_TRUE(first_layer(after(with_options(R"({"relu": true})"))).relu);
}

TEST(Show, GivesPaddingAsNumbersAfterSame) {
  const Scene same = after(with_options(R"({"padding": "same"})"));
  const ConvScene conv = first_layer(after(with_options(R"({"padding": 2})"), same)).conv;
  EXPECT_EQ(conv.padding_choice, PaddingChoice::kExplicit);
  EXPECT_EQ(conv.padding, (Padding{2, 2, 2, 2}));
}

TEST(Show, PoolsWithAStrideOfTheWindowAsPyTorchDoes) {
  Show show;
  show.pooling = Json::parse(R"({"kind": "avg", "kernel_size": [3, 2]})");
  const PoolingScene pool = first_layer(after(show)).pool;
  EXPECT_EQ(pool.options.kernel, (Yx{3, 2}));
  EXPECT_EQ(pool.options.stride, (Yx{3, 2}));
  EXPECT_EQ(pool.options.kind, PoolKind::kAverage);
}

TEST(Show, TellsOneKernelFromTheFiltersOfALayer) {
  Show show = shown_weight({1, 1, 3, 3}, true);
  show.input = values({1, 3, 6, 6});
  EXPECT_FALSE(first_layer(after(show)).kernel.layer);
  show.one_kernel = false;
  EXPECT_THAT(refusal(show), HasSubstr("with 3 input channels"));
  show.weight = values({2, 3, 3, 3});
  EXPECT_TRUE(first_layer(after(show)).kernel.layer);
  EXPECT_FALSE(first_layer(after(shown_weight({1, 1, 3, 3}))).kernel.layer);
}

TEST(Show, DropsABiasThatDoesNotFitTheNewFilters) {
  Show show = shown_weight({3, 1, 2, 2});
  show.bias = std::make_shared<const Tensor>(Shape{1, 1, 1, 3}, 0.5f);
  const Scene three = after(show);
  EXPECT_EQ(first_layer(three).kernel.bias, (std::vector<float>{0.5f, 0.5f, 0.5f}));
  EXPECT_EQ(first_layer(after(shown_weight({3, 1, 3, 3}), three)).kernel.bias.size(), 3u);
  EXPECT_EQ(first_layer(after(shown_weight({2, 1, 3, 3}), three)).kernel.bias,
            (std::vector<float>{0.0f, 0.0f}));
}

TEST(Show, RefusesWhatDoesNotFitInOneSentence) {
  EXPECT_THAT(refusal(shown_weight({1, 1, 32, 3})), HasSubstr("a kernel may have 31 × 31 weights"));
  EXPECT_THAT(refusal(shown_weight({1, 1, 9, 9}, true)), HasSubstr("9"));
  EXPECT_THAT(refusal(with_options(R"({"stride": 0})")), HasSubstr("options.stride is [0, 0]; it"));
  EXPECT_THAT(refusal(with_options(R"({"stride": "two"})")),
              HasSubstr("options.stride is \"two\""));
  EXPECT_THAT(refusal(with_options(R"({"padding": "full"})")), HasSubstr("\"full\""));
  EXPECT_THAT(refusal(with_options(R"({"strides": 2})")), HasSubstr("unknown key \"strides\""));
  EXPECT_THAT(refusal(with_options(R"({"padding": "same", "stride": 2})")), HasSubstr("same"));
  Show bias;
  bias.bias = values({1, 1, 1, 4});
  EXPECT_THAT(refusal(bias), HasSubstr("bias has 4 values; it must have 1"));
  Show target;
  target.target = values({1, 1, 2, 2});
  EXPECT_EQ(refusal(target),
            "target has shape [1, 1, 2, 2]; it must have that of the output, [1, 1, 6, 7]");
}

TEST(Show, SetsWhatTheLearningIsToReach) {
  Show show;
  show.target = values({1, 1, 6, 7});
  const LearningScene learning = after(show).learning;
  EXPECT_EQ(learning.target, LearningTarget::kPicture);
  EXPECT_EQ(learning.picture, show.target);
}

State state_of(const Scene& scene) {
  return {5, std::make_shared<const Results>(evaluate(scene)), nullptr, nullptr};
}

TEST(Show, ChangesTheLayerThatItNames) {
  Scene two = default_scene();
  two.layers.emplace_back();
  Show show = shown_weight({1, 1, 3, 2});
  show.layer = 1;
  show.client = "Python";
  const Scene scene = after(show, two);
  EXPECT_EQ(scene.layers[0], two.layers[0]);
  EXPECT_EQ(convolution(scene.layers[1]).kernel.weight, *show.weight);
  EXPECT_EQ(shown_text(show), "weight [1, 1, 3, 2] of layer 2 from Python");
  EXPECT_EQ(shown_message(state_of(scene), 1).header["shapes"]["weight"],
            Json::array({1, 1, 3, 2}));
  // What reaches the second layer is 3 x 3, pooled from 6 x 7.
  Show large = shown_weight({1, 1, 4, 4});
  large.layer = 1;
  EXPECT_THAT(refusal(large, two), HasSubstr("4 × 4"));
  show.layer = 2;
  EXPECT_EQ(refusal(show, two), "layer is 2; the scene has 2 layers, counted from 0");
  show.layer = 1;
  show.target = values({1, 1, 1, 2});
  EXPECT_EQ(refusal(show, two), "target comes with layer 1; the learning is that of layer 0");
}

TEST(Show, ThatChangesNothingIsNoEdit) {
  const Scene before = default_scene();
  Show show = shown_weight(first_layer(before).kernel.weight.shape());
  show.weight = std::make_shared<const Tensor>(first_layer(before).kernel.weight);
  show.input = std::make_shared<const Tensor>(*before.input.tensor);
  Scene custom = before;  // what is sent has no preset's name
  apply(custom, edit_of(before, show));
  EXPECT_FALSE(changes(custom, edit_of(custom, show)));
  EXPECT_EQ(custom.input, before.input);
  show.weight = values({1, 1, 1, 2});
  EXPECT_TRUE(changes(custom, edit_of(custom, show)));
}

TEST(Show, TellsNoShapeThatAQuestionAsksFor) {
  Show target;
  target.target = values({1, 1, 2, 2});
  const KeptBack kept{.input = false, .weights = false, .results = true};
  EXPECT_EQ(error_text([&] { edit_of(default_scene(), target, kept); }),
            "target has shape [1, 1, 2, 2]; it must have that of the output");
  State state = state_of(default_scene());
  state.kept_back = kept;
  EXPECT_EQ(shown_message(state, 0).header["shapes"].dump(),
            R"({"input":[1,1,6,8],"weight":[1,1,1,2]})");
  Scene two = default_scene();
  two.layers.emplace_back();
  State chain = state_of(two);
  chain.kept_back = kept;
  EXPECT_EQ(shown_message(chain, 1).header["shapes"].dump(), R"({"weight":[1,1,1,2]})");
  EXPECT_THAT(error_text([&] {
                values_message(chain, {{"input"}, 1});
              }),
              HasSubstr("keeps input back"));
}

TEST(Show, SpeaksOfWhatWasSent) {
  EXPECT_EQ(refusal(with_options(R"({"groups": 3})")),
            "groups is 3, and the weight is one kernel for every channel; groups need a weight "
            "[C_out, C_in / groups, kh, kw]");
  EXPECT_THAT(refusal(with_options(R"({"strides": 2})")),
              HasSubstr("known are stride, padding, padding_mode, "));
  Show pooling;
  pooling.pooling = Json::parse(R"({"kernel_size": 0})");
  EXPECT_THAT(refusal(pooling), HasSubstr("pooling.kernel_size is [0, 0]"));
  Show bias;
  bias.bias = values({1, 1, 1, 4});
  EXPECT_THAT(refusal(bias), testing::StartsWith("bias has 4 values"));
  Show large = shown_weight({1, 1, 1, 1});
  large.weight = std::make_shared<const Tensor>(Shape{4096, 4096, 1, 2});
  EXPECT_THAT(refusal(large), HasSubstr("a weight that is sent may have at most 16777216"));
}

TEST(Show, IsToldInOneLine) {
  Show show = shown_weight({2, 1, 3, 3});
  show.input = values({1, 1, 6, 8});
  show.options = Json::parse(R"({"padding": 1, "stride": 2})");
  show.client = "Python";
  EXPECT_EQ(shown_text(show),
            "input [1, 1, 6, 8], weight [2, 1, 3, 3], padding and stride from Python");
}

TEST(ShownArrays, AreThoseOfTheResults) {
  Show show = shown_weight({2, 1, 3, 3});
  const State state = state_of(after(show));
  const Message message = values_message(state, {{"weight", "output", "bias", "pooled"}, 0});
  EXPECT_EQ(message.header["state"], 5);
  EXPECT_EQ(*message.arrays[0].values, *show.weight);
  EXPECT_EQ(message.arrays[1].values.get(), state.results->layers[0].output.get());  // no copy
  EXPECT_EQ(message.arrays[2].rank, 1u);
  EXPECT_EQ(message.arrays[3].name, "pooled");
}

TEST(ShownArrays, AreNotToldWhileAQuestionAsksForThem) {
  State state = state_of(default_scene());
  state.kept_back = {.input = false, .weights = true, .results = true};
  EXPECT_EQ(values_message(state, {{"input"}, 0}).arrays.size(), 1u);
  for (const char* name : {"weight", "kernel", "bias", "output", "pooled", "learned", "error"})
    EXPECT_EQ(
        error_text([&] {
          values_message(state, {{name}, 0});
        }),
        "the question of the lesson keeps " + std::string(name) + " back until it is answered");
}

TEST(ShownArrays, OfWhatIsBeingComputedAreThereLater) {
  State state = state_of(default_scene());
  state.training_comes = true;
  state.backward_comes = true;
  EXPECT_THROW(values_message(state, {{"learned"}, 0}), NotYet);
  EXPECT_THROW(values_message(state, {{"output", "grad_input"}, 0}), NotYet);
  EXPECT_EQ(values_message(state, {{"output"}, 0}).arrays.size(), 1u);
}

TEST(ShownArrays, SayWhyThereIsNone) {
  const State state = state_of(default_scene());
  const auto refused = [&](const std::string& name, std::size_t layer = 0) {
    return error_text([&] { values_message(state, {{name}, layer}); });
  };
  EXPECT_THAT(refused("outputs"), HasSubstr("there is no array \"outputs\"; there are input, "));
  EXPECT_EQ(refused("output", 1), "layer is 1; the scene has 1 layer, counted from 0");
  EXPECT_EQ(refused("learned"),
            "the learning has not begun yet; it begins where it is shown, on the Kernel page");
  Scene two = default_scene();
  two.layers.emplace_back();
  fit_channels(two);
  EXPECT_EQ(error_text([&] {
              values_message(state_of(two), {{"pooled"}, 1});
            }),
            "there is no pooled of layer 1");
  EXPECT_THAT(refused("grad_input"), HasSubstr("while Backward (B) is on"));
}

TEST(ShownMessage, StatesTheShapes) {
  const Message message = shown_message(state_of(default_scene()), 0);
  EXPECT_EQ(message.header.dump(),
            R"({"kind":"shown","state":5,"shapes":{"input":[1,1,6,8],"weight":[1,1,1,2],)"
            R"("output":[1,1,6,7],"pooled":[1,1,3,3]}})");
}

}  // namespace
}  // namespace convscope::link
