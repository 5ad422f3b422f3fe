// bench_learning [seconds a case]: gradient descent through the quadratic, through the pictures,
// and with PyTorch.
#include "tests/bench/peers/learning.h"

#include <tbb/global_control.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "engine/core/patterns.h"
#include "engine/kernel_info/kernels.h"
#include "engine/learning/gram_learner.h"
#include "tests/bench/names.h"
#include "tests/bench/peers/measure.h"

namespace convscope::bench {
namespace {

LearningCase notebook() {
  const Tensor input = make_pattern("edge", {6, 8}, 0);
  return {"notebook, 100 steps",
          {input, conv2d(input, Tensor::from_rows({{1, -1}})), {}, Reduction::kSum},
          Tensor::from_rows({{0.3f, 0.5f}}),
          0.03f,
          100};
}

LearningCase photo(const std::string& name, Yx size, int steps) {
  const Tensor input = make_pattern("noise", size, 1);
  Conv2dOptions options;
  options.padding = same_padding({7, 7}, {1, 1});
  return {name + " 7x7, " + std::to_string(steps) + " steps",
          {input, conv2d(input, random_weight({1, 1, 7, 7}, 2), {}, options), options,
           Reduction::kMean},
          random_weight({1, 1, 7, 7}, 3),
          0.03f,
          steps};
}

template <typename Learner>
Contender contender(const char* name, const LearningCase& what, std::shared_ptr<Learner> learner) {
  // A learner evaluates the start when it gets it, then what each step arrives at: so many passes
  // over the pictures as steps, which is what others do, too.
  return {name,
          [&what, learner] {
            for (int i = 0; i < what.steps; ++i)
              (void)learner->step(what.rate);
          },
          [learner] { return std::vector<Tensor>{learner->weight()}; },
          {},
          [&what, learner] {
            (void)learner->restart({what.start, {}});
          }};
}

QuadraticLoss build(const LearningCase& what) {
  return QuadraticLoss::build(what.problem, what.start.shape(), false).value();
}

std::vector<Contender> contenders_for(const LearningCase& what) {
  std::vector<Contender> result;
  const Parameters start{what.start, {}};
  auto loss = std::make_shared<const QuadraticLoss>(build(what));
  result.push_back(contender("quadratic", what, std::make_shared<GramLearner>(loss, start)));
  result.push_back(
      contender("pictures", what, std::make_shared<KernelLearner>(what.problem, start)));
  result.push_back(contender("pictures, pass after pass", what,
                             std::make_shared<KernelLearner>(what.problem, start, std::stop_token{},
                                                             LearningPath::kSeparate)));
  result.push_back({"building the quadratic",
                    [&what, kept = std::make_shared<QuadraticLoss>(*loss)] { *kept = build(what); },
                    {},
                    {}});
#ifdef BENCH_WITH_TORCH
  add_torch_learning(what, result);
#endif
  return result;
}

bool run_case(const LearningCase& what, double seconds) {
  const std::vector<Contender> contenders = contenders_for(what);
  const std::string wrong = disagreement(contenders, 1e-3);
  if (!wrong.empty()) {
    std::printf("| %s | %s | | |\n", what.name.c_str(), wrong.c_str());
    return false;
  }
  const std::vector<Timing> times = measure(contenders, seconds);
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    std::printf("| %s | %s | %.4f/%.4f |", what.name.c_str(), contenders[i].name.c_str(),
                times[i].median, times[i].least);
    if (contenders[i].results) std::printf(" %.0f", what.steps / times[i].median * 1e3);
    std::printf(" |\n");
  }
  std::fflush(stdout);
  return true;
}

int run(double seconds) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, kThreads);
  std::printf("| case | contender | median/least ms | steps a second |\n|---|---|---|---|\n");
  bool agreed = true;
  for (const LearningCase& what :
       {notebook(), photo("512x512", {512, 512}, 5), photo("1080p", {1080, 1920}, 2)})
    agreed &= run_case(what, seconds);
  return agreed ? 0 : 1;
}

}  // namespace
}  // namespace convscope::bench

int main(int argc, char** argv) {
  return convscope::bench::run(argc > 1 ? std::atof(argv[1]) : 3.0);
}
