#include "app/link/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "tests/link/link_fixture.h"
#include "tests/random_tensor.h"

namespace convscope::link {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;

Message shown(const Shape& shape) {
  Message message;
  message.header["kind"] = "show";
  message.arrays.push_back({"input", std::make_shared<const Tensor>(random_tensor(shape, 3)), 4});
  return message;
}

TEST_F(LinkTest, ShowsAndReadsBack) {
  start();
  RawClient client(path());
  const Message sent = shown({1, 1, 5, 4});
  ASSERT_TRUE(client.send(sent));
  carry_out_one();
  EXPECT_EQ(client.receive()->header["shapes"]["output"], Json::array({1, 1, 5, 3}));
  ASSERT_TRUE(client.send_header(R"("kind": "get", "names": ["input", "output"])"));
  const Message read = *client.receive();
  EXPECT_EQ(*read.arrays[0].values, *sent.arrays[0].values);
  EXPECT_EQ(*read.arrays[1].values, *state_.results->layers[0].output);
}

TEST_F(LinkTest, AnswersAGetOnceThereAreResults) {
  start();
  RawClient client(path());
  ASSERT_TRUE(client.send_header(R"("kind": "get", "names": ["weight"])"));
  show(scene_);
  EXPECT_EQ(client.receive()->arrays.front().name, "weight");
}

TEST_F(LinkTest, KeepsTheConnectionOfARequestThatCannotBeCarriedOut) {
  start();
  show(scene_);
  RawClient client(path());
  ASSERT_TRUE(client.send_header(R"("kind": "get", "names": ["outputs"])"));
  EXPECT_THAT(client.error(), HasSubstr("there is no array \"outputs\""));
  ASSERT_TRUE(client.send_header(R"("kind": "get", "names": ["output"])"));
  EXPECT_EQ(client.receive()->header["kind"], "values");
}

TEST_F(LinkTest, TellsOfTheNewestStateAlone) {
  start();
  show(scene_);
  RawClient client(path());
  ASSERT_TRUE(client.send_header(R"("kind": "wait", "state": 0)"));
  EXPECT_EQ(client.receive()->header["state"], 1);
  for (int i = 0; i < 20; ++i)
    show(scene_);
  // Those in between are not told once the last is known to others.
  RawClient other(path());
  std::uint64_t last = 1;
  while (last < 21) {
    ASSERT_TRUE(other.send_header("\"kind\": \"wait\", \"state\": " + std::to_string(last)));
    last = other.receive()->header["state"].get<std::uint64_t>();
  }
  ASSERT_TRUE(client.send_header(R"("kind": "wait", "state": 1)"));
  EXPECT_EQ(client.receive()->header["state"], 21);
}

TEST_F(LinkTest, WaitsUntilTheStateChanges) {
  start();
  show(scene_);
  RawClient client(path());
  ASSERT_TRUE(client.send_header(R"("kind": "wait", "state": 1)"));
  expect_serves();
  show(scene_);
  EXPECT_EQ(client.receive()->header["state"], 2);
}

TEST_F(LinkTest, EndsAConnectionWithBye) {
  start();
  RawClient client(path());
  ASSERT_TRUE(client.send_header(R"("kind": "bye")"));
  EXPECT_FALSE(client.receive());
}

TEST_F(LinkTest, TakesOneRequestAfterTheOther) {
  start();
  show(scene_);
  RawClient client(path());
  const std::string get = sent_text(R"({"version": 1, "kind": "get", "names": ["input"]})");
  ASSERT_TRUE(client.send(get + get + get));
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(client.receive()->header["kind"], "values");
}

TEST_F(LinkTest, GivesAWrongClientASentenceAndNothingElse) {
  start();
  show(scene_);
  const std::pair<std::string, const char*> wrong[] = {
      {"GET / HTTP/1.1\r\n\r\n", "header has 542393671 bytes"},
      {"\xff\xff\xff\x7f", "header has 2147483647 bytes"},
      {"\0\0\0\x80"s, "header has 2147483648 bytes"},
      {sent_text("nonsense"), "can't be read"},
      {sent_text(std::string(60000, '[')), "can't be read"},
      {sent_text(R"({"version": 9, "kind": "bye"})"), "version is 9"},
      {sent_text(R"({"version": 1, "kind": "run"})"), "kind is \"run\""},
      {sent_text(R"({"version": 1, "kind": "show", "arrays": [{"name": "input", "dtype": )"
                 R"("float32", "shape": [4294967296, 4294967296]}]})"),
       "the shape of \"input\""},
      {sent_text(R"({"version": 1, "kind": "show", "arrays": [{"name": "input", "dtype": )"
                 R"("float32", "shape": [268435456, 268435456]}]})"),
       "the shape of \"input\""}};
  for (const auto& [bytes, sentence] : wrong) {
    RawClient client(path());
    client.send(bytes);
    EXPECT_THAT(client.error(), HasSubstr(sentence));
    EXPECT_FALSE(client.receive());
    expect_serves();
  }
}

TEST_F(LinkTest, SurvivesRandomBytes) {
  start();
  show(scene_);
  Random random(7);
  for (int i = 0; i < 300; ++i) {
    std::string bytes;
    const int count = static_cast<int>(random.uniform(1.0f, 200.0f));
    // Half of them begin as messages do.
    for (int k = 0; k < count; ++k)
      bytes += static_cast<char>(static_cast<int>(random.uniform(0.0f, 256.0f)));
    RawClient client(path());
    client.send(i % 2 == 0 ? bytes : sent_text(bytes));
    client.hang_up();
  }
  expect_serves();
}

TEST_F(LinkTest, ForgetsAClientThatHangsUpInTheMiddle) {
  start();
  show(scene_);
  const std::string whole = encoded(shown({1, 1, 6, 6}));
  for (const std::size_t length :
       {std::size_t{1}, std::size_t{3}, std::size_t{40}, whole.size() - 100, whole.size() - 1}) {
    RawClient client(path());
    ASSERT_TRUE(client.send(whole.substr(0, length)));
    client.hang_up();
  }
  expect_serves();
  EXPECT_TRUE(server().take().empty());
}

TEST_F(LinkTest, CarriesOutWhatAClientSentBeforeItHungUp) {
  start();
  show(scene_);
  {
    RawClient client(path());
    ASSERT_TRUE(client.send(shown({1, 1, 6, 6})));
  }
  carry_out_one();
  EXPECT_EQ(scene_.input.tensor->shape(), (Shape{1, 1, 6, 6}));
  expect_serves();
}

TEST_F(LinkTest, ReadsAMessageThatComesByteByByteAndServesOthersMeanwhile) {
  start();
  show(scene_);
  RawClient slow(path());
  const std::string whole = encoded(shown({1, 1, 4, 4}));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    ASSERT_TRUE(slow.send(whole.substr(i, 1)));
    if (i % 50 == 0) expect_serves();
  }
  carry_out_one();
  EXPECT_EQ(slow.receive()->header["kind"], "shown");
}

