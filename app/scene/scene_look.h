#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/scene/names.h"
#include "app/scene/page.h"

// How the author of a scene wants it shown. What is not set stays as the window has it.
namespace convscope::scene {

// Colours for a light room, for a dark one, and for a projector that is too dim for greys.
enum class SceneTheme { kLight, kDark, kProjector };

// What the card beside the loss shows. The last three are views of the landscape's tab.
enum class LearningTab { kError, kTarget, kLandscape, kMomentum, kDirections };

// Whether all cards' colours are those of signed or of unsigned values, or each by its meaning.
enum class SignChoice { kByMeaning, kSigned, kUnsigned };

// How the ends of a view's colour bar are found, as look::RangeMode says.
enum class RangeKind { kAutomatic, kSymmetric, kLocked, kTyped, kShared, kMinMax, kPercentiles };
struct ViewRange {
  std::string view;  // "input", "output", "error", "maps" ...
  RangeKind kind = RangeKind::kAutomatic;
  float from = 0.0f, to = 1.0f;  // of kLocked and kTyped
  friend bool operator==(const ViewRange&, const ViewRange&) = default;
};

struct SceneLook {
  std::optional<Page> page;
  std::optional<LearningTab> tab;
  std::optional<SceneTheme> theme;
  SignChoice signs = SignChoice::kByMeaning;
  bool backward = false;          // whether the gradients are shown instead of the values
  std::vector<ViewRange> ranges;  // in alphabetical order; those of other views are automatic
  friend bool operator==(const SceneLook&, const SceneLook&) = default;
};

}  // namespace convscope::scene
