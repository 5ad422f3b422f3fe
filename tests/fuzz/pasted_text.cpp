#include "app/files/arrays/number_table.h"
#include "app/program/view/clipboard.h"
#include "engine/core/error.h"
#include "tests/fuzz/target.h"

// Text that is pasted: it is rows of numbers or refused, and what was read is copied so that it
// pastes as the same.
namespace convscope::fuzz {
namespace {

constexpr Index kMax = 64;

}  // namespace

void prepare() {}

void fuzz_one(std::string_view input) {
  try {
    const Tensor rows = read_number_table(input, kMax).tensor;
    const Shape& s = rows.shape();
    require(s.n == 1 && s.c == 1 && s.h >= 1 && s.w >= 1 && s.h <= kMax && s.w <= kMax,
            "what was pasted is a plane of the accepted size");
    const std::string copied = rows_text(rows, 0, 0);
    require(rows_text(read_number_table(copied, kMax).tensor, 0, 0) == copied,
            "what was copied pastes as the same");
  } catch (const Error&) {
  }
}

}  // namespace convscope::fuzz
