#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/core/weight_place.h"
#include "engine/learning/gram_sums.h"
#include "engine/learning/learning.h"

namespace convscope {

// The loss of a LearningProblem as what it is, a quadratic in the parameters, in double:
//
//   L(w) = scale · Σ over rows r of ( w_rᵀ A w_r − 2 b_rᵀ w_r ) + scale · c,      H = 2 · scale · A
//
// A row is the parameters of one output channel (`size()` of them: weights by input channel, kernel
// row and column, then the bias), or of the one kernel of all channels. Rows of one group share
// their A. `scale` is 1 for the sum of squared errors, 1 / count of the outputs for their mean.
// Parameters "flat" are row after row in one vector.
class QuadraticLoss {
 public:
  // `weight` is the shape of the weight to be learned, as in Parameters. Empty if `stop` was
  // requested. Throws Error where shapes don't fit, or the weight has too many values
  // (gram_sums.h). 1920 x 1080 and a 7 x 7 kernel take tens of milliseconds.
  static std::optional<QuadraticLoss> build(const LearningProblem& problem, const Shape& weight,
                                            bool bias, const std::stop_token& stop = {},
                                            const Progress& progress = {});

  const Shape& weight_shape() const { return weight_shape_; }
  bool has_bias() const { return bias_; }
  Index rows() const { return rows_; }
  Index groups() const { return sums_.groups; }
  Index size() const { return sums_.size; }
  Index parameters() const { return rows_ * size(); }
  double scale() const { return scale_; }
  // A of a group, [size, size]; b of a row; c.
  std::span<const double> a(Index group) const;
  std::span<const double> b(Index row) const;
  double c() const { return sums_.square; }
  Index group_of(Index row) const { return row / (rows_ / groups()); }

  // Never below 0. Near the optimum it is exact to about 1e-16 c.
  double loss(const Parameters& parameters) const;
  double loss(std::span<const double> flat) const;
  Parameters gradient(const Parameters& parameters) const;
  // Writes the gradient, flat as well, and returns the loss.
  double evaluate(std::span<const double> flat, std::span<double> gradient) const;

  std::vector<double> flattened(const Parameters& parameters) const;
  void flatten(const Parameters& parameters, std::span<double> flat) const;
  Parameters unflattened(std::span<const double> flat) const;  // rounded to float
  void unflatten(std::span<const double> flat, Parameters& parameters) const;
  // Where a flat parameter stands in the weight; empty for a bias.
  std::optional<WeightPlace> place_of(Index flat) const;
  Index row_of(Index flat) const { return flat / size(); }

 private:
  QuadraticLoss() = default;
  void share_rows();
  // The place in the weight's values of a row's value k, k < size() without the bias.
  Index weight_place(Index row, Index k) const;

  Shape weight_shape_;
  bool bias_ = false;
  bool shared_ = false;
  bool transposed_ = false;
  Index rows_ = 1;
  double scale_ = 1.0;
  GramSums sums_;
};

}  // namespace convscope
