#include "engine/learning/symmetric_eigen.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include "engine/core/random.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

using Eigen::MatrixXd;

MatrixXd random_matrix(Index rows, Index columns, std::uint64_t seed) {
  Random random(seed);
  MatrixXd result(rows, columns);
  for (Index k = 0; k < rows * columns; ++k)
    result.data()[k] = static_cast<double>(random.uniform(-1.0f, 1.0f));
  return result;
}

// Eigen's own solver gives the values; the vectors are checked by what they are.
void expect_eigen(const MatrixXd& a) {
  const Index n = a.rows();
  const std::span<const double> values(a.data(), static_cast<std::size_t>(n * n));
  const SymmetricEigen result = symmetric_eigen(values, n).value();
  const Eigen::SelfAdjointEigenSolver<MatrixXd> expected(a);
  const double scale = std::max(1e-300, a.norm());
  const Eigen::Map<const MatrixXd> vectors(result.vectors.data(), n, n);
  for (Index k = 0; k < n; ++k) {
    const double value = result.values[static_cast<std::size_t>(k)];
    EXPECT_NEAR(value, expected.eigenvalues()[n - 1 - k], 1e-14 * scale) << n << ": " << k;
    EXPECT_LT((a * vectors.col(k) - value * vectors.col(k)).norm(), 1e-13 * scale) << n;
  }
  const double off = (vectors.transpose() * vectors - MatrixXd::Identity(n, n)).norm();
  EXPECT_LT(off, 1e-13 * static_cast<double>(n));
}

TEST(SymmetricEigen, OfRandomMatricesOfManySizes) {
  for (const Index n : {1, 2, 3, 4, 5, 9, 16, 31, 49, 100, 225}) {
    const MatrixXd half = random_matrix(n, n, static_cast<std::uint64_t>(n));
    expect_eigen(half + half.transpose());
  }
}

TEST(SymmetricEigen, OfMatricesWithoutFullRank) {
  for (const Index n : {2, 7, 25, 120}) {
    const MatrixXd thin = random_matrix(n, std::max<Index>(1, n / 3), 7);
    expect_eigen(thin * thin.transpose());
    expect_eigen(MatrixXd::Constant(n, n, 84.0));
    expect_eigen(MatrixXd::Zero(n, n));
    expect_eigen(MatrixXd::Identity(n, n));
  }
}

TEST(SymmetricEigen, OfValuesFarApart) {
  const Index n = 30;
  MatrixXd a = random_matrix(n, n, 3);
  for (Index k = 0; k < n; ++k)
    a.col(k) *= std::pow(10.0, -0.4 * static_cast<double>(k));
  expect_eigen(a * a.transpose());
}

TEST(SymmetricEigen, ProgressRisesAndItStops) {
  const Index n = 200;
  const MatrixXd half = random_matrix(n, n, 1);
  const MatrixXd a = half + half.transpose();
  const std::span<const double> values(a.data(), static_cast<std::size_t>(n * n));
  std::vector<double> shares;
  ASSERT_TRUE(symmetric_eigen(values, n, {}, [&](double share) { shares.push_back(share); }));
  EXPECT_GT(shares.size(), 50u);
  EXPECT_TRUE(std::ranges::is_sorted(shares));
  EXPECT_GT(shares.back(), 0.95);
  EXPECT_LE(shares.back(), 1.0);
  for (const double at : {0.1, 0.3, 0.7}) {
    std::stop_source source;
    double last = 0.0;
    const auto stop = [&](double share) {
      last = share;
      if (share > at) source.request_stop();
    };
    EXPECT_FALSE(symmetric_eigen(values, n, source.get_token(), stop).has_value());
    EXPECT_LT(last, at + 0.1);
  }
}

}  // namespace
}  // namespace convscope::engine
