#include "app/files/group_list.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace convscope::files {
namespace {

constexpr std::size_t kMaxText = std::size_t{1} << 22;

std::string read_all(int file) {
  std::string text;
  std::array<char, 4096> buffer{};
  lseek(file, 0, SEEK_SET);
  for (ssize_t count = 1; count > 0 && text.size() < kMaxText;) {
    count = read(file, buffer.data(), buffer.size());
    if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return text;
}

// Takes the text up to `end` and removes it with that character; nullopt if the character is
// missing.
std::optional<std::string_view> take(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + 1);
  return taken;
}

std::optional<unsigned long long> take_number(std::string_view& text) {
  const std::optional<std::string_view> digits = take(text, ' ');
  unsigned long long value = 0;
  if (!digits) return std::nullopt;
  const auto read = std::from_chars(digits->data(), digits->data() + digits->size(), value);
  if (read.ec != std::errc() || read.ptr != digits->data() + digits->size()) return std::nullopt;
  return value;
}

std::optional<GroupList::Entry> parse_entry(std::string_view text) {
  const std::optional<std::string_view> kind = take(text, ' ');
  if (kind != "n" && kind != "o") return std::nullopt;
  const auto device = take_number(text);
  const auto inode = take_number(text);
  if (!device || !inode || text.empty() || text.find('/') != std::string_view::npos)
    return std::nullopt;
  return GroupList::Entry{kind->front(), *device, *inode, std::string(text)};
}

std::optional<struct stat> file_there(int folder, const std::string& path) {
  struct stat status {};
  if (fstatat(folder, path.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  return status;
}

}  // namespace

std::string group_list_text(const GroupList& list) {
  std::string text =
      list.part.string() + '\0' + list.target.string() + '\0' + std::to_string(list.inode) + '\0';
  for (const GroupList::Entry& entry : list.entries)
    text += std::string(1, entry.kind) + " " + std::to_string(entry.device) + " " +
            std::to_string(entry.inode) + " " + entry.name + '\0';
  return text;
}

std::vector<GroupList::Entry> group_entry(int folder, char kind, const std::string& name) {
  const std::optional<struct stat> status = file_there(folder, name);
  if (!status) return {};
  return {{kind, status->st_dev, status->st_ino, name}};
}

void remove_entry(int folder, const GroupList::Entry& entry) {
  const std::optional<struct stat> status = file_there(folder, entry.name);
  if (status && status->st_dev == entry.device && status->st_ino == entry.inode)
    unlinkat(folder, entry.name.c_str(), 0);
}

void settle_group(int folder, int list) {
  const std::string read = read_all(list);
  std::string_view text = read;
  const std::optional<std::string_view> part = take(text, '\0');
  const std::optional<std::string_view> target = take(text, '\0');
  const std::optional<std::string_view> inode = take(text, '\0');
  if (!part || !target || !inode)
    return;  // the list is truncated, so the group had not done anything yet
  const std::optional<struct stat> there = file_there(folder, std::string(*target));
  const bool waits = file_there(folder, std::string(*part)).has_value();
  const bool named = !waits && there && std::to_string(there->st_ino) == *inode;
  if (!waits && !named) return;
  while (const std::optional<std::string_view> line = take(text, '\0')) {
    const std::optional<GroupList::Entry> entry = parse_entry(*line);
    if (entry && entry->kind == (named ? 'o' : 'n')) remove_entry(folder, *entry);
  }
}

}  // namespace convscope::files
