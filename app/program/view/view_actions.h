#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "app/look/number_format.h"
#include "app/look/range.h"
#include "app/program/names.h"
#include "app/program/view/cards.h"
#include "app/scene/page.h"
#include "app/scene/scene_look.h"
#include "app/session/nudge.h"
#include "engine/core/tensor.h"
#include "engine/ops/input_edits.h"

// The actions that change what the window shows, or how it shows it.
namespace convscope::program {

// What a file is opened as: the input (or the whole scene), a picture of the stack, or the learning
// target.
enum class OpenPurpose { kInput, kAdd, kTarget };
// Opens the dialog in which a file to open is chosen.
struct ShowOpenDialog {
  OpenPurpose purpose = OpenPurpose::kInput;
};
// Opens the dialog in which a file name to save under is chosen.
struct ShowSaveDialog {};
// Shows one sentence in the message bar.
struct ShowMessage {
  std::string text;
  bool is_error = false;
};
// Shows one sentence about what was done, for a moment.
struct Tell {
  std::string text;
  bool undoable = false;  // with the button that undoes it
};
// Chooses the picture and the channels that all views show. shown_planes() brings the indices into
// range.
struct ShowPlanes {
  Index sample = 0;         // the picture of the stack
  Index input_channel = 0;  // the channel of the layer's input, or kAllChannels
  Index channel = 0;        // the channel of the output
};
// An input channel that shows an RGB input in its colours.
inline constexpr Index kAllChannels = -1;
// Chooses the channels of one layer, and the picture of all layers.
struct ShowLayerPlanes {
  std::size_t layer = 0;  // index of the layer in the scene, from 0
  ShowPlanes planes;
};
struct ShowPage {
  Page page = Page::kKernel;
};
struct ChooseColors {
  look::MapChoice map = look::MapChoice::kAuto;
};
// Chooses the range of the colour bar of a view, by the view's name.
struct ChooseRange {
  std::string view;
  look::RangeChoice range;
};
// Chooses whether the colours of all cards are signed, unsigned, or follow what each card means.
struct ChooseSigns {
  SignChoice signs = SignChoice::kByMeaning;
};
// Chooses how numbers are written.
struct ChooseNumbers {
  look::NumberStyle style;
};
struct SelectCard {  // the inspector shows its controls
  Card card = Card::kOutput;
};
struct EnlargeCard {  // or, where it is enlarged, put it back
  Card card = Card::kOutput;
};
struct PresentCard {  // or, where it is shown while presenting, hide it
  Card card = Card::kOutput;
};
struct ChoosePenColor {
  std::size_t color = 0;  // of look::kPenColors
};
// Opens the dialog in which a figure is saved: of a card, or of the panel of this name
// (exports::panel_names, or as SaveFigure), else of the selected card.
struct ShowFigureDialog {
  std::optional<Card> card = {};
  std::string panel = {};
};
// Writes a figure of a panel, with the name "window" a picture of the whole window, or with "sweep"
// or "learn" an animation, into a file whose kind follows from its name.
struct SaveFigure {
  std::string panel;
  std::string path;
  std::string title = {};
  double scale = 2.0;  // pixels for each unit
  bool numbers = true;
  bool transparent = false;
  Index frames = 200;  // of an animation, at most
  Index rate = 20;     // frames a second of a GIF
};
// Takes the tool that shifts the input, or lays it down: while it is on, the arrows and a drag on
// the input move it.
struct ShiftTool {
  bool on = false;
  ShiftFill fill = ShiftFill::kZero;  // of what comes in
};
// A cell whose value is changed by hand, to see what that does to the loss.
struct Nudge {
  NudgedPlane plane = NudgedPlane::kInput;
  WeightPlace place;  // [n, c, y, x] in the plane, or in the scene's weight
  double by = 0.1;
  std::size_t layer = 0;  // whose plane it is
  friend bool operator==(const Nudge&, const Nudge&) = default;
};
struct NudgeCell {  // nullopt: none
  std::optional<Nudge> nudge;
};
enum class ViewCommand {
  kNextTheme,
  kLargerFont,
  kSmallerFont,
  kNormalFont,
  kToggleFullScreen,
  kToggleHelp,
  kToggleKernelInfo,
  kToggleBrush,
  kToggleLowerRow,
  kEnlargeSelected,
  kTogglePresentation,
  kToggleInspector,  // while presenting
  kTogglePen,        // takes it, or lays it down; what was drawn stays
  kUndoStroke,       // of the pen
  kClearStrokes,
  kToggleSpotlight,
  kToggleTooltips,
  kToggleBackward,  // between the values and their gradients
  kSavePicture,
  kCopyAddress,    // of the scene, to the clipboard
  kCopyAsPytorch,  // what is shown as a Python program, to the clipboard
  kCopyAsNumpy,
  kCopyAsLists,
  kQuit,
};

using ViewAction =
    std::variant<ShowOpenDialog, ShowSaveDialog, ShowFigureDialog, SaveFigure, ShowMessage, Tell,
                 ShowPlanes, ShowLayerPlanes, ShowPage, ChooseColors, ChooseRange, ChooseSigns,
                 ChooseNumbers, SelectCard, EnlargeCard, PresentCard, ChoosePenColor, ShiftTool,
                 NudgeCell, ViewCommand>;

}  // namespace convscope::program
