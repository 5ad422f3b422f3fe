#include "app/cli/window_options.h"

#include <gmock/gmock.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <vector>

#include "app/cli/usage_error.h"
#include "tests/error_text.h"
#include "tests/temp_folder.h"

namespace convscope::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

WindowOptions options_of(const std::vector<std::string>& arguments) {
  CLI::App app("convscope");
  WindowArguments window;
  add_window_arguments(app, window);
  std::vector<const char*> argv{"convscope"};
  for (const std::string& argument : arguments)
    argv.push_back(argument.c_str());
  app.parse(static_cast<int>(argv.size()), argv.data());
  return window_options(window);
}

std::string wrong(const std::vector<std::string>& arguments) {
  try {
    options_of(arguments);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no wrong call";
}

TEST(WindowOptions, WithoutArgumentsAreTheDefaults) {
  const WindowOptions options = options_of({});
  EXPECT_TRUE(options.file.empty());
  EXPECT_FALSE(options.color);
  EXPECT_EQ(options.scale_to, (Yx{0, 0}));
  EXPECT_EQ(options.kernel, "");
  EXPECT_FALSE(options.rate.has_value());
  EXPECT_EQ(options.steps, 0);
  EXPECT_TRUE(options.screenshot.empty());
  EXPECT_EQ(options.listen, "");
  EXPECT_EQ(options_of({"--listen", "one"}).listen, "one");
  EXPECT_EQ(options.look.width, 1280);
  EXPECT_EQ(options.look.height, 720);
  EXPECT_EQ(options.look.layers_page, std::nullopt) << "the scene's page";
  EXPECT_EQ(options.look.theme, std::nullopt) << "the scene's look";
  EXPECT_EQ(options.look.font_scale, 1.0f);
  EXPECT_FALSE(options.look.reduced_motion);
  EXPECT_TRUE(options.look.tooltips);
  EXPECT_FALSE(options_of({"--no-tooltips"}).look.tooltips);
}

TEST(WindowOptions, AreWhatWasGiven) {
  const WindowOptions options = options_of({"photo.png",    "--rgb",
                                            "--scale-to",   "480x640",
                                            "--kernel",     "sobel-x",
                                            "--rate",       "0.5",
                                            "--steps",      "7",
                                            "--size",       "1920x1080",
                                            "--page",       "layers",
                                            "--dark",       "--font-scale",
                                            "1.5",          "--reduced-motion",
                                            "--screenshot", "window.png"});
  EXPECT_EQ(options.file, "photo.png");
  EXPECT_TRUE(options.color);
  EXPECT_EQ(options.scale_to, (Yx{480, 640})) << "rows x columns";
  EXPECT_EQ(options.kernel, "sobel-x");
  EXPECT_EQ(options.rate, 0.5f);
  EXPECT_EQ(options.steps, 7);
  EXPECT_EQ(options.screenshot, "window.png");
  EXPECT_EQ(options.look.width, 1920) << "width x height";
  EXPECT_EQ(options.look.height, 1080);
  EXPECT_EQ(options.look.layers_page, true);
  EXPECT_EQ(options.look.theme, SceneTheme::kDark);
  EXPECT_EQ(options.look.font_scale, 1.5f);
  EXPECT_TRUE(options.look.reduced_motion);
}

TEST(WindowOptions, HaveOneLook) {
  EXPECT_EQ(options_of({"--projector"}).look.theme, SceneTheme::kProjector);
  EXPECT_EQ(wrong({"--projector", "--dark"}),
            "--dark and --projector exclude each other; leave one of them out");
}

TEST(WindowOptions, SizesAreTwoNumbersWithinTheirRange) {
  for (const char* size : {"1x1", "319x720", "1280x8193", "1280", "1280x", "x720", "1280X720",
                           "1280x720x", "1280x720 ", "-1280x720", "99999999999x720"}) {
    EXPECT_EQ(wrong({"--size=" + std::string(size)}),
              "--size is \"" + std::string(size) +
                  "\"; it must be two numbers from 320 to 8192 with an x between them, like "
                  "640x480");
  }
  EXPECT_EQ(options_of({"--size", "320x8192"}).look.height, 8192);
  EXPECT_EQ(wrong({"photo.png", "--scale-to", "0x10"}),
            "--scale-to is \"0x10\"; it must be two numbers from 1 to 8192 with an x between them, "
            "like 640x480");
  EXPECT_EQ(options_of({"photo.png", "--scale-to", "1x8192"}).scale_to, (Yx{1, 8192}));
}

TEST(WindowOptions, NumbersAreWithinTheirRange) {
  EXPECT_EQ(wrong({"--font-scale", "0.5"}),
            "--font-scale is 0.5; it must be a number from 0.6 to 3");
  EXPECT_EQ(wrong({"--font-scale", "nan"}),
            "--font-scale is nan; it must be a number from 0.6 to 3");
  EXPECT_EQ(wrong({"--rate", "0"}), "--rate is 0; it must be a positive number below 1000000");
  EXPECT_EQ(wrong({"--rate", "1e6"}),
            "--rate is 1000000; it must be a positive number below 1000000");
  EXPECT_EQ(wrong({"--steps=-1"}), "--steps is -1; it must be 0 or more");
}

TEST(WindowOptions, NamesAreKnown) {
  EXPECT_EQ(wrong({"--page", "third"}), "--page is \"third\"; it must be kernel or layers");
  EXPECT_THAT(wrong({"--kernel", "sobel-z"}),
              AllOf(StartsWith("--kernel is \"sobel-z\"; it must be one of \""),
                    HasSubstr("\"sobel-x\", \"sobel-y\"")));
}

TEST(WindowOptions, WhatIsForPicturesIsRefusedForScenesAndForNothing) {
  const std::string none = "--rgb and --scale-to are for a picture; name one";
  EXPECT_EQ(wrong({"--rgb"}), none);
  EXPECT_EQ(wrong({"--scale-to", "4x4"}), none);
  const std::string scene =
      "--rgb and --scale-to are for pictures; the scene lesson.json says it itself";
  EXPECT_EQ(wrong({"lesson.json", "--rgb"}), scene);
  EXPECT_EQ(wrong({"lesson.json", "--scale-to", "4x4"}), scene);
}

TEST(WindowOptions, ALessonIsNamedByItsNameItsNumberOrAPartOfIt) {
  for (const char* name : {"04-cross-correlation", "4", "04", "cross-corr"}) {
    EXPECT_EQ(options_of({"--lesson", name}).lesson, "04-cross-correlation") << name;
    EXPECT_EQ(options_of({"--lesson", name}).step, "") << name;
  }
  EXPECT_EQ(options_of({"--lesson", "cross-corr#3"}).step, "3");
  EXPECT_EQ(options_of({"--lesson", "4", "--step", "2"}).step, "2");
  EXPECT_EQ(options_of({"mine.md", "--step", "2"}).step, "2");
  EXPECT_EQ(options_of({"mine.md"}).file, "mine.md");
}

TEST(WindowOptions, WhatIsNoLessonOrNoStepIsRefused) {
  EXPECT_THAT(wrong({"--lesson", "cross-corelation"}),
              AllOf(StartsWith("--lesson: there is no lesson \"cross-corelation\""),
                    HasSubstr("04-cross-correlation")));
  EXPECT_EQ(wrong({"--lesson", "4#2", "--step", "3"}),
            "--step and #2 exclude each other; leave one of them out");
  EXPECT_EQ(wrong({"--lesson", "4", "--step", "65"}),
            "--step is 65; it must be the number of a step, from 1 to 64");
  EXPECT_EQ(wrong({"--step", "2"}), "--step is for a lesson; name one, or give --lesson");
  EXPECT_EQ(wrong({"mine.md", "--lesson", "4"}),
            "--lesson and mine.md exclude each other; leave one of them out");
  EXPECT_EQ(wrong({"mine.md", "--rgb"}),
            "--rgb and --scale-to are for pictures; the lesson mine.md says it itself");
}

TEST(WindowOptions, AFileMayHaveItsStepBehindIt) {
  for (const std::vector<std::string>& option : {std::vector<std::string>{}, {"--lesson"}}) {
    for (const auto& [step, wanted] : {std::pair{"#3", "3"}, {"#The rim", "The rim"}, {"", ""}}) {
      std::vector<std::string> arguments = option;
      arguments.push_back("c#/mine.md" + std::string(step));
      const WindowOptions options = options_of(arguments);
      EXPECT_EQ(options.file, "c#/mine.md");
      EXPECT_EQ(options.lesson, "");
      EXPECT_EQ(options.step, wanted);
    }
  }
  EXPECT_EQ(options_of({"photo#3.png"}).file, "photo#3.png");
}

TEST(WindowOptions, AFileThatIsReallyNamedWithAStepOpens) {
  const TempFolder folder;
  const std::string path = folder / "mine.md#3.md";
  put_text(path, "there");
  for (const WindowOptions& options : {options_of({path}), options_of({"--lesson", path})}) {
    EXPECT_EQ(options.file, path);
    EXPECT_EQ(options.step, "");
  }
}

TEST(WindowOptions, AScreenshotReplacesNothingThatIsOpened) {
  const TempFolder folder;
  for (const auto& [name, kind] :
       {std::pair{"photo.png", "picture"}, {"lesson.json", "scene"}, {"lesson.md", "lesson"}}) {
    const std::string path = folder / name;
    put_text(path, "there");
    EXPECT_EQ(
        wrong({path, "--screenshot", path}),
        "--screenshot would replace the " + std::string(kind) + " " + path + "; name another file");
  }
  EXPECT_EQ(error_text([] {
              options_of({"--screenshot", "/dev/null"});
            }),
            "\"/dev/null\" can't be written: it is a stream or a device, and outputs go to files; "
            "name a file");
}

}  // namespace
}  // namespace convscope::cli
