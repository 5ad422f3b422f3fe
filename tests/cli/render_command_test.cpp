#include <filesystem>

#include "app/files/examples.h"
#include "app/files/scene_address.h"
#include "app/session/backward.h"
#include "app/session/evaluator.h"
#include "tests/cli/call.h"

namespace convscope::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RenderCommand : public CommandTest {
 protected:
  const std::vector<std::string> render_{"render"};
  const std::vector<std::string> animate_{"animate"};
};

TEST_F(RenderCommand, WritesEveryFormat) {
  for (const std::string ending : {"png", "svg", "pdf", "csv", "npy", "tex"}) {
    const Called called = call({"render", "edge", "--output", path("f." + ending)});
    EXPECT_EQ(called.exit_code, 0) << called.error;
    EXPECT_THAT(called.out, HasSubstr("f." + ending + ": "));
    EXPECT_GT(std::filesystem::file_size(path("f." + ending)), 60u) << ending;
  }
}

TEST_F(RenderCommand, NpyIsTheOutputBitForBit) {
  ASSERT_EQ(call({"render", "two-layers", "--layer", "2", "--output", path("y.npy")}).exit_code, 0);
  for (const Example& example : examples()) {
    if (example.name != "two-layers") continue;
    const Results results = evaluate(example_scene(example));
    EXPECT_EQ(get("y.npy"), *results.layers[1].output);
  }
}

TEST_F(RenderCommand, TakesTheAddressOfAScene) {
  for (const Example& example : examples()) {
    if (example.name != "two-layers") continue;
    const std::string address = scene_address(example_scene(example));
    ASSERT_EQ(call({"render", address, "--output", path("a.npy")}).exit_code, 0);
    EXPECT_EQ(get("a.npy"), *evaluate(example_scene(example)).layers[0].output);
    EXPECT_THAT(call({"info", address}).out, HasSubstr("kind: scene"));
    EXPECT_EQ(call({"info", "--address", "two-layers"}).out, address + "\n");
  }
  expect_error(render_, {"convscope:1:abcd", "--output", path("b.npy")}, 1,
               HasSubstr("the scene's address can't be read: it is damaged"));
}

TEST_F(RenderCommand, TakesScenesAndStepsOfLessons) {
  put_text(path("l.md"),
           "# L\n\n## One\n\n```scene\nfirst-sum\n```\n\nA.\n\n## Two words\n\n```scene\nedge\n"
           "```\n\nB.\n");
  const auto shape = [&](const std::string& step) {
    return call({"render", path("l.md") + step, "--output", path("f.csv")}).out;
  };
  EXPECT_THAT(shape(""), HasSubstr("[1, 1, 2, 2]"));
  EXPECT_THAT(shape("#2"), HasSubstr("[1, 1, 6, 7]"));
  EXPECT_THAT(shape("#Two words"), HasSubstr("[1, 1, 6, 7]"));
  expect_error(render_, {path("l.md") + "#3", "--output", path("g.png")}, 2,
               HasSubstr("has no step \"3\"; it must be a number from 1 to 2 or the step's title"));
  EXPECT_EQ(call({"render", "04-cross-correlation#1", "--output", path("s.png")}).exit_code, 0);
}

TEST_F(RenderCommand, TheEquationHasThePlanesThatAStepShows) {
  const auto svg_of = [&](const std::string& show) {
    put_text(path("s.md"), "# L\n\n## One\n\n```show\n" + show + "\n```\n\nA.\n");
    const Called called =
        call({"render", path("s.md") + "#1", "--panel", "row", "--output", path("r.svg")});
    EXPECT_EQ(called.exit_code, 0) << called.error;
    return file_text(path("r.svg"));
  };
  const std::string all = svg_of("page: kernel");
  for (const char* title : {">Input<", ">Kernel<", ">Output<", ">Pooled<"})
    EXPECT_THAT(all, HasSubstr(title));
  const std::string two = svg_of("show: input, output, learning");
  EXPECT_THAT(two, AllOf(HasSubstr(">Input<"), HasSubstr(">Output<")));
  EXPECT_THAT(two, Not(HasSubstr(">Kernel<")));
  EXPECT_THAT(two, Not(HasSubstr(">Pooled<")));
  EXPECT_THAT(two, Not(HasSubstr(">=<")));
  EXPECT_THAT(svg_of("show: loss"), HasSubstr(">Kernel<")) << "it names no card of this row";
  EXPECT_THAT(svg_of("show: pooled"), HasSubstr(">Pooled<"));
  EXPECT_EQ(call({"animate", path("s.md"), "--output", path("s.gif")}).exit_code, 0)
      << "the sum needs all of them";
  const std::string pale = svg_of("dim: kernel");
  EXPECT_THAT(pale, HasSubstr(">Kernel<"));
  EXPECT_GT(pale.size(), all.size()) << "a veil lies over it";
}

TEST_F(RenderCommand, GradientsGoBackwardThroughAllLayers) {
  const Called called =
      call({"render", "two-layers", "--panel", "input-gradient", "--output", path("x.npy")});
  ASSERT_EQ(called.exit_code, 0) << called.error;
  for (const Example& example : examples()) {
    if (example.name != "two-layers") continue;
    const auto results = std::make_shared<const Results>(evaluate(example_scene(example)));
    const auto backward = go_backward({results, 2, nullptr, std::nullopt}, {});
    EXPECT_EQ(get("x.npy"), *backward->layers[0].input);
  }
  EXPECT_EQ(call({"render", "edge", "--panel", "backward", "--output", path("b.svg")}).exit_code,
            0);
  EXPECT_THAT(file_text(path("b.svg")), HasSubstr(">∂L/∂Y</text>"));
}

