#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"
#include "tests/bench/names.h"

// Defines the cases of the benchmark and the libraries that compete.
namespace convscope::bench {

enum class Operator { kConv, kSeparable, kMaxPool, kAveragePool, kGradients, kOneWeight };

struct Case {
  std::string name;
  Operator op = Operator::kConv;
  Shape input;
  Shape weight;  // empty for pooling
  Conv2dOptions options;
  Pool2dOptions pool;
};

// The data of a case. For kSeparable the weight is column * row; for kGradients grad_output has the
// output's shape.
struct Problem {
  Case what;
  Tensor input;
  Tensor weight;
  Tensor column;  // [1, 1, kh, 1]
  Tensor row;     // [1, 1, 1, kw]
  Tensor grad_output;
};

// A competing implementation. `run` computes everything anew into memory that it keeps, and
// `results` copies what it computed. `prepare`, if set, is called before each run and not timed.
struct Contender {
  std::string name;
  std::function<void()> run;
  std::function<std::vector<Tensor>()> results;  // empty if it computes nothing to compare
  std::string refusal;                           // why it can't run, or empty
  std::function<void()> prepare = {};
};

// Each adds its contenders for a problem, which must outlive them.
void add_convscope(const Problem& problem, std::vector<Contender>& contenders);
void add_copy(const Problem& problem, std::vector<Contender>& contenders);
void add_opencv(const Problem& problem, std::vector<Contender>& contenders);
void add_onednn(const Problem& problem, std::vector<Contender>& contenders);
void add_torch(const Problem& problem, std::vector<Contender>& contenders);

std::string opencv_version();
std::string onednn_version();
std::string torch_version();

std::vector<Case> all_cases();
Problem make_problem(const Case& what);

// The number of threads that every contender may use.
inline constexpr int kThreads = 2;

}  // namespace convscope::bench
