#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/target.h"

// The main program of a target that is built without libFuzzer: tries the files that are named, and
// all files of folders that are named, once each. It fails where there is none.

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(int argc, char** argv) {
  std::vector<fs::path> files;
  for (int i = 1; i < argc; ++i) {
    const fs::path path = fs::absolute(argv[i]);
    if (fs::is_directory(path)) {
      for (const auto& entry : fs::directory_iterator(path))
        files.push_back(entry.path());
    } else {
      files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<fs::path> files = files_of(argc, argv);
  convscope::fuzz::prepare();
  for (const fs::path& path : files) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
      std::cerr << path << " can't be read\n";
      return 1;
    }
    std::cout << path.filename().string() << std::endl;  // before it is tried: it may not return
    // Of exactly the input's size, so that a sanitizer sees what is read past its end.
    const std::vector<char> input{std::istreambuf_iterator<char>(file), {}};
    convscope::fuzz::fuzz_one({input.data(), input.size()});
  }
  if (files.empty()) std::cerr << "There is no input to try; name files or folders\n";
  return files.empty() ? 1 : 0;
}