TEST_F(RenderCommand, FiguresOfTheLearningLearnFirst) {
  for (const std::string panel : {"landscape", "momentum-map", "directions"}) {
    const Called called =
        call({"render", "edge", "--panel", panel, "--steps", "7", "--output", path("l.svg")});
    EXPECT_EQ(called.exit_code, 0) << called.error;
    if (panel != "momentum-map") {
      EXPECT_THAT(file_text(path("l.svg")), HasSubstr(">step 7"));
    }
  }
  for (const std::string panel : {"frequency", "separable", "chain"})
    EXPECT_EQ(call({"render", "edge", "--panel", panel, "--output", path("k.pdf")}).exit_code, 0);
}

TEST_F(RenderCommand, WrongValuesAreRefused) {
  const std::string out = path("g.png");
  const auto refused = [&](const std::vector<std::string>& more, const std::string& why) {
    std::vector<std::string> arguments{"edge", "--output", out};
    arguments.insert(arguments.end(), more.begin(), more.end());
    expect_error(render_, arguments, 2, HasSubstr(why));
  };
  refused({"--panel", "outputs"}, "--panel is \"outputs\"; it must be one of window, input, ");
  refused(
      {"--panel", "outputs"},
      ", pooled-gradient, output-gradient, kernel-gradient, input-gradient, backward, landscape, ");
  refused({"--scale", "0.1"}, "--scale is \"0.1\"; it must be a number from 0.25 to 16");
  refused({"--cell-size", "0"}, "--cell-size is \"0\"; it must be a whole number from 1 to 512");
  refused({"--size", "99999x10"}, "--size is \"99999x10\"");
  refused({"--layer", "2"}, "--layer is 2; it must be 1: there is one layer only");
  refused({"--channel", "1"}, "--channel is 1; it must be 0: there is one output channel only");
  refused({"--panel", "explanation"}, "--panel explanation needs --at Y,X");
  refused({"--panel", "matrix-row"}, "--panel matrix-row needs --at Y,X");
  refused({"--steps", "x"}, "--steps is \"x\"");
  refused({"--panel", "window", "--scale", "2"}, "the window takes --size");
  expect_error(render_, {"edge", "--output", path("f.bmp")}, 2,
               HasSubstr("its name must end in .png, .svg, .pdf, .csv, .npy, .tex, .md or .npz"));
  expect_error(render_, {"edges", "--output", out}, 2, HasSubstr("one of edge, first-sum"));
  expect_error(render_, {"edge", "--output", path("w.svg"), "--panel", "window"}, 2,
               HasSubstr("--output must end in .png"));
}

TEST_F(RenderCommand, WhatCantBeDrawnIsAFailure) {
  expect_error(render_, {path("none.json"), "--output", path("g.png")}, 1, HasSubstr("none.json"));
  expect_error(render_, {"edge", "--output", path("g.png"), "--at", "9,9"}, 1,
               HasSubstr("the output has no cell 9,9"));
  expect_error(render_, {"edge", "--output", path("g.png"), "--size", "20x20"}, 1,
               HasSubstr("does not fit into 20x20 pixels"));
  expect_error(render_, {"edge", "--output", path("none") + "/g.png"}, 1,
               HasSubstr("No such file or directory"));
  expect_error(render_, {"edge", "--output", path("g.csv"), "--panel", "row"}, 1,
               HasSubstr("has no tensor of its own"));
}

TEST_F(RenderCommand, AnimatesAsGifAndAsPictures) {
  const Called gif = call({"animate", "first-sum", "--output", path("a.gif")});
  EXPECT_THAT(gif.out, HasSubstr("a.gif: 4 frames, ")) << gif.error;
  const Called learn =
      call({"animate", "edge", "--what", "learn", "--steps", "3", "--output", path("l.gif")});
  EXPECT_THAT(learn.out, HasSubstr("l.gif: 4 frames, ")) << learn.error;
  const Called pictures = call({"animate", "first-sum", "--output", path("f-%03d.png")});
  EXPECT_THAT(pictures.out, HasSubstr("f-004.png: 4 frames, ")) << pictures.error;
  EXPECT_TRUE(std::filesystem::exists(path("f-001.png")));
  EXPECT_FALSE(std::filesystem::exists(path("f-000.png")));
}

TEST_F(RenderCommand, WrongAnimationsAreRefused) {
  const auto refused = [&](const std::vector<std::string>& more, const std::string& why) {
    expect_error(animate_, more, 2, HasSubstr(why));
  };
  refused({"edge", "--output", path("a.mp4")}, "must end in .gif, or be one of numbered pictures");
  refused({"edge", "--output", path("a.png")}, "like frame-%04d.png");
  refused({"edge", "--output", path("%d-%d.png")}, "written as one %d or %04d");
  refused({"edge", "--output", path("%s.png")}, "written as one %d or %04d");
  refused({"edge", "--output", path("a.gif"), "--what", "walk"}, "it must be sweep or learn");
  refused({"edge", "--output", path("a.gif"), "--fps", "60"}, "--fps is \"60\"");
  refused({"edge", "--output", path("a.gif"), "--transparent"}, "--transparent is not for");
  expect_error(animate_, {"edge", "--output", path("a.gif"), "--cell-size", "500"}, 1,
               HasSubstr("accepted are 42 frames of at most 4096x1462 pixels"));
}

}  // namespace
}  // namespace convscope::cli
