#include "app/program/keys.h"

#include <array>
#include <optional>
#include <utility>

#include "app/look/pen_colors.h"
#include "app/program/brush_key.h"
#include "app/program/copy_paste.h"
#include "app/program/lesson/next_lesson.h"
#include "app/program/view/shift_tool.h"
#include "app/ui/imgui_shim.h"

namespace convscope::program {
namespace {

using ui::Key;

bool on(ui::Chord chord, bool repeat = false) {
  return ui::shortcut_pressed(chord, repeat);
}

// The pen and the spotlight are laid down before anything else that Escape ends. The pen's own keys
// are nobody else's while it is in hand.
void take_lecture_keys(const View& view, Actions& actions) {
  if (on({Key::kP})) actions.push(ViewCommand::kTogglePen);
  if (on({Key::kO})) actions.push(ViewCommand::kToggleSpotlight);
  const bool pen = view.pen.in_hand;
  const auto taken = [](ui::Chord chord) {
    if (!on(chord)) return false;
    ui::take_press(chord.key);
    return true;
  };
  if ((pen || view.spotlight.on) && taken({Key::kEscape}))
    actions.push(pen ? ViewCommand::kTogglePen : ViewCommand::kToggleSpotlight);
  if (!pen) return;
  if (on({Key::kZ, true}, true)) actions.push(ViewCommand::kUndoStroke);
  if (taken({Key::kDelete}) || taken({Key::kBackspace})) actions.push(ViewCommand::kClearStrokes);
  // The fourth digit has no colour, but with the pen in hand it hides no card either.
  constexpr std::array kDigits = {Key::kOne, Key::kTwo, Key::kThree, Key::kFour};
  for (std::size_t i = 0; i < kDigits.size(); ++i)
    if (taken({kDigits[i]}) && i < look::kPenColors.size()) actions.push(ChoosePenColor{i});
}

void take_arrows(const Live& live, View& view, Actions& actions) {
  const LayerResults* results = first_results(live.results());
  const auto go = [&](Index y, Index x) { move(view.explore, {y, x}, view.pointed, results); };
  if (on({Key::kLeft}, true)) go(0, -1);
  if (on({Key::kRight}, true)) go(0, 1);
  if (on({Key::kUp}, true)) go(-1, 0);
  if (on({Key::kDown}, true)) go(1, 0);
  if (on({Key::kLeft, true}, true)) actions.push(TrainingCommand::kPreviousKeyframe);
  if (on({Key::kRight, true}, true)) actions.push(TrainingCommand::kNextKeyframe);
}

// Goes back from what lies on top, one thing with each press. The brush and the focus, which are
// above the page, have been asked before.
void take_escape(View& view, Actions& actions) {
  if (view.on_kernel_page() && view.shift.on)
    actions.push(ShiftTool{false, view.shift.fill});
  else if (view.cards().enlarged)
    actions.push(ViewCommand::kEnlargeSelected);
  else if (view.settings.presenting)
    actions.push(ViewCommand::kTogglePresentation);
  else if (view.on_kernel_page() && view.settings.kernel_info)
    actions.push(ViewCommand::kToggleKernelInfo);
  else if (view.settings.backward && view.nudge && !view.explore.sweep.on)
    actions.push(NudgeCell{});
  else if (view.on_kernel_page())
    leave(view.explore);
}

// While the input is shifted by them, the arrows move nothing else. A held key is one gesture.
void take_shift_arrows(const Document& document, const View& view, Actions& actions) {
  if (document.changing()) return;  // what the change under way makes of the input counts first
  constexpr std::array kArrows = {std::pair{Key::kLeft, Yx{0, -1}},
                                  std::pair{Key::kRight, Yx{0, 1}}, std::pair{Key::kUp, Yx{-1, 0}},
                                  std::pair{Key::kDown, Yx{1, 0}}};
  for (const auto& [key, by] : kArrows) {
    if (on({key}, true))
      actions.push(further_shift(document.scene().input, by, view.shift.fill, !on({key})));
  }
}

// Handles the keys that only the Kernel page has.
void take_kernel_page_keys(const Document& document, const Live& live, View& view,
                           const ui::Focus& focus, Actions& actions) {
  if (on({Key::kSpace}) && !focus.takes_space()) actions.push(TrainingCommand::kToggle);
  if (on({Key::kS}, true)) actions.push(TrainingCommand::kStep);
  if (on({Key::kD})) actions.push(TrainingCommand::kSlowMotion);
  if (on({Key::kE})) actions.push(ViewCommand::kToggleBrush);
  if (on({Key::kR})) actions.push(TrainingCommand::kReset);
  if (on({Key::kK})) actions.push(ViewCommand::kToggleKernelInfo);
  if (!focus.takes_arrows() && view.shift.on) take_shift_arrows(document, view, actions);
  if (!focus.takes_arrows() && !view.shift.on) take_arrows(live, view, actions);
  if (on({Key::kW})) play_or_pause(view.explore, first_results(live.results()));
}

// Handles the keys that choose what is shown of the page.
void take_card_keys(const View& view, const ui::Focus& focus, Actions& actions) {
  const ViewSettings& settings = view.settings;
  if (on({Key::kT})) actions.push(ViewCommand::kToggleLowerRow);
  if (on({Key::kM})) actions.push(ViewCommand::kEnlargeSelected);
  if (on({Key::kF5})) actions.push(ViewCommand::kTogglePresentation);
  if (!settings.presenting || focus.takes_digits()) return;
  if (on({Key::kI})) actions.push(ViewCommand::kToggleInspector);
  const Card first = view.on_kernel_page() ? Card::kInput : Card::kLayerInput;
  constexpr std::array kDigits = {Key::kOne, Key::kTwo, Key::kThree, Key::kFour};
  for (std::size_t i = 0; i < kDigits.size(); ++i) {
    if (on({kDigits[i]}))
      actions.push(PresentCard{static_cast<Card>(static_cast<std::size_t>(first) + i)});
  }
}

// A presenter's remote sends Page Down and Page Up, some of them with Shift.
void take_lesson_keys(const Lectern& lectern, const ui::Focus& focus, Actions& actions) {
  if (!lectern.open()) return;
  const auto pressed = [](Key key) { return on({key}) || on({key, false, true}); };
  if (!focus.takes_pages()) {
    if (pressed(Key::kPageDown)) {
      if (const std::optional<OpenLesson> next = next_lesson(lectern))
        actions.push(*next);
      else
        actions.push(LessonCommand::kNext);
    }
    if (pressed(Key::kPageUp)) actions.push(LessonCommand::kPrevious);
  }
  if (on({Key::kF2})) actions.push(LessonCommand::kTogglePanel);
  if (on({Key::kF3})) actions.push(LessonCommand::kToggleContents);
  if (on({Key::kF4})) actions.push(LessonCommand::kReset);
  if (on({Key::kF6})) actions.push(LessonCommand::kResetScore);
}

void take_window_keys(const View& view, Actions& actions) {
  if (on({Key::kPlus, true}, true)) actions.push(ViewCommand::kLargerFont);
  if (on({Key::kMinus, true}, true)) actions.push(ViewCommand::kSmallerFont);
  if (on({Key::kZero, true})) actions.push(ViewCommand::kNormalFont);
  if (on({Key::kL})) {
    actions.push(ShowPage{view.on_kernel_page() ? Page::kLayers : Page::kKernel});
  }
  if (on({Key::kB})) actions.push(ViewCommand::kToggleBackward);
  if (on({Key::kF11})) actions.push(ViewCommand::kToggleFullScreen);
  if (on({Key::kF12})) actions.push(ViewCommand::kSavePicture);
  if (on({Key::kF12, false, true})) actions.push(ShowFigureDialog{});
  if (on({Key::kF1})) actions.push(ViewCommand::kToggleHelp);
  if (on({Key::kQ})) actions.push(AskAboutScene{});
  if (on({Key::kQ, true})) actions.push(ViewCommand::kQuit);
}

}  // namespace

void take_shortcuts(const KeysFor& keys, Actions& actions) {
  const auto& [document, live, lectern, view, focus, panels] = keys;
  if (view.settings.help && on({Key::kF1})) {
    actions.push(ViewCommand::kToggleHelp);
    return;
  }
  if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId)) return;
  take_lecture_keys(view, actions);
  if (on({Key::kEscape}) && lay_brush_down(panels, view)) ui::take_press(Key::kEscape);
  if (on({Key::kEscape}) && !focus.shown()) take_escape(view, actions);
  if (view.on_kernel_page()) take_kernel_page_keys(document, live, view, focus, actions);
  if (on({Key::kF})) actions.edit(LayerEdit{0, rotated_180(first_layer(document.scene()).kernel)});
  if (on({Key::kO, true})) actions.push(ShowOpenDialog{});
  if (on({Key::kS, true})) actions.push(SaveScene{});
  if (on({Key::kS, true, true})) actions.push(ShowSaveDialog{});
  if (on({Key::kZ, true}, true) && !view.pen.in_hand) actions.push(Undo{});
  if (on({Key::kZ, true, true}, true) || on({Key::kY, true}, true)) actions.push(Redo{});
  if (on({Key::kC, true})) copy_pointed(document, live, view);
  if (on({Key::kC, true, true})) actions.push(ViewCommand::kCopyAddress);
  if (on({Key::kV, true})) paste_pointed(document, live, view, actions);
  take_card_keys(view, focus, actions);
  take_lesson_keys(lectern, focus, actions);
  take_window_keys(view, actions);
}

}  // namespace convscope::program
