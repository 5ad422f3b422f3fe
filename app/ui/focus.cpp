#include "app/ui/focus.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/imgui_shim.h"

namespace convscope::ui {
namespace {

constexpr int kPage = 10;  // stops of a list that Page Up and Page Down go over

ImVec2 center(const FocusStop& stop) {
  return {(stop.min.x + stop.max.x) * 0.5f, (stop.min.y + stop.max.y) * 0.5f};
}

// Returns how far `to` lies from `from` in a direction; what lies beside it counts as further.
// Negative if it lies elsewhere.
float distance(const FocusStop& from, const FocusStop& to, int y, int x) {
  const ImVec2 a = center(from);
  const ImVec2 b = center(to);
  const auto dy = static_cast<float>(y);
  const auto dx = static_cast<float>(x);
  const float along = (b.x - a.x) * dx + (b.y - a.y) * dy;
  const float aside = std::abs((b.x - a.x) * dy) + std::abs((b.y - a.y) * dx);
  return along < 1.0f || aside > 2.0f * along ? -1.0f : along + 2.0f * aside;
}

// Steps of the arrows that were pressed in this frame.
FocusKeys arrows() {
  FocusKeys keys;
  const auto step = [&](Key key, int y, int x) {
    for (const auto& [ctrl, shift] : {std::pair{false, false}, {true, false}, {false, true}}) {
      if (!key_pressed({key, ctrl, shift}, true)) continue;
      keys.y += y;
      keys.x += x;
      keys.repeats |= !key_pressed({key, ctrl, shift});
    }
  };
  step(Key::kUp, -1, 0);
  step(Key::kDown, 1, 0);
  step(Key::kLeft, 0, -1);
  step(Key::kRight, 0, 1);
  return keys;
}

}  // namespace

void Focus::begin_frame(const EditState& edit) {
  const ImGuiIO& io = ImGui::GetIO();
  arrived_in_ = -1;
  section_ = 0;
  keys_ = {};
  follow_popups();
  if (io.MouseDelta.x != 0.0f || io.MouseDelta.y != 0.0f) leads_ = false;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) now_ = {};
  if (edit.typing == 0 && !io.WantTextInput) read_keys();
  claims_ = {};
}

void Focus::read_keys() {
  if (key_pressed({Key::kTab}, true)) return walk(now_.id, 1);
  if (key_pressed({Key::kTab, false, true}, true)) return walk(now_.id, -1);
  if (key_pressed({Key::kEscape}) && outer_.empty()) leave_place_or_hide();
  const Entry* entry = now_.shown ? focused() : nullptr;
  if (entry == nullptr) {
    // In a dialog the arrows begin with its list.
    const FocusKeys keys = arrows();
    if (!outer_.empty() && (keys.y != 0 || keys.x != 0)) enter_list();
    return;
  }
  const bool walks = entry->stop.group != 0 && !place_;
  if (walks && walk_within(*entry)) return;
  if (!walks) keys_ = arrows();
  keys_.pressed = key_pressed({Key::kEnter}) || (claims_.space && key_pressed({Key::kSpace}));
  if (keys_.pressed || keys_.x != 0 || keys_.y != 0) leads_ = true;
}

void Focus::leave_place_or_hide() {
  const Entry* entry = now_.shown ? focused() : nullptr;
  if (entry != nullptr && entry->stop.group != 0 && place_)
    place_.reset();
  else
    now_.shown = false;
}

FocusKeys Focus::stop(const FocusStop& stop) {
  if (!stop.enabled) return {};
  const ImGuiID window = root_window();
  const ImDrawList* list = ImGui::GetWindowDrawList();
  stops_.push_back(
      {stop, section_, stops_.size(), window, list->GetClipRectMin(), list->GetClipRectMax()});
  if (!outer_.empty() && window != popup_) return {};
  if (stop.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) now_ = {stop.id, false};
  if (stop.id != now_.id || stop.id == 0) return {};
  const bool arrived = std::exchange(moved_, false);
  if (arrived) {
    arrived_in_ = section_;
    scroll_to_see(stop.min, stop.max);
  }
  if (!now_.shown) return {};
  claims_ = {
      .arrows = stop.group != 0 || stop.kind == StopKind::kNumber || stop.kind == StopKind::kCells,
      .space = stop.kind == StopKind::kPress,
      .digits = stop.kind == StopKind::kNumber,
      .pages = stop.group != 0 || stop.kind == StopKind::kCells};
  FocusKeys keys = keys_;
  keys.focused = true;
  keys.arrived = arrived;
  return keys;
}

