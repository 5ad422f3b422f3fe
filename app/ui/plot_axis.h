#pragma once

#include <string>
#include <vector>

// Where the values of a chart are along an axis, and which of them are written at it: pure
// arithmetic.
namespace convscope::ui {

struct AxisTick {
  double value = 0.0;
  std::string text;
};

// From `lo` at 0 to `hi` at 1; lo < hi, both finite, and positive where `log`.
struct PlotAxis {
  double lo = 0.0, hi = 1.0;
  bool log = false;
  double fraction(double value) const;
  double value(double fraction) const;
  // Whether a value has a place on the axis or beyond its ends: it is finite, and positive on a
  // logarithmic axis.
  bool shows(double value) const;
};

// What values there are, of all series.
class AxisRange {
 public:
  // `value` must have a place on an axis.
  void add(double value);
  bool empty() const { return !(lo_ <= hi_); }
  bool whole() const { return whole_; }  // all are whole numbers
  double lo() const { return lo_; }
  double hi() const { return hi_; }

 private:
  double lo_ = 1.0, hi_ = 0.0;
  bool whole_ = true;
};

// The axis from end to end of the values: for x. A single value gets some room after it.
PlotAxis tight_axis(const AxisRange& range);
// With some room at both ends, but no negative values where there are none: for y.
PlotAxis roomy_axis(const AxisRange& range, bool log);

// Round values (1, 2 or 5 times a power of ten apart) from lo to hi, `most` at most and two where
// that is possible; with equally many decimals. `whole` keeps them whole.
std::vector<AxisTick> linear_ticks(double lo, double hi, int most, bool whole = false);
// Powers of ten, every second, fifth … where they are too many; 1, 2 and 5 times those where they
// are too few; those of linear_ticks where the range is under one decade. lo and hi are positive.
std::vector<AxisTick> log_ticks(double lo, double hi, int most);
std::vector<AxisTick> axis_ticks(const PlotAxis& axis, int most, bool whole = false);

}  // namespace convscope::ui
