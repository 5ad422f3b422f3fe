// Every control is explained where the pointer rests on it.
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "tests/app/keyboard.h"
#include "tests/app/lesson_window.h"

namespace convscope::program {
namespace {

using ui::Key;

// What needs no tooltip, by its name or, with a stroke at its end, the beginning of it, and why.
struct Excused {
  const char* name;
  const char* why;
};
constexpr auto kExcused = std::to_array<Excused>({
    {"card/", "a card, whose title names it"},
    {"input", "a heatmap: the strip explains the cell under the pointer"},
    {"output", "a heatmap"},
    {"pooled", "a heatmap"},
    {"error", "a heatmap"},
    {"layer/input/", "a heatmap"},
    {"maps/", "a heatmap"},
    {"sum/", "a heatmap"},
    {"filters", "weights: the strip explains the one under the pointer"},
    {"layer/weight/", "weights"},
    {"kernel/weight/", "weights"},
    {"learned/", "weights, or their gradient"},
    {"loss/plot", "a chart: it tells step and loss under the pointer"},
    {"lesson/answer/", "an answer, which is read in full"},
});

bool excused(std::string_view name) {
  if (name.ends_with("/plane")) return true;  // a heatmap
  return std::ranges::any_of(kExcused, [&](const Excused& e) {
    const std::string_view beginning = e.name;
    return beginning.ends_with('/') ? name.starts_with(beginning) : name == beginning;
  });
}

// Returns the name of the item that a stop of the keyboard is, or its place.
std::string name_of(const AppHarness& h, const ui::FocusStop& stop) {
  for (const auto& [name, rect] : h.app().surface().items().all()) {
    if (std::abs(rect.min.x - stop.min.x) < 5.0f && std::abs(rect.min.y - stop.min.y) < 5.0f &&
        std::abs(rect.max.x - stop.max.x) < 8.0f && std::abs(rect.max.y - stop.max.y) < 8.0f)
      return name;
  }
  return "at " + std::to_string(stop.min.x) + ", " + std::to_string(stop.min.y) + " to " +
         std::to_string(stop.max.x) + ", " + std::to_string(stop.max.y);
}

// Rests the pointer on every control that Tab reaches, and collects those without a tooltip.
void collect_unexplained(AppHarness& h, std::set<std::string>& seen, std::set<std::string>& bare) {
  std::set<ImGuiID> ids;
  for (int i = 0; i < 150; ++i) {
    press(h, Key::kTab);
    const auto stop = h.app().surface().focus().shown_stop();
    if (!stop) break;
    if (!ids.insert(stop->id).second) break;
    if (stop->kind == ui::StopKind::kText) continue;  // a field, below the question it answers
    const std::string name = name_of(h, *stop);
    if (!seen.insert(name).second || excused(name)) continue;
    h.move({(stop->min.x + stop->max.x) * 0.5f, (stop->min.y + stop->max.y) * 0.5f});
    h.frame(33);
    if (!h.has("tooltip")) bare.insert(name);
    h.move({1.0f, 1.0f});
  }
}

std::string lines(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += name + "\n";
  return text;
}

TEST(Tooltips, ExplainEveryControlOfTheKernelPage) {
  std::set<std::string> seen, bare;
  for (const Card card : {Card::kInput, Card::kKernel, Card::kOutput, Card::kPooled}) {
    AppHarness h({1920, 1080});
    h.app().perform(SelectCard{card});
    h.frame(3);
    collect_unexplained(h, seen, bare);
  }
  EXPECT_GE(seen.size(), 60u);
  EXPECT_TRUE(bare.empty()) << lines(bare);
}

TEST(Tooltips, ExplainEveryControlOfTheLayersPage) {
  std::set<std::string> seen, bare;
  for (const Card card : {Card::kLayerInput, Card::kFilters, Card::kMaps, Card::kChain}) {
    AppHarness h({1920, 1080});
    h.app().perform(SelectCard{card});
    h.settle();
    collect_unexplained(h, seen, bare);
  }
  EXPECT_GE(seen.size(), 30u);
  EXPECT_TRUE(bare.empty()) << lines(bare);
}

TEST(Tooltips, ExplainEveryControlOfALessonAndOfAHall) {
  std::set<std::string> seen, bare;
  for (const std::size_t step : {0u, 1u, 2u}) {
    LessonWindow h(lesson_from(kThreeSteps), step, {1920, 1080});
    h.key(Key::kF5);
    h.frame(3);
    collect_unexplained(h, seen, bare);
  }
  EXPECT_TRUE(bare.empty()) << lines(bare);
}

TEST(Tooltips, WaitForAPointerAtRest) {
  AppHarness h;
  h.move(h.rect("top/undo").center());
  h.frame(20);
  EXPECT_FALSE(h.has("tooltip")) << "a third of a second";
  EXPECT_TRUE(h.app().animating()) << "frames go on until it is there";
  const ImVec2 at = h.rect("top/undo").center();
  h.move({at.x + 2.0f, at.y});
  h.frame(20);
  EXPECT_FALSE(h.has("tooltip")) << "the pointer moved";
  h.frame(15);
  EXPECT_TRUE(h.has("tooltip"));
  h.move({at.x, at.y});
  EXPECT_TRUE(h.has("tooltip")) << "it stays until the pointer leaves the control";
  h.frame(40);
  EXPECT_FALSE(h.app().animating());
  h.move({1.0f, 300.0f});
  EXPECT_FALSE(h.has("tooltip"));
}

TEST(Tooltips, CanBeTurnedOff) {
  AppHarness h;
  h.app().perform(ViewCommand::kToggleTooltips);
  h.hover("top/undo");
  EXPECT_FALSE(h.has("tooltip"));
  EXPECT_FALSE(h.app().animating());
  h.app().perform(ViewCommand::kToggleTooltips);
  h.move({1.0f, 300.0f});
  h.hover("top/undo");
  EXPECT_TRUE(h.has("tooltip"));
}

}  // namespace
}  // namespace convscope::program
