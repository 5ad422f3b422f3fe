#include "app/program/view/look.h"

namespace convscope::program {
namespace {

static_assert(static_cast<int>(RangeKind::kPercentiles) ==
              static_cast<int>(look::RangeMode::kPercentiles));
static_assert(static_cast<int>(RangeKind::kTyped) == static_cast<int>(look::RangeMode::kTyped));

template <typename Choice>
std::optional<Choice> kept(const std::optional<Choice>& before, Choice now, Choice usual) {
  return before || now != usual ? std::optional(now) : std::nullopt;
}

}  // namespace

void show_look(const SceneLook& look, ViewSettings& settings) {
  if (look.page) settings.page = *look.page;
  if (look.theme) settings.theme = *look.theme;
  if (look.tab) {
    settings.learning_tab = *look.tab;
    settings.kernel_cards.lower_tab = Card::kError;
    settings.kernel_cards.lower_open = true;
  }
  settings.signs = look.signs;
  settings.backward = look.backward;
  settings.ranges.clear();
  for (const ViewRange& range : look.ranges)
    settings.ranges[range.view] = {static_cast<look::RangeMode>(range.kind),
                                   {range.from, range.to}};
}

SceneLook look_of(const SceneLook& before, const ViewSettings& settings) {
  SceneLook look;
  look.page = kept(before.page, settings.page, Page::kKernel);
  look.tab = kept(before.tab, settings.learning_tab, LearningTab::kError);
  look.theme = kept(before.theme, settings.theme, SceneTheme::kLight);
  look.signs = settings.signs;
  look.backward = settings.backward;
  for (const auto& [view, range] : settings.ranges) {
    if (range.mode == look::RangeMode::kAutomatic) continue;
    ViewRange& to = look.ranges.emplace_back();
    to.view = view;
    to.kind = static_cast<RangeKind>(range.mode);
    if (range.mode != look::RangeMode::kLocked && range.mode != look::RangeMode::kTyped) continue;
    to.from = range.fixed.lo;
    to.to = range.fixed.hi;
  }
  return look;
}

}  // namespace convscope::program
