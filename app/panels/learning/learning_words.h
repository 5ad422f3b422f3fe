#pragma once

// What the words of the analysis mean, each in one sentence that says why it matters.
namespace convscope::panels {

inline constexpr const char* kHessianWords =
    "H, the matrix of second derivatives of the loss, says how fast the slope changes; for squared "
    "errors it is the same everywhere, so it alone decides which rates converge.";
inline constexpr const char* kEigenvalueWords =
    "An eigenvalue λ of H is how steep the loss is along one direction: a step multiplies the "
    "distance to the answer there by 1 − η·λ, so a steep direction needs a small rate and a flat "
    "one many steps.";
inline constexpr const char* kConditionWords =
    "The condition number λmax/λmin says how many times as steep the steepest direction is as the "
    "flattest: the one rate has to suit both, so a large number means about as many steps.";
inline constexpr const char* kRateWords =
    "The learning rate is what the gradient is multiplied with in each step. Drag it, click and "
    "scroll, or double-click to type";
inline constexpr const char* kBestRateWords =
    "Best rate 2/(λmax + λmin): here the steepest and the flattest direction shrink equally fast, "
    "so "
    "that any other rate makes one of them slower.";
inline constexpr const char* kCliffWords =
    "Cliff 2/λmax: beyond it a step along the steepest direction overshoots by more than it "
    "corrects, as 1 − η·λmax is below −1, so that the loss grows without end.";

}  // namespace convscope::panels
