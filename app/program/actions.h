#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "app/program/document/document_actions.h"
#include "app/program/live/live_actions.h"
#include "app/program/names.h"
#include "app/program/view/view_actions.h"

// What panels and keys ask for. A panel changes nothing itself: it enqueues an action, and the
// program carries it out in one place, App::perform, by its owner.
namespace convscope::program {

namespace detail {

template <typename... Variants>
struct Joined;
template <typename... A, typename... B, typename... C>
struct Joined<std::variant<A...>, std::variant<B...>, std::variant<C...>> {
  using Type = std::variant<A..., B..., C...>;
};

// One visitor of several lambdas.
template <typename... Lambdas>
struct Overloaded : Lambdas... {
  using Lambdas::operator()...;
};
template <typename... Lambdas>
Overloaded(Lambdas...) -> Overloaded<Lambdas...>;

// Whether T is one of the variant's alternatives.
template <typename T, typename Variant>
inline constexpr bool is_one_of = false;
template <typename T, typename... Alternatives>
inline constexpr bool is_one_of<T, std::variant<Alternatives...>> =
    (std::is_same_v<T, Alternatives> || ...);

}  // namespace detail

using Action = detail::Joined<DocumentAction, LiveAction, ViewAction>::Type;

class Actions {
 public:
  void push(Action action) { queue_.push_back(std::move(action)); }
  template <typename Part>
  void edit(Part part, bool continues = false) {
    push(Edit{std::move(part), continues});
  }
  std::vector<Action> take() { return std::exchange(queue_, {}); }  // all of them, in their order

 private:
  std::vector<Action> queue_;
};

}  // namespace convscope::program
