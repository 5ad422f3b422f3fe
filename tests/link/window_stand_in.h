#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>

#include "app/link/server.h"
#include "app/link/show.h"
#include "app/session/evaluator.h"
#include "engine/core/error.h"

namespace convscope::link {

// Carries out what clients ask as a window does, on a thread of its own.
class WindowStandIn {
 public:
  WindowStandIn(const std::string& name, const std::filesystem::path& folder)
      : server_(ListeningSocket(name, folder), [this] { asked_.release(); }),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}
  ~WindowStandIn() {
    thread_.request_stop();
    asked_.release();
  }
  Scene scene() const {
    const std::scoped_lock lock(mutex_);
    return scene_;
  }

 private:
  void run(const std::stop_token& stop) {
    while (true) {
      asked_.acquire();
      if (stop.stop_requested()) return;
      for (const Asked& asked : server_.take())
        server_.answer({asked.client, carried_out(asked.show)});
    }
  }
  Message carried_out(const Show& show) {
    const std::scoped_lock lock(mutex_);
    try {
      apply(scene_, edit_of(scene_, show));
    } catch (const Error& error) {
      return error_message(error.what());
    }
    return shown_message({1, std::make_shared<const Results>(evaluate(scene_)), nullptr, nullptr},
                         0);
  }

  mutable std::mutex mutex_;
  Scene scene_ = default_scene();
  std::counting_semaphore<> asked_{0};
  Server server_;
  std::jthread thread_;  // last, because it uses all of the above
};

}  // namespace convscope::link
