#include "app/lesson/question_draft.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "app/lesson/reference.h"
#include "app/lesson/stated.h"
#include "app/lesson/vocabulary.h"
#include "engine/core/number_text.h"

namespace convscope::lesson {
namespace {

constexpr int kFewestDigits = 4;
constexpr int kMostDigits = 9;
constexpr std::size_t kMaxWrong = 3;

std::string text_with(const Value& value, int digits) {
  return value_text(value, [&](std::size_t i) { return whole_text(value.numbers[i], digits); });
}

Stated stated_of(const Value& value, const std::string& text) {
  return value.kind == ValueKind::kCount ? read_stated_count(text) : read_stated(text);
}

bool is_finite(const Value& value) {
  return std::ranges::all_of(value.numbers, [](double v) { return std::isfinite(v); });
}

// Returns with how many digits the value is stated; 0 where it can't be.
int digits_of(const Value& value) {
  for (int digits = kFewestDigits; digits <= kMostDigits; ++digits)
    if (agrees(value, stated_of(value, text_with(value, digits)))) return digits;
  return 0;
}

// Returns the texts to choose from, the right one first; all are written with as many digits, so
// that these don't tell which it is.
std::vector<std::string> options_of(const Value& right, const std::vector<Value>& wrong) {
  std::vector<std::string> options;
  const int digits = right.missing.empty() && is_finite(right) ? digits_of(right) : 0;
  if (digits == 0) return options;
  options.push_back(text_with(right, digits));
  for (const Value& value : wrong) {
    if (options.size() > kMaxWrong) break;
    if (!value.missing.empty() || !is_finite(value)) continue;
    const std::string text = text_with(value, digits);
    const bool known = std::ranges::find(options, text) != options.end();
    if (!known && !agrees(right, stated_of(right, text))) options.push_back(text);
  }
  return options;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts)
    all += (all.empty() ? "" : " | ") + text;
  return all;
}

std::string field(const char* name, const std::string& value) {
  return value.empty() ? "" : std::string(name) + ": " + value + "\n";
}

std::string fence(const char* name, const std::string& inside) {
  return inside.empty() ? "" : "```" + std::string(name) + "\n" + inside + "```\n\n";
}

}  // namespace

std::optional<std::string> written(const QuestionDraft& draft, const AskedScene& asked,
                                   const std::string& scene, Random& random) {
  const Value right =
      value_of(read_reference(draft.answer), draft.after_step ? asked.next : asked.start);
  std::vector<std::string> options = options_of(right, draft.wrong);
  if (options.size() < 2) return std::nullopt;
  const std::string answer = options.front();
  for (std::size_t i = options.size(); i > 1; --i)
    std::swap(options[i - 1],
              options[static_cast<std::size_t>(random_below(random, static_cast<Index>(i)))]);
  return "## " + draft.title + "\n\n" + fence("scene", scene) +
         fence("show", field("page", draft.layers_page ? "layers" : "kernel") +
                           field("point", draft.point)) +
         (draft.text.empty() ? "" : draft.text + "\n\n") +
         fence("predict", field("question", draft.question) + field("hide", draft.hide) +
                              field("options", joined(options)) +
                              field("answer", draft.answer + " = " + answer) +
                              field("steps", draft.after_step ? "1" : "") +
                              field("explain", draft.explanation));
}

Index random_below(Random& random, Index count) {
  return static_cast<Index>(random.next() % static_cast<std::uint64_t>(std::max<Index>(count, 1)));
}

Yx plane_cell(Index number, const Shape& shape) {
  return {number / shape.w, number % shape.w};
}

std::string cell_index(Yx cell, const Shape& shape) {
  const std::string planes = shape.n > 1 ? "0, 0, " : shape.c > 1 ? "0, " : "";
  return "[" + planes + std::to_string(cell.y) + ", " + std::to_string(cell.x) + "]";
}

std::string plane_prefix(const Shape& shape) {
  if (shape.n == 1 && shape.c == 1) return "";
  if (shape.n == 1) return "channel 0 of ";
  return shape.c == 1 ? "picture 0 of " : "picture 0, channel 0 of ";
}

std::string span_text(Index first, Index last) {
  return std::to_string(first) + ".." + std::to_string(last);
}

std::string plain(double number) {
  return value_text(number_value(number));
}

std::string plain_rows(const std::vector<double>& numbers, std::size_t columns) {
  const Value value{.kind = ValueKind::kNumbers,
                    .numbers = numbers,
                    .columns = columns,
                    .text = {},
                    .missing = {}};
  std::string text = value_text(value);
  // A line may end between two rows, and not in one.
  constexpr std::string_view kNoBreak = ",\u00a0";
  for (std::size_t at = text.find(", "); at != std::string::npos; at = text.find(", ", at + 1))
    if (text[at - 1] != ']') text.replace(at, 2, kNoBreak);
  return text;
}

}  // namespace convscope::lesson
