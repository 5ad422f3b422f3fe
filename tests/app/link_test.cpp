#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>

#include "app/files/scene_file.h"
#include "app/link/socket_place.h"
#include "tests/app/lesson_window.h"
#include "tests/link/raw_client.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using link::Message;
using link::RawClient;
using testing::HasSubstr;

// Sends a request, and draws frames until it is answered.
Message ask(AppHarness& h, RawClient& client, const Message& request) {
  EXPECT_TRUE(client.send(request));
  std::future<std::optional<Message>> answer =
      std::async(std::launch::async, [&] { return client.receive(); });
  while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
    h.frame();
  std::optional<Message> message = answer.get();
  EXPECT_TRUE(message) << "the connection was closed";
  return message.value_or(Message{});
}

Message get_request(const std::string& name) {
  Message request;
  request.header["kind"] = "get";
  request.header["names"] = Json::array({name});
  return request;
}

// A window that listens, and a client of it.
class LinkWindowTest : public testing::Test {
 protected:
  LinkWindowTest() {
    h.app().listen(link::ListeningSocket("test", folder()), [] {});
    h.settle();
  }
  std::filesystem::path folder() const { return temp.path() / "sockets"; }
  RawClient connect() const { return RawClient(link::socket_path(folder(), "test")); }

  Message ask(RawClient& client, const Message& request) {
    return program::ask(h, client, request);
  }
  Message get(RawClient& client, const std::string& name) { return ask(client, get_request(name)); }

  TempFolder temp;
  AppHarness h;
};

Message shown(const std::string& name, Tensor values, std::size_t rank = 2) {
  Message request;
  request.header["kind"] = "show";
  request.header["client"] = "Python";
  request.arrays.push_back({name, std::make_shared<const Tensor>(std::move(values)), rank});
  return request;
}

TEST_F(LinkWindowTest, ShowsAsOneStepOfUndo) {
  const Scene before = h.app().document().scene();
  RawClient client = connect();
  Message request = shown("weight", Tensor::from_rows({{1, 2}, {3, 4}}));
  request.header["options"] = {{"padding", 1}, {"stride", 2}};
  const Message answer = ask(client, request);
  EXPECT_EQ(answer.header["shapes"]["output"], Json::array({1, 1, 4, 5})) << answer.header.dump();
  const ConvolutionLayer& first = first_layer(h.app().document().scene());
  EXPECT_EQ(first.kernel.weight, Tensor::from_rows({{1, 2}, {3, 4}}));
  EXPECT_EQ(first.conv.stride, (Yx{2, 2}));
  EXPECT_EQ(h.app().view().toast.text, "weight [1, 1, 2, 2], padding and stride from Python");
  EXPECT_TRUE(h.app().view().toast.undoable);
  h.app().perform(Undo{});
  EXPECT_EQ(h.app().document().scene(), before);
}

TEST_F(LinkWindowTest, ReadsBackWhatItShowed) {
  RawClient client = connect();
  ask(client, shown("input", Tensor::from_rows({{1, 2, 4}, {8, 16, 32}})));
  EXPECT_EQ(*get(client, "output").arrays.at(0).values, Tensor::from_rows({{-1, -2}, {-8, -16}}));
}

TEST_F(LinkWindowTest, ReadsBackAnEditByHand) {
  RawClient client = connect();
  const auto before = get(client, "kernel").header["state"];
  h.enter("kernel/weight/0/0", "7");
  const Message kernel = get(client, "kernel");
  EXPECT_EQ(kernel.arrays.at(0).values->at(0, 0), 7.0f);
  EXPECT_NE(kernel.header["state"], before);
  EXPECT_EQ(*get(client, "output").arrays.at(0).values,
            *h.app().live().results()->layers[0].output);
}

TEST_F(LinkWindowTest, RefusesWhatDoesNotFitAndChangesNothing) {
  RawClient client = connect();
  const std::uint64_t before = h.app().document().version();
  const Message answer = ask(client, shown("bias", Tensor(Shape{1, 1, 1, 3}), 1));
  EXPECT_THAT(answer.header["error"].get<std::string>(), HasSubstr("bias has 3 values"));
  EXPECT_EQ(h.app().document().version(), before);
  EXPECT_EQ(get(client, "bias").arrays.at(0).values->numel(), 1);
}

