#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "app/ui/heatmap_painter.h"

namespace convscope::ui {

// Draws nothing, and records the calls of this frame. Keeps a copy of each plane like a painter
// that uploads only what changed, and checks that nothing else changed.
class RecordingPainter : public HeatmapPainter {
 public:
  struct Call {
    HeatmapPicture picture;
    HeatmapStyle style;
    HeatmapCrop crop;
  };
  ImTextureID paint(ImGuiID key, const HeatmapPicture& picture, const HeatmapStyle& style,
                    const HeatmapCrop& crop) override {
    calls.push_back({picture, style, crop});
    if (picture.values.tensor != nullptr) keep(kept_[key], picture.values);
    return {};
  }
  // Returns the number of cells uploaded so far for the view that shows the tensor.
  Index uploaded(const Tensor& tensor) const {
    for (const auto& [key, kept] : kept_) {
      if (kept.plane.tensor == &tensor) return kept.uploaded;
    }
    ADD_FAILURE() << "no view shows this tensor";
    return 0;
  }
  std::vector<Call> calls;

 private:
  struct Kept {
    HeatmapPlane plane;
    Shape shape;
    std::vector<float> values;
    Index uploaded = 0;
  };

  static void keep(Kept& kept, const HeatmapPlane& plane) {
    const Shape& s = plane.tensor->shape();
    if (kept.plane == plane && kept.shape == s) return;
    const std::span<const float> now = plane.tensor->plane(plane.sample, plane.channel);
    const std::optional<CellRect> changed =
        kept.shape == s ? plane.changed_since(kept.plane) : std::nullopt;
    if (changed) {
      const CellRect& cells = *changed;
      for (Index y = cells.top; y < cells.bottom; ++y)
        std::copy_n(now.begin() + y * s.w + cells.left, cells.width(),
                    kept.values.begin() + y * s.w + cells.left);
      kept.uploaded += cells.empty() ? 0 : cells.height() * cells.width();
      EXPECT_EQ(std::memcmp(kept.values.data(), now.data(), now.size_bytes()), 0)
          << "more cells changed than was said";
    } else {
      kept.values.assign(now.begin(), now.end());
      kept.uploaded += std::ssize(now);
    }
    kept.plane = plane;
    kept.shape = s;
  }

  std::map<ImGuiID, Kept> kept_;
};

}  // namespace convscope::ui
