#include "engine/learning/symmetric_eigen.h"

#include <Eigen/Core>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/core/parallel.h"

namespace convscope::engine {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Shares of the work that the parts take, for large matrices.
constexpr double kReduced = 0.25;
constexpr double kUnfolded = 0.45;

// A = Q T Qᵀ, where T has `diagonal` on its diagonal and side[k] between k and k + 1.
struct Tridiagonal {
  MatrixXd q;
  VectorXd diagonal, side;
};

class Watch {
 public:
  Watch(const std::stop_token& stop, const Progress& progress) : stop_(stop), progress_(progress) {}
  bool stopped() const { return stop_.stop_requested(); }
  const std::stop_token& token() const { return stop_; }
  // Reports progress that never decreases, because the number of QR steps to come is unknown.
  void tell(double share) {
    if (!progress_ || share < told_ + 0.005) return;
    told_ = share;
    progress_(share);
  }

 private:
  const std::stop_token& stop_;
  const Progress& progress_;
  double told_ = 0.0;
};

// The reflection 1 − scale v vᵀ that maps x to (length, 0, 0 ...); v replaces x.
struct Reflection {
  double scale = 0.0;
  double length = 0.0;
};

template <typename Vector>
Reflection reflect(Vector&& x) {
  Reflection result;
  const double norm = x.norm();
  if (norm == 0.0) return result;
  result.length = x[0] > 0.0 ? -norm : norm;
  x[0] -= result.length;
  result.scale = 2.0 / x.squaredNorm();
  return result;
}

// Reduces column by column; the vectors of the reflections stay below the diagonal of `a`.
bool reduce(MatrixXd& a, Tridiagonal& t, VectorXd& scales, Watch& watch) {
  const Index n = a.rows();
  const double all = static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(n);
  for (Index k = 0; k + 1 < n; ++k) {
    if (watch.stopped()) return false;
    const Index rest = n - k - 1;
    auto v = a.col(k).tail(rest);
    const Reflection reflection = reflect(v);
    t.side[k] = reflection.length;
    scales[k] = reflection.scale;
    if (reflection.scale == 0.0) continue;
    auto block = a.bottomRightCorner(rest, rest);
    VectorXd w = reflection.scale * (block.selfadjointView<Eigen::Lower>() * v);
    w -= 0.5 * reflection.scale * w.dot(v) * v;
    block.selfadjointView<Eigen::Lower>().rankUpdate(v, w, -1.0);
    const auto left = static_cast<double>(rest);
    watch.tell(kReduced * (1.0 - left * left * left / all));
  }
  t.diagonal = a.diagonal();
  return true;
}

// Computes Q, the product of the reflections, from the last to the first.
bool form_q(const MatrixXd& a, const VectorXd& scales, Tridiagonal& t, Watch& watch) {
  const Index n = a.rows();
  t.q = MatrixXd::Identity(n, n);
  for (Index k = n - 2; k >= 0; --k) {
    if (watch.stopped()) return false;
    const Index rest = n - k - 1;
    const auto v = a.col(k).tail(rest);
    auto block = t.q.bottomRightCorner(rest, rest);
    const Eigen::RowVectorXd w = scales[k] * (v.transpose() * block);
    block.noalias() -= v * w;
    const double done = static_cast<double>(rest) / static_cast<double>(n);
    watch.tell(kReduced + (kUnfolded - kReduced) * done * done * done);
  }
  return true;
}

struct Rotation {
  double c, s;
};

// Does one implicit QR step on the rows [lo, hi] of T; `rotations` receives those of the pairs (k,
// k + 1).
void qr_step(Tridiagonal& t, Index lo, Index hi, std::vector<Rotation>& rotations) {
  VectorXd& d = t.diagonal;
  VectorXd& e = t.side;
  const double half = 0.5 * (d[hi - 1] - d[hi]);
  const double edge = e[hi - 1];
  const double shift = d[hi] - edge * (edge / (half + std::copysign(std::hypot(half, edge), half)));
  double x = d[lo] - shift;
  double z = e[lo];  // the entry beside the band, which each rotation moves further down
  rotations.clear();
  for (Index k = lo; k < hi; ++k) {
    const double length = std::hypot(x, z);
    const Rotation r = length > 0.0 ? Rotation{x / length, z / length} : Rotation{1.0, 0.0};
    rotations.push_back(r);
    if (k > lo) e[k - 1] = length;
    const double moved = r.s * (r.s * (d[k + 1] - d[k]) + 2.0 * r.c * e[k]);
    e[k] = r.c * r.s * (d[k + 1] - d[k]) + (r.c * r.c - r.s * r.s) * e[k];
    d[k] += moved;
    d[k + 1] -= moved;
    if (k + 1 == hi) break;
    x = e[k];
    z = r.s * e[k + 1];
    e[k + 1] *= r.c;
  }
}

// Rotates columns lo, lo + 1, ... of Q, in blocks of rows that stay in the cache.
void rotate(MatrixXd& q, Index lo, const std::vector<Rotation>& rotations) {
  constexpr Index kBlock = 64;
  constexpr Index kWorthThreads = Index{1} << 15;
  const Index n = q.rows();
  auto block = [&](Index task, Index /*worker*/) {
    const Index begin = task * kBlock;
    const Index rows = std::min(kBlock, n - begin);
    double* left = q.data() + lo * n + begin;
    for (const Rotation& r : rotations) {
      double* right = left + n;
      for (Index i = 0; i < rows; ++i) {
        const double a = left[i];
        const double b = right[i];
        left[i] = r.c * a + r.s * b;
        right[i] = r.c * b - r.s * a;
      }
      left = right;
    }
  };
  const Index tasks = (n + kBlock - 1) / kBlock;
  const bool many = n * std::ssize(rotations) > kWorthThreads;
  // Runs without the stop token, so that Q is never rotated in part; stops are checked between
  // steps.
  fast::run_tasks(tasks, many ? fast::worker_count() : 1, {}, block);
}

bool diagonalise(Tridiagonal& t, Watch& watch) {
  const Index n = t.diagonal.size();
  constexpr double kEps = std::numeric_limits<double>::epsilon();
  const double scale = std::max(t.diagonal.cwiseAbs().maxCoeff(), t.side.cwiseAbs().maxCoeff());
  const auto is_zero = [&](Index k) {
    const double beside = std::abs(t.diagonal[k]) + std::abs(t.diagonal[k + 1]);
    return std::abs(t.side[k]) <= kEps * std::max(beside, 0.125 * scale);
  };
  std::vector<Rotation> rotations;
  // Two steps for each eigenvalue are usual; the limit is for numbers that are not finite.
  Index left = 64 * n;
  for (Index hi = n - 1; hi > 0;) {
    if (watch.stopped()) return false;
    if (is_zero(hi - 1)) {
      t.side[--hi] = 0.0;
      continue;
    }
    if (left-- == 0) break;
    Index lo = hi - 1;
    while (lo > 0 && !is_zero(lo - 1))
      --lo;
    qr_step(t, lo, hi, rotations);
    rotate(t.q, lo, rotations);
    const double rest = static_cast<double>(hi) / static_cast<double>(n);
    watch.tell(kUnfolded + (1.0 - kUnfolded) * (1.0 - rest * rest));
  }
  return true;
}

SymmetricEigen sorted(const Tridiagonal& t) {
  const Index n = t.diagonal.size();
  std::vector<Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Index{0});
  std::ranges::stable_sort(order, std::greater(), [&](Index k) { return t.diagonal[k]; });
  SymmetricEigen result;
  result.vectors.reserve(static_cast<std::size_t>(n * n));
  for (const Index k : order) {
    result.values.push_back(t.diagonal[k]);
    const double* vector = t.q.data() + k * n;
    result.vectors.insert(result.vectors.end(), vector, vector + n);
  }
  return result;
}

}  // namespace

std::optional<SymmetricEigen> symmetric_eigen(std::span<const double> matrix, Index n,
                                              const std::stop_token& stop,
                                              const Progress& progress) {
  assert(n > 0 && std::ssize(matrix) == n * n);
  MatrixXd a = Eigen::Map<const MatrixXd>(matrix.data(), n, n);
  Tridiagonal t{{}, VectorXd::Zero(n), VectorXd::Zero(std::max<Index>(n - 1, 1))};
  VectorXd scales = VectorXd::Zero(n);
  Watch watch(stop, progress);
  if (!reduce(a, t, scales, watch) || !form_q(a, scales, t, watch) || !diagonalise(t, watch)) {
    return std::nullopt;
  }
  return sorted(t);
}

}  // namespace convscope::engine
