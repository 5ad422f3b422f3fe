#include "app/files/json_text.h"

#include <nlohmann/json.hpp>

#include "app/files/parse_json.h"
#include "engine/core/error.h"
#include "tests/fuzz/target.h"

// JSON texts: each is read or refused, and what was read is written so that it reads as the same.
namespace convscope::fuzz {

void prepare() {}

void fuzz_one(std::string_view input) {
  try {
    const Json json = parse_json(input);
    require(short_text(json).size() < 200, "a value named in a message is short");
    const std::string written = json_text(json);
    require(json_text(parse_json(written)) == written, "what was written reads as the same");
  } catch (const Error&) {
  }
}

}  // namespace convscope::fuzz
