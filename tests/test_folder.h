#pragma once

#include <string>

// The folder of this test program's sources, where its fixtures and golden pictures lie. A function
// of one small file, so that all others compile to the same whatever folder the project is in.
std::string test_folder();
