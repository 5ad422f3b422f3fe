#include "app/files/arrays/npy_header.h"

#include <charconv>
#include <system_error>
#include <utility>

namespace convscope::files {
namespace {

// Reads a text from its beginning; after the first mismatch every further call fails.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool failed() const { return failed_; }
  bool at_end() {
    skip_space();
    return rest_.empty();
  }

  // Consumes `token` if it comes next.
  bool take(std::string_view token) {
    skip_space();
    if (failed_ || !rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  void expect(std::string_view token) { failed_ |= !take(token); }

  // Reads 'text' or "text", without escapes, which no name or simple dtype contains.
  std::string_view quoted() {
    take("u");  // Python 2's prefix
    if (failed_ || rest_.empty() || (rest_[0] != '\'' && rest_[0] != '"')) return fail();
    const std::size_t end = rest_.find(rest_[0], 1);
    if (end == std::string_view::npos) return fail();
    const std::string_view result = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return result;
  }

  // Reads from a bracket to the matching closing one and returns the text unchanged; brackets
  // inside quotes don't count.
  std::string_view bracketed() {
    skip_space();
    std::size_t depth = 0;
    for (std::size_t i = 0; !failed_ && i < rest_.size(); ++i) {
      const char c = rest_[i];
      if (c == '\'' || c == '"') {
        i = rest_.find(c, i + 1);
        if (i == std::string_view::npos) break;
      } else if (c == '[' || c == '(') {
        ++depth;
      } else if ((c == ']' || c == ')') && --depth == 0) {
        const std::string_view result = rest_.substr(0, i + 1);
        rest_.remove_prefix(i + 1);
        return result;
      }
    }
    return fail();
  }

  // Returns whether `c` is the next character.
  bool next_is(char c) {
    skip_space();
    return !rest_.empty() && rest_.front() == c;
  }

  // Reads "6", or Python 2's "6L".
  Index integer() {
    skip_space();
    Index value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (failed_ || error != std::errc()) {
      failed_ = true;
      return 0;
    }
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    if (rest_.starts_with('L')) rest_.remove_prefix(1);
    return value;
  }

  std::string_view fail() {
    failed_ = true;
    return {};
  }

 private:
  void skip_space() {
    const std::size_t n = rest_.find_first_not_of(" \t\r\n");
    rest_.remove_prefix(n == std::string_view::npos ? rest_.size() : n);
  }

  std::string_view rest_;
  bool failed_ = false;
};

constexpr std::size_t kMaxDimensions = 64;  // more than NumPy's arrays have

// Reads "()", "(6,)" or "(6, 8)".
std::vector<Index> read_shape(Reader& reader) {
  std::vector<Index> shape;
  reader.expect("(");
  while (!reader.failed() && !reader.take(")")) {
    if (shape.size() == kMaxDimensions) reader.fail();
    shape.push_back(reader.integer());
    if (reader.take(",")) continue;
    reader.expect(")");
    break;
  }
  return shape;
}

}  // namespace

std::optional<ArrayHeader> parse_npy_header(std::string_view text) {
  ArrayHeader header;
  bool has_dtype = false;
  bool has_order = false;
  bool has_shape = false;
  // Sets `seen`; returns false if the entry occurs a second time.
  const auto first = [](bool& seen) { return !std::exchange(seen, true); };

  Reader reader(text);
  reader.expect("{");
  while (!reader.failed() && !reader.take("}")) {
    const std::string_view key = reader.quoted();
    reader.expect(":");
    if (key == "descr" && first(has_dtype)) {
      header.descr = reader.next_is('[') ? reader.bracketed() : reader.quoted();
      header.dtype = array_dtype(header.descr);
    } else if (key == "fortran_order" && first(has_order)) {
      header.fortran_order = reader.take("True");
      if (!header.fortran_order) reader.expect("False");
    } else if (key == "shape" && first(has_shape)) {
      header.shape = read_shape(reader);
    } else {
      return std::nullopt;
    }
    if (reader.take(",")) continue;
    reader.expect("}");
    break;
  }
  const bool whole = has_dtype && has_order && has_shape;
  if (reader.failed() || !whole || !reader.at_end()) return std::nullopt;
  return header;
}

}  // namespace convscope::files