void Focus::end_frame(const Theme& theme) {
  if (now_.shown) draw_ring(theme);
  // In place, as this is done in every frame: a stable sort would take memory.
  std::ranges::sort(stops_, {}, [](const Entry& e) { return std::pair{e.section, e.number}; });
  std::swap(stops_, before_);
  stops_.clear();
  follow_popups();
  if (enter_) enter_popup();
  const auto at = std::ranges::find(before_, now_.id, [](const Entry& e) { return e.stop.id; });
  drawn_ = at != before_.end() && now_.id != 0;
  if (drawn_) {
    order_.clear();
    for (const Entry& entry : before_)
      order_.push_back(entry.stop.id);
  }
  if (end_of_) enter_end();
}

void Focus::give_end_of(int section) {
  constexpr int kFrames = 3;  // a card is selected after the frame, and has its controls then
  end_of_ = section;
  end_waits_ = kFrames;
}

void Focus::enter_end() {
  const Entry* last = nullptr;
  for (const Entry& entry : before_) {
    if (entry.section == *end_of_) last = &entry;
  }
  if (last != nullptr) {
    go_to(*last);
  } else if (--end_waits_ <= 0) {
    end_of_.reset();
  }
}

int Focus::section(int order) {
  return std::exchange(section_, order);
}

std::optional<FocusStop> Focus::shown_stop() const {
  const Entry* entry = now_.shown ? focused() : nullptr;
  return entry != nullptr ? std::optional(entry->stop) : std::nullopt;
}

void Focus::give(ImGuiID id) {
  if (now_.id != id) place_.reset();
  now_ = {id, true};
  moved_ = leads_ = true;
  back_ = false;
  end_of_.reset();
}

void Focus::go_on(ImGuiID id, int direction) {
  walk(id, direction);
}

const Focus::Entry* Focus::focused() const {
  const auto at = std::ranges::find(before_, now_.id, [](const Entry& e) { return e.stop.id; });
  return at == before_.end() ? nullptr : &*at;
}

std::vector<const Focus::Entry*> Focus::reachable() const {
  std::vector<const Entry*> list;
  for (const Entry& entry : before_) {
    if (outer_.empty() || entry.window == popup_) list.push_back(&entry);
  }
  return list;
}

void Focus::go_to(const Entry& entry) {
  give(entry.stop.id);
}

// Returns the index in the list from which Tab takes its step in the place of a stop that has gone:
// that of the nearest stop behind it, in the order of reading, that is still there. So Tab comes to
// what took the place, and else to what followed it.
std::ptrdiff_t Focus::beside_gap(const std::vector<const Entry*>& list, ImGuiID gone,
                                 int direction) const {
  const auto count = std::ssize(list);
  const auto hole = std::ranges::find(order_, gone) - order_.begin();
  if (hole < std::ssize(order_)) {
    for (auto at = hole - direction; at >= 0 && at < std::ssize(order_); at -= direction) {
      const ImGuiID id = order_[static_cast<std::size_t>(at)];
      const auto there = std::ranges::find(list, id, [](const Entry* e) { return e->stop.id; });
      if (there != list.end()) return there - list.begin();
    }
  }
  return direction > 0 ? -1 : count;
}

void Focus::walk(ImGuiID from, int direction) {
  const std::vector<const Entry*> list = reachable();
  if (list.empty()) return;
  const auto count = static_cast<std::ptrdiff_t>(list.size());
  const auto at = std::ranges::find(list, from, [](const Entry* e) { return e->stop.id; });
  ImGuiID group = 0;
  std::ptrdiff_t i = direction > 0 ? -1 : count;
  if (at != list.end()) {
    i = at - list.begin();
    group = (*at)->stop.group;
  } else if (from != 0) {
    i = beside_gap(list, from, direction);
  }
  const Entry* next = nullptr;
  for (std::ptrdiff_t tried = 0; tried < count && next == nullptr; ++tried) {
    i = (i + direction + count) % count;
    const Entry* entry = list[static_cast<std::size_t>(i)];
    if (group == 0 || entry->stop.group != group) next = entry;
  }
  if (next == nullptr) return;
  if (next->stop.group != 0) {
    const auto of_group = [&](const Entry* e) { return e->stop.group == next->stop.group; };
    const auto preferred = std::ranges::find_if(
        list, [&](const Entry* e) { return of_group(e) && e->stop.preferred; });
    next = preferred != list.end() ? *preferred : *std::ranges::find_if(list, of_group);
  }
  go_to(*next);
  back_ = direction < 0;
}

