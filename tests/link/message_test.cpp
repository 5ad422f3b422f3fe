#include "app/link/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "app/link/message_reader.h"
#include "tests/error_text.h"
#include "tests/link/sent_text.h"

namespace convscope::link {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Reads messages from bytes that come in pieces of the sizes that `piece` gives.
template <typename Piece>
std::vector<Message> read_all(std::string_view bytes, const Piece& piece,
                              const MemoryLimit& limit = {}, Bytes others = 0) {
  MessageReader reader;
  std::vector<Message> messages;
  while (!bytes.empty()) {
    const std::span<std::byte> room = reader.room();
    const std::size_t count = std::min({room.size(), bytes.size(), piece()});
    std::ranges::copy(std::as_bytes(std::span(bytes.substr(0, count))), room.begin());
    bytes.remove_prefix(count);
    if (auto message = reader.took(count, limit, others)) messages.push_back(*std::move(message));
  }
  EXPECT_FALSE(reader.begun());
  return messages;
}

std::vector<Message> read_all(std::string_view bytes, const MemoryLimit& limit = {},
                              Bytes others = 0) {
  return read_all(
      bytes, [] { return std::numeric_limits<std::size_t>::max(); }, limit, others);
}

std::string refusal(const std::string& bytes) {
  return error_text([&] { read_all(bytes); });
}

Array random_array(std::size_t number) {
  const auto rank = *rc::gen::inRange<std::size_t>(1, 5);
  std::array<Index, 4> sizes{1, 1, 1, 1};
  for (std::size_t i = 4 - rank; i < 4; ++i)
    sizes[i] = *rc::gen::inRange<Index>(1, 5);
  Tensor values(Shape{sizes[0], sizes[1], sizes[2], sizes[3]});
  for (float& value : values.values())
    value = *rc::gen::element(0.0f, -0.0f, 1.5f, -3e38f, std::numeric_limits<float>::infinity(),
                              std::numeric_limits<float>::quiet_NaN());
  return {"array" + std::to_string(number), std::make_shared<const Tensor>(std::move(values)),
          rank};
}

RC_GTEST_PROP(Message, ReadsAsWhatWasWrittenInPiecesOfAnySize, ()) {
  std::vector<Message> written(*rc::gen::inRange<std::size_t>(1, 4));
  std::string bytes;
  for (Message& message : written) {
    message.header["kind"] = *rc::gen::string<std::string>();
    message.header["state"] = *rc::gen::arbitrary<std::uint64_t>();
    const auto arrays = *rc::gen::inRange<std::size_t>(0, 4);
    for (std::size_t i = 0; i < arrays; ++i)
      message.arrays.push_back(random_array(i));
    // What is not UTF-8 is replaced once, so that a text that was read is written as it is.
    message.header["kind"] =
        Json::parse(message.header["kind"].dump(-1, ' ', false, Json::error_handler_t::replace));
    bytes += encoded(message);
  }
  const auto read = read_all(bytes, [] { return *rc::gen::inRange<std::size_t>(1, 40); });
  RC_ASSERT(read.size() == written.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    RC_ASSERT(read[i].header == written[i].header);
    RC_ASSERT(read[i].arrays.size() == written[i].arrays.size());
    for (std::size_t k = 0; k < read[i].arrays.size(); ++k) {
      RC_ASSERT(read[i].arrays[k].name == written[i].arrays[k].name);
      RC_ASSERT(read[i].arrays[k].rank == written[i].arrays[k].rank);
      RC_ASSERT(read[i].arrays[k].values->shape() == written[i].arrays[k].values->shape());
      RC_ASSERT(std::ranges::equal(bytes_of(read[i].arrays[k]), bytes_of(written[i].arrays[k])));
    }
  }
}

TEST(Message, IsOnTheWireAsItIsDescribed) {
  Message message;
  message.header["kind"] = "show";
  message.arrays.push_back(
      {"weight", std::make_shared<const Tensor>(Tensor::from_rows({{1.0f, -2.0f}})), 2});
  const std::string header =
      R"({"version":1,"kind":"show","arrays":[{"name":"weight","dtype":"float32","shape":[1,2]}]})";
  using namespace std::string_literals;
  EXPECT_EQ(encoded(message),
            static_cast<char>(header.size()) + "\0\0\0"s + header + "\0\0\x80\x3f\0\0\0\xc0"s);
}

TEST(Message, OfAWrongLengthIsRefusedBeforeMemoryIsTaken) {
  using namespace std::string_literals;
  const std::string accepted = "it must have from 1 to 65536";
  EXPECT_THAT(refusal("\0\0\0\0"s), HasSubstr("header has 0 bytes; " + accepted));
  EXPECT_THAT(refusal("\x01\0\x01\0"s), HasSubstr("header has 65537 bytes; " + accepted));
  EXPECT_THAT(refusal("\0\0\0\x80"s), HasSubstr("header has 2147483648 bytes; " + accepted));
  EXPECT_THAT(refusal("\xff\xff\xff\xff"s), HasSubstr("header has 4294967295 bytes; " + accepted));
  EXPECT_THAT(refusal("GET / HTTP/1.1"), HasSubstr("header has 542393671 bytes; " + accepted));
}

TEST(Message, WithAWrongHeaderIsRefused) {
  EXPECT_THAT(refusal(sent_text("{")), StartsWith("the message's header can't be read: it is not"));
  EXPECT_THAT(refusal(sent_text(std::string(40000, '['))), HasSubstr("deeper than 64"));
  EXPECT_EQ(refusal(sent_text("[1]")),
            "the message's header is [1]; it must be an object in braces");
  EXPECT_EQ(refusal(sent_text("{}")), "the message's version is missing; this window takes 1");
  EXPECT_EQ(refusal(sent_text(R"({"version": 2})")),
            "the message's version is 2; this window takes 1");
  EXPECT_EQ(refusal(sent_text(R"({"version": "1"})")),
            "the message's version is \"1\"; this window takes 1");
}

std::string with_arrays(const std::string& arrays) {
  return sent_text(R"({"version": 1, "arrays": )" + arrays + "}");
}

std::string with_shape(const std::string& shape) {
  return with_arrays(R"([{"name": "x", "dtype": "float32", "shape": )" + shape + "}]");
}

TEST(Message, WithWrongArraysIsRefused) {
  EXPECT_THAT(refusal(with_arrays("3")), HasSubstr("it must be a list"));
  EXPECT_THAT(refusal(with_arrays("[3]")), HasSubstr("an array is described by 3; it must be"));
  EXPECT_THAT(refusal(with_arrays(R"([{"name": 3, "dtype": "float32", "shape": [1]}])")),
              HasSubstr("an array is described by"));
  EXPECT_EQ(refusal(with_arrays(R"([{"name": "x", "dtype": "int8", "shape": [1]}])")),
            R"(the dtype of "x" is "int8"; it must be "float32")");
  const std::string one = R"({"name": "x", "dtype": "float32", "shape": [1]})";
  EXPECT_EQ(refusal(with_arrays("[" + one + ", " + one + "]")),
            R"(the array "x" is in the message twice)");
}

TEST(Message, WhoseSizesAreTooLargeIsRefused) {
  for (const char* shape :
       {"[]", "3", "[0]", "[-1, 4]", "[1, 1, 1, 1, 1]", "[1.5]", "[\"2\"]", "[268435457]",
        "[65536, 65536]", "[4294967296, 4294967296]",
        "[268435456, 268435456, 268435456, 268435456]", "[9223372036854775807, 2]", "[1e30]"}) {
    EXPECT_THAT(refusal(with_shape(shape)), HasSubstr("the shape of \"x\" is")) << shape;
  }
}

TEST(Message, TakesNoMoreMemoryThanThereIs) {
  const MemoryLimit limit{1000.0, "a test"};
  EXPECT_EQ(error_text([&] { read_all(with_shape("[16, 16]"), limit); }),
            "the message's arrays take 1.02 kB; they may take 1 kB altogether, a test");
  EXPECT_EQ(error_text([&] { read_all(with_shape("[10, 10]"), limit, 700.0); }),
            "the message's arrays take 400 bytes, and those of other clients 700 bytes; they may "
            "take 1 kB altogether, a test");
}

TEST(Message, WithTooManyArraysIsRefused) {
  std::string list;
  for (std::size_t i = 0; i <= kMaxArrays; ++i)
    list += (list.empty() ? "" : ", ") + std::to_string(i);
  EXPECT_THAT(refusal(with_arrays("[" + list + "]")), HasSubstr("a list of at most 16"));
}

}  // namespace
}  // namespace convscope::link
