#include "app/lesson/plain_text.h"

#include <algorithm>

namespace convscope::lesson {
namespace {

std::string plain_prediction(const Prediction& prediction, const StepValues& values) {
  std::string text = "? " + plain_runs(prediction.question, values);
  for (const std::string& option : prediction.options)
    text += "\n  ( ) " + option;
  text += "\n  Answer: ";
  for (std::size_t i = 0; i < prediction.answers.size(); ++i)
    text += (i == 0 ? "" : " or ") + prediction.answers[i].stated.text;
  if (!prediction.explanation.empty()) text += "\n  " + plain_runs(prediction.explanation, values);
  return text;
}

// Sets a block in by two spaces for each list and quote; the first line's marker stands before it.
std::string set_in(const std::string& text, const TextBlock& block) {
  const auto depth = static_cast<std::size_t>(std::max(0, block.indent));
  const std::string space(2 * depth, ' ');
  std::string result;
  if (block.marker.empty()) {
    result = space;
  } else {
    result = space.substr(std::min<std::size_t>(2, space.size())) + block.marker + " ";
  }
  for (const char c : text) {
    result += c;
    if (c == '\n') result += space;
  }
  return result;
}

}  // namespace

std::string plain_runs(const std::vector<TextRun>& runs, const StepValues& values) {
  std::string text;
  for (const TextRun& run : runs) {
    if (!run.live) {
      text += run.text;
      continue;
    }
    text += text_with_stated(*run.live, shown_value(*run.live, values));
  }
  return text;
}

std::string plain_blocks(const std::vector<TextBlock>& blocks,
                         const std::vector<Prediction>& predictions, const StepValues& values) {
  std::string text;
  bool in_list = false;  // whether the block before was an item of a list
  for (const TextBlock& block : blocks) {
    const bool item = !block.marker.empty() && in_list;
    in_list = !block.marker.empty();
    if (!text.empty() && !item) text += "\n";
    switch (block.kind) {
      case TextBlockKind::kRule:
        text += "---";
        break;
      case TextBlockKind::kPrediction:
        text += plain_prediction(predictions[block.prediction], values);
        break;
      case TextBlockKind::kCode: {
        TextBlock inner = block;
        inner.indent += 1;
        text += set_in(plain_runs(block.runs, values), inner);
        break;
      }
      case TextBlockKind::kParagraph:
      case TextBlockKind::kHeading:
        text += set_in(plain_runs(block.runs, values), block);
        break;
    }
    text += "\n";
  }
  return text;
}

std::string plain_step(const Lesson& lesson, std::size_t index, const StepValues& values) {
  const Step& step = lesson.steps[index];
  const std::string text = plain_blocks(step.blocks, step.predictions, values);
  return std::to_string(index + 1) + ". " + step.title + "\n" + (text.empty() ? "" : "\n" + text);
}

}  // namespace convscope::lesson