// A clock that stands until the test moves it.
class Clock {
 public:
  Time now() const { return Time(std::chrono::milliseconds(milliseconds_)); }
  void pass(std::chrono::milliseconds time) { milliseconds_ += time.count(); }

 private:
  std::atomic<std::int64_t> milliseconds_ = 1'000'000;
};

TEST_F(LinkTest, TellsASlowSenderThatItsTimeIsOver) {
  Clock clock;
  LinkOptions options;
  options.now = [&] { return clock.now(); };
  start(options);
  show(scene_);
  RawClient slow(path()), idle(path());
  ASSERT_TRUE(slow.send("\x40"));
  expect_serves();  // so the byte was read
  clock.pass(allowed_time(0) - std::chrono::milliseconds(1));
  show(scene_);  // wakes the server's thread
  expect_serves();
  ASSERT_TRUE(slow.send("\0"s));
  expect_serves();
  clock.pass(std::chrono::milliseconds(1));
  show(scene_);
  EXPECT_THAT(slow.error(), HasSubstr("did not come whole in the time that it may take, 10 s"));
  EXPECT_FALSE(slow.receive());
  // A client that asks for nothing stays.
  ASSERT_TRUE(idle.send_header(R"("kind": "get", "names": ["input"])"));
  EXPECT_EQ(idle.receive()->header["kind"], "values");
  server_.reset();
}

