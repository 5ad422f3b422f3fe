#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/panels/names.h"
#include "app/program/view/view_settings.h"
#include "app/ui/heatmap_painter.h"
#include "app/ui/histogram.h"
#include "app/ui/range.h"

namespace convscope::panels {

// The colour ranges and histograms of planes, found once for each revision of their values; where a
// revision tells in which cells it differs from the one before, only by looking at their rows.
// Views are known by their names: "output" is the output's, and that of all that has its colours.
class StyleCache {
 public:
  // Before the first view of a frame: a view that was not asked for in the last one shares its
  // range no more.
  void begin_frame() { ++frame_; }

  // How `plane` is coloured in `view`. `has_sign`: an automatic map is diverging even where all
  // values happen to be positive. A shared range is that of the last frame for views that come
  // later in this one.
  ui::HeatmapStyle style(const std::string& view, const ui::HeatmapPlane& plane,
                         const ViewSettings& settings, bool has_sign = false);

  // The same for a view of several planes that have one range; `data` is that of their values.
  ui::HeatmapStyle style(const std::string& view, const ui::ValueRange& data,
                         const ViewSettings& settings, bool has_sign = false);
  // Of one plane of such a view, where each has the range of its own values.
  ui::HeatmapStyle own_style(const std::string& view, const ui::ValueRange& data,
                             const ViewSettings& settings) const;

  // The range of the values that the view was asked for last; nothing where it never was.
  std::optional<ui::ValueRange> data(const std::string& view) const;

  // The names of all views that share a range, in alphabetical order.
  std::vector<std::string> sharing() const;

  // Found when it is asked for; `name` is that of the plane's owner.
  const ui::Histogram& histogram(const std::string& name, const ui::HeatmapPlane& plane);

 private:
  struct View {
    const Tensor* tensor = nullptr;
    Revision revision;
    Shape shape;
    std::map<std::pair<Index, Index>, ui::PlaneRange> ranges;  // of samples and channels
    ui::ValueRange data;  // of the plane that was last asked for
    bool shared = false;
    std::uint64_t frame = 0;  // in which it was last asked for
  };
  struct Counted {
    ui::HeatmapPlane plane;
    Shape shape;
    ui::Histogram histogram;
  };
  ui::HeatmapStyle chosen(const std::string& view, const ui::ValueRange& data,
                          const ViewSettings& settings, bool has_sign) const;
  void bring_up_to_date(View& view, const ui::HeatmapPlane& plane) const;
  ui::ValueRange range_in(View& view, const ui::HeatmapPlane& plane) const;
  bool shares(const View& view) const { return view.shared && view.frame + 1 >= frame_; }

  std::uint64_t frame_ = 1;
  std::unordered_map<std::string, View> views_;
  std::unordered_map<std::string, Counted> histograms_;
};

}  // namespace convscope::panels
