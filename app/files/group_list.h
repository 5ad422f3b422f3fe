#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace convscope {

// What a group of files (PendingGroup) is about to change in its folder, written down beside them
// so that it can be settled after a kill at any point:
//
//   part \0 target \0 inode of the part \0   of the first file
//   n|o device inode name \0                 for each other file
//
// As long as the part is there, the group did not get its names, and the new files (n) are of no
// use. When the target is the file that the part was, it did, and the old files (o) are of no use.
// Else somebody has changed the target since, and what is there is left alone.
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

// Removes the files that are of no use by an open list, where they are still those that it means.
void settle_group(int folder, int list);

// The entry for a file in the folder; nothing where it is no file, or a link.
std::vector<GroupList::Entry> group_entry(int folder, char kind, const std::string& name);

// Removes the file of an entry, if it is still that one.
void remove_entry(int folder, const GroupList::Entry& entry);

}  // namespace convscope
