#include "app/files/memory_limit.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <optional>

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

// Returns the number in a system file; nullopt if it contains none, as for "max".
std::optional<Bytes> number_in(const fs::path& path) {
  std::ifstream file(path);
  Bytes value = 0.0;
  if (!(file >> value) || !(value > 0.0)) return std::nullopt;
  return value;
}

// Returns the lowest limit of a control group and the groups around it: reads `file` in each folder
// from `group` up to `mount`.
Bytes group_limit(const fs::path& mount, const std::string& group, const char* file) {
  Bytes least = std::numeric_limits<Bytes>::infinity();
  fs::path folder = fs::path(group).relative_path();
  while (true) {
    if (const auto limit = number_in(mount / folder / file)) least = std::min(least, *limit);
    if (folder.empty()) return least;
    folder = folder.parent_path();
  }
}

// Lines of /proc/self/cgroup are "number:controllers:group"; version 2 has a single one,
// "0::group".
Bytes control_group_limit(const fs::path& root) {
  Bytes least = std::numeric_limits<Bytes>::infinity();
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const std::string group = line.substr(second + 1);
    const fs::path mount = root / "sys/fs/cgroup";
    if (controllers == ",,") {
      least = std::min(least, group_limit(mount, group, "memory.max"));
    } else if (controllers.find(",memory,") != std::string::npos) {
      least = std::min(least, group_limit(mount / "memory", group, "memory.limit_in_bytes"));
    }
  }
  return least;
}

Bytes process_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return std::numeric_limits<Bytes>::infinity();
  return static_cast<Bytes>(limit.rlim_cur);
}

Bytes machine_memory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page <= 0) return std::numeric_limits<Bytes>::infinity();
  return static_cast<Bytes>(pages) * static_cast<Bytes>(page);
}

MemoryLimit share(double part, const std::string& name) {
  const MemoryLimit all = program_memory();
  return {all.bytes * part, name + " of " + all.origin};
}

}  // namespace

MemoryLimit program_memory(const fs::path& root) {
  MemoryLimit limit{machine_memory(), "this machine's memory"};
  if (const Bytes group = control_group_limit(root); group < limit.bytes)
    limit = {group, "the memory of the program's control group"};
  if (const Bytes process = process_limit(); process < limit.bytes)
    limit = {process, "the memory that the program is limited to"};
  return limit;
}

MemoryLimit scene_memory_limit() {
  return share(1.0 / 8, "an eighth");
}

MemoryLimit learning_memory_limit() {
  return share(1.0 / 4, "a quarter");
}

MemoryLimit command_memory_limit() {
  return share(1.0 / 2, "half");
}

std::string bytes_text(Bytes bytes) {
  constexpr std::array kUnits{"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  std::size_t unit = 0;
  // A value that would be rounded to 1000 is written in the next unit.
  for (; bytes >= 999.5 && unit + 1 < kUnits.size(); ++unit)
    bytes /= 1000.0;
  std::array<char, 32> text{};
  const int digits = unit == 0 || bytes >= 99.95 ? 0 : bytes >= 9.995 ? 1 : 2;
  std::snprintf(text.data(), text.size(), "%.*f", digits, bytes);
  std::string number = text.data();
  if (number.find('.') != std::string::npos) {
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') number.pop_back();
  }
  return number + " " + kUnits[unit];
}

std::string allowed_text(const MemoryLimit& limit) {
  return "may take " + bytes_text(limit.bytes) + " altogether" +
         (limit.origin.empty() ? "" : ", " + limit.origin);
}

}  // namespace convscope::files