// Goes to another stop of the group, if a key asks for it; returns whether there was such a key.
bool Focus::walk_within(const Entry& from) {
  std::vector<const Entry*> group;
  for (const Entry* entry : reachable()) {
    if (entry->stop.group == from.stop.group) group.push_back(entry);
  }
  const auto at = std::ranges::find(group, &from) - group.begin();
  const auto end = std::ssize(group) - 1;
  const auto jump = [&](std::ptrdiff_t index) {
    go_to(*group[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(index, 0, end))]);
    return true;
  };
  if (key_pressed({Key::kHome})) return jump(0);
  if (key_pressed({Key::kEnd})) return jump(end);
  if (key_pressed({Key::kPageUp}, true)) return jump(at - kPage);
  if (key_pressed({Key::kPageDown}, true)) return jump(at + kPage);
  const FocusKeys keys = arrows();
  if (keys.y == 0 && keys.x == 0) return false;
  const Entry* nearest = nullptr;
  float least = 0.0f;
  for (const Entry* entry : group) {
    const float away = distance(from.stop, entry->stop, keys.y, keys.x);
    if (away < 0.0f || (nearest != nullptr && away >= least)) continue;
    nearest = entry;
    least = away;
  }
  if (nearest != nullptr) go_to(*nearest);
  return true;
}

// Gives the focus to the list of the open popup, if it has one.
void Focus::enter_list() {
  const Entry* found = nullptr;
  for (const Entry* entry : reachable()) {
    if (entry->stop.group == 0 || (found != nullptr && !entry->stop.preferred)) continue;
    found = entry;
  }
  if (found != nullptr) go_to(*found);
}

void Focus::follow_popups() {
  const OpenPopup top = top_popup();
  while (outer_.size() < top.depth) {
    outer_.push_back(now_);
    enter_ = now_.shown;
    now_.id = 0;
  }
  while (outer_.size() > top.depth) {
    now_.id = outer_.back().id;
    now_.shown |= outer_.back().shown;
    outer_.pop_back();
    enter_ = false;
  }
  popup_ = top.id;
}

void Focus::enter_popup() {
  const std::vector<const Entry*> list = reachable();
  if (list.empty() || outer_.empty()) return;
  enter_ = false;
  if (now_.id != 0) return;
  const auto preferred =
      std::ranges::find_if(list, [](const Entry* e) { return e->stop.preferred; });
  go_to(preferred != list.end() ? **preferred : *list.front());
}

// Two rims, of which one stands out from whatever is below.
void Focus::draw_ring(const Theme& theme) const {
  const auto at = std::ranges::find(stops_, now_.id, [](const Entry& e) { return e.stop.id; });
  if (at == stops_.end() || now_.id == 0) return;
  const float away = std::round(theme.px(1.5f));
  const float thickness = std::max(2.0f, std::round(theme.px(2.5f)));
  const ImVec2 min{at->stop.min.x - away, at->stop.min.y - away};
  const ImVec2 max{at->stop.max.x + away, at->stop.max.y + away};
  ImDrawList* list = ImGui::GetForegroundDrawList();
  // Where it is scrolled away, the ring is too.
  const float rim = 2.0f * away + thickness;
  list->PushClipRect({at->clip_min.x - rim, at->clip_min.y - rim},
                     {at->clip_max.x + rim, at->clip_max.y + rim});
  stroke_rect(list, min, max, theme.color.card, theme.px(8.0f), thickness + 2.0f);
  stroke_rect(list, min, max, legible(theme.color.accent, theme.color), theme.px(8.0f), thickness);
  list->PopClipRect();
}

}  // namespace convscope::ui
