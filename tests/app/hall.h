#pragma once

#include <utility>

#include "tests/app/app_harness.h"

// What tests of the layout share.
namespace convscope::program {

// As a user starts it: the lower row is folded away.
class Hall : public AppHarness {
 public:
  explicit Hall(ImVec2 size, float font_scale = 1.0f, Scene scene = default_scene())
      : AppHarness(size, std::move(scene), scaled(font_scale)) {
    app().perform(ViewCommand::kToggleLowerRow);
    frame(3);
  }

 private:
  static ViewSettings scaled(float font_scale) {
    ViewSettings settings;
    settings.font_scale = font_scale;
    return settings;
  }
};

inline float height(const ui::ItemRegistry::Rect& rect) {
  return rect.max.y - rect.min.y;
}

inline bool inside(const ui::ItemRegistry::Rect& inner, const ui::ItemRegistry::Rect& outer) {
  return inner.min.x >= outer.min.x - 0.5f && inner.min.y >= outer.min.y - 0.5f &&
         inner.max.x <= outer.max.x + 0.5f && inner.max.y <= outer.max.y + 0.5f;
}

inline bool apart(const ui::ItemRegistry::Rect& a, const ui::ItemRegistry::Rect& b) {
  return a.max.x <= b.min.x || b.max.x <= a.min.x || a.max.y <= b.min.y || b.max.y <= a.min.y;
}

}  // namespace convscope::program
