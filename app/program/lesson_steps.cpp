#include "app/program/lesson_steps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/program/actions.h"
#include "app/program/lesson/questions.h"
#include "app/program/view/look.h"

namespace convscope::program {
namespace {

// Widths at scale 1.
constexpr float kLeastPanel = 240.0f;
constexpr float kLeastPage = 400.0f;  // at which everything of the page can still be reached

CardSet set_of(const std::vector<std::string>& names) {
  const std::vector<std::string> known = lesson::card_names();
  CardSet cards = 0;
  for (const std::string& name : names)
    cards |= card_set(static_cast<Card>(std::ranges::find(known, name) - known.begin()));
  return cards;
}

// Returns the cards that the step leaves out. A row of which it names none is not concerned.
// While presenting nothing but what the step names stands beside the lesson.
CardSet left_out(const lesson::Show& show, bool presenting = false) {
  const CardSet shown = set_of(show.shown);
  if (presenting && shown != 0) return ~shown;
  CardSet hidden = 0;
  for (const Page page : {Page::kKernel, Page::kLayers}) {
    for (const bool lower : {false, true}) {
      CardSet row = 0;
      for (int i = 0; i <= static_cast<int>(Card::kFacts); ++i) {
        const auto card = static_cast<Card>(i);
        if (page_of(card) == page && in_lower_row(card) == lower) row |= card_set(card);
      }
      if ((row & shown) != 0) hidden |= row & ~shown;
    }
  }
  return hidden;
}

std::optional<Page> page_of_step(const lesson::Lesson& lesson, std::size_t step) {
  for (std::size_t i = step + 1; i-- > 0;)
    if (lesson.steps[i].show.page) return lesson.steps[i].show.page;
  return std::nullopt;
}

// Unfolds the lower row where the step names one of its cards, and folds it where it names others.
void fold_lower_row(const lesson::Show& show, View& view) {
  CardView& cards = view.cards();
  view.settings.kernel_info = false;
  cards.folds_back = false;
  cards.enlarged.reset();
  if (show.shown.empty()) return;
  cards.lower_open = false;
  const CardSet shown = set_of(show.shown);
  for (int i = static_cast<int>(Card::kFacts); i >= 0; --i) {
    const auto card = static_cast<Card>(i);
    const bool here = has(shown, card) && page_of(card) == view.settings.page;
    if (!here || !in_lower_row(card)) continue;
    cards.lower_open = true;
    if (card == Card::kAbout) view.settings.kernel_info = true;
    cards.lower_tab = card;
  }
}

// The inspector is that of a card that is seen.
void select_shown(const lesson::Show& show, View& view) {
  const CardSet hidden = left_out(show);
  CardView& cards = view.cards();
  if (!has(hidden, cards.selected)) return;
  for (int i = 0; i <= static_cast<int>(Card::kFacts); ++i) {
    const auto card = static_cast<Card>(i);
    if (page_of(card) != view.settings.page || in_lower_row(card) || has(hidden, card)) continue;
    cards.selected = card;
  }
}

// What is pointed at must be seen: the card that has it comes to the front, with its controls.
void select_pointed(const lesson::Show& show, View& view) {
  struct Owner {
    std::string_view name;
    Card kernel, layers;  // on each page
    std::optional<LearningTab> tab = {};
  };
  constexpr auto kOwners = std::to_array<Owner>({
      {"output", Card::kOutput, Card::kMaps},
      {"formula", Card::kOutput, Card::kMaps},
      {"maps", Card::kOutput, Card::kMaps},
      {"chain", Card::kOutput, Card::kChain},
      {"pooled", Card::kPooled, Card::kMaps},
      {"padding", Card::kOutput, Card::kChain},
      {"padding_mode", Card::kOutput, Card::kChain},
      {"stride", Card::kOutput, Card::kChain},
      {"dilation", Card::kOutput, Card::kChain},
      {"groups", Card::kOutput, Card::kFilters},
      {"output_padding", Card::kOutput, Card::kChain},
      {"bias", Card::kKernel, Card::kFilters},
      {"rate", Card::kLearning, Card::kFilters},
      {"cliff", Card::kLearning, Card::kFilters},
      {"learning", Card::kLearning, Card::kFilters},
      {"loss", Card::kLoss, Card::kFilters},
      {"loss-curve", Card::kLoss, Card::kFilters},
      {"learned", Card::kLearned, Card::kFilters},
      {"gradient", Card::kLearned, Card::kFilters},
      {"error", Card::kError, Card::kFilters, LearningTab::kError},
      {"target", Card::kError, Card::kFilters, LearningTab::kTarget},
      {"landscape", Card::kError, Card::kFilters, LearningTab::kLandscape},
      {"sum", Card::kOutput, Card::kSum},
      {"facts", Card::kOutput, Card::kFacts},
  });
  for (const lesson::PointedPlace& place : show.pointed) {
    const auto* const owner = std::ranges::find(kOwners, place.name, &Owner::name);
    if (owner == kOwners.end()) continue;
    const Card card = view.on_kernel_page() ? owner->kernel : owner->layers;
    view.show(SelectCard{card});
    if (in_lower_row(card)) view.cards().lower_open = true;
    if (owner->tab) view.settings.learning_tab = *owner->tab;
  }
}

// The scene was there before the questions about it: it keeps its file, its steps of undo and, as
// far as nothing is asked about that, its learning.
void put_question(const lesson::Step& step, const LessonParts& parts) {
  if (parts.document.scene() != step.scene) parts.document.edit(Edit{step.scene});
  parts.view.explore = {};
  parts.view.settings.planes = {};
  show_step(parts.lessons.lectern, parts.view);
  parts.live.follow(parts.document, parts.view.shows_learning() || step.learns());
  if (step.learns()) parts.live.start_over(step.show.steps);
}

void leave_questions(const LessonParts& parts) {
  Lectern& lectern = parts.lessons.lectern;
  const Scene scene = lectern.step().scene;
  lectern.put(LessonPlace(lectern.came_from()));
  if (parts.document.scene() != scene) parts.document.edit(Edit{scene});
  show_step(lectern, parts.view);
}

void put_step(const LessonPtr& lesson, std::size_t number, const LessonParts& parts) {
  if (lesson == nullptr || number >= lesson->steps.size()) return;
  const lesson::Step& step = lesson->steps[number];
  parts.lessons.lectern.put({lesson, number});
  if (lesson->about_scene) return put_question(step, parts);
  parts.document.open(step.scene);
  show_look(step.scene.look, parts.view.settings);
  parts.view.explore = {};
  parts.view.shift = {};
  parts.view.settings.planes = {};
  show_step(parts.lessons.lectern, parts.view);
  parts.live.follow(parts.document, parts.view.shows_learning() || step.learns());
  parts.live.start_over(step.show.steps);
}

void go_by(int direction, const LessonParts& parts) {
  const LessonPlace& at = parts.lessons.lectern.place();
  if (at.lesson == nullptr || (direction < 0 && at.step == 0)) return;
  const std::size_t next = direction < 0 ? at.step - 1 : at.step + 1;
  if (next >= at.lesson->steps.size()) return;
  parts.view.settings.lesson.contents = false;
  put_step(LessonPtr(at.lesson), next, parts);
}

// Questions speak of the scene as its author left it. What the reader made of it would contradict
// them, and asking anew is a wish to begin at the beginning.
void ask_anew(const LessonParts& parts) {
  Lectern& lectern = parts.lessons.lectern;
  const LessonPlace place = lectern.place();
  const lesson::Step& step = place.lesson->steps[place.step];
  lectern.reset_score();
  parts.view.show(Tell{.text = "All questions are open again."});
  if (step.predictions.empty()) return;
  if (parts.document.scene() != step.scene) return put_step(place.lesson, place.step, parts);
  if (step.learns()) parts.live.start_over(step.show.steps);
}

void perform_command(LessonCommand command, const LessonParts& parts) {
  Lectern& lectern = parts.lessons.lectern;
  LessonLook& look = parts.view.settings.lesson;
  if (!lectern.open()) return;
  switch (command) {
    case LessonCommand::kNext:
      return go_by(1, parts);
    case LessonCommand::kPrevious:
      return go_by(-1, parts);
    case LessonCommand::kReset:
      return put_step(LessonPtr(lectern.place().lesson), lectern.place().step, parts);
    case LessonCommand::kTogglePanel:
      look.shown = !look.shown;
      return;
    case LessonCommand::kToggleContents:
      look.contents = !look.contents || !look.shown;
      look.shown = true;
      return;
    case LessonCommand::kClose:
      return lectern.lesson().about_scene ? leave_questions(parts) : lectern.put({});
    case LessonCommand::kResetScore:
      return ask_anew(parts);
    case LessonCommand::kReload:
      if (!lectern.lesson().file.empty())
        parts.lessons.files.open(
            {.path = lectern.lesson().file, .shipped = {}, .step = lectern.place().step});
      return;
    case LessonCommand::kAllCards:
      look.all_cards = true;
      return;
  }
}

}  // namespace

void perform(const LessonAction& action, const LessonParts& parts) {
  Lectern& lectern = parts.lessons.lectern;
  LessonLook& look = parts.view.settings.lesson;
  std::visit(detail::Overloaded{
                 [&](const ShowLesson& wanted) {
                   look.shown = true;
                   look.contents = false;
                   put_step(wanted.lesson, std::min(wanted.step, wanted.lesson->steps.size() - 1),
                            parts);
                 },
                 [&](GoToStep wanted) {
                   look.contents = false;
                   put_step(LessonPtr(lectern.place().lesson), wanted.step, parts);
                 },
                 [&](LessonCommand command) { perform_command(command, parts); },
                 [&](AskAboutScene) {
                   parts.lessons.files.ask({.scene = parts.document.scene(),
                                            .results = parts.live.results(),
                                            .seed = ++parts.lessons.asked});
                 },
                 [&](AskQuestion asked) { lectern.ask(asked.question); },
                 [&](const AnswerQuestion& given) { lectern.answer(given.question, given.answer); },
                 [&](RevealAnswer wanted) { lectern.reveal(wanted.question); },
                 [&](ResizeLesson wanted) {
                   const bool presenting = parts.view.settings.presenting;
                   look.width =
                       std::max(kLeastPanel, wanted.width / (presenting ? kPresentingWidth : 1.0f));
                 }},
             action);
}

void show_step(const Lectern& lectern, View& view) {
  if (!lectern.open()) return;
  const std::optional<Page> page = page_of_step(lectern.lesson(), lectern.place().step);
  if (page) view.show(ShowPage{*page});
  view.settings.lesson.all_cards = false;
  fold_lower_row(lectern.step().show, view);
  select_pointed(lectern.step().show, view);
  select_shown(lectern.step().show, view);
}

std::optional<std::string> take_lesson(const LessonParts& parts) {
  std::optional<LoadedLesson> loaded = parts.lessons.files.take();
  if (!loaded) return std::nullopt;
  if (loaded->asks && !loaded->error.empty())
    return "There are no questions: " + loaded->error + ".";
  if (!loaded->error.empty())
    return "This lesson can't be opened: " + loaded->error +
           (loaded->error.ends_with('?') ? "" : ".");
  if (loaded->lesson == nullptr) return std::nullopt;
  parts.view.succeeded();
  perform(ShowLesson{loaded->lesson, loaded->wanted.step}, parts);
  return std::nullopt;
}

// Where the window has no room for both, the panel stands alone until it is hidden: a page that is
// narrower than it can be used would be cut, and a panel over it would hide what it speaks of.
void follow_lesson(const Lectern& lectern, float width, float scale, ViewSettings& settings) {
  LessonLook& look = settings.lesson;
  look.left = 0.0f;
  look.hidden = look.dimmed = look.asked = 0;
  look.open = lectern.open();
  if (!lectern.open()) return;
  const lesson::Show& show = lectern.step().show;
  if (!look.all_cards) look.hidden = left_out(show, settings.presenting);
  look.dimmed = set_of(show.dimmed);
  look.asked = cards_about(open_subjects(lectern));
  if (!look.shown) return;
  const float wanted = look.width * (settings.presenting ? kPresentingWidth : 1.0f);
  const float most = width / scale - kLeastPage;
  look.left =
      most < kLeastPanel ? width : std::round(std::clamp(wanted, kLeastPanel, most) * scale);
}

bool lesson_learns(const Lectern& lectern) {
  return lectern.open() && lectern.step().learns();
}

}  // namespace convscope::program