TEST_F(LinkTest, EndsAClientThatDoesNotReadItsAnswer) {
  Clock clock;
  LinkOptions options;
  options.now = [&] { return clock.now(); };
  start(options);
  scene_.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 2000, 2000}, 1.0f);
  show(scene_);
  RawClient client(path());
  ASSERT_TRUE(client.send_header(R"("kind": "get", "names": ["input"])"));
  expect_serves();
  expect_serves();
  clock.pass(allowed_time(16e6));
  show(scene_);
  EXPECT_FALSE(client.receive());  // cut off in the middle
  server_.reset();
}

TEST_F(LinkTest, ServesSixteenAndTellsTheSeventeenth) {
  start();
  show(scene_);
  std::vector<RawClient> clients;
  for (std::size_t i = 0; i < kMaxConnections; ++i)
    clients.emplace_back(path());
  RawClient one_more(path());
  EXPECT_EQ(one_more.error(), "the window has 16 connections already; close one of them");
  ASSERT_TRUE(clients[0].send_header(R"("kind": "bye")"));
  EXPECT_FALSE(clients[0].receive());
  expect_serves();
}

TEST_F(LinkTest, SurvivesTwoHundredConnections) {
  start();
  show(scene_);
  std::vector<RawClient> clients;
  std::size_t refused = 0;
  for (int i = 0; i < 200; ++i)
    clients.emplace_back(path());
  for (std::size_t i = kMaxConnections; i < clients.size(); ++i)
    refused += clients[i].error().starts_with("the window has 16 connections") ? 1 : 0;
  EXPECT_EQ(refused, 200 - kMaxConnections);
  clients.clear();
  expect_serves();
}

TEST_F(LinkTest, TakesNoMoreMemoryForAllClientsThanThereIs) {
  LinkOptions options;
  options.memory = {1e6, "a test"};
  start(options);
  show(scene_);
  const auto header = [](const std::string& shape) {
    return R"("kind": "show", "arrays": [{"name": "input", "dtype": "float32", "shape": )" + shape +
           "}]";
  };
  RawClient first(path()), second(path());
  ASSERT_TRUE(first.send_header(header("[400, 400]")));
  expect_serves();
  ASSERT_TRUE(second.send_header(header("[400, 400]")));
  EXPECT_THAT(second.error(),
              HasSubstr("640 kB, and those of other clients 640 kB; they may take"));
  first.hang_up();
  expect_serves();
  RawClient third(path());
  ASSERT_TRUE(third.send_header(header("[400, 400]")));
  ASSERT_TRUE(third.send(std::string(640000, '\0')));
  carry_out_one();
  EXPECT_EQ(third.receive()->header["kind"], "shown");
}

TEST_F(LinkTest, RefusesOtherUsers) {
  LinkOptions options;
  options.user = geteuid() + 1;
  start(options);
  RawClient client(path());
  EXPECT_EQ(client.error(), "the window belongs to another user");
}

TEST_F(LinkTest, EndsWhileClientsAreInTheMiddle) {
  start();
  RawClient waiting(path()), sending(path());
  ASSERT_TRUE(waiting.send_header(R"("kind": "wait", "state": 0)"));
  ASSERT_TRUE(sending.send("\x40"));
  server_.reset();
  EXPECT_FALSE(waiting.receive());
  EXPECT_FALSE(std::filesystem::exists(path()));
}

}  // namespace
}  // namespace convscope::link
