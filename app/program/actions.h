#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "app/program/document/document_actions.h"
#include "app/program/lesson/lesson_actions.h"
#include "app/program/live/live_actions.h"
#include "app/program/names.h"
#include "app/program/view/view_actions.h"

// The requests of panels and keys. A panel changes nothing itself: it enqueues an action. After the
// frame, App::perform hands each action to the owner of what it changes.
namespace convscope::program {

namespace detail {

// The variant with the alternatives of four variants.
template <typename... Variants>
struct Joined;
template <typename... A, typename... B, typename... C, typename... D>
struct Joined<std::variant<A...>, std::variant<B...>, std::variant<C...>, std::variant<D...>> {
  using Type = std::variant<A..., B..., C..., D...>;
};

// A visitor for std::visit that is made of several lambdas.
template <typename... Lambdas>
struct Overloaded : Lambdas... {
  using Lambdas::operator()...;
};
template <typename... Lambdas>
Overloaded(Lambdas...) -> Overloaded<Lambdas...>;

// True if T is one of the alternatives of Variant.
template <typename T, typename Variant>
inline constexpr bool is_one_of = false;
template <typename T, typename... Alternatives>
inline constexpr bool is_one_of<T, std::variant<Alternatives...>> =
    (std::is_same_v<T, Alternatives> || ...);

}  // namespace detail

using Action = detail::Joined<DocumentAction, LiveAction, LessonAction, ViewAction>::Type;

// The queue of actions that panels and keys fill during a frame.
// Returns whether an action changes the scene.
inline bool changes_scene(const Action& action) {
  return std::holds_alternative<Edit>(action) || std::holds_alternative<InputChange>(action) ||
         std::holds_alternative<Undo>(action) || std::holds_alternative<Redo>(action);
}

// Returns whether an action writes the scene into a file.
inline bool saves_scene(const Action& action) {
  const auto* answer = std::get_if<SaveAnswer>(&action);
  return std::holds_alternative<SaveScene>(action) ||
         (answer != nullptr && *answer == SaveAnswer::kSave);
}

class Actions {
 public:
  void push(Action action) { queue_.push_back(std::move(action)); }
  // Enqueues an edit of one part of the scene. `continues` is that of Edit: the same gesture as the
  // edit before, and so the same step of undo.
  template <typename Part>
  void edit(Part part, bool continues = false) {
    push(Edit{std::move(part), continues});
  }
  // Returns all actions in the order in which they were enqueued, and empties the queue.
  std::vector<Action> take() { return std::exchange(queue_, {}); }

 private:
  std::vector<Action> queue_;
};

}  // namespace convscope::program
