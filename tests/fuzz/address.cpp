#include "app/files/scene_address.h"

#include <string>

#include "app/files/base64url.h"
#include "app/files/deflate.h"
#include "app/files/scene_file.h"
#include "engine/core/error.h"
#include "tests/fuzz/target.h"

// Addresses of scenes: the letters as they are, then bytes as what they stand for.
namespace convscope::fuzz {

void prepare() {}

void fuzz_one(std::string_view input) {
  try {
    const auto address = find_address(input);
    require(!address || address->size() <= 2 * kMaxAddress, "an address is bounded");
    if (address) require(!address->empty(), "an address has its beginning");
  } catch (const Error&) {
  }
  try {
    const std::string bytes = from_base64url(input);
    require(from_base64url(to_base64url(bytes)) == bytes, "bytes read as the same");
  } catch (const Error&) {
  }
  try {
    const std::string text = inflated(input, std::size_t{1} << 16);
    require(text.size() <= std::size_t{1} << 16, "no more is taken than is allowed");
    require(inflated(deflated(text), text.size()) == text, "what was compressed reads as the same");
  } catch (const Error&) {
  }
}

}  // namespace convscope::fuzz
