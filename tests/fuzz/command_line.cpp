#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <charconv>
#include <sstream>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/parse_error_text.h"
#include "app/cli/usage_error.h"
#include "app/files/arrays/npy_write.h"
#include "app/scene/scene.h"
#include "engine/core/option_check.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/work_folder.h"

// Command lines, an argument a line, run in a folder with a few small arrays: each does its work or
// is refused by one sentence.
namespace convscope::fuzz {
namespace {

// A number up to here keeps the work small; one above kMaxExtent is refused. Between them are calls
// that rightly take long.
constexpr Index kMaxWork = 16;

// libFuzzer itself ends a target that takes four times as much at once (.ci/fuzz.sh).
constexpr Bytes kMaxMemory = 64e6;

bool takes_long(std::string_view text) {
  while (!text.empty()) {
    text.remove_prefix(std::min(text.find_first_of("0123456789"), text.size()));
    Index value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && value > kMaxWork && value <= kMaxStopSteps) return true;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  return false;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, length));
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return lines;
}

Tensor counting(const Shape& shape) {
  Tensor tensor(shape);
  for (Index i = 0; i < shape.numel(); ++i)
    tensor.data()[i] = static_cast<float>(i % 7) - 3.0f;
  return tensor;
}

void put_arrays() {
  empty_work_folder();
  write_npy("x.npy", counting({1, 2, 6, 8}));
  write_npy("w.npy", counting({4, 2, 2, 3}));
  write_npy("g.npy", counting({1, 4, 5, 6}));
  PendingFile bias("b.npy");
  write_npy_vector(bias, std::vector<float>{1.0f, -1.0f, 0.5f, 0.0f});
  bias.commit();
}

}  // namespace

void prepare() {
  enter_work_folder();
}

void fuzz_one(std::string_view input) {
  // Without a slash every path is of the work folder. A zero byte ends an argument.
  if (input.find('/') != input.npos || input.find('\0') != input.npos || takes_long(input)) return;
  put_arrays();
  std::vector<std::string> arguments = lines_of(input);
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them

  CLI::App app("convscope");
  std::ostringstream out;
  const MemoryLimit limit{kMaxMemory, "what fuzzing allows"};
  add_commands(app, {.out = out, .notes = out, .memory = limit, .scene_memory = limit});
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0)
      require(!parse_error_text(app, error).empty(), "a wrong call is told");
  } catch (const Error& error) {
    require(!std::string(error.what()).empty(), "a failure is told");
  }
}

}  // namespace convscope::fuzz
