#include "app/link/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/error_text.h"

namespace convscope::link {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Message message(const std::string& header) {
  return {Json::parse(header), {}};
}

Message with_array(const std::string& header, const std::string& name, const Shape& shape,
                   std::size_t rank) {
  Message result = message(header);
  result.arrays.push_back({name, std::make_shared<const Tensor>(shape, -1.0f), rank});
  return result;
}

std::string refusal(Message sent) {
  return error_text([&] { request_of(std::move(sent)); });
}

TEST(Request, IsOfAKnownKind) {
  EXPECT_EQ(refusal(message("{}")),
            R"(the message's kind is missing; it must be "show", "get", "wait" or "bye")");
  EXPECT_THAT(refusal(message(R"({"kind": "run"})")), HasSubstr(R"(kind is "run"; it must be)"));
  EXPECT_THAT(refusal(message(R"({"kind": 7})")), HasSubstr("kind is 7; it must be"));
  EXPECT_TRUE(std::holds_alternative<Bye>(request_of(message(R"({"kind": "bye"})"))));
  EXPECT_THAT(refusal(message(R"({"kind": "bye", "state": 1})")),
              HasSubstr("unknown key \"state\""));
}

TEST(Request, ToShowTakesArraysByTheirNames) {
  Message sent = with_array(R"({"kind": "show", "client": "Python"})", "input", {1, 1, 3, 4}, 2);
  sent.arrays.push_back({"weight", std::make_shared<const Tensor>(Shape{1, 1, 2, 2}), 2});
  sent.arrays.push_back({"bias", std::make_shared<const Tensor>(Shape{1, 1, 1, 1}), 1});
  const Show show = std::get<Show>(request_of(std::move(sent)));
  EXPECT_EQ(show.input->shape(), (Shape{1, 1, 3, 4}));
  EXPECT_EQ(show.meaning, InputMeaning::kSigned);
  EXPECT_TRUE(show.one_kernel);
  EXPECT_EQ(show.bias->numel(), 1);
  EXPECT_FALSE(show.target);
  EXPECT_EQ(show.client, "Python");
}

TEST(Request, ToShowRefusesWhatItDoesNotKnow) {
  const std::string header = R"({"kind": "show"})";
  EXPECT_EQ(refusal(with_array(header, "weight", {1, 2, 3, 3}, 3)),
            "weight has shape [2, 3, 3]; it must be [kh, kw] or [C_out, C_in / groups, kh, kw]");
  EXPECT_THAT(refusal(with_array(header, "input", {1, 1, 1, 3}, 1)),
              HasSubstr("input has shape [3]; it must be [H, W]"));
  EXPECT_THAT(refusal(with_array(header, "bias", {1, 1, 2, 3}, 2)),
              HasSubstr("bias has shape [2, 3]; it must be [C_out]"));
  EXPECT_THAT(refusal(with_array(header, "filter", {1, 1, 3, 3}, 2)),
              HasSubstr("brings an array \"filter\"; it may bring \"input\""));
  EXPECT_THAT(refusal(message(header)), HasSubstr("the message shows nothing"));
  EXPECT_THAT(refusal(message(R"({"kind": "show", "options": 3})")),
              HasSubstr("options is 3; it must be an object"));
  EXPECT_THAT(refusal(message(R"({"kind": "show", "client": ""})")), HasSubstr("client is \"\""));
  EXPECT_THAT(refusal(message(R"({"kind": "show", "stride": 2})")),
              HasSubstr("unknown key \"stride\""));
}

TEST(Request, OfAClientWithANameThatMovesTheCursorIsMadePrintable) {
  const Message sent = message(R"({"kind": "show", "client": "\u001b[2J", "options": {}})");
  EXPECT_EQ(std::get<Show>(request_of(sent)).client, "\\x1b[2J");
}

TEST(Request, ToGetNamesArraysOfALayer) {
  const Get get =
      std::get<Get>(request_of(message(R"({"kind": "get", "names": ["a", "b"], "layer": 2})")));
  EXPECT_THAT(get.names, ElementsAre("a", "b"));
  EXPECT_EQ(get.layer, 2u);
  EXPECT_THAT(refusal(message(R"({"kind": "get"})")), HasSubstr("names is missing; it must be"));
  EXPECT_THAT(refusal(message(R"({"kind": "get", "names": []})")), HasSubstr("names is"));
  EXPECT_THAT(refusal(message(R"({"kind": "get", "names": [3]})")), HasSubstr("names is [3]"));
  EXPECT_EQ(refusal(message(R"({"kind": "get", "names": ["a", "a"]})")), R"(names has "a" twice)");
  EXPECT_THAT(refusal(message(R"({"kind": "get", "names": ["a"], "layer": -1})")),
              HasSubstr("layer is -1; it must be"));
  EXPECT_THAT(refusal(with_array(R"({"kind": "get", "names": ["a"]})", "a", {1, 1, 1, 1}, 1)),
              HasSubstr("only \"show\" brings arrays"));
}

TEST(Request, ToWaitNamesAState) {
  EXPECT_EQ(std::get<Wait>(request_of(message(R"({"kind": "wait", "state": 7})"))).state, 7u);
  EXPECT_THAT(refusal(message(R"({"kind": "wait"})")), HasSubstr("state is missing"));
  EXPECT_THAT(refusal(message(R"({"kind": "wait", "state": -7})")), HasSubstr("state is -7"));
}

}  // namespace
}  // namespace convscope::link
