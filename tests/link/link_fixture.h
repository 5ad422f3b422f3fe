#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <semaphore>
#include <string>
#include <utility>

#include "app/link/message.h"
#include "app/link/server.h"
#include "app/link/show.h"
#include "app/link/socket_place.h"
#include "app/session/evaluator.h"
#include "tests/link/raw_client.h"
#include "tests/temp_folder.h"

namespace convscope::link {

// A window without a window: its part is played by the test.
class LinkTest : public testing::Test {
 protected:
  void start(LinkOptions options = {}) {
    server_ = std::make_unique<Server>(
        ListeningSocket("test", folder()), [this] { asked_.release(); }, std::move(options));
  }
  std::filesystem::path folder() const { return folder_.path() / "sockets"; }
  std::filesystem::path path() const { return socket_path(folder(), "test"); }
  Server& server() { return *server_; }

  // Shows a scene: posts its results as the next state.
  void show(const Scene& scene) {
    state_.number++;
    state_.results = std::make_shared<const Results>(evaluate(scene));
    server().post(state_);
  }
  // Waits until somebody asks for something to be shown, and shows it.
  void carry_out_one() {
    asked_.acquire();
    for (const Asked& asked : server().take()) {
      apply(scene_, edit_of(scene_, asked.show));
      show(scene_);
      server().answer({asked.client, shown_message(state_, asked.show.layer)});
    }
  }
  // Expects that another client is served. The place of one that has hung up becomes free once the
  // server has seen it.
  void expect_serves() {
    const std::string full = "the window has 16 connections already; close one of them";
    std::string answer = full;
    while (answer == full) {
      RawClient client(path());
      client.send_header(R"("kind": "get", "names": ["input"])");
      answer = client.error();
    }
    EXPECT_EQ(answer, "no error");
  }

  TempFolder folder_;
  Scene scene_ = default_scene();
  State state_;
  std::counting_semaphore<> asked_{0};
  std::unique_ptr<Server> server_;
};

}  // namespace convscope::link
