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
inline constexpr const char* kNoDirectionWords =
    "All eigenvalues of H are 0: there is nothing to converge, as no direction moves the loss.";
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
inline constexpr const char* kMomentumWords =
    "β, the momentum: how much of the last step goes into the next one. A change begins the run "
    "again";
inline constexpr const char* kBestMomentumRateWords =
    "Best rate at this β: here the slowest direction shrinks fastest. The map of rate and momentum "
    "beside the landscape shows the best pair of both.";
inline constexpr const char* kMomentumCliffWords =
    "Cliff of this β, 2(1 + β)/λmax for momentum and 2(1 + β)/((1 + 2β)·λmax) for Nesterov: beyond "
    "it the steepest direction grows with each step.";
inline constexpr const char* kAdamWords =
    "Adam has no zones and no predicted curve: it divides the step of each weight by the size of "
    "its "
    "past gradients, so what a rate does depends on the way, not on the eigenvalues alone.";
inline constexpr const char* kAdamMapWords =
    "There is no map for Adam: its steps depend on the size of past gradients, not on the "
    "eigenvalues alone.";
inline constexpr const char* kBestPairWords =
    "Takes the rate and the momentum at which the slowest direction is fastest of all: for "
    "momentum "
    "Polyak's β = ((√κ − 1)/(√κ + 1))², η = (2/(√λmax + √λmin))²";
inline constexpr const char* kDirectionWords =
    "One bar for each eigenvector of H: what is left of the start's error along it. The thin lines "
    "are the envelope, which the error never leaves, the dark mark is what is predicted at this "
    "rate "
    "from the start on. Steep directions shrink first; with momentum they ring.";

}  // namespace convscope::panels
