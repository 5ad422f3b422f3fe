#include "engine/ops/conv2d.h"

// Exits with 0 when the engine, linked alone, computes the first example of the lesson.
int main() {
  using convscope::engine::Tensor;
  const Tensor input = Tensor::from_rows({{0, 1, 2}, {3, 4, 5}, {6, 7, 8}});
  const Tensor weight = Tensor::from_rows({{0, 1}, {2, 3}});
  return convscope::engine::conv2d(input, weight) == Tensor::from_rows({{19, 25}, {37, 43}}) ? 0
                                                                                             : 1;
}
