#include "app/files/arrays/npy_write.h"
#include "engine/learning/learning.h"

#include "app/cli/learn_report.h"
#include "engine/core/patterns.h"
#include "engine/kernel_info/kernels.h"
#include "tests/cli/call.h"

namespace convscope::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class LearnCommand : public CommandTest {
 protected:
  // The notebook's experiment; what is left out of it comes behind.
  std::vector<std::string> edge(const std::vector<std::string>& more) const {
    const Tensor x = make_pattern("edge", {6, 8}, 0);
    std::vector<std::string> result{"learn",
                                    "--input",
                                    put("x.npy", x),
                                    "--target",
                                    put("y.npy", conv2d(x, Tensor::from_rows({{1, -1}}))),
                                    "--output",
                                    path("w.npy")};
    result.insert(result.end(), more.begin(), more.end());
    return result;
  }
  std::string init(float a, float b) const { return put("w0.npy", Tensor::from_rows({{a, b}})); }
  std::string run(const std::vector<std::string>& arguments) const {
    const Called called = call(arguments);
    EXPECT_EQ(called.exit_code, 0) << called.error;
    return called.out;
  }
  // The losses in a history, by step.
  std::vector<double> losses(const std::string& name) const {
    std::istringstream file(file_text(path(name)));
    std::string line;
    std::getline(file, line);
    EXPECT_EQ(line, "step,loss");
    std::vector<double> result;
    while (std::getline(file, line)) {
      const std::size_t comma = line.find(',');
      EXPECT_EQ(line.substr(0, comma), std::to_string(result.size()));
      result.push_back(std::stod(line.substr(comma + 1)));
    }
    return result;
  }
};

TEST_F(LearnCommand, NotebookRunToThePrintedDigit) {
  const std::string out = run(edge({"--init", init(0.4115794f, -0.4240040f), "--lr", "0.03",
                                    "--steps", "10", "--history", path("h.csv")}));
  EXPECT_THAT(out, HasSubstr("\nstep 10: loss "));
  const std::vector<double> h = losses("h.csv");
  ASSERT_EQ(h.size(), 11u);
  const std::vector<double> printed{1.667570, 0.280130, 0.047145, 0.007970, 0.001362};
  for (std::size_t i = 0; i < printed.size(); ++i)
    EXPECT_NEAR(h[2 * i + 1], printed[i], 0.5e-6) << "epoch " << 2 * (i + 1);
  const Tensor w = get("w.npy");
  EXPECT_EQ(w.shape(), (Shape{1, 1, 1, 2}));
  EXPECT_NEAR(w.at(0, 0), 0.9926, 0.5e-4);
  EXPECT_NEAR(w.at(0, 1), -0.9940, 0.5e-4);
}

TEST_F(LearnCommand, KnownRatesFromTheSameStart) {
  const auto loss = [&](const std::string& rate) {
    run(edge(
        {"--init", init(0.3f, 0.5f), "--lr", rate, "--steps", "10", "--history", path("h.csv")}));
    return losses("h.csv").back();
  };
  EXPECT_NEAR(loss("0.03"), 0.113, 0.001);
  EXPECT_NEAR(loss("0.0277777778"), 0.0073, 0.0001);
  EXPECT_NEAR(loss("0.04"), 8032, 1);
}

TEST_F(LearnCommand, SeedDrawsTheStartAndNoStepKeepsIt) {
  run(edge({"--kernel", "1,2", "--seed", "7", "--lr", "0.03", "--steps", "0"}));
  EXPECT_EQ(get("w.npy"), random_weight({1, 1, 1, 2}, 7));
  run(edge({"--kernel", "1,2", "--lr", "0.03", "--steps", "0"}));
  EXPECT_EQ(get("w.npy"), random_weight({1, 1, 1, 2}, 1));
}

TEST_F(LearnCommand, MeanLossIsTheSumsRunAtManyTimesTheRate) {
  run(edge({"--init", init(0.3f, 0.5f), "--lr", "1.26", "--steps", "10", "--loss", "mean",
            "--history", path("h.csv")}));
  EXPECT_NEAR(losses("h.csv").back() * 42, 0.113, 0.001);
}

