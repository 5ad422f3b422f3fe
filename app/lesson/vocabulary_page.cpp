#include "app/lesson/vocabulary_page.h"

#include "app/lesson/control_words.h"
#include "app/lesson/show.h"
#include "app/lesson/vocabulary.h"
#include "engine/core/number_text.h"

namespace convscope::lesson {
namespace {

std::string code(std::string_view text) {
  return "`" + std::string(text) + "`";
}

std::string row(const std::string& name, std::string_view meaning) {
  return "| " + name + " | " + std::string(meaning) + " |\n";
}

std::string head(const char* title, const char* text, const char* first) {
  return std::string("### ") + title + "\n\n" + text + "\n\n| " + first +
         " | meaning |\n|---|---|\n";
}

std::string value_rows(std::span<const ValueWord> words) {
  std::string rows;
  for (const ValueWord& word : words) {
    std::string name = code(word.name);
    if (!word.index.empty())
      name += ", " + code(std::string(word.name) + "[" + std::string(word.index) + "]");
    rows += row(name, word.meaning);
  }
  return rows;
}

std::string range_of(const ControlWord& word) {
  if (word.kind != ControlKind::kChoice) {
    const bool wide = word.most > 1e5;
    return (word.kind == ControlKind::kWhole ? "whole numbers, " : "numbers, ") +
           (wide ? "any" : number_text(word.least) + " to " + number_text(word.most));
  }
  std::string names;
  for (const std::string_view choice : word.choices)
    names += (names.empty() ? "" : ", ") + std::string(choice);
  return "of " + names;
}

std::string names_line(const std::vector<std::string>& names) {
  std::string line;
  for (const std::string& name : names)
    line += (line.empty() ? "" : ", ") + code(name);
  return line + "\n";
}

}  // namespace

std::string vocabulary_page() {
  std::string page = head("Tensors", "With indices they are a cell, a row or a column.", "name");
  for (const TensorWord& word : tensor_words())
    page += row(code(word.name), word.meaning);
  page += "\n" +
          head("What is said of a tensor", "Behind it with a dot, as in `output.shape`.", "name");
  for (const TensorProperty& property : tensor_properties())
    page += row(code("." + std::string(property.name)), property.meaning);
  for (const CellProperty& property : cell_properties())
    page += row(code(std::string(property.tensor) + "[0, 1]." + std::string(property.name)),
                property.meaning);
  page += "\n" +
          head("Layers",
               "Of the first layer; `layer2.stride` and `layer2.output.shape` are of the "
               "second.",
               "name") +
          value_rows(layer_words()) + value_rows(kernel_words());
  page += "\n" + head("Learning", "Of the run, after as many steps as `show` says.", "name") +
          value_rows(learning_words());
  page += "\n" + head("Controls", "What can be dragged: `{padding: 0..3}`.", "name");
  for (const ControlWord* word : control_words())
    page += row(code(word->name), std::string(word->drives) + "; " + range_of(*word));
  page += "\n### Cards\n\nFor `show`, `dim` and `hide`: " + names_line(card_names());
  page += "\n### Places\n\nFor `point`: " + names_line(pointed_names());
  return page;
}

}  // namespace convscope::lesson
