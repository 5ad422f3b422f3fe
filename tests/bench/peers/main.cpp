// bench_peers [seconds a case] [part of a case's name]: a table of medians and ratios.
#include <tbb/global_control.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/bench/names.h"
#include "tests/bench/peers/machine.h"
#include "tests/bench/peers/measure.h"

namespace convscope::bench {
namespace {

// Multiply-adds of a direct computation; 0 where they don't matter.
double macs(const Problem& p) {
  if (p.weight.empty() || p.what.op == Operator::kOneWeight) return 0.0;
  const Shape out = conv2d_output_shape(p.input.shape(), p.weight.shape(), p.what.options);
  const Shape& k = p.weight.shape();
  const double forward = static_cast<double>(out.numel() * k.c * k.h * k.w);
  return p.what.op == Operator::kGradients ? 2.0 * forward : forward;
}

void print_row(const Problem& p, const std::vector<Contender>& contenders,
               const std::vector<Timing>& times, double peak) {
  std::printf("| %s |", p.what.name.c_str());
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    std::printf(" %s %.3f/%.3f", contenders[i].name.c_str(), times[i].median, times[i].least);
    if (i > 0) std::printf(" (%.2fx)", times[i].median / times[0].median);
    std::printf(i + 1 < contenders.size() ? "," : " |");
  }
  if (macs(p) > 0.0)
    std::printf(" %.0f %% |\n", macs(p) / (times[0].median * 1e6) / peak * 100.0);
  else
    std::printf(" |\n");
  std::fflush(stdout);
}

bool run_case(const Case& what, double seconds, double peak) {
  const Problem problem = make_problem(what);
  std::vector<Contender> contenders;
  add_convscope(problem, contenders);
  add_opencv(problem, contenders);
  add_onednn(problem, contenders);
  add_torch(problem, contenders);
  add_copy(problem, contenders);
  const std::string wrong = disagreement(contenders, 1e-3);
  if (!wrong.empty()) {
    std::printf("| %s | %s | |\n", what.name.c_str(), wrong.c_str());
    return false;
  }
  print_row(problem, contenders, measure(contenders, seconds), peak);
  return true;
}

int run(double seconds, const std::string& part) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, kThreads);
  const double peak = peak_gmacs();
  std::printf(
      "OpenCV %s, oneDNN %s, PyTorch %s (Debian's builds); %d threads; measured peak %.1f "
      "GMAC/s, copy %.1f GB/s read + written.\n\n",
      opencv_version().c_str(), onednn_version().c_str(), torch_version().c_str(), kThreads, peak,
      copy_gbytes());
  std::printf(
      "| case | median/least ms (ratio to Convscope) | share of the peak |\n|---|---|---|\n");
  bool agreed = true;
  for (const Case& what : all_cases()) {
    if (what.name.find(part) != std::string::npos) agreed &= run_case(what, seconds, peak);
  }
  return agreed ? 0 : 1;
}

}  // namespace
}  // namespace convscope::bench

int main(int argc, char** argv) {
  return convscope::bench::run(argc > 1 ? std::atof(argv[1]) : 3.0, argc > 2 ? argv[2] : "");
}
