#include "app/files/parse_json.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>

#include "tests/error_text.h"

namespace convscope::files {
namespace {

using testing::HasSubstr;
using testing::Lt;
using testing::SizeIs;

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i)
    all += text;
  return all;
}

TEST(ParseJson, ReadsEveryKindInItsOrder) {
  const std::string text =
      R"({"z":[1,-2,2.5,1e3,true,null,"é\n"],"a":{},"m":{"b":[],"a":[[{}]]},"":18446744073709551615})";
  EXPECT_EQ(parse_json(text), Json::parse(text));
  EXPECT_EQ(parse_json(text).begin().key(), "z");
  EXPECT_EQ(parse_json(" 3 "), Json(3));
}

TEST(ParseJson, WhatIsNotJsonIsToldWithItsPlace) {
  EXPECT_EQ(error_text([] { parse_json("[1,\n 2,,]"); }),
            "it is not valid JSON at line 2, column 4");
  EXPECT_EQ(error_text([] { parse_json("[1] 2"); }), "it is not valid JSON at line 1, column 5");
  EXPECT_EQ(error_text([] { parse_json("\"\xff\""); }), "it is not valid JSON at line 1, column 2");
}

TEST(ParseJson, ANumberThatIsTooLargeIsToldWithItsPlace) {
  EXPECT_EQ(error_text([] { parse_json("[1,\n -1e400, 2]"); }),
            "the number -1e400 at line 2, column 2 is too large; numbers are read up to 1.7e308");
  EXPECT_EQ(error_text([] { parse_json(repeated("9", 50'000)); }),
            "the number 999999999999999999999999… at line 1, column 1 is too large; numbers are "
            "read up to 1.7e308");
}

TEST(ParseJson, DepthIsBoundedWhateverNests) {
  EXPECT_THAT(parse_json(repeated("[", 64) + repeated("]", 64)), SizeIs(1));
  const std::string deeper =
      "it has lists and objects in each other, deeper than 64; at most so many are accepted";
  EXPECT_EQ(error_text([] { parse_json(repeated("[", 65) + repeated("]", 65)); }), deeper);
  EXPECT_EQ(error_text([] { parse_json(repeated("[", 125'000) + repeated("]", 125'000)); }),
            deeper);
  EXPECT_EQ(error_text([] { parse_json(repeated("{\"a\":", 100'000)); }), deeper);
  EXPECT_EQ(error_text([] { parse_json(repeated("[{\"a\":", 100'000)); }), deeper);
}

// Each took seconds to minutes where an object was looked through for each of its keys, and a list
// after each object in it; the sizes are ten times those. That they end is the test.
TEST(ParseJson, AMillionKeysOrObjectsAreReadInProportion) {
  std::string keys = "{";
  for (int i = 0; i < 1'000'000; ++i)
    keys += "\"key" + std::to_string(i) + "\":0,";
  keys += "\"end\":{}}";
  EXPECT_THAT(parse_json(keys), SizeIs(1'000'001));
  EXPECT_THAT(parse_json("[" + repeated("{},", 1'000'000) + "{}]"), SizeIs(1'000'001));
  EXPECT_THAT(parse_json("[" + repeated("[],", 1'000'000) + "{\"a\":0}]"), SizeIs(1'000'001));
}

TEST(ParseJson, AStopEndsItAtTheNextValue) {
  std::stop_source stop;
  EXPECT_TRUE(parse_json("[1]", stop.get_token()));
  stop.request_stop();
  EXPECT_FALSE(parse_json("[1]", stop.get_token()));
  EXPECT_FALSE(parse_json("{\"a\": not even JSON", stop.get_token()));
}

TEST(ParseJson, AMessageIsShortHoweverLongWhatItNames) {
  const std::string name = repeated("ä", 2'000'000);
  EXPECT_THAT(error_text([&] { parse_json("{\"" + name + "\":1,\"" + name + "\":1}"); }),
              testing::AllOf(HasSubstr("twice"), SizeIs(Lt(120u))));
  const Json list = Json::array({name, name, name});
  EXPECT_THAT(short_text(list), SizeIs(Lt(70u)));
  EXPECT_THAT(short_text(list), testing::EndsWith("ä…"));
}

TEST(ParseJson, AKeyTwiceIsNamedWithTheObjectThatHasIt) {
  EXPECT_EQ(error_text([] { parse_json(R"({"a": 1, "a": 2})"); }), "it has the key \"a\" twice");
  EXPECT_EQ(error_text([] { parse_json(R"({"b": {"a": 1, "a": 2}})"); }),
            "it has the key \"a\" twice in \"b\"");
  EXPECT_EQ(error_text([] { parse_json(R"([{"a": 1, "a": 2}])"); }), "it has the key \"a\" twice");
}

}  // namespace
}  // namespace convscope::files
