#pragma once

#include <string>

// Returns the folder of this test program's sources, with its fixtures and golden pictures. It is a
// function in a small file of its own, so that all other files compile to the same code whatever
// folder the project is in.
std::string test_folder();
