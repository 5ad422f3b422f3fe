#pragma once

#include <array>
#include <string>

#include "app/panels/names.h"
#include "app/program/view/view.h"

// Of what a figure can be saved in the window.
namespace convscope::panels {

// In the order of exports::Panel, then the animations and the window.
inline constexpr auto kFigures = std::to_array<const char*>({"Input",
                                                             "Kernel",
                                                             "Output",
                                                             "After ReLU",
                                                             "Pooled",
                                                             "Error",
                                                             "Target",
                                                             "Learned weights",
                                                             "Gradient",
                                                             "Loss",
                                                             "Input ⋆ kernel = output",
                                                             "All maps",
                                                             "Sum of the selected cell",
                                                             "Backward: ∂L/∂P",
                                                             "Backward: ∂L/∂Y",
                                                             "Backward: ∂L/∂W",
                                                             "Backward: ∂L/∂X",
                                                             "Backward: all gradients",
                                                             "Loss landscape",
                                                             "Map of rates and momenta",
                                                             "Errors along the eigenvectors",
                                                             "Frequency response",
                                                             "Kernel = column · row",
                                                             "Matrix row of the selected cell",
                                                             "Chain of layers",
                                                             "Animation: over the input",
                                                             "Animation: the learning",
                                                             "The whole window"});
inline constexpr int kWindowFigure = static_cast<int>(kFigures.size()) - 1;

// Returns whether it is an animation.
bool is_motion(int figure);

// Returns what the actions call it: the name of a panel, "sweep", "learn" or "window".
std::string name_of(int figure);

// Returns the figure that an action asks for: of the panel or the view that it names, else of its
// card or the selected one. While the gradients are shown, a card means its gradient.
int figure_of(const ShowFigureDialog& wanted, const View& view);

}  // namespace convscope::panels
