#include "app/panels/dialogs/key_table.h"

#include <array>

namespace convscope::panels {
namespace {

constexpr auto kFile = std::to_array<KeyRow>({
    {"Ctrl+O",
     "opens a picture, an array, a scene or a lesson, as does dropping the file on the window"},
    {"Ctrl+S, Ctrl+Shift+S", "saves the scene; under another name"},
    {"F12", "saves the window as convscope.png in the current folder, or as convscope-2.png ..."},
    {"Shift+F12", "saves a figure of the selected card, as does the right button on its title"},
    {"Ctrl+Shift+C",
     "copies the scene's address, one line of text; Ctrl+V opens the one in the clipboard"},
    {"Ctrl+Q", "quits"},
});
constexpr auto kEdit = std::to_array<KeyRow>({
    {"Ctrl+Z, Ctrl+Shift+Z", "undo, redo"},
    {"Ctrl+C, Ctrl+V",
     "copies the heatmap under the pointer as rows of numbers; pastes a table of numbers into the "
     "input or the kernel under it"},
    {"E",
     "takes the brush, to paint on the input, or on the target where the pointer is over it; lays "
     "it down"},
    {"F", "flips the kernel: cross-correlation or convolution"},
    {"Delete", "erases the cell of the input that the arrows have reached"},
});
constexpr auto kView = std::to_array<KeyRow>({
    {"L", "shows the other page: one kernel, or the layers of a network"},
    {"B", "turns the flow around: the gradients, backward from the loss; forward again"},
    {"K",
     "opens \"About this kernel\"; closes it, as Escape does; the row below the cards is then as "
     "before"},
    {"M", "enlarges the selected card, or puts it back"},
    {"T", "folds the lower row away, or unfolds it"},
    {"W", "sweeps the window over the input, cell by cell; pauses, and goes on"},
    {"Arrows",
     "move the selected cell of the output or the pooled plane, or the sweep; while the tool Shift "
     "is taken, the input"},
    {"Ctrl++, Ctrl+−, Ctrl+0",
     "larger, smaller, normal size of everything, up to what the window has room for"},
    {"F11", "full screen"},
    {"F1", "shows these keys"},
});
constexpr auto kFocus = std::to_array<KeyRow>({
    {"Tab, Shift+Tab", "go to the next card or control, or back, with a ring around it"},
    {"Enter", "presses the control in the ring, types its number, or enlarges its card"},
    {"Escape",
     "one thing at a press: closes the popup, lays down the pen, the spotlight, the brush, hides "
     "the ring, lays down the tool Shift, puts an enlarged card back, ends presenting, closes "
     "\"About this kernel\", ends the "
     "sweep, the nudge or the selection"},
});
constexpr auto kTraining = std::to_array<KeyRow>({
    {"Space", "runs or pauses the learning"},
    {"S", "takes one step; in slow motion one part of it"},
    {"D", "slow motion on or off"},
    {"Ctrl+←, Ctrl+→", "back to the state of the run before, forth to the next"},
    {"R", "resets to the same start weights"},
});
constexpr auto kLesson = std::to_array<KeyRow>({
    {"Q", "asks about the scene at hand, and keeps the answers back"},
    {"Page Down, Page Up",
     "the next step of the open lesson, after the last one the next lesson; the step before. Also "
     "with Shift, as some presenters' remotes send them"},
    {"F2", "hides the lesson, or shows it again"},
    {"F3", "the contents of the lesson"},
    {"F4", "the step as its author left it"},
    {"F6", "asks all questions of the lesson anew, and begins a new score"},
});
constexpr auto kPresenting = std::to_array<KeyRow>({
    {"F5", "presents the page, and the lesson beside it: full screen, without bars"},
    {"1, 2, 3, 4", "while presenting: hide and show the cards of the main row"},
    {"T, K",
     "while presenting: unfold the lower row, and \"About this kernel\", under the cards; fold it "
     "away again"},
    {"I", "while presenting: shows the controls of the selected card, or hides them"},
    {"O", "the spotlight: dims all but a circle around the pointer; the wheel changes its size"},
});
constexpr auto kPen = std::to_array<KeyRow>({
    {"P", "takes the pen, which draws over the window until the next step; lays it down"},
    {"1, 2, 3", "with the pen: red, blue, yellow"},
    {"Ctrl+Z", "with the pen: takes its last stroke away"},
    {"Delete", "with the pen: takes all its strokes away"},
});
constexpr auto kTopics = std::to_array<KeyTopic>({
    {"File", kFile},
    {"Edit", kEdit},
    {"View", kView},
    {"Without a mouse", kFocus},
    {"Learning", kTraining},
    {"Lesson", kLesson},
    {"Presenting", kPresenting},
    {"Pen", kPen},
});

constexpr auto kMouse = std::to_array<KeyRow>({
    {"input", "with the brush left paints, right erases; a typed number goes into the cell"},
    {"heatmap",
     "the wheel zooms, dragging moves (with the brush: the middle button or Ctrl), a double click "
     "or Fit shows all"},
    {"number",
     "drag, click and scroll (or Alt and scroll), or double-click to type; Shift is finer, Ctrl "
     "coarser"},
});

}  // namespace

std::span<const KeyTopic> key_topics() {
  return kTopics;
}

std::span<const KeyRow> mouse_rows() {
  return kMouse;
}

}  // namespace convscope::panels
