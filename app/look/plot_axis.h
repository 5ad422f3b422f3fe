#pragma once

#include <string>
#include <vector>

#include "app/look/names.h"

// Computes where the values of a chart are on an axis and which of them get labels.
namespace convscope::look {

struct AxisTick {
  double value = 0.0;
  std::string text;
};

// Maps `lo` to 0 and `hi` to 1. lo < hi, both finite, and positive if `log`.
struct PlotAxis {
  double lo = 0.0, hi = 1.0;
  bool log = false;
  double fraction(double value) const;
  double value(double fraction) const;
  // Returns whether a value has a position on the axis or beyond its ends: it must be finite, and
  // positive on a logarithmic axis.
  bool shows(double value) const;
};

// Collects the range of the values of all series.
class AxisRange {
 public:
  // `value` must be one that the axis can show.
  void add(double value);
  bool empty() const { return !(lo_ <= hi_); }
  bool whole() const { return whole_; }  // whether all are whole numbers
  double lo() const { return lo_; }
  double hi() const { return hi_; }

 private:
  double lo_ = 1.0, hi_ = 0.0;
  bool whole_ = true;
};

// Returns the x axis, from the smallest to the largest value. A single value gets some room after
// it.
PlotAxis tight_axis(const AxisRange& range);
// Returns the y axis, with some room at both ends, but no negative values unless there are some.
PlotAxis roomy_axis(const AxisRange& range, bool log);

// Returns round values (1, 2 or 5 times a power of ten apart) from lo to hi, with equally many
// decimals: at most `most`, and two if possible. `whole` allows only whole numbers.
std::vector<AxisTick> linear_ticks(double lo, double hi, int most, bool whole = false);
// Returns powers of ten, only every second, fifth … if there are too many; with 2 and 5 times them
// if there are too few; and the ticks of linear_ticks if the range is below one decade. lo and hi
// must be positive.
std::vector<AxisTick> log_ticks(double lo, double hi, int most);
std::vector<AxisTick> axis_ticks(const PlotAxis& axis, int most, bool whole = false);

}  // namespace convscope::look
