#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

// The text behind the title of the Learning card: the target, and the step and loss of the run.
namespace convscope::panels {

// Returns what completes the title "Learning": "the hidden kernel [1, −1]", "the hidden 3 × 3
// kernel", "the kernel above" or "a picture of its own". If `brief`, returns a shorter one: "hidden
// [1, −1]", "hidden 3 × 3", "the kernel above" or "a picture".
std::string target_name(const Scene& scene, bool brief);

// Returns "step 103 · loss 1.961×10⁻¹²". Where that is wider than `room` pixels, returns it with
// fewer digits or without the step.
std::string progress_text(const ui::Ui& ui, const TrainingSnapshot& training, float room);

// Begins the card and writes the target and the progress behind its title, in one line where that
// fits, else in two small lines. Leaves `corner` pixels at the right to the caller. If `work` is
// not empty (work_text), it is written instead of step and loss. Registers "learning/target-name"
// and "learning/progress" if there are two lines.
void begin_learning_card(const PanelContext& context, const Rect& rect, const std::string& work,
                         float corner);

}  // namespace convscope::panels
