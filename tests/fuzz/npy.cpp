#include "app/files/arrays/npy.h"

#include <cstring>
#include <fstream>

#include "app/files/arrays/array_summary.h"
#include "app/files/arrays/npy_open.h"
#include "app/files/arrays/npy_write.h"
#include "engine/core/error.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/work_folder.h"

// .npy files: every reader reads it or throws, and a tensor that was read is written so that it
// reads as the same.
namespace convscope::fuzz {
namespace {

constexpr const char* kFile = "input.npy";
constexpr const char* kWritten = "written.npy";

template <typename Read>
void try_to(const Read& read) {
  try {
    read();
  } catch (const Error&) {
  }
}

bool same_bits(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() &&
         std::memcmp(a.values().data(), b.values().data(), a.values().size_bytes()) == 0;
}

}  // namespace

void prepare() {
  enter_work_folder();
}

void fuzz_one(std::string_view input) {
  std::ofstream(kFile, std::ios::binary) << input;
  try_to([] { npy_header(kFile); });
  try_to([] { read_npy_vector(kFile); });
  try_to([] { read_npy_indices(kFile); });
  try_to([] { summarize_array(open_npy(kFile)); });
  try_to([] {
    const Tensor tensor = read_npy(kFile).tensor;
    if (tensor.empty()) return;
    write_npy(kWritten, tensor);
    require(same_bits(read_npy(kWritten).tensor, tensor),
            "a tensor that was written reads as the same");
  });
}

}  // namespace convscope::fuzz
