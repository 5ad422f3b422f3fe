#include "app/lesson/prediction.h"

#include <algorithm>
#include <cmath>

#include "app/files/near_name.h"
#include "app/lesson/key_lines.h"
#include "app/lesson/line_error.h"
#include "app/lesson/markdown.h"
#include "app/lesson/show.h"

namespace convscope::lesson {
namespace {

constexpr std::size_t kMaxOptions = 8;

// Letters in lower case, without spaces: "6 × 7" and "6x7" differ only in the sign.
std::string folded(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == ' ') continue;
    result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

std::vector<TextRun> runs_of(const KeyLine& line) {
  return read_paragraph(line.value, line.line);
}

// "19", or "output[0, 1] = 19" for one that the check compares with the engine.
AcceptedAnswer answer_of(const KeyLine& line) {
  AcceptedAnswer answer;
  answer.line = line.line;
  const std::size_t equals = line.value.find('=');
  const std::string_view value(line.value);
  if (equals != std::string::npos)
    answer.reference = at_line(line.line, [&] { return read_reference(value.substr(0, equals)); });
  const std::string_view stated = equals == std::string::npos ? value : value.substr(equals + 1);
  answer.stated = at_line(line.line, [&] {
    return answer.reference ? read_stated_for(*answer.reference, stated) : read_stated(stated);
  });
  if (answer.stated.text.empty())
    throw LineError(line.line, "the field answer has nothing behind its \"=\"; write the value");
  return answer;
}

double tolerance_of(const KeyLine& line) {
  const Stated read = at_line(line.line, [&] { return read_stated(line.value); });
  const bool number = read.numbers.size() == 1;
  if (!number || !(read.numbers[0].value >= 0.0) || !std::isfinite(read.numbers[0].value))
    throw LineError(line.line,
                    "tolerance is " + in_quotes(line.value) + "; it must be a number, 0 or more");
  return read.numbers[0].value;
}

std::vector<std::string> hidden_of(const KeyLine& line) {
  const std::vector<std::string> known = card_names();
  std::vector<std::string> cards = split_list(line.value);
  for (const std::string& card : cards)
    if (std::ranges::find(known, card) == known.end())
      throw LineError(line.line,
                      "hide: there is no card " + in_quotes(card) + name_help(card, known));
  return cards;
}

std::vector<std::string> options_of(const KeyLine& line) {
  std::vector<std::string> options = split_list(line.value, '|');
  const bool good = options.size() >= 2 && options.size() <= kMaxOptions &&
                    std::ranges::none_of(options, [](const auto& o) { return o.empty(); });
  if (!good)
    throw LineError(line.line, "options is " + in_quotes(line.value) +
                                   "; it must be 2 to 8 texts with | between them");
  return options;
}

void require_answers(const Prediction& prediction) {
  if (prediction.question.empty())
    throw LineError(prediction.line, "the prediction has no question; write \"question: …\"");
  if (prediction.answers.empty())
    throw LineError(prediction.line,
                    "the prediction has no answer; write \"answer: 19\" or, to have it checked, "
                    "\"answer: output[0, 1] = 19\"");
  if (prediction.options.empty()) {
    for (const AcceptedAnswer& answer : prediction.answers)
      if (answer.stated.numbers.empty())
        throw LineError(answer.line, "the answer " + in_quotes(answer.stated.text) +
                                         " is no number; give the texts to choose from as "
                                         "\"options: … | …\"");
    return;
  }
  for (const AcceptedAnswer& answer : prediction.answers) {
    const auto same = [&](const std::string& o) { return folded(o) == folded(answer.stated.text); };
    if (std::ranges::none_of(prediction.options, same))
      throw LineError(answer.line, "the answer " + in_quotes(answer.stated.text) +
                                       " is none of the options" +
                                       name_help(answer.stated.text, prediction.options));
  }
}

bool numbers_agree(const Prediction& prediction, const Stated& answer, const Stated& accepted) {
  // A shape may leave out leading ones: compared from the last number to the first.
  const std::size_t most = std::max(answer.numbers.size(), accepted.numbers.size());
  for (std::size_t i = 1; i <= most; ++i) {
    const bool given = i <= answer.numbers.size();
    const bool wanted = i <= accepted.numbers.size();
    const double value = given ? answer.numbers[answer.numbers.size() - i].value : 1.0;
    const StatedNumber number =
        wanted ? accepted.numbers[accepted.numbers.size() - i] : StatedNumber{.value = 1.0};
    if (!number_agrees(value, number, prediction.tolerance)) return false;
  }
  return !answer.numbers.empty();
}

}  // namespace

Prediction read_prediction(std::string_view text, int line) {
  const std::vector<std::string> keys{"question", "hide", "answer", "tolerance",
                                      "options",  "with", "steps",  "explain"};
  Prediction prediction;
  prediction.line = line;
  for (const KeyLine& read : read_key_lines(text, line, keys, "answer")) {
    if (read.key == "question") prediction.question = runs_of(read);
    if (read.key == "hide") prediction.hidden = hidden_of(read);
    if (read.key == "answer") prediction.answers.push_back(answer_of(read));
    if (read.key == "tolerance") prediction.tolerance = tolerance_of(read);
    if (read.key == "options") prediction.options = options_of(read);
    if (read.key == "with") {
      prediction.with = read.value;
      prediction.with_line = read.line;
    }
    if (read.key == "steps") prediction.steps = read_steps(read);
    if (read.key == "explain") prediction.explanation = runs_of(read);
  }
  require_answers(prediction);
  return prediction;
}

bool is_right(const Prediction& prediction, std::string_view answer) {
  const auto right = [&](const AcceptedAnswer& accepted) {
    if (!prediction.options.empty()) return folded(answer) == folded(accepted.stated.text);
    try {
      const bool count = accepted.reference && accepted.reference->kind() == ValueKind::kCount;
      return numbers_agree(prediction, count ? read_stated_count(answer) : read_stated(answer),
                           accepted.stated);
    } catch (const Error&) {
      return false;  // more numbers than anybody types
    }
  };
  return std::ranges::any_of(prediction.answers, right);
}

}  // namespace convscope::lesson
