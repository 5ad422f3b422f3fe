#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/core/weight_place.h"
#include "engine/learning/gram_sums.h"
#include "engine/learning/learning.h"

namespace convscope::engine {

// The loss of a LearningProblem in closed form, a quadratic in the parameters, in double:
//
//   L(w) = scale · Σ over rows r of ( w_rᵀ A w_r − 2 b_rᵀ w_r ) + scale · c,      H = 2 · scale · A
//
// A row holds the parameters of one output channel, or of the one kernel shared by all channels:
// `size()` of them, weights by input channel, kernel row and column, then the bias. Rows of the
// same group have the same A. `scale` is 1 for the sum of squared errors, and 1 / (number of
// outputs) for their mean. "Flat" parameters are all rows, one after the other, in one vector.
class QuadraticLoss {
 public:
  // Builds the loss for a weight of shape `weight` (as in Parameters). Returns nullopt if `stop`
  // was requested. Throws Error where shapes don't fit, or where the weight has too many values
  // (gram_sums.h). Takes tens of milliseconds for 1920 x 1080 and a 7 x 7 kernel.
  static std::optional<QuadraticLoss> build(const LearningProblem& problem, const Shape& weight,
                                            bool bias, const std::stop_token& stop = {},
                                            const Progress& progress = {});

  const Shape& weight_shape() const { return weight_shape_; }
  bool has_bias() const { return bias_; }
  Index rows() const { return rows_; }
  Index groups() const { return sums_.groups; }
  Index size() const { return sums_.size; }            // parameters of a row
  Index parameters() const { return rows_ * size(); }  // parameters of all rows
  double scale() const { return scale_; }
  // Return A of a group, [size, size], b of a row, [size], and c.
  std::span<const double> a(Index group) const;
  std::span<const double> b(Index row) const;
  double c() const { return sums_.square; }
  Index group_of(Index row) const { return row / (rows_ / groups()); }

  // Returns the loss, never below 0. Near the optimum it is exact to about 1e-16 c.
  double loss(const Parameters& parameters) const;
  double loss(std::span<const double> flat) const;
  // Returns the gradient, shaped as the parameters.
  Parameters gradient(const Parameters& parameters) const;
  // Writes the flat gradient and returns the loss.
  double evaluate(std::span<const double> flat, std::span<double> gradient) const;

  // Convert between Parameters and the flat form.
  std::vector<double> flattened(const Parameters& parameters) const;
  void flatten(const Parameters& parameters, std::span<double> flat) const;
  Parameters unflattened(std::span<const double> flat) const;  // rounded to float
  void unflatten(std::span<const double> flat, Parameters& parameters) const;
  // Returns where a flat parameter stands in the weight; nullopt for a bias.
  std::optional<WeightPlace> place_of(Index flat) const;
  // Returns the row of a flat parameter.
  Index row_of(Index flat) const { return flat / size(); }

 private:
  QuadraticLoss() = default;
  void share_rows();
  // Returns the place in the weight's values of a row's k-th value; k must not be the bias.
  Index weight_place(Index row, Index k) const;

  Shape weight_shape_;
  bool bias_ = false;
  bool shared_ = false;
  bool transposed_ = false;
  Index rows_ = 1;
  double scale_ = 1.0;
  GramSums sums_;
};

}  // namespace convscope::engine
