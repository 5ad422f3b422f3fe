#include "app/lesson/vocabulary.h"

#include <algorithm>

namespace convscope::lesson {
namespace {

template <typename Word>
const Word* find(std::span<const Word> words, std::string_view name) {
  const auto found = std::ranges::find(words, name, &Word::name);
  return found == words.end() ? nullptr : &*found;
}

void add(std::vector<std::string>& names, std::string_view name) {
  if (std::ranges::find(names, name) == names.end()) names.emplace_back(name);
}

template <typename Visit>
void for_each_value_word(const Visit& visit) {
  for (const ValueWord* word : value_words())
    visit(word->name);
}

}  // namespace

const TensorWord* find_tensor_word(std::string_view name) {
  return find(tensor_words(), name);
}

const TensorProperty* find_tensor_property(std::string_view name) {
  return find(tensor_properties(), name);
}

const CellProperty* find_cell_property(std::string_view tensor, std::string_view name) {
  for (const CellProperty& property : cell_properties())
    if (property.tensor == tensor && property.name == name) return &property;
  return nullptr;
}

std::vector<const ValueWord*> value_words() {
  std::vector<const ValueWord*> all;
  for (const std::span<const ValueWord> words : {layer_words(), kernel_words(), learning_words()})
    for (const ValueWord& word : words)
      all.push_back(&word);
  return all;
}

const ValueWord* find_value_word(std::string_view name) {
  for (const ValueWord* word : value_words())
    if (word->name == name) return word;
  return nullptr;
}

std::vector<std::string> first_names() {
  std::vector<std::string> names;
  for (const TensorWord& word : tensor_words())
    add(names, word.name);
  for_each_value_word([&](std::string_view name) { add(names, name.substr(0, name.find('.'))); });
  return names;
}

std::vector<std::string> next_names(std::string_view name) {
  std::vector<std::string> names;
  for_each_value_word([&](std::string_view word) {
    if (word.size() > name.size() && word.starts_with(name) && word[name.size()] == '.')
      add(names, word.substr(name.size() + 1));
  });
  if (find_tensor_word(name) != nullptr)
    for (const TensorProperty& property : tensor_properties())
      add(names, property.name);
  for (const CellProperty& property : cell_properties())
    if (property.tensor == name) add(names, property.name);
  return names;
}

}  // namespace convscope::lesson
