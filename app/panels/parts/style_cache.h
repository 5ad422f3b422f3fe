#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/look/range.h"
#include "app/panels/names.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/view_settings.h"
#include "app/session/stage_view.h"
#include "app/ui/heatmap_painter.h"
#include "app/ui/histogram.h"

namespace convscope::panels {

// Returns the automatic style of a view whose range the user can't choose.
ui::HeatmapStyle automatic_style(const ui::ValueRange& data, const ViewSettings& settings,
                                 CardMeaning meaning);

// Finds the colour ranges and histograms of planes, and keeps them until the revision of the values
// changes. If a revision tells in which cells it differs from the one before, only the rows of
// these cells are read again. Views are known by name: planes with the same colours, such as those
// of "output", belong to one view.
class StyleCache {
 public:
  // To be called before the first view of a frame. A view that the last frame did not show no
  // longer takes part in the shared range.
  void begin_frame() { ++frame_; }

  // Returns the colours of `plane` in `view`; automatic colours follow `meaning`. A shared range
  // includes the views that this frame has shown so far with their new values, and the others with
  // those of the last frame.
  ui::HeatmapStyle style(const std::string& view, const ui::HeatmapPlane& plane,
                         const ViewSettings& settings, CardMeaning meaning);

  // Returns the same for a view of several planes that have one range.
  ui::HeatmapStyle style(const std::string& view, const PlanePreviews& planes,
                         const ViewSettings& settings, CardMeaning meaning);
  // Returns the colours of one plane of such a view if each plane has a range of its own.
  ui::HeatmapStyle own_style(const std::string& view, const PlanePreviews& planes, Index channel,
                             const ViewSettings& settings, CardMeaning meaning);

  // Returns the range of the values that style() last got for the view; nullopt if it never did.
  std::optional<ui::ValueRange> data(const std::string& view) const;

  // Returns the names of all views that share one range, in alphabetical order.
  std::vector<std::string> sharing() const;

  // Returns the histogram of a plane, counted at most once for each revision. `name` is the name of
  // the colour bar that shows it.
  const ui::Histogram& histogram(const std::string& name, const ui::HeatmapPlane& plane);

 private:
  // What is known of a view. Some members belong to the tensor that was shown last, some to the
  // previews that were shown last.
  struct View {
    const Tensor* tensor = nullptr;
    Revision revision;
    Shape shape;
    std::map<std::pair<Index, Index>, ui::PlaneRange> ranges;  // by sample and channel
    ui::ValueRange data;  // the range of the plane that was shown last
    std::map<std::pair<Index, Index>, std::optional<ui::ValueRange>> percentiles;  // like `ranges`
    Revision previews;
    std::map<Index, std::optional<ui::ValueRange>> preview_percentiles;  // by channel; -1: of all
    CardMeaning meaning = CardMeaning::kAmounts;
    bool shared = false;      // whether the user has chosen the shared range
    std::uint64_t frame = 0;  // the last frame that showed the view
  };
  // A histogram with the plane that it counts.
  struct Counted {
    ui::HeatmapPlane plane;
    Shape shape;
    ui::Histogram histogram;
  };
  using Percentiles = std::function<std::optional<ui::ValueRange>()>;
  ui::HeatmapStyle chosen(const std::string& view, const ui::ValueRange& data,
                          const ViewSettings& settings, CardMeaning meaning,
                          const Percentiles& percentiles) const;
  void take(const std::string& view, const ui::ValueRange& data, const ViewSettings& settings,
            CardMeaning meaning);
  void bring_up_to_date(View& view, const ui::HeatmapPlane& plane) const;
  static std::optional<ui::ValueRange> percentiles_in(View& view, const PlanePreviews& planes,
                                                      Index channel);
  ui::ValueRange range_in(View& view, const ui::HeatmapPlane& plane) const;
  bool shares(const View& view) const { return view.shared && view.frame + 1 >= frame_; }

  std::uint64_t frame_ = 1;
  std::unordered_map<std::string, View> views_;
  std::unordered_map<std::string, Counted> histograms_;
};

}  // namespace convscope::panels
