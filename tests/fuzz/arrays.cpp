#include <fstream>
#include <string>

#include "app/files/arrays/array_file.h"
#include "app/files/arrays/array_read.h"
#include "app/files/arrays/array_summary.h"
#include "engine/core/error.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/work_folder.h"

// Files of one format with arrays, of the ending CONVSCOPE_ARRAY_ENDING: what is listed is read, or
// a sentence says why not.
namespace convscope::fuzz {
namespace {

using namespace files;

constexpr const char* kFile = "input" CONVSCOPE_ARRAY_ENDING;

void read_one(const std::string& name) {
  try {
    const ArrayTensor read = read_array(open_array({kFile, name}));
    require(read.tensor.numel() > 0, "an array that is read has values");
  } catch (const Error&) {
  }
  try {
    const ArraySummary summary = summarize_array(open_array({kFile, name}));
    require(summary.finite + summary.nans + summary.infinities > 0, "all values are counted");
  } catch (const Error&) {
  }
}

}  // namespace

void prepare() {
  enter_work_folder();
}

void fuzz_one(std::string_view input) {
  std::ofstream(kFile, std::ios::binary) << input;
  try {
    constexpr std::size_t kRead = 4;
    const ArrayList list = list_arrays(kFile);
    for (std::size_t i = 0; i < list.arrays.size() && i < kRead; ++i)
      read_one(list.arrays[i].name);
  } catch (const Error&) {
  }
  read_one("");
}

}  // namespace convscope::fuzz
