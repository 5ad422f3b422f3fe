#pragma once

#include <cstdint>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Notices that the kernel above was changed, and that another one is still learned.
struct TargetNudge {
  std::uint64_t version = 0;  // of the document that was looked at last
  Tensor kernel, hidden;      // as they were when the target was chosen
  LearningTarget target = LearningTarget::kHiddenKernel;
  bool due = false;
};

// Takes up a new version of the document.
void follow_target(const Scene& scene, std::uint64_t version, TargetNudge& nudge);

// Says so in one small line, `width` pixels wide, where ImGui's cursor is, and offers to learn the
// kernel above; nothing where it is not due.
void draw_target_nudge(const PanelContext& context, float width, TargetNudge& nudge);

}  // namespace convscope::panels
