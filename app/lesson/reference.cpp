#include "app/lesson/reference.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "app/files/near_name.h"
#include "app/lesson/vocabulary.h"
#include "engine/core/error.h"
#include "engine/core/plane_text.h"

namespace convscope::lesson {
namespace {

constexpr std::size_t kMaxParts = 4;
constexpr std::size_t kMaxIndices = 4;
constexpr Index kMaxIndex = 1'000'000'000;

// A name between dots, with the indices behind it.
struct Part {
  std::string name;
  std::vector<Index> indices;
  bool indexed = false;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::optional<Index> index_of(std::string_view text) {
  if (text == ":") return kAllIndices;
  Index value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && value >= 0 && value <= kMaxIndex ? std::optional(value) : std::nullopt;
}

std::vector<Index> read_indices(std::string_view text, std::string_view written) {
  std::vector<Index> indices;
  for (;;) {
    const std::size_t comma = text.find(',');
    const std::optional<Index> index = index_of(trimmed(text.substr(0, comma)));
    if (!index || indices.size() == kMaxIndices)
      throw Error(in_quotes(written) + " has [" + std::string(text.substr(0, 40)) +
                  "] behind it; in brackets stand up to " + std::to_string(kMaxIndices) +
                  " whole numbers from 0 or \":\", as [0, 1] for row 0 and column 1");
    indices.push_back(*index);
    if (comma == std::string_view::npos) return indices;
    text.remove_prefix(comma + 1);
  }
}

Part read_part(std::string_view text, std::string_view written) {
  Part part;
  const std::size_t bracket = text.find('[');
  part.name = trimmed(text.substr(0, bracket));
  if (bracket == std::string_view::npos) return part;
  if (!trimmed(text).ends_with(']'))
    throw Error(in_quotes(written) + " has a bracket that is not closed; it must end with \"]\"");
  const std::string_view all = trimmed(text.substr(bracket));
  part.indices = read_indices(all.substr(1, all.size() - 2), written);
  part.indexed = true;
  return part;
}

std::vector<Part> read_parts(std::string_view written) {
  std::vector<Part> parts;
  std::string_view rest = written;
  for (;;) {
    if (parts.size() == kMaxParts)
      throw Error(in_quotes(written) + " has more than " + std::to_string(kMaxParts) +
                  " names with dots between them; at most so many are accepted");
    const std::size_t dot = rest.find('.');
    parts.push_back(read_part(rest.substr(0, dot), written));
    if (dot == std::string_view::npos) return parts;
    rest.remove_prefix(dot + 1);
  }
}

// Takes "layer2" off the front and returns the layer's number from 0; "layer" stays, as the words
// "layer.parameters" and the like begin with it.
std::size_t take_layer(std::vector<Part>& parts, std::string_view written) {
  constexpr std::string_view kLayer = "layer";
  const std::string name = parts.front().name;
  if (!name.starts_with(kLayer) || name == kLayer) return 0;
  const std::optional<Index> number = index_of(std::string_view(name).substr(kLayer.size()));
  if (!number || *number < 1) return 0;
  if (parts.size() == 1)
    throw Error(in_quotes(written) + " says nothing of the layer" +
                name_help("", next_names(kLayer)));
  parts.erase(parts.begin());
  if (find_value_word("layer." + parts.front().name) != nullptr)
    parts.insert(parts.begin(), Part{std::string(kLayer), {}, false});
  return static_cast<std::size_t>(*number - 1);
}

std::string joined(const std::vector<Part>& parts) {
  std::string name;
  for (const Part& part : parts)
    name += (name.empty() ? "" : ".") + part.name;
  return name;
}

void require_scope(WordScope scope, const Reference& reference) {
  if (reference.layer == 0 || scope == WordScope::kLayer) return;
  throw Error(in_quotes(reference.text) + " is no matter of a single layer; leave out \"layer" +
              std::to_string(reference.layer + 1) + ".\"");
}

Error unknown_name(const std::string& name, const std::vector<std::string>& known) {
  return Error("there is no " + in_quotes(name) + name_help(name, known));
}

// A word with dots, whose indices stand at its end.
void take_value_word(const std::vector<Part>& parts, Reference& reference) {
  require_scope(reference.word->scope, reference);
  const Part& last = parts.back();
  const bool early = std::ranges::any_of(parts.begin(), parts.end() - 1, &Part::indexed);
  const bool fits = last.indices.size() == 1 && last.indices[0] != kAllIndices;
  if (early || (last.indexed && (reference.word->index.empty() || !fits))) {
    const std::string name(reference.word->name);
    throw Error(in_quotes(reference.text) + " has an index; " + name +
                (reference.word->index.empty()
                     ? " takes none"
                     : " takes one, the " + std::string(reference.word->index) + ", behind it"));
  }
  reference.indices = last.indices;
}

// A tensor, with its indices and what is said of it.
void take_tensor(const std::vector<Part>& parts, Reference& reference) {
  require_scope(reference.tensor->scope, reference);
  reference.indices = parts[0].indices;
  if (parts.size() == 1) return;
  const std::string& name = parts[1].name;
  const std::string& tensor = parts[0].name;
  if (parts.size() > 2 || parts[1].indexed)
    throw Error(in_quotes(reference.text) + " says too much; after " + tensor +
                " come its indices and one property, as in " + tensor + "[0, 1] or " + tensor +
                ".shape");
  reference.cell = find_cell_property(tensor, name);
  if (reference.cell == nullptr) {
    reference.property = find_tensor_property(name);
    if (reference.property != nullptr) return;
    throw unknown_name(tensor + "." + name, [&] {
      std::vector<std::string> known = next_names(tensor);
      for (std::string& next : known)
        next.insert(0, tensor + ".");
      return known;
    }());
  }
  const bool cell = reference.indices.size() >= 2 &&
                    std::ranges::find(reference.indices, kAllIndices) == reference.indices.end();
  if (!cell)
    throw Error(in_quotes(reference.text) + " names no cell; write " + tensor + "[0, 1]." + name +
                " for that of row 0 and column 1");
}

// Returns the part of a tensor that the indices name, the leading ones may be left out; nullopt and
// why there is none.
std::optional<Tensor> part_of(const Tensor& tensor, std::span<const Index> indices,
                              std::string& why) {
  const Shape& s = tensor.shape();
  const std::array<Index, 4> sizes{s.n, s.c, s.h, s.w};
  std::array<Index, 4> first{}, count{1, 1, 1, 1};
  const std::size_t skipped = sizes.size() - indices.size();
  for (std::size_t i = skipped; i < sizes.size(); ++i) {
    const Index index = indices[i - skipped];
    if (index == kAllIndices) {
      count[i] = sizes[i];
    } else if (index < sizes[i]) {
      first[i] = index;
    } else {
      why = "index " + std::to_string(index) + " lies beyond its " + plane_text(s) + " values";
      return std::nullopt;
    }
  }
  if (indices.size() == 1 && s.h > 1) {
    why = "it has rows and columns, and one index names no cell";
    return std::nullopt;
  }
  Tensor part(Shape{count[0], count[1], count[2], count[3]});
  float* to = part.data();
  for (Index n = first[0]; n < first[0] + count[0]; ++n)
    for (Index c = first[1]; c < first[1] + count[1]; ++c)
      for (Index y = first[2]; y < first[2] + count[2]; ++y)
        to = std::copy_n(tensor.row(n, c, y) + first[3], count[3], to);
  return part;
}

// Writes out a tensor; a single row stands in one pair of brackets.
Value written_out(const Tensor& tensor) {
  const Shape& s = tensor.shape();
  if (tensor.numel() > kMaxWrittenValues)
    return no_value("it has " + plane_text(s) + " values, and at most " +
                    std::to_string(kMaxWrittenValues) +
                    " are written; name a cell, or say .shape or .sum of it");
  Value value{.kind = ValueKind::kNumbers, .numbers = {}, .text = {}, .missing = {}};
  for (const float v : tensor.values())
    value.numbers.push_back(static_cast<double>(v));
  if (s.n * s.c * s.h > 1) value.columns = static_cast<std::size_t>(s.w);
  return value;
}

Value tensor_value(const Reference& reference, const WordQuery& query) {
  std::string why;
  const std::shared_ptr<const Tensor> tensor = reference.tensor->tensor(query, why);
  if (!tensor) return no_value(why);
  const std::span<const Index> indices = reference.indices;
  if (indices.empty())
    return reference.property != nullptr ? reference.property->value(*tensor)
                                         : written_out(*tensor);
  if (reference.cell != nullptr) return reference.cell->value(query, tensor->shape());
  const std::optional<Tensor> part = part_of(*tensor, indices, why);
  if (!part) return no_value(why);
  if (reference.property != nullptr) return reference.property->value(*part);
  const bool cell = std::ranges::find(indices, kAllIndices) == indices.end();
  return cell ? number_value(static_cast<double>(part->values()[0])) : written_out(*part);
}

}  // namespace

ValueKind Reference::kind() const {
  if (word != nullptr) return word->kind;
  if (cell != nullptr) return ValueKind::kText;
  return property != nullptr ? property->kind : ValueKind::kNumbers;
}

bool Reference::learns() const {
  return (tensor != nullptr ? tensor->scope : word->scope) == WordScope::kLearning;
}

Reference read_reference(std::string_view written) {
  Reference reference;
  reference.text = trimmed(written);
  if (reference.text.empty()) throw Error("nothing is named" + name_help("", first_names()));
  std::vector<Part> parts = read_parts(reference.text);
  reference.layer = take_layer(parts, reference.text);
  const std::string& first = parts.front().name;
  reference.word = find_value_word(joined(parts));
  if (reference.word != nullptr) {
    take_value_word(parts, reference);
    return reference;
  }
  reference.tensor = find_tensor_word(first);
  if (reference.tensor != nullptr) {
    take_tensor(parts, reference);
    return reference;
  }
  const std::vector<std::string> known = next_names(first);
  if (known.empty()) throw unknown_name(first, first_names());
  if (parts.size() == 1)
    throw Error(in_quotes(first) + " alone says nothing" + name_help("", known));
  throw unknown_name(parts[1].name, known);
}

Value value_of(const Reference& reference, const StepValues& values) {
  const WordQuery query{values, reference.layer, reference.indices};
  try {
    return reference.word != nullptr ? reference.word->value(query)
                                     : tensor_value(reference, query);
  } catch (const Error& error) {
    return no_value(error.what());
  }
}

}  // namespace convscope::lesson
