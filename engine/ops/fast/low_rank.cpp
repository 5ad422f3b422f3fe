#include "engine/ops/fast/low_rank.h"

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>

namespace convscope::engine::fast {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Matrix plane_matrix(const Tensor& weight, Index o) {
  Matrix m(weight.shape().h, weight.shape().w);
  const std::span<const float> from = weight.plane(o, 0);
  std::copy(from.begin(), from.end(), m.data());
  return m;
}

// Returns whether something is left after subtracting `most` outer products, each through the
// largest value. This is far cheaper than singular values and enough to see that most kernels have
// a high rank.
bool rank_clearly_exceeds(Matrix m, Index most) {
  const double scale = m.cwiseAbs().maxCoeff();
  for (Index k = 0; k < most; ++k) {
    Index y = 0;
    Index x = 0;
    if (m.cwiseAbs().maxCoeff(&y, &x) == 0.0) return false;
    m -= (m.col(x) * m.row(y) / m(y, x)).eval();
  }
  return m.cwiseAbs().maxCoeff() > 1e-3 * scale;
}

// Returns the number of terms that one kernel needs; more than `most` if those are not enough.
Index factor(const Matrix& m, Index most, Eigen::BDCSVD<Matrix>& svd) {
  if (rank_clearly_exceeds(m, most)) return most + 1;
  svd.compute(m, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const auto& values = svd.singularValues();
  Index rank = values.size();
  double rest = 0.0;
  while (rank > 0 && rest + values[rank - 1] <= 1e-6 * values[0])
    rest += values[--rank];
  return rank;
}

}  // namespace

Index worthwhile_rank(const Shape& k) {
  if (k.c != 1 || std::min(k.h, k.w) < 7) return 0;
  return std::min<Index>(4, k.h * k.w * 11 / (20 * (k.h + k.w)));
}

const LowRank& low_rank(const Tensor& weight, Index most, LowRankCache& cache) {
  if (cache.most == most && cache.weight == weight) return cache.factors;
  const Shape& k = weight.shape();
  cache.weight = weight;
  cache.most = most;
  LowRank& result = cache.factors;
  result.rank = 0;
  // Reserves `most` terms for every channel; terms that a channel doesn't need stay 0.
  result.columns.assign(static_cast<std::size_t>(k.n * most * k.h), 0.0f);
  result.rows.assign(static_cast<std::size_t>(k.n * most * k.w), 0.0f);
  Eigen::BDCSVD<Matrix> svd;
  Index largest = most == 0 ? 1 : 0;
  for (Index o = 0; o < k.n && largest <= most; ++o) {
    const Index rank = factor(plane_matrix(weight, o), most, svd);
    largest = std::max(largest, rank);
    if (rank > most) break;
    for (Index term = 0; term < rank; ++term) {
      const double root = std::sqrt(svd.singularValues()[term]);
      float* column = result.columns.data() + (o * most + term) * k.h;
      float* row = result.rows.data() + (o * most + term) * k.w;
      for (Index v = 0; v < k.h; ++v)
        column[v] = static_cast<float>(svd.matrixU()(v, term) * root);
      for (Index u = 0; u < k.w; ++u)
        row[u] = static_cast<float>(svd.matrixV()(u, term) * root);
    }
  }
  if (largest <= most) result.rank = std::max<Index>(1, largest);
  return result;
}

}  // namespace convscope::engine::fast
