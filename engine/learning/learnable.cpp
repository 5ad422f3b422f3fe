#include "engine/learning/learnable.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <set>

#include "engine/core/shape_text.h"

namespace convscope::engine {
namespace {

// A way to sort the weights of a channel into classes. Where differences within a class don't
// change the loss, only the sum of each class matters.
struct Sorting {
  const char* one;   // for a single class: "the sum of the weights"
  const char* many;  // for several: "the sums of the rows of the weights"
  Index (*class_of)(Yx weight);
};

constexpr std::array kSortings{
    Sorting{"the sum of the weights", "the sum of each channel's weights",
            [](Yx) { return Index{0}; }},
    Sorting{"the sum of the weights", "the sums of the kernel's rows", [](Yx w) { return w.y; }},
    Sorting{"the sum of the weights", "the sums of the kernel's columns", [](Yx w) { return w.x; }},
    Sorting{"the sum of the weights", "the sums of every other weight, as on a checkerboard",
            [](Yx w) { return (w.y + w.x) % 2; }},
    Sorting{"the sum of the weights", "the sums of the kernel's falling diagonals",
            [](Yx w) { return w.y - w.x; }},
    Sorting{"the sum of the weights", "the sums of the kernel's rising diagonals",
            [](Yx w) { return w.y + w.x; }},
};

// The parameters of one row of a group, and which changes of them leave the loss constant.
class Row {
 public:
  Row(const QuadraticLoss& loss, Index group) : loss_(loss), group_(group) {}

  Index weights() const { return loss_.size() - (loss_.has_bias() ? 1 : 0); }
  Index taps() const { return loss_.weight_shape().h * loss_.weight_shape().w; }
  Yx place(Index k) const {
    const Index width = loss_.weight_shape().w;
    return {k % taps() / width, k % taps() % width};
  }
  // Returns whether the weight is only ever multiplied with 0.
  bool is_dead(Index k) const { return is_flat(unit(k)); }
  // Returns whether moving value from one weight to the other leaves the loss unchanged.
  bool is_exchangeable(Index k, Index other) const {
    std::vector<double> direction = unit(k);
    direction[static_cast<std::size_t>(other)] = -1.0;
    return is_flat(direction);
  }

 private:
  std::vector<double> unit(Index k) const {
    std::vector<double> result(static_cast<std::size_t>(loss_.size()));
    result[static_cast<std::size_t>(k)] = 1.0;
    return result;
  }
  bool is_flat(const std::vector<double>& direction) const {
    return engine::is_flat(loss_, group_, direction);
  }

  const QuadraticLoss& loss_;
  Index group_;
};

// Returns the number of classes that the live weights fall into, or 0 if some difference within a
// class changes the loss.
Index count_classes(const Row& row, const std::vector<Index>& live, const Sorting& sorting) {
  std::map<std::pair<Index, Index>, Index> first;  // by channel and class
  for (const Index k : live) {
    const auto key = std::pair(k / row.taps(), sorting.class_of(row.place(k)));
    const auto [found, is_new] = first.try_emplace(key, k);
    if (!is_new && !row.is_exchangeable(found->second, k)) return 0;
  }
  return std::ssize(first);
}

std::string count_text(Index rank, Index size) {
  return "Only " + std::to_string(rank) + " of " + std::to_string(size) +
         (rank == 1 ? " directions is" : " directions are") +
         " learnable: along the others the loss stays the same.";
}

std::string dead_text(const Row& row, const std::vector<Index>& dead) {
  if (dead.empty()) return "";
  if (dead.size() == 1)
    return "Weight " + pair_text(row.place(dead[0])) +
           " is not learnable: it is only ever multiplied with 0.";
  return std::to_string(dead.size()) +
         " weights are not learnable: they are only ever multiplied with 0.";
}

std::string class_text(const Row& row, const std::vector<Index>& live, Index rank, bool bias) {
  for (const Sorting& sorting : kSortings) {
    const Index classes = count_classes(row, live, sorting);
    if (classes == 0 || (rank != classes && !(bias && rank == classes + 1))) continue;
    // Where the bias is not a class of its own, one more combination is missing.
    const bool tied = bias && rank == classes;
    if (tied && classes == std::ssize(live))
      return "The bias cannot be told from a sum of weights: the input lets one make up for the "
             "other.";
    const bool one = classes == 1;
    return std::string("Only ") + (one ? sorting.one : sorting.many) +
           (one ? " is learnable" : " are learnable") +
           (tied  ? ", and the bias cannot be told from it: the loss stays the same where one "
                    "makes up for the other."
            : one ? ": every kernel with that sum has the same loss."
                  : ": every kernel with those sums has the same loss.");
  }
  return "";
}

std::string row_text(const QuadraticLoss& loss, const GroupSpectrum& spectrum, Index group) {
  if (spectrum.rank == loss.size()) return "";
  if (spectrum.rank == 0)
    return "Nothing is learnable: every weight is only ever multiplied with 0.";
  const Row row(loss, group);
  std::vector<Index> live, dead;
  for (Index k = 0; k < row.weights(); ++k)
    (row.is_dead(k) ? dead : live).push_back(k);
  std::string text = dead_text(row, dead);
  if (std::ssize(dead) == loss.size() - spectrum.rank) return text;
  if (!text.empty()) text += ' ';
  const std::string classes = class_text(row, live, spectrum.rank, loss.has_bias());
  return text + (classes.empty() ? count_text(spectrum.rank, loss.size()) : classes);
}

}  // namespace

bool is_flat(const QuadraticLoss& loss, Index group, std::span<const double> direction) {
  assert(std::ssize(direction) == loss.size());
  const Index n = loss.size();
  const double* a = loss.a(group).data();
  double curvature = 0.0, length = 0.0, trace = 0.0;
  for (Index i = 0; i < n; ++i) {
    const double d = direction[static_cast<std::size_t>(i)];
    length += d * d;
    trace += a[i * n + i];
    if (d == 0.0) continue;
    for (Index j = 0; j < n; ++j)
      curvature += d * a[i * n + j] * direction[static_cast<std::size_t>(j)];
  }
  // The trace is at least λmax and at most size · λmax.
  return curvature <= kZeroEigenvalue * trace * length;
}

std::string learnable_text(const QuadraticLoss& loss, const QuadraticAnalysis& analysis) {
  if (analysis.rank == analysis.parameters) return "";
  std::set<std::string> texts;
  for (Index g = 0; g < loss.groups(); ++g)
    texts.insert(row_text(loss, analysis.groups[static_cast<std::size_t>(g)], g));
  return texts.size() == 1 ? *texts.begin() : count_text(analysis.rank, analysis.parameters);
}

}  // namespace convscope::engine
