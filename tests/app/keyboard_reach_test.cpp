// Every control is reached by Tab and the arrows.
#include <gtest/gtest.h>
#include <imgui_internal.h>

#include <map>
#include <set>
#include <vector>

#include "tests/app/keyboard.h"
#include "tests/app/lesson_window.h"

namespace convscope::program {
namespace {

using ui::Key;

// The controls under the pointer, wherever it is moved to, with a name of each.
using Controls = std::map<ImGuiID, std::string>;

bool is_scrollbar(ImGuiID id) {
  for (ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
    if (window->IDStack.empty()) continue;  // one that was closed
    for (const ImGuiAxis axis : {ImGuiAxis_X, ImGuiAxis_Y})
      if (ImGui::GetWindowScrollbarID(window, axis) == id) return true;
  }
  return false;
}

// Points at the middle and near the corners of all that is registered. What ImGui says is under the
// pointer is a control, whatever the program knows of it.
void point_everywhere(AppHarness& h, Controls& found) {
  const auto items = h.app().surface().items().all();
  for (const auto& [name, rect] : items) {
    const ImVec2 size{rect.max.x - rect.min.x, rect.max.y - rect.min.y};
    for (const auto& [y, x] : {std::pair{0.5f, 0.5f}, {0.1f, 0.1f}, {0.9f, 0.9f}}) {
      h.move({rect.min.x + x * size.x, rect.min.y + y * size.y});
      const ImGuiID id = ImGui::GetCurrentContext()->HoveredId;
      const bool enabled = !ImGui::GetCurrentContext()->HoveredIdDisabled;
      if (id != 0 && enabled && !is_scrollbar(id)) found.emplace(id, name);
    }
  }
  h.move({1.0f, 1.0f});
}

// Goes through the group that has the focus, line by line.
void walk_group(AppHarness& h, std::set<ImGuiID>& reached) {
  const ImGuiID at = focused(h);
  press(h, Key::kHome);
  Key along = Key::kRight;
  for (int line = 0; line < 40; ++line) {
    reached.insert(focused(h));
    for (ImGuiID before = 0; before != focused(h);) {
      before = focused(h);
      press(h, along);
      reached.insert(focused(h));
    }
    const ImGuiID before = focused(h);
    press(h, Key::kDown);
    if (focused(h) == before) break;
    along = along == Key::kRight ? Key::kLeft : Key::kRight;
  }
  ASSERT_NE(at, 0u);
}

// Presses Tab until it comes to where it began, and once more with the arrows at each stop; these
// also change numbers, so that other controls may appear and go.
std::set<ImGuiID> walk(AppHarness& h) {
  std::set<ImGuiID> reached;
  for (const bool within : {false, true}) {
    std::set<ImGuiID> stops;
    for (int i = 0; i < 400; ++i) {
      press(h, Key::kTab);
      const ImGuiID at = focused(h);
      EXPECT_NE(at, 0u);
      if (!stops.insert(at).second) break;
      reached.insert(at);
      if (within) walk_group(h, reached);
    }
  }
  return reached;
}

void expect_all(const Controls& controls, const std::set<ImGuiID>& reached) {
  EXPECT_GT(controls.size(), 0u);
  for (const auto& [id, name] : controls)
    EXPECT_TRUE(reached.contains(id)) << name << " is not reached by keys";
}

void expect_all_reached(AppHarness& h, std::initializer_list<Card> cards) {
  Controls controls;
  for (const Card card : cards) {
    h.app().perform(SelectCard{card});
    h.frame(3);
    point_everywhere(h, controls);
  }
  EXPECT_GT(controls.size(), 25u);
  expect_all(controls, walk(h));
}

TEST(Keyboard, ReachesEveryControlOfTheKernelPage) {
  AppHarness h;
  h.key(Key::kS);
  h.settle();
  expect_all_reached(h, {Card::kInput, Card::kKernel, Card::kOutput, Card::kPooled});
}

TEST(Keyboard, ReachesEveryControlOfTheShift) {
  AppHarness h;
  h.app().perform(ShiftTool{true});
  h.key(Key::kRight);
  h.settle();
  expect_all_reached(h, {Card::kInput, Card::kOutput});
}

TEST(Keyboard, ReachesEveryControlInSlowMotionAndBesideTheKernelsAnalysis) {
  AppHarness h;
  h.key(Key::kD);
  h.key(Key::kS);
  h.settle();
  expect_all_reached(h, {Card::kOutput});
  h.key(Key::kK);
  h.settle();
  expect_all_reached(h, {Card::kOutput});
}

TEST(Keyboard, ReachesEveryControlOfTheLayersPage) {
  Layers h(chain_scene());
  expect_all_reached(h, {Card::kLayerInput, Card::kFilters, Card::kMaps, Card::kChain});
}

TEST(Keyboard, ReachesEveryControlOfALessonAndOfThePageBesideIt) {
  LessonWindow h;
  h.key(Key::kF);  // so that there is something to reset
  h.settle();
  expect_all_reached(h, {Card::kInput, Card::kOutput});
  h.key(Key::kPageDown);
  h.settle();
  expect_all_reached(h, {Card::kInput, Card::kKernel});
  LessonWindow layers(shipped_lesson("1"), 4);
  expect_all_reached(layers, {Card::kLayerInput, Card::kFilters});
}

TEST(Keyboard, ReachesEveryControlOfDialogsAndMenus) {
  AppHarness h({1024, 768});
  const auto expect_popup = [&](const char* what) {
    SCOPED_TRACE(what);
    h.frame(3);
    Controls controls;
    point_everywhere(h, controls);
    expect_all(controls, walk(h));
    h.key(Key::kEscape);
    h.frame(3);
  };
  h.key(Key::kO, true);
  expect_popup("open");
  h.key(Key::kS, true, true);
  expect_popup("save");
  h.key(Key::kF1);
  expect_popup("help");
  for (const char* button : {"top/more", "output/bar", "input/pattern", "input/edit"}) {
    h.click(button);
    expect_popup(button);
  }
  for (const char* entry : {"input/edit/7", "input/edit/8", "input/edit/9"}) {
    h.rest();
    h.click("input/edit");
    h.frame(2);
    h.click(entry);
    expect_popup(entry);
  }
}

// Presses Tab, or Shift+Tab, until it is where it began; returns the stops in order.
std::vector<ImGuiID> round_trip(AppHarness& h, bool back) {
  std::vector<ImGuiID> stops;
  for (int i = 0; i < 400; ++i) {
    press(h, Key::kTab, back);
    h.frame(4);
    const ImGuiID at = focused(h);
    if (!stops.empty() && at == stops.front()) return stops;
    stops.push_back(at);
  }
  ADD_FAILURE() << "never comes back to where it began";
  return stops;
}

TEST(Keyboard, ShiftTabGoesTheSameWayBack) {
  AppHarness h;
  const std::vector<ImGuiID> there = round_trip(h, false);
  std::vector<ImGuiID> back = round_trip(h, true);
  EXPECT_EQ(std::set<ImGuiID>(there.begin(), there.end()),
            std::set<ImGuiID>(back.begin(), back.end()));
  EXPECT_EQ(there.size(), back.size());
}

}  // namespace
}  // namespace convscope::program
