#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/parse_error_text.h"
#include "app/cli/usage_error.h"
#include "app/files/arrays/npy.h"
#include "app/files/arrays/npy_write.h"
#include "app/link/client.h"
#include "tests/engine/testing.h"
#include "tests/temp_folder.h"

namespace convscope::cli {

// The result of a call of the program: exit code 0, or 2 for a wrong call, 3 where no window
// listens and 1 for every other failure.
struct Called {
  int exit_code = 0;
  std::string out;
  std::string error;  // one sentence; empty if there was no error
  std::string notes;
};

inline Called call(const std::vector<std::string>& arguments, const MemoryLimit& memory = {}) {
  CLI::App app("convscope");
  Called result;
  std::ostringstream out;
  std::ostringstream notes;
  add_commands(app, {out, notes, nullptr, memory, memory});
  std::vector<const char*> argv{"convscope"};
  for (const std::string& argument : arguments)
    argv.push_back(argument.c_str());
  try {
    app.parse(static_cast<int>(argv.size()), argv.data());
  } catch (const CLI::CallForHelp&) {
    out << app.help();
  } catch (const CLI::ParseError& error) {
    result.exit_code = 2;
    result.error = parse_error_text(app, error);
  } catch (const UsageError& error) {
    result.exit_code = 2;
    result.error = error.what();
  } catch (const link::NoWindow& error) {
    result.exit_code = 3;
    result.error = error.what();
  } catch (const Error& error) {
    result.exit_code = 1;
    result.error = error.what();
  }
  result.out = out.str();
  result.notes = notes.str();
  return result;
}

// A folder for files of tensors, and calls that use them.
class CommandTest : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_ / name; }
  std::string put(const std::string& name, const Tensor& tensor) const {
    write_npy(path(name), tensor);
    return path(name);
  }
  std::string put_vector(const std::string& name, const std::vector<float>& values) const {
    PendingFile file(path(name));
    write_npy_vector(file, values);
    file.commit();
    return path(name);
  }
  Tensor get(const std::string& name) const { return read_npy(path(name)).tensor; }

  // Expects that the command followed by `more` fails in this way and leaves no new file.
  void expect_error(std::vector<std::string> command, const std::vector<std::string>& more,
                    int exit_code, const testing::Matcher<std::string>& message) const {
    command.insert(command.end(), more.begin(), more.end());
    const std::vector<std::string> before = folder_.names();
    const Called called = call(command);
    EXPECT_EQ(called.exit_code, exit_code) << testing::PrintToString(more);
    EXPECT_THAT(called.error, message) << testing::PrintToString(more);
    EXPECT_EQ(called.error.find('\n'), std::string::npos) << called.error;
    EXPECT_EQ(folder_.names(), before) << testing::PrintToString(more);
  }

  TempFolder folder_;
};

}  // namespace convscope::cli
