#include "app/lesson/show.h"

#include <algorithm>
#include <charconv>

#include "app/files/near_name.h"
#include "app/files/scene_fields.h"
#include "app/lesson/control_words.h"
#include "app/lesson/key_lines.h"
#include "app/lesson/line_error.h"
#include "app/lesson/vocabulary.h"

namespace convscope::lesson {
namespace {

constexpr std::size_t kMaxPointed = 32;

std::optional<Index> whole(std::string_view text, Index most) {
  text = without_spaces(text);
  Index value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc() && end == text.data() + text.size();
  return good && value >= 0 && value <= most ? std::optional(value) : std::nullopt;
}

std::vector<std::string> cards_of(const KeyLine& line) {
  const std::vector<std::string> known = card_names();
  std::vector<std::string> cards = split_list(line.value);
  for (const std::string& card : cards)
    if (std::ranges::find(known, card) == known.end())
      throw LineError(line.line,
                      line.key + ": there is no card " + in_quotes(card) + name_help(card, known));
  return cards;
}

Page page_of(const KeyLine& line) {
  const std::vector<std::string> known(kPageNames.begin(), kPageNames.end());
  const auto found = std::ranges::find(known, line.value);
  if (found == known.end())
    throw LineError(line.line, "page is " + in_quotes(line.value) + name_help(line.value, known));
  return static_cast<Page>(found - known.begin());
}

PointedPlace::Span span_of(std::string_view text, const KeyLine& line) {
  if (text == ":") return {0, kAllCells};
  const std::size_t dots = text.find("..");
  const std::optional<Index> first = whole(text.substr(0, dots), kAllCells);
  const std::optional<Index> last =
      dots == std::string_view::npos ? first : whole(text.substr(dots + 2), kAllCells);
  if (!first || !last || *last < *first)
    throw LineError(line.line, "point has the index " + in_quotes(text) +
                                   "; it must be a whole number from 0, a span such as 0..2, or "
                                   "\":\" for all");
  return {*first, *last};
}

// Takes "layer2." off the front and returns the layer's number from 0.
std::size_t take_layer(std::string_view& text) {
  constexpr std::string_view kLayer = "layer";
  const std::size_t dot = text.find('.');
  if (!text.starts_with(kLayer) || dot == std::string_view::npos) return 0;
  const std::optional<Index> number =
      whole(text.substr(kLayer.size(), dot - kLayer.size()), kMaxFileLayers + 1);
  if (!number || *number < 1) return 0;
  text.remove_prefix(dot + 1);
  return static_cast<std::size_t>(*number - 1);
}

std::vector<PointedPlace::Span> spans_of(const std::string& written, const KeyLine& line) {
  const std::size_t bracket = written.find('[');
  std::vector<PointedPlace::Span> spans;
  const std::string_view inside =
      std::string_view(written).substr(bracket + 1, written.size() - bracket - 2);
  for (const std::string& index : split_list(inside))
    spans.push_back(span_of(index, line));
  if (spans.size() < 2 || spans.size() > 4)
    throw LineError(line.line, "point is " + in_quotes(written) +
                                   "; in brackets stand y and x, or before them channel and "
                                   "picture: output[0, 1]");
  return spans;
}

PointedPlace place_of(const std::string& written, const KeyLine& line) {
  PointedPlace place;
  std::string_view text = written;
  place.layer = take_layer(text);
  const std::size_t bracket = text.find('[');
  place.name = without_spaces(text.substr(0, bracket));
  if (place.name == "weight") place.name = "kernel";
  const std::vector<std::string> known = pointed_names();
  if (std::ranges::find(known, place.name) == known.end())
    throw LineError(line.line,
                    "point: there is no " + in_quotes(place.name) + name_help(place.name, known));
  const TensorWord* tensor = find_tensor_word(place.name);
  if (place.layer > 0 && (tensor == nullptr || tensor->scope != WordScope::kLayer))
    throw LineError(line.line, "point is " + in_quotes(written) + "; " + place.name +
                                   " is no matter of a single layer");
  if (bracket == std::string_view::npos) return place;
  if (tensor == nullptr || written.back() != ']')
    throw LineError(line.line,
                    "point is " + in_quotes(written) + "; " +
                        (tensor != nullptr ? "its bracket is not closed"
                                           : place.name + " has no cells, leave out the brackets"));
  place.spans = spans_of(written, line);
  return place;
}

std::vector<PointedPlace> places_of(const KeyLine& line) {
  std::vector<PointedPlace> places;
  for (const std::string& text : split_list(line.value)) {
    if (places.size() == kMaxPointed)
      throw LineError(line.line, "point has more than " + std::to_string(kMaxPointed) +
                                     " places; at most so many are accepted");
    places.push_back(place_of(text, line));
  }
  return places;
}

}  // namespace

// The names of program/view/cards.h, in its order.
std::vector<std::string> card_names() {
  return {"input", "kernel",      "output",  "pooled", "learning", "loss", "error", "learned",
          "about", "layer-input", "filters", "maps",   "chain",    "sum",  "facts"};
}

std::vector<std::string> pointed_names() {
  std::vector<std::string> names;
  for (const TensorWord& word : tensor_words())
    names.emplace_back(word.name);
  for (const char* part : {"loss-curve", "landscape", "rate", "cliff", "explanation", "formula"})
    names.emplace_back(part);
  for (const ControlWord* word : control_words())
    if (word->name.find('.') == std::string_view::npos) names.emplace_back(word->name);
  for (const std::string& card : card_names())
    names.push_back(card);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Index read_steps(const KeyLine& line) {
  const std::optional<Index> steps = whole(line.value, kMaxLearningSteps);
  if (!steps)
    throw LineError(line.line, "steps is " + in_quotes(line.value) +
                                   "; it must be a whole number from 0 to " +
                                   std::to_string(kMaxLearningSteps));
  return *steps;
}

Show read_show(std::string_view text, int line) {
  const std::vector<std::string> keys{"page", "show", "dim", "point", "steps"};
  Show show;
  show.line = line;
  for (const KeyLine& read : read_key_lines(text, line, keys)) {
    if (read.key == "page") show.page = page_of(read);
    if (read.key == "show") show.shown = cards_of(read);
    if (read.key == "dim") show.dimmed = cards_of(read);
    if (read.key == "point") {
      show.pointed = places_of(read);
      show.pointed_line = read.line;
    }
    if (read.key == "steps") show.steps = read_steps(read);
  }
  return show;
}

}  // namespace convscope::lesson
