#include "app/program/lesson/lectern.h"

#include <utility>

#include "app/lesson/prediction.h"

namespace convscope::program {
namespace {

// More than the document's steps of undo.
constexpr std::size_t kMaxPlaces = 1000;

const QuestionState kUntouched;

bool asks_about_scene(const LessonPtr& lesson) {
  return lesson != nullptr && lesson->about_scene;
}

// Whether answers to both count together: all questions about scenes do, as each time others are
// made.
bool count_together(const LessonPtr& a, const LessonPtr& b) {
  return a == b || (asks_about_scene(a) && asks_about_scene(b));
}

}  // namespace

void Lectern::put(LessonPlace place) {
  if (asks_about_scene(place.lesson) && !asks_about_scene(place_.lesson)) came_from_ = place_;
  place_ = std::move(place);
  moved_ = true;
  ++version_;
}

bool Lectern::follow(std::uint64_t undo_step) {
  const bool other = undo_step != std::exchange(undo_step_, undo_step);
  if (std::exchange(moved_, false)) {
    places_[undo_step] = place_;
    return false;
  }
  if (!other) return false;
  const auto [known, added] = places_.try_emplace(undo_step, place_);
  if (added && places_.size() > kMaxPlaces) places_.erase(places_.begin());
  if (added || known->second == place_) return false;
  place_ = known->second;
  ++version_;
  return true;
}

const QuestionState& Lectern::question(std::size_t number) const {
  const auto found = questions_.find({place_.lesson, place_.step, number});
  return found == questions_.end() ? kUntouched : found->second;
}

QuestionState* Lectern::state_of(std::size_t number) {
  if (!open() || number >= step().predictions.size()) return nullptr;
  ++version_;
  return &questions_[{place_.lesson, place_.step, number}];
}

bool Lectern::waits(std::size_t number) const {
  const lesson::Prediction& prediction = step().predictions[number];
  const bool supposes = prediction.scene || prediction.steps;
  const QuestionState& state = question(number);
  return supposes && !state.asked && !state.done;
}

bool Lectern::is_open(std::size_t number) const {
  return !question(number).done && !waits(number);
}

bool Lectern::any_open() const {
  if (!open()) return false;
  for (std::size_t i = 0; i < step().predictions.size(); ++i)
    if (is_open(i)) return true;
  return false;
}

void Lectern::ask(std::size_t number) {
  if (QuestionState* state = state_of(number)) state->asked = true;
}

void Lectern::answer(std::size_t number, const std::string& text) {
  QuestionState* state = state_of(number);
  if (state == nullptr || state->done) return;
  state->done = true;
  state->answer = text;
  state->right = lesson::is_right(step().predictions[number], text);
}

void Lectern::reveal(std::size_t number) {
  if (QuestionState* state = state_of(number)) state->done = true;
}

Score Lectern::score() const {
  Score score;
  for (const auto& [key, state] : questions_) {
    if (!count_together(std::get<0>(key), place_.lesson) || !state.right) continue;
    ++score.given;
    if (*state.right) ++score.right;
  }
  return score;
}

void Lectern::reset_score() {
  std::erase_if(questions_, [&](const auto& entry) {
    return count_together(std::get<0>(entry.first), place_.lesson);
  });
  ++version_;
}

}  // namespace convscope::program
