#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "engine/core/tensor.h"

namespace convscope::engine {

// Adds up the products of terms in double, and keeps the largest of them. A Term has product().
template <typename Term>
class LargestProducts {
 public:
  explicit LargestProducts(std::size_t max_terms) : max_terms_(max_terms) {}

  void add(const Term& term) {
    const double product = term.product();
    if (product == 0.0) return;
    ++nonzero_;
    total_ += product;
    if (largest_.size() == max_terms_ && (max_terms_ == 0 || size(term) <= size(largest_.back())))
      return;
    if (largest_.size() == max_terms_) largest_.pop_back();
    const auto falling = [](double size_before, const Term& other) {
      return size_before > size(other);
    };
    largest_.insert(std::upper_bound(largest_.begin(), largest_.end(), size(term), falling), term);
  }

  Index nonzero() const { return nonzero_; }  // those whose product is not 0
  double total() const { return total_; }     // the sum of all products
  // Returns at most `max_terms` terms that are not 0, descending by absolute value; equal ones in
  // the order in which they were added.
  std::vector<Term> take_largest() { return std::move(largest_); }

 private:
  static double size(const Term& term) {
    const double product = std::abs(term.product());
    return std::isnan(product) ? std::numeric_limits<double>::infinity() : product;
  }

  std::size_t max_terms_;
  std::vector<Term> largest_;
  Index nonzero_ = 0;
  double total_ = 0.0;
};

}  // namespace convscope::engine
