#pragma once

namespace convscope::fuzz {

// Makes a new temporary folder the current one, so that a target that writes files can write them
// nowhere else. It is removed when the program ends, unless that is by a signal.
void enter_work_folder();

// Removes everything in the current folder, which must be a work folder.
void empty_work_folder();

}  // namespace convscope::fuzz
