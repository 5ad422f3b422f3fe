#include "tests/bench/names.h"
#include "tests/bench/peers/contender.h"
#include "tests/random_tensor.h"

namespace convscope::bench {
namespace {

Case plane(const std::string& size, Index h, Index w, Index k, Operator op = Operator::kConv) {
  Case c;
  c.name = size + " k" + std::to_string(k);
  if (op == Operator::kSeparable) c.name += " separable";
  if (op == Operator::kOneWeight) c.name += " one weight";
  c.op = op;
  c.input = {1, 1, h, w};
  c.weight = {1, 1, k, k};
  c.options.padding = same_padding({k, k}, {1, 1});
  return c;
}

Case layer(const std::string& name, const Shape& input, Index outputs, Index k, Operator op) {
  Case c;
  c.name = name;
  if (op == Operator::kGradients) c.name += " gradients";
  c.op = op;
  c.input = input;
  c.weight = {outputs, input.c, k, k};
  c.options.padding = same_padding({k, k}, {1, 1});
  return c;
}

Case pool(const std::string& name, const Shape& input, Operator op) {
  Case c;
  c.name = (op == Operator::kMaxPool ? "max pool " : "avg pool ") + name;
  c.op = op;
  c.input = input;
  c.pool.kind = op == Operator::kMaxPool ? PoolKind::kMax : PoolKind::kAverage;
  return c;
}

}  // namespace

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  cases.push_back(plane("512x512", 512, 512, 3));
  for (const Index k : {3, 5, 7, 11, 15, 31})
    cases.push_back(plane("1080p", 1080, 1920, k));
  for (const Index k : {7, 15, 31})
    cases.push_back(plane("1080p", 1080, 1920, k, Operator::kSeparable));
  for (const Index k : {3, 7})
    cases.push_back(plane("4K", 2160, 3840, k));
  for (const Operator op : {Operator::kConv, Operator::kGradients}) {
    cases.push_back(layer("[32,3,128,128] to 7, 5x5", {32, 3, 128, 128}, 7, 5, op));
    cases.push_back(layer("1080p 3 to 16, 3x3", {1, 3, 1080, 1920}, 16, 3, op));
    cases.push_back(layer("224x224 16 to 32, 3x3", {1, 16, 224, 224}, 32, 3, op));
  }
  for (const Operator op : {Operator::kMaxPool, Operator::kAveragePool}) {
    cases.push_back(pool("[32,7,128,128]", {32, 7, 128, 128}, op));
    cases.push_back(pool("4K", {1, 1, 2160, 3840}, op));
  }
  for (const Index k : {3, 7, 31})
    cases.push_back(plane("1080p", 1080, 1920, k, Operator::kOneWeight));
  return cases;
}

Problem make_problem(const Case& what) {
  Problem p;
  p.what = what;
  p.input = random_tensor(what.input, 1);
  if (what.op == Operator::kMaxPool || what.op == Operator::kAveragePool) return p;
  p.weight = random_tensor(what.weight, 2);
  if (what.op == Operator::kSeparable) {
    p.column = random_tensor({1, 1, what.weight.h, 1}, 3);
    p.row = random_tensor({1, 1, 1, what.weight.w}, 4);
    for (Index v = 0; v < what.weight.h; ++v) {
      for (Index u = 0; u < what.weight.w; ++u)
        p.weight.at(v, u) = p.column.at(v, 0) * p.row.at(0, u);
    }
  }
  if (what.op == Operator::kGradients)
    p.grad_output = random_tensor(conv2d_output_shape(what.input, what.weight, what.options), 5);
  return p;
}

}  // namespace convscope::bench
