#pragma once

#include "engine/learning/learning.h"
#include "tests/bench/names.h"
#include "tests/bench/peers/contender.h"

namespace convscope::bench {

// Some steps of plain gradient descent from a given start.
struct LearningCase {
  std::string name;
  LearningProblem problem;
  Tensor start;
  float rate = 0.0f;
  int steps = 1;
};

// Adds a contender that takes the case's steps and returns the weight; the case must outlive it.
// With PyTorch a step is a forward pass, its autograd and the notebook's update.
void add_torch_learning(const LearningCase& what, std::vector<Contender>& contenders);

}  // namespace convscope::bench
