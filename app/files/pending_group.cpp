#include "app/files/pending_group.h"

#include <sys/stat.h>

#include <system_error>

#include "app/files/leftovers.h"
#include "app/files/whole_path.h"
#include "engine/core/error.h"

namespace convscope::files {

PendingGroup::PendingGroup(const std::filesystem::path& path, const WriteOptions& options)
    : path_(whole_path(path)) {
  try {
    lock_ = FolderLock::wait(path_.parent_path());
  } catch (const Error& error) {
    throw Error("\"" + path.string() + "\" can't be written: " + error.what());
  }
  remove_leftovers(lock_);
  main_ = std::make_unique<PendingFile>(path_, options);
}

// If the main file did not take its name, the others that did are harmless but useless, so they are
// removed. The list goes last: if the program is killed here, the list still names them.
PendingGroup::~PendingGroup() {
  if (committed_) return;
  for (const GroupList::Entry& entry : made_)
    remove_entry(lock_.folder(), entry);
}

PendingFile& PendingGroup::add(const std::string& name) {
  WriteOptions options{.must_be_new = true, .access = main_->access_};
  names_.push_back(name);
  others_.push_back(std::make_unique<PendingFile>(path_.parent_path() / name, options));
  return *others_.back();
}

// The list only serves to remove useless files after a kill. It need not be on the disk first:
// after a kill, unlike after a power failure, everything written is there.
void PendingGroup::write_list(std::span<const std::string> unreferenced_files) {
  struct stat status {};
  fstat(main_->part_->descriptor(), &status);
  GroupList list{main_->part_->path(), main_->target_, status.st_ino, {}};
  for (std::size_t i = 0; i < others_.size(); ++i) {
    fstat(others_[i]->part_->descriptor(), &status);
    made_.push_back({'n', status.st_dev, status.st_ino, names_[i]});
  }
  for (const std::string& name : unreferenced_files)
    for (const GroupList::Entry& entry : group_entry(lock_.folder(), 'o', name))
      old_.push_back(entry);
  if (made_.empty() && old_.empty()) return;
  list.entries = made_;
  list.entries.insert(list.entries.end(), old_.begin(), old_.end());
  list_.emplace(path_, kListEnding, 0600);
  const std::string text = group_list_text(list);
  list_->write(std::as_bytes(std::span(text)));
}

void PendingGroup::commit(std::span<const std::string> unreferenced_files) {
  for (const auto& other : others_)
    other->finish();
  main_->finish();
  try {
    write_list(unreferenced_files);
    // From here on a signal leaves the files, as a kill does; the list says what to do with them.
    main_->part_->keep_on_signals();
    if (list_) list_->keep_on_signals();
    for (const auto& other : others_)
      other->take_name();
    if (!others_.empty()) sync_folder(path_.parent_path());
    main_->take_name();
    committed_ = true;
    sync_folder(main_->target_.parent_path());
  } catch (const std::system_error& error) {
    main_->fail(error.code().value());
  }
  for (const GroupList::Entry& entry : old_)
    remove_entry(lock_.folder(), entry);
}

}  // namespace convscope::files
