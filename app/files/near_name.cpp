#include "app/files/near_name.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace convscope::files {
namespace {

constexpr std::size_t kMaxCompared = 40;  // letters; no name is longer

// Returns how many letters must be added, removed or replaced, or exchanged with their neighbour
// (Damerau's restricted distance).
std::size_t letters_between(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> table((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& {
    return table[i * width + j];
  };
  for (std::size_t i = 0; i <= a.size(); ++i)
    at(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j)
    at(0, j) = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, replaced});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
    }
  }
  return at(a.size(), b.size());
}

}  // namespace

std::string_view nearest_name(std::string_view word, std::span<const std::string> names) {
  if (word.empty() || word.size() > kMaxCompared) return {};
  const std::size_t most = std::max<std::size_t>(1, word.size() / 3);
  std::string_view best;
  std::size_t least = most + 1;
  for (const std::string& name : names) {
    const std::size_t distance = letters_between(word, name);
    if (distance >= least) continue;
    least = distance;
    best = name;
  }
  return best;
}

std::string name_help(std::string_view word, std::span<const std::string> names) {
  const std::string_view near = nearest_name(word, names);
  if (!near.empty()) return "; did you mean \"" + std::string(near) + "\"?";
  std::string known;
  for (const std::string& name : names)
    known += (known.empty() ? "" : ", ") + name;
  return "; known are " + known;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMaxShown = 60;
  if (text.size() <= kMaxShown) return "\"" + std::string(text) + "\"";
  std::size_t size = kMaxShown;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
    --size;
  return "\"" + std::string(text.substr(0, size)) + "…\"";
}

}  // namespace convscope::files
