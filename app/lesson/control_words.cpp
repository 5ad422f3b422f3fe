#include "app/lesson/control_words.h"

#include "app/lesson/layer_controls.h"
#include "app/lesson/learning_controls.h"

namespace convscope::lesson {

std::vector<const ControlWord*> control_words() {
  std::vector<const ControlWord*> words;
  for (const auto& rows : {layer_controls(), learning_controls()})
    for (const ControlWord& word : rows)
      words.push_back(&word);
  return words;
}

const ControlWord* find_control_word(std::string_view name) {
  for (const ControlWord* word : control_words())
    if (word->name == name) return word;
  return nullptr;
}

}  // namespace convscope::lesson
