#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/files/names.h"

namespace convscope::files {

// A list of what a group of files (PendingGroup) is about to change in its folder. It is written
// beside them, so that the change can be finished or undone after a kill at any point:
//
//   part \0 target \0 inode of the part \0   of the first file
//   n|o device inode name \0                 for each other file
//
// While the part exists, the group's files have not taken their names, so the new files (n) are
// useless. If the target is the file that was the part, they have, and the old files (o) are
// useless. Otherwise somebody has changed the target since, and all files stay.
struct GroupList {
  struct Entry {
    char kind;  // 'n' or 'o'
    unsigned long long device, inode;
    std::string name;
  };
  std::filesystem::path part, target;
  unsigned long long inode = 0;
  std::vector<Entry> entries;
};

std::string group_list_text(const GroupList& list);

// Removes the files that are useless according to an open list, if they are still the listed ones.
void settle_group(int folder, int list);

// Returns the entry for a file in the folder; empty if it is not a regular file, or a link.
std::vector<GroupList::Entry> group_entry(int folder, char kind, const std::string& name);

// Removes the file of an entry if it is still the same file.
void remove_entry(int folder, const GroupList::Entry& entry);

}  // namespace convscope::files
