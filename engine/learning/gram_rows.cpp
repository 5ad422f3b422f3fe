#include "engine/learning/gram_rows.h"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/ops/fast/row_dots.h"

namespace convscope::engine {
namespace {

// Rows that are widened to double at once; few enough to stay in the second-level cache.
constexpr Index kBandRows = 16;

// Calls band(n, begin, end) for pieces of at most `max_rows` rows, each within one picture.
template <typename Band>
void for_each_band(RowShare rows, Index picture_rows, Index max_rows, const std::stop_token& stop,
                   const Band& band) {
  for (Index r = rows.begin; r < rows.end && !stop.stop_requested();) {
    const Index n = r / picture_rows;
    const Index end = std::min({r + max_rows, rows.end, (n + 1) * picture_rows});
    band(n, r - n * picture_rows, end - n * picture_rows);
    r = end;
  }
}

// Pairs of column taps at the same distance. Apart from the ends one sum of products serves all of
// them.
//
//   offset   0   1   2   3   4   5   6   7
//   pair 0   [ . . . . . . . . . ]             window of the first tap
//   pair 1       [ . . . . . . . . . ]
//                | shared sum    |             begins at the largest offset of any tap
struct TapPairs {
  struct Member {
    Index a, b;    // taps
    Index offset;  // offset of a
  };
  Index phase_a = 0;
  Index phase_b = 0;
  Index distance = 0;  // from a's offset to b's
  std::vector<Member> members;
};

// Returns all pairs of column taps, sorted by a's phase; only those with b >= a if `half`.
std::vector<TapPairs> make_tap_pairs(const CanvasBand& band, Index kernel, bool half) {
  std::vector<TapPairs> result;
  for (Index a = 0; a < kernel; ++a) {
    for (Index b = half ? a : 0; b < kernel; ++b) {
      const Index distance = band.offset(b) - band.offset(a);
      auto found = std::ranges::find_if(result, [&](const TapPairs& p) {
        return p.phase_a == band.phase(a) && p.phase_b == band.phase(b) && p.distance == distance;
      });
      if (found == result.end())
        found = result.insert(result.end(), {band.phase(a), band.phase(b), distance, {}});
      found->members.push_back({a, b, band.offset(a)});
    }
  }
  std::ranges::stable_sort(result, {}, &TapPairs::phase_a);
  return result;
}

// Sums the products of two rows of the canvas for every pair of column taps.
class RowPair {
 public:
  RowPair(const CanvasBand& band, Index kernel, Index outputs, bool half)
      : pairs_(make_tap_pairs(band, kernel, half)),
        kernel_(kernel),
        outputs_(outputs),
        shared_(band.largest_offset()),
        left_(static_cast<std::size_t>(shared_ + 1)),
        right_(left_.size()),
        rows_(pairs_.size()),
        cores_(pairs_.size()),
        sums_(static_cast<std::size_t>(kernel * kernel)) {}

  // Returns the sums; that of taps a and b is at [a * kernel + b].
  const std::vector<double>& sum(const CanvasBand& first, Index y, const CanvasBand& second,
                                 Index other_y) {
    if (outputs_ > shared_) sum_cores(first, y, second, other_y);
    for (std::size_t k = 0; k < pairs_.size(); ++k) {
      const TapPairs& p = pairs_[k];
      const double* a = first.phase_row(y, p.phase_a);
      const double* b = second.phase_row(other_y, p.phase_b) + p.distance;
      if (outputs_ > shared_)
        add_ends(p, a, b, cores_[k]);
      else
        add_windows(p, a, b);
    }
    return sums_;
  }

 private:
  double& sum_of(const TapPairs::Member& m) {
    return sums_[static_cast<std::size_t>(m.a * kernel_ + m.b)];
  }

  void sum_cores(const CanvasBand& first, Index y, const CanvasBand& second, Index other_y) {
    std::ranges::fill(cores_, 0.0);
    for (std::size_t k = 0; k < pairs_.size();) {
      const Index phase = pairs_[k].phase_a;
      const std::size_t begin = k;
      for (; k < pairs_.size() && pairs_[k].phase_a == phase; ++k)
        rows_[k] = second.phase_row(other_y, pairs_[k].phase_b) + pairs_[k].distance + shared_;
      fast::row_dots(first.phase_row(y, phase) + shared_, &rows_[begin],
                     static_cast<Index>(k - begin), outputs_ - shared_, &cores_[begin]);
    }
  }

  void add_ends(const TapPairs& p, const double* a, const double* b, double core) {
    const Index first_offset = p.members.front().offset;
    const Index last_offset = p.members.back().offset;
    double sum = 0.0;
    left_[static_cast<std::size_t>(shared_)] = 0.0;
    for (Index x = shared_ - 1; x >= first_offset; --x)
      left_[static_cast<std::size_t>(x)] = sum += a[x] * b[x];
    sum = 0.0;
    right_[0] = 0.0;
    for (Index x = 0; x < last_offset; ++x)
      right_[static_cast<std::size_t>(x + 1)] = sum += a[outputs_ + x] * b[outputs_ + x];
    for (const TapPairs::Member& m : p.members) {
      const auto offset = static_cast<std::size_t>(m.offset);
      sum_of(m) = core + left_[offset] + right_[offset];
    }
  }

