#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// What is timed, and by whom.
namespace convscope::bench {

enum class Operator { kConv, kSeparable, kMaxPool, kAveragePool, kGradients, kOneWeight };

struct Case {
  std::string name;
  Operator op = Operator::kConv;
  Shape input;
  Shape weight;  // or, for pooling, nothing
  Conv2dOptions options;
  Pool2dOptions pool;
};

// The data of a case. For kSeparable the weight is column * row; for kGradients grad_output has the
// shape of the output.
struct Problem {
  Case what;
  Tensor input;
  Tensor weight;
  Tensor column;  // [1, 1, kh, 1]
  Tensor row;     // [1, 1, 1, kw]
  Tensor grad_output;
};

// `run` computes everything anew into memory that it keeps; `results` then copies what it computed.
// `prepare`, if there is one, comes before each run and is not timed.
struct Contender {
  std::string name;
  std::function<void()> run;
  std::function<std::vector<Tensor>()> results;  // empty: computes nothing to compare
  std::string refusal;                           // why it cannot run, or empty
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

// Threads that every contender may use.
inline constexpr int kThreads = 2;

}  // namespace convscope::bench
