#include "app/program/lesson/questions.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace convscope::program {
namespace {

constexpr Subjects kInput = 1, kKernel = 2, kOutput = 4, kPooled = 8, kLearning = 16, kCosts = 32;

// Returns the first word of a reference, that after the number of a layer.
std::string_view first_word(std::string_view text) {
  const auto word = [](std::string_view from) { return from.substr(0, from.find_first_of(".[")); };
  std::string_view first = word(text);
  const bool numbered = first.starts_with("layer") && first.size() > 5;
  return numbered ? word(text.substr(std::min(text.size(), first.size() + 1))) : first;
}

struct NamedSubject {
  std::string_view word;
  Subjects subject;
};

Subjects subject_named(std::string_view word) {
  constexpr auto kWords = std::to_array<NamedSubject>({{"input", kInput},
                                                       {"kernel", kKernel},
                                                       {"weight", kKernel},
                                                       {"bias", kKernel},
                                                       {"output", kOutput},
                                                       {"activated", kOutput},
                                                       {"dropped", kOutput},
                                                       {"pooled", kPooled},
                                                       {"learned", kLearning},
                                                       {"learned_bias", kLearning},
                                                       {"start", kLearning},
                                                       {"gradient", kLearning},
                                                       {"target", kLearning},
                                                       {"error", kLearning},
                                                       {"learning", kLearning},
                                                       {"layer", kCosts},
                                                       {"network", kCosts}});
  const auto* const found = std::ranges::find(kWords, word, &NamedSubject::word);
  return found == kWords.end() ? 0 : found->subject;
}

// In the order of Card. What is said about a kernel has the size of the output in its matrix.
constexpr std::array<Subjects, 15> kOfCards = {
    kInput,    kKernel,           kOutput,   kPooled,           kLearning,
    kLearning, kLearning,         kLearning, kKernel | kOutput, kInput,
    kKernel,   kOutput | kPooled, kOutput,   kOutput,           kCosts | kOutput};

// Who hides the sizes and costs hides what a layer costs. The output's size stands there too, but
// the output itself says nothing of costs.
Subjects subjects_hidden_with(Card card) {
  return card == Card::kFacts ? kCosts : kOfCards[static_cast<std::size_t>(card)];
}

}  // namespace

Subjects subjects_of(const lesson::Reference& reference) {
  return subject_named(first_word(reference.text));
}

Subjects open_subjects(const Lectern& lectern) {
  Subjects subjects = 0;
  if (!lectern.open()) return subjects;
  const std::vector<std::string> names = lesson::card_names();
  const auto& predictions = lectern.step().predictions;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    if (!lectern.is_open(i)) continue;
    for (const lesson::AcceptedAnswer& answer : predictions[i].answers)
      if (answer.reference) subjects |= subjects_of(*answer.reference);
    for (const std::string& name : predictions[i].hidden) {
      const auto card = static_cast<Card>(std::ranges::find(names, name) - names.begin());
      subjects |= subjects_hidden_with(card);
    }
  }
  // The pooled plane is made of the output's values, and of its size.
  if ((subjects & kOutput) != 0) subjects |= kPooled;
  return subjects;
}

CardSet cards_about(Subjects subjects) {
  CardSet cards = 0;
  for (std::size_t i = 0; i < kOfCards.size(); ++i)
    if ((kOfCards[i] & subjects) != 0) cards |= card_set(static_cast<Card>(i));
  // The target is an output too, and may be this one.
  if ((subjects & kOutput) != 0) cards |= card_set(Card::kError);
  // Beside each channel of the sum is drawn what it is multiplied with.
  if ((subjects & kKernel) != 0) cards |= card_set(Card::kSum);
  return cards;
}

}  // namespace convscope::program