TEST_F(LearnCommand, EveryOptimizerGoesDownAndEachItsOwnWay) {
  std::vector<Tensor> ends;
  for (const char* optimizer : {"sgd", "momentum", "nesterov", "adam"}) {
    run(edge({"--init", init(0.3f, 0.5f), "--lr", "0.01", "--steps", "60", "--optimizer", optimizer,
              "--history", path("h.csv")}));
    EXPECT_LT(losses("h.csv").back(), losses("h.csv").front()) << optimizer;
    for (const Tensor& end : ends)
      EXPECT_NE(get("w.npy"), end) << optimizer;
    ends.push_back(get("w.npy"));
  }
}

TEST_F(LearnCommand, TheOptimizersSettingsAreTaken) {
  const auto end = [&](const std::string& optimizer, const std::vector<std::string>& settings) {
    std::vector<std::string> more{"--init", init(0.3f, 0.5f), "--lr",   "0.01", "--steps",
                                  "20",     "--optimizer",    optimizer};
    more.insert(more.end(), settings.begin(), settings.end());
    run(edge(more));
    return get("w.npy");
  };
  EXPECT_EQ(end("momentum", {}), end("momentum", {"--momentum", "0.9"}));
  EXPECT_EQ(end("nesterov", {}), end("nesterov", {"--momentum", "0.9"}));
  EXPECT_EQ(end("momentum", {"--momentum", "0"}), end("sgd", {}));
  EXPECT_NE(end("momentum", {"--momentum", "0.5"}), end("momentum", {}));
  EXPECT_EQ(end("adam", {}), end("adam", {"--betas", "0.9,0.999", "--eps", "1e-8"}));
  EXPECT_NE(end("adam", {"--betas", "0.5,0.999"}), end("adam", {}));
  EXPECT_NE(end("adam", {"--betas", "0.9,0.9"}), end("adam", {}));
  EXPECT_NE(end("adam", {"--eps", "0.1"}), end("adam", {}));
}

TEST_F(LearnCommand, TheAnalysisTellsWhatMomentumDoes) {
  EXPECT_THAT(run(edge({"--kernel", "1,2", "--lr", "0.01", "--steps", "1", "--analyze",
                        "--optimizer", "momentum", "--momentum", "0.5"})),
              HasSubstr("with momentum of 0.5: largest stable rate 0.05, best rate "
                        "0.0186339\nbest momentum: 0.145898 at rate 0.03183"));
}

TEST_F(LearnCommand, AHistoryHasTheLossesOfEveryNthStepAndOfTheLast) {
  const auto history = [&](const std::string& every, const std::string& name) {
    run(edge({"--init", init(0.3f, 0.5f), "--lr", "0.03", "--steps", "10", "--history", path(name),
              "--history-every", every}));
    return file_text(path(name));
  };
  const std::string all = history("1", "all.csv");
  std::string third = "step,loss\n";
  std::istringstream lines(all);
  for (std::string line; std::getline(lines, line);) {
    const std::string step = line.substr(0, line.find(','));
    if (step == "0" || step == "3" || step == "6" || step == "9" || step == "10")
      third += line + "\n";
  }
  EXPECT_EQ(history("3", "third.csv"), third);
}

