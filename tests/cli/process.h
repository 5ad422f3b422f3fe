#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "app/cli/names.h"
#include "tests/temp_folder.h"

namespace convscope::cli {

// How a process ended.
struct Ended {
  int exit_code = -1;  // -1 if a signal ended it
  std::string out;
  std::string error;
};

inline std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word)
    text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

// Runs the program in `folder` with `environment` ("NAME=value"). It has no display unless
// `environment` names one.
inline Ended run_program(const TempFolder& folder, const std::vector<std::string>& arguments,
                         const std::vector<std::string>& environment = {}) {
  const TempFolder streams;
  std::string line = "cd " + quoted(folder.path().string()) +
                     " && env -u DISPLAY -u WAYLAND_DISPLAY ASAN_OPTIONS=detect_leaks=0";
  for (const std::string& variable : environment)
    line += " " + quoted(variable);
  line += " " + quoted(CONVSCOPE_PROGRAM);
  for (const std::string& argument : arguments)
    line += " " + quoted(argument);
  line += " >" + quoted(streams / "out") + " 2>" + quoted(streams / "err");
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, file_text(streams / "out"),
          file_text(streams / "err")};
}

}  // namespace convscope::cli
