#pragma once

#include <imgui.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "app/ui/edit_state.h"
#include "app/ui/names.h"
#include "app/ui/theme.h"
#include "engine/core/tensor.h"

namespace convscope::ui {

// What the arrows and Enter mean at a stop that stands alone.
enum class StopKind {
  kPress,   // Enter or Space presses it
  kNumber,  // arrows change it, Enter or a digit types it
  kCells,   // arrows go from cell to cell
  kText,    // it takes the keyboard at once, and says itself which keys leave it (text_box.h)
};

// A control as the keyboard reaches it.
struct FocusStop {
  ImGuiID id = 0;  // the ImGui id of the control
  ImVec2 min, max;
  StopKind kind = StopKind::kPress;
  // Tab goes to one stop of a group (the preferred one), and the arrows go to its neighbours. 0 for
  // a stop alone.
  ImGuiID group = 0;
  bool preferred = false;  // the stop of its group that Tab goes to
  bool enabled = true;     // the keyboard passes over controls that are disabled
  bool hovered = false;    // the pointer is over it: after a click there Tab goes on from it
};

// What the keyboard says to a stop in this frame.
struct FocusKeys {
  bool focused = false;  // it has the focus, which is shown by a ring
  bool arrived = false;  // since this frame
  bool pressed = false;  // by Enter, or Space where that presses
  int y = 0, x = 0;      // steps of the arrows, down and right
  bool repeats = false;  // the key is held, which belongs to the same gesture
};

// The keyboard's way through the controls. Each control registers itself as a stop in every frame;
// Tab and Shift+Tab walk over the stops in the order of their sections, and within a section in the
// order in which they are drawn. Escape hides the focus. While a popup or dialog is open only its
// stops are reached, and afterwards the focus is where it was.
//
// It has many data members: what was drawn in this frame and in the last one, where the focus is
// and was outside of each popup, and what was asked for that only the next frame can show.
class Focus {
 public:
  // Takes up keys and clicks, before anything is drawn in a frame.
  void begin_frame(const EditState& edit);
  // Call when all is drawn: orders the stops, and draws the ring.
  void end_frame(const Theme& theme);

  // Registers a control; call it with the control's ImGui id, where the control is drawn.
  FocusKeys stop(const FocusStop& stop);

  // Says that the following stops are of the section `order`. Returns the section before.
  int section(int order);
  // Whether the focus came, in this frame, to a stop of this section that is drawn already.
  bool arrived_in(int section) const { return arrived_in_ == section; }
  // Whether Shift+Tab brought it there.
  bool came_back() const { return back_; }
  // Gives the focus to the last stop of a section as soon as it has one: of controls that appear
  // because the focus came to what they are of.
  void give_end_of(int section);

  // Gives the focus to the control in the next frame, and shows it.
  void give(ImGuiID id);
  // Gives it to the control after `id` (`direction` 1) or before it (-1).
  void go_on(ImGuiID id, int direction);

  // The control that has the focus and shows it, as it was drawn in the last frame.
  std::optional<FocusStop> shown_stop() const;
  // Whether a control shows the focus. One that is not drawn at the moment shows nothing.
  bool shown() const { return now_.shown && drawn_; }
  // Whether the keyboard was used after the pointer: then it says what is looked at.
  bool leads() const { return now_.shown && leads_; }
  // Whether these keys are the focused control's, and no shortcuts.
  bool takes_arrows() const { return now_.shown && claims_.arrows; }
  bool takes_space() const { return now_.shown && claims_.space; }
  bool takes_digits() const { return now_.shown && claims_.digits; }
  bool takes_pages() const { return now_.shown && claims_.pages; }
  // The place within the focused stop, such as a point of a chart; nullopt when the focus has just
  // come. While a stop of a group has one, the arrows are its own, and Escape takes the place away.
  std::optional<Index>& place() { return place_; }

 private:
  struct Entry {
    FocusStop stop;
    int section = 0;
    std::size_t number = 0;     // in the order in which the stops are drawn
    ImGuiID window = 0;         // the window or popup that it is drawn in
    ImVec2 clip_min, clip_max;  // what is seen of that
  };
  struct Place {
    ImGuiID id = 0;
    bool shown = false;
  };
  struct Claims {
    bool arrows = false, space = false, digits = false, pages = false;
  };

  const Entry* focused() const;
  std::vector<const Entry*> reachable() const;
  void enter_list();
  void walk(ImGuiID from, int direction);
  std::ptrdiff_t beside_gap(const std::vector<const Entry*>& list, ImGuiID gone,
                            int direction) const;
  bool walk_within(const Entry& from);
  void go_to(const Entry& entry);
  void follow_popups();
  void enter_popup();
  void enter_end();
  void read_keys();
  void leave_place_or_hide();
  void draw_ring(const Theme& theme) const;

  std::vector<Entry> stops_;   // of this frame, as they are drawn
  std::vector<Entry> before_;  // of the last frame, in order
  std::vector<Place> outer_;   // the focus around each open popup
  Place now_;
  ImGuiID popup_ = 0;          // the popup on top, if one is open
  bool leads_ = false;         // the keyboard was used after the pointer
  bool moved_ = false;         // the focus has come to another stop, which is still to be drawn
  bool drawn_ = false;         // its control was drawn in the last frame
  bool back_ = false;          // it came by Shift+Tab
  std::optional<int> end_of_;  // the section whose last stop is to have it
  int end_waits_ = 0;          // frames that are left for that section to appear
  bool enter_ = false;         // a popup has opened, and its first stop is to have the focus
  int section_ = 0;            // of the stops that follow
  int arrived_in_ = -1;        // the section that the focus came to in this frame
  // All stops in order when its control was drawn last: where that has gone, Tab goes on from its
  // neighbours.
  std::vector<ImGuiID> order_;
  Claims claims_;
  FocusKeys keys_;
  std::optional<Index> place_;
};

}  // namespace convscope::ui