TEST_F(LearnCommand, AHistoryBeyondAGigabyteIsRefusedBeforeTheRun) {
  const std::vector<std::string> run{"--init",    init(0.3f, 0.5f), "--lr",   "0.03",
                                     "--history", path("h.csv"),    "--steps"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = edge(run);
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  const Called called = call(with({"1000000000"}));
  EXPECT_EQ(called.exit_code, 2);
  EXPECT_EQ(called.error, "--history \"" + path("h.csv") +
                              "\" would have 1000000002 lines, up to 36 GB; it may have 1 GB: take "
                              "--history-every 37 or fewer --steps");
  EXPECT_FALSE(std::filesystem::exists(path("h.csv")));
  // What it names is accepted: the run would only take long.
  EXPECT_LE((HistoryPlan{1'000'000'000, 37}.max_bytes()), 1e9);
  EXPECT_EQ((HistoryPlan{10, 3}.lines()), 6);
  EXPECT_EQ((HistoryPlan{10, 5}.lines()), 4);
  EXPECT_EQ((HistoryPlan{0, 5}.lines()), 2);
  EXPECT_EQ(call(with({"10", "--history-every", "0"})).error,
            "--history-every is \"0\"; it must be a whole number from 1 to 1000000000");
}

TEST_F(LearnCommand, ALargeHistoryIsToldBeforeTheRun) {
  std::ostringstream out;
  require_history(path("h.csv"), {1'000'000, 1}, out);
  EXPECT_EQ(out.str(), "");
  require_history(path("h.csv"), {10'000'000, 1}, out);
  EXPECT_EQ(out.str(), path("h.csv") +
                           " will have 10000002 lines, up to 340 MB; --history-every "
                           "10 would write a tenth of them\n");
  require_history("", {1'000'000'000, 1}, out);
}

TEST_F(LearnCommand, LayersWithBiasAndOptionsAreFound) {
  const Tensor x = random_tensor({3, 4, 9, 8}, 1);
  const Tensor w = random_tensor({6, 2, 3, 2}, 2);
  const std::vector<float> b{0.5f, -1.0f, 2.0f, 0.0f, 1.0f, -0.25f};
  Conv2dOptions options;
  options.groups = 2;
  options.stride = {2, 1};
  options.padding = {1, 2, 1, 2};
  put("x.npy", x);
  put("y.npy", conv2d(x, w, b, options));
  const std::string out =
      run({"learn",   "--input",  path("x.npy"), "--target",    path("y.npy"),   "--kernel",
           "3,2",     "--groups", "2",           "--stride",    "2,1",           "--padding",
           "1,2",     "--bias",   "--loss",      "mean",        "--lr",          "1",
           "--steps", "2000",     "--output",    path("w.npy"), "--output-bias", path("b.npy")});
  EXPECT_LT(difference(get("w.npy"), w), 1e-3);
  const std::vector<float> learned = read_npy_vector(path("b.npy")).values;
  ASSERT_EQ(learned.size(), b.size());
  for (std::size_t i = 0; i < b.size(); ++i)
    EXPECT_NEAR(learned[i], b[i], 1e-3);
  EXPECT_THAT(out, HasSubstr("\nbias: "));
}

TEST_F(LearnCommand, TransposedConvolutionIsFound) {
  const Tensor x = random_tensor({1, 2, 6, 6}, 1);
  const Tensor w = random_tensor({2, 3, 2, 2}, 2);
  Conv2dOptions options;
  options.transposed = true;
  options.stride = {2, 2};
  put("x.npy", x);
  put("y.npy", conv2d(x, w, {}, options));
  run({"learn", "--input", path("x.npy"), "--target", path("y.npy"), "--kernel", "2",
       "--transposed", "--stride", "2", "--loss", "mean", "--lr", "2", "--steps", "1000",
       "--output", path("w.npy")});
  EXPECT_LT(difference(get("w.npy"), w), 1e-3);
}

TEST_F(LearnCommand, AnalysisOfTheNotebooksExperiment) {
  const std::string out =
      run(edge({"--init", init(0.3f, 0.5f), "--lr", "0.03", "--steps", "1", "--analyze"}));
  EXPECT_THAT(out, AllOf(HasSubstr("eigenvalues of H: 60, 12\n"),
                         HasSubstr("largest stable rate: 0.03333333\n"),
                         HasSubstr("best rate: 0.02777778\n"), HasSubstr("condition number: 5\n"),
                         HasSubstr("rank: 2 of 2 parameters\n"), HasSubstr("optimum: 1, -1\n"),
                         HasSubstr("step 0: loss 24.12\n")));
}

TEST_F(LearnCommand, AnalysisNamesWhatCannotBeLearned) {
  put("ones.npy", Tensor(Shape{1, 1, 6, 8}, 1.0f));
  put("zero.npy", Tensor(Shape{1, 1, 6, 7}, 0.0f));
  const std::string out =
      run({"learn", "--input", path("ones.npy"), "--target", path("zero.npy"), "--kernel", "1,2",
           "--lr", "0.001", "--steps", "1", "--output", path("w.npy"), "--analyze"});
  EXPECT_THAT(out, AllOf(HasSubstr("eigenvalues of H: 168, 0\n"), HasSubstr("rank: 1 of 2"),
                         HasSubstr("learnable: Only the sum of the weights is learnable")));
}

TEST_F(LearnCommand, RatesMustBePositiveAndFinite) {
  for (const char* rate : {"0", "-0.1", "nan", "inf", "1e99", "1e-99", "fast", "", "0.03x"})
    expect_error(edge({"--kernel", "1,2", "--steps", "1"}), {"--lr", rate}, 2, HasSubstr("--lr"));
  // Each of these is positive and finite.
  for (const char* rate : {"1e300", "3.5e38", "1e-46"})
    expect_error(edge({"--kernel", "1,2", "--steps", "1"}), {"--lr", rate}, 2,
                 HasSubstr("like 0.03, from 1.4e-45 to 3.4e38 as float32 has them"));
}

TEST_F(LearnCommand, WrongCalls) {
  const auto wrong = [&](const std::vector<std::string>& more, const std::string& message) {
    expect_error(edge({"--lr", "0.03", "--steps", "1"}), more, 2, HasSubstr(message));
  };
  wrong({}, "the kernel's size is missing");
  wrong({"--kernel", "0"}, "--kernel (0, 0) must be at least 1");
  wrong({"--kernel", "99999999"}, "--kernel (99999999, 99999999) must be at most");
  wrong({"--kernel", "16777216,16777216"}, "does not fit into input");
  wrong({"--kernel", "2,2"}, "target [1, 1, 6, 7] must have the output's shape [1, 1, 5, 7]");
  wrong({"--kernel", "1,2", "--loss", "max"}, "--loss is \"max\"; it must be sum or mean");
  wrong({"--kernel", "1,2", "--optimizer", "rmsprop"}, "rmsprop");
  wrong({"--kernel", "1,2", "--momentum", "0.5"},
        "--momentum is a setting of --optimizer momentum or nesterov, and --optimizer is sgd");
  wrong({"--kernel", "1,2", "--optimizer", "momentum", "--momentum", "1"},
        "--momentum is \"1\"; it must be a number from 0 to 0.999");
  wrong({"--kernel", "1,2", "--optimizer", "nesterov", "--momentum", "nan"}, "--momentum is");
  wrong({"--kernel", "1,2", "--optimizer", "adam", "--betas", "0.9"},
        "it must be two numbers like 0.9,0.999, each from 0 to 0.999999");
  wrong({"--kernel", "1,2", "--optimizer", "adam", "--betas", "0.9,1"}, "--betas is \"0.9,1\"");
  wrong({"--kernel", "1,2", "--optimizer", "adam", "--eps", "0"}, "--eps is \"0\"");
  wrong({"--kernel", "1,2", "--optimizer", "momentum", "--eps", "1e-8"}, "--eps is a setting of");
  wrong({"--kernel", "1,2", "--bias=x"}, "--bias takes no value; see");
  wrong({"--kernel", "1,2", "--bias=7"}, "--bias takes no value; see");
  wrong({"--kernel", "1,2", "--history", ""}, "--history is empty; it needs a value; see");
  wrong({"--kernel", "1,2", "--seed", "-1"}, "--seed is \"-1\"");
  wrong({"--kernel", "1,2", "--groups", "2"}, "it must divide the 1 channels of the input");
  wrong({"--init", init(1, 2), "--seed", "1"}, "--init and --seed both give");
  wrong({"--init", init(1, 2), "--kernel", "2,1"}, "has 1 × 2 cells");
  wrong({"--kernel", "1,2", "--output-bias", path("b.npy")}, "--output-bias needs --bias");
  wrong({"--kernel", "1,2", "--history", path("w.npy")}, "two outputs");
  expect_error(edge({"--kernel", "1,2", "--lr", "0.03"}), {"--steps", "-1"}, 2,
               HasSubstr("--steps is \"-1\""));
}

TEST_F(LearnCommand, AHistoryHasEveryStepOfALongRun) {
  run(edge({"--init", init(0.3f, 0.5f), "--lr", "0.001", "--steps", "20000", "--history",
            path("h.csv")}));
  const std::string text = file_text(path("h.csv"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 20002);
  EXPECT_THAT(text, testing::StartsWith("step,loss\n0,24.12"));
  EXPECT_THAT(text, HasSubstr("\n20000,"));
}

TEST_F(LearnCommand, DivergenceIsAFailureAndWritesNothing) {
  expect_error(edge({"--kernel", "1,2", "--lr", "5", "--steps", "1000"}),
               {"--history", path("h.csv")}, 1,
               AllOf(HasSubstr("grew without bound at learning rate 5"),
                     HasSubstr("choose a smaller rate")));
}

// Its loss was told as 0.
TEST_F(LearnCommand, AStartBeyondFloat32IsAFailure) {
  for (const char* steps : {"0", "3"}) {
    const Tensor x({1, 1, 6, 8}, 1e30f);
    const Called called =
        call({"learn", "--input", put("big.npy", x), "--target",
              put("y.npy", Tensor({1, 1, 6, 7}, 1.0f)), "--init", init(0.5f, 0.25f), "--lr", "0.03",
              "--steps", steps, "--output", path("w.npy")});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.error, HasSubstr("beyond 3.4e38, float32's largest number"));
    EXPECT_EQ(called.out, "");
  }
}

TEST_F(LearnCommand, UnreadableFilesAreFailures) {
  std::vector<std::string> c = edge({"--kernel", "1,2", "--lr", "0.03", "--steps", "1"});
  c[4] = path("none.npy");
  expect_error(c, {}, 1, HasSubstr("there is no file"));
  c[4] = put("nan.npy", Tensor(Shape{1, 1, 6, 7}, NAN));
  expect_error(c, {}, 1, HasSubstr("holds NaN or infinite values"));
}

// What the command writes to a terminal while it runs.
struct Shown {
  std::string out, terminal;
};

Shown learn_on_a_terminal(const char* steps) {
  const TempFolder folder;
  write_npy(folder / "x.npy", Tensor(Shape{1, 1, 3, 3}, 1.0f));
  std::ostringstream out;
  std::ostringstream terminal;
  CLI::App app;
  add_commands(app, {out, terminal, &terminal});
  const std::string x = folder / "x.npy";
  const std::string w = folder / "w.npy";
  const std::vector<const char*> argv{"convscope", "learn",    "--input",  x.c_str(), "--target",
                                      x.c_str(),   "--kernel", "1",        "--lr",    "0.01",
                                      "--steps",   steps,      "--output", w.c_str()};
  app.parse(static_cast<int>(argv.size()), argv.data());
  return {out.str(), terminal.str()};
}

TEST(LearnProgress, DrawsOnlyWhereItIsAskedTo) {
  const Shown shown = learn_on_a_terminal("5");
  EXPECT_EQ(shown.out.find('\r'), std::string::npos);
  EXPECT_THAT(shown.terminal, testing::EndsWith("\r\x1b[K"));  // the line is left empty
}

TEST(LearnProgress, TellsStepsRateAndLoss) {
  const Shown shown = learn_on_a_terminal("1000000");
  EXPECT_THAT(shown.terminal,
              AllOf(HasSubstr("/1000000, rate 0.01, loss "), HasSubstr(" steps/s")));
  EXPECT_EQ(shown.out.find('\r'), std::string::npos);
}

}  // namespace
}  // namespace convscope::cli
