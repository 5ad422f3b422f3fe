#pragma once

namespace convscope::fuzz {

// Makes a new temporary folder the current one, so that a target that writes files can't write
// elsewhere. It is removed when the program ends, unless a signal ends it.
void enter_work_folder();

// Removes everything in the current folder, which must be a work folder.
void empty_work_folder();

}  // namespace convscope::fuzz