TEST_F(LinkWindowTest, GivesTheLearnedKernel) {
  RawClient client = connect();
  h.app().perform(TrainingCommand::kStep);
  h.settle();
  const Message learned = get(client, "learned");
  EXPECT_EQ(*learned.arrays.at(0).values, h.app().live().training().snapshot->weight);
}

// Nothing is drawn while a window is minimised.
TEST_F(LinkWindowTest, AnswersWhileNothingIsSeen) {
  RawClient client = connect();
  EXPECT_TRUE(client.send(shown("input", Tensor::from_rows({{1, 2, 4}}))));
  std::future<std::optional<Message>> answer =
      std::async(std::launch::async, [&] { return client.receive(); });
  while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
    h.app().unseen();
  EXPECT_EQ(answer.get().value_or(Message{}).header["kind"], "shown");
}

TEST_F(LinkWindowTest, GivesTheLearningOfWhatIsShown) {
  RawClient client = connect();
  for (const Index size : {4, 5, 6, 7}) {
    Message request = shown("input", Tensor(Shape{1, 1, size, size}, 1.0f));
    request.arrays.push_back(
        {"target", std::make_shared<const Tensor>(Shape{1, 1, size, size - 1}, 2.0f), 2});
    EXPECT_EQ(ask(client, request).header["kind"], "shown");
    const Message target = get(client, "target");
    ASSERT_FALSE(target.arrays.empty()) << target.header.dump();
    EXPECT_EQ(target.arrays[0].values->shape(), (Shape{1, 1, size, size - 1}));
  }
}

TEST_F(LinkWindowTest, ChangesNothingWhileItAsksWhetherToSave) {
  RawClient client = connect();
  const std::filesystem::path file = temp.path() / "a.json";
  files::save_scene(default_scene(), file);
  h.app().drop(std::vector{file});
  h.settle();
  h.enter("kernel/weight/0/0", "7");
  h.app().close();
  h.frame(2);
  EXPECT_EQ(ask(client, shown("input", Tensor::from_rows({{1, 2, 4}}))).header["error"],
            "the window asks whether to save its changes; answer that first");
}

TEST_F(LinkWindowTest, GivesTheGradientsOfBackward) {
  RawClient client = connect();
  EXPECT_THAT(get(client, "grad_weight").header["error"].get<std::string>(),
              HasSubstr("while Backward (B) is on"));
  h.app().perform(ViewCommand::kToggleBackward);
  h.settle();
  const Message gradient = get(client, "grad_weight");
  ASSERT_FALSE(gradient.arrays.empty()) << gradient.header.dump();
  EXPECT_EQ(*gradient.arrays[0].values, h.app().live().backward()->layers[0].kernel);
}

// The second step of the lesson about cross-correlation asks for a sum.
TEST(LinkWindow, KeepsAnAnswerBackUntilItIsGiven) {
  LessonWindow h(shipped_lesson("4"), 1);
  const TempFolder temp;
  h.app().listen(link::ListeningSocket("test", temp.path() / "sockets"), [] {});
  h.settle();
  RawClient client(link::socket_path(temp.path() / "sockets", "test"));
  const Message kept = ask(h, client, get_request("output"));
  EXPECT_EQ(kept.header["error"],
            "the question of the lesson keeps output back until it is answered");
  EXPECT_FALSE(ask(h, client, get_request("input")).arrays.empty());
  h.click("lesson/reveal/0");
  h.settle();
  EXPECT_EQ(*ask(h, client, get_request("output")).arrays.at(0).values,
            *h.app().live().results()->layers[0].output);
}

TEST_F(LinkWindowTest, SaysInItsTitleThatItListens) {
  EXPECT_EQ(h.app().title(), "Convscope – listens as test");
}

TEST_F(LinkWindowTest, KeepsAStateWhileNothingChanges) {
  RawClient client = connect();
  const auto state = get(client, "input").header["state"];
  h.frame(5);
  EXPECT_EQ(get(client, "input").header["state"], state);
}

}  // namespace
}  // namespace convscope::program
