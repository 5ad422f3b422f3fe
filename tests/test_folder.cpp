#include "tests/test_folder.h"

std::string test_folder() {
  return CONVSCOPE_TEST_DIR;
}
