#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

// What the Learning card says behind its title: what is learned, and how far it is.
namespace convscope::panels {

// "hidden 1 × 2 kernel", "kernel above", "picture of its own"; "hidden 1 × 2" where it is brief.
std::string target_name(const Scene& scene, bool brief);

// "step 103 · loss 1.961×10⁻¹²", with fewer digits where that is wider than `room` pixels.
std::string progress_text(const ui::Ui& ui, const TrainingSnapshot& training, float room);

// Begins the card: behind its title one line where that fits, else two small ones. `corner` pixels
// at the right are left to the caller; `work` tells of what takes long, if it does. In two lines
// registers "learning/target-name" and "learning/progress".
void begin_learning_card(const PanelContext& context, const Rect& rect, const std::string& work,
                         float corner);

}  // namespace convscope::panels
