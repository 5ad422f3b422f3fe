#pragma once

#include <map>
#include <string>

#include "app/look/number_format.h"
#include "app/look/range.h"
#include "app/program/names.h"
#include "app/program/view/cards.h"
#include "app/program/view/lesson_look.h"
#include "app/program/view/view_actions.h"
#include "app/scene/scene_look.h"

namespace convscope::program {

// The settings of the window, as many data members as there are settings. They are not part of the
// scene.
struct ViewSettings {
  SceneTheme theme = SceneTheme::kLight;
  float font_scale = 1.0f;
  look::MapChoice colors = look::MapChoice::kAuto;
  SignChoice signs = SignChoice::kByMeaning;
  Page page = Page::kKernel;
  // The ranges of colour bars by the names of their views. A view that is missing has the automatic
  // range.
  std::map<std::string, look::RangeChoice> ranges = {};
  look::NumberStyle numbers = {};
  ShowPlanes planes = {};       // the requested planes; shown_planes() brings them into range
  bool reduced_motion = false;  // whether changes appear at once instead of being animated
  bool backward = false;        // whether the cards show the gradients instead of the values
  bool full_screen = false;
  bool help = false;             // whether the list of keys is open
  bool kernel_info = false;      // whether "About this kernel" is shown instead of the learning
  bool presenting = false;       // whether the page has the whole screen, without bars
  bool inspector_asked = false;  // whether the inspector is shown while presenting
  bool tooltips = true;          // whether controls are explained under a pointer at rest
  LearningTab learning_tab = LearningTab::kError;  // what the Error card shows
  CardView kernel_cards{Card::kOutput, std::nullopt, false, Card::kLearning};
  CardView layers_cards{Card::kFilters, std::nullopt, false, Card::kSum};

  LessonLook lesson = {};

  bool dark() const { return theme == SceneTheme::kDark; }
  // Whether a card of the main row, or one of those that share the lower row, is not on the page.
  bool hides(Card card) const {
    const CardView& cards = page_of(card) == Page::kKernel ? kernel_cards : layers_cards;
    return (presenting && cards.hides(card)) || has(lesson.hidden, card);
  }
  // Whether the page is presented with a lesson beside it.
  bool presents_lesson() const { return presenting && lesson.open; }
  // Whether the lower row of a page is unfolded. While the page is presented alone its main row is
  // what is shown at first.
  bool unfolds(const CardView& cards) const {
    return presenting && !lesson.open ? cards.lower_presented : cards.lower_open;
  }
  bool& unfolded(CardView& cards) const {
    return presenting && !lesson.open ? cards.lower_presented : cards.lower_open;
  }
  // The size of everything that is drawn. A lesson in a hall is read from far away.
  float type_scale() const { return font_scale * (presents_lesson() ? kHallType : 1.0f); }
  bool shows_inspector() const { return !presenting || inspector_asked; }
};

}  // namespace convscope::program