  // Sums each window on its own, for outputs so narrow that the windows share nothing.
  void add_windows(const TapPairs& p, const double* a, const double* b) {
    for (const TapPairs::Member& m : p.members) {
      double sum = 0.0;
      for (Index x = m.offset; x < m.offset + outputs_; ++x)
        sum += a[x] * b[x];
      sum_of(m) = sum;
    }
  }

  std::vector<TapPairs> pairs_;
  Index kernel_;
  Index outputs_;
  Index shared_;  // position where the shared sums begin
  std::vector<double> left_, right_;
  std::vector<const double*> rows_;
  std::vector<double> cores_;
  std::vector<double> sums_;
};

// Finds the rows of taps whose windows have an output at canvas row y.
void find_taps(const CanvasAxis& axis, Index y, std::vector<Index>& taps) {
  taps.clear();
  for (Index v = 0; v < axis.kernel; ++v) {
    const Index top = y - v * axis.dilation;
    if (top >= 0 && top % axis.stride == 0 && top / axis.stride < axis.outputs) taps.push_back(v);
  }
}

}  // namespace

void sum_pair(const Canvas& canvas, const Tensor& input, Index i, Index j, RowShare rows,
              std::span<double> sums, const std::stop_token& stop) {
  const CanvasAxis& axis = canvas.y;
  const Index kw = canvas.x.kernel;
  const Index taps = axis.kernel * kw;
  const Index reach = (axis.kernel - 1) * axis.dilation;
  CanvasBand first(canvas);
  CanvasBand other(canvas);
  const CanvasBand& second = i == j ? first : other;
  RowPair all(first, kw, canvas.x.outputs, false);
  RowPair half(first, kw, canvas.x.outputs, true);
  std::vector<Index> members;

  const auto add = [&](Index delta, Index y) {
    const Index other_y = y + delta * axis.dilation;
    const auto has_partner = [&](Index v) { return v + delta >= 0 && v + delta < axis.kernel; };
    if (std::ranges::none_of(members, has_partner) || second.is_zero(other_y)) return;
    const bool once = i == j && delta == 0;
    const std::vector<double>& row_sums = (once ? half : all).sum(first, y, second, other_y);
    for (const Index v : members) {
      if (!has_partner(v)) continue;
      for (Index a = 0; a < kw; ++a) {
        double* to = sums.data() + (v * kw + a) * taps + (v + delta) * kw;
        for (Index b = once ? a : 0; b < kw; ++b)
          to[b] += row_sums[static_cast<std::size_t>(a * kw + b)];
      }
    }
  };

  for_each_band(rows, axis.size(), std::max(kBandRows, reach), stop,
                [&](Index n, Index begin, Index end) {
                  const Index last = std::min(axis.size(), end + reach);
                  first.load(input, n, i, begin, i == j ? last : end);
                  if (i != j) other.load(input, n, j, std::max<Index>(0, begin - reach), last);
                  for (Index y = begin; y < end; ++y) {
                    if (first.is_zero(y)) continue;
                    find_taps(axis, y, members);
                    for (Index delta = i == j ? 0 : 1 - axis.kernel; delta < axis.kernel; ++delta)
                      add(delta, y);
                  }
                });
}

void sum_cross(const Canvas& canvas, const Tensor& input, Index i, const Tensor& target, Index o,
               RowShare rows, std::span<double> sums, const std::stop_token& stop) {
  const CanvasAxis& axis = canvas.y;
  const Index kw = canvas.x.kernel;
  const Index taps = axis.kernel * kw;
  CanvasBand band(canvas);
  std::vector<double> values(static_cast<std::size_t>(canvas.x.outputs), 1.0);
  const std::vector<double> ones = values;
  const std::array target_rows{ones.data(), static_cast<const double*>(values.data())};
  static_assert(std::tuple_size_v<decltype(target_rows)> == kTargetSums);
  std::vector<const double*> tap_rows(static_cast<std::size_t>(kw));
  for_each_band(rows, axis.outputs, kBandRows, stop, [&](Index n, Index begin, Index end) {
    const Index last = (end - 1) * axis.stride + (axis.kernel - 1) * axis.dilation + 1;
    band.load(input, n, i, begin * axis.stride, last);
    for (Index y = begin; y < end; ++y) {
      if (o >= 0) {
        const float* from = target.row(n, o, y);
        for (std::size_t x = 0; x < values.size(); ++x)
          values[x] = static_cast<double>(from[x]);
        fast::row_dots(values.data(), target_rows.data(), kTargetSums, canvas.x.outputs,
                       sums.data() + taps);
      }
      for (Index v = 0; v < axis.kernel; ++v) {
        const Index place = y * axis.stride + v * axis.dilation;
        if (band.is_zero(place)) continue;
        for (Index u = 0; u < kw; ++u)
          tap_rows[static_cast<std::size_t>(u)] = band.row(place, u);
        fast::row_dots(values.data(), tap_rows.data(), kw, canvas.x.outputs, sums.data() + v * kw);
      }
    }
  });
}

}  // namespace convscope::engine
